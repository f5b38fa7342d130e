// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is looked at when a machine goes from the embedded core to a libvirt host.
#include "hosts/PoolUse.h"
#include "hosts/moving/Asking.h"
#include "hosts/moving/MoveSurvey.h"
#include "vmm/base/Background.h"
#include "vmm/base/Steps.h"
#include "vmm/qemu/MachineStore.h"

#include <QFileInfo>

#include <algorithm>

namespace hosts::moving {

using vmm::CarriedFile;
using vmm::Future;
using vmm::Result;
using Kind = Obstacle::Kind;
using Role = CarriedFile::Role;
using Weight = Obstacle::Weight;

namespace {

const QString kRawFormat = QStringLiteral("raw");
const QString kCowFormat = QStringLiteral("qcow2");

bool holdsDevices(const PoolInfo& pool)
{
    return pool.type == QLatin1StringView("logical") || pool.type == QLatin1StringView("zfs");
}

QString suffixOf(const MoveFile& file)
{
    switch (file.what.role) {
    case Role::Disk:
        return QLatin1Char('-') + file.what.target + file.ending();
    case Role::Kernel:
    case Role::Initrd:
        return QLatin1Char('-') + file.what.target;
    case Role::Nvram:
        return QStringLiteral("_VARS.fd");
    }
    Q_UNREACHABLE();
}

} // namespace

bool MoveSurvey::canTake(const PoolInfo& pool)
{
    return works(pool) && (holdsFiles(pool) || holdsDevices(pool));
}

Future<void> MoveSurvey::askPools()
{
    return ask(m_target, ListPools {}, this,
        [this](const QVector<PoolInfo>& pools) { choosePool(pools); });
}

void MoveSurvey::choosePool(const QVector<PoolInfo>& pools)
{
    const QString& wanted = m_plan.request.pool;
    const auto fits = [&](const PoolInfo& pool) {
        return wanted.isEmpty() ? works(pool) && holdsFiles(pool) : pool.name == wanted;
    };
    auto chosen = std::find_if(pools.begin(), pools.end(), [&](const PoolInfo& pool) {
        return fits(pool) && (!wanted.isEmpty() || pool.name == QLatin1StringView("default"));
    });
    if (chosen == pools.end())
        chosen = std::find_if(pools.begin(), pools.end(), fits);
    if (chosen == pools.end())
        return add(Kind::NoPool, wanted);
    m_pool = *chosen;
    m_plan.request.pool = m_pool.name;
    m_plan.isBlockPool = holdsDevices(m_pool);
    m_plan.poolFolder = holdsFiles(m_pool) ? m_pool.target : QString();
    if (!works(m_pool))
        add(Kind::PoolStopped, m_pool.name);
    else if (!canTake(m_pool))
        add(Kind::HostLacks, m_pool.name,
            QStringLiteral("disks can't be put into a pool of type %1").arg(m_pool.type));
}

Future<void> MoveSurvey::askVolumes()
{
    if (!works(m_pool))
        return vmm::async::ready<void>({});
    checkRoom(m_pool.name, m_pool.available);
    return ask(m_target, ListVolumes { m_pool.name }, this,
        [this](const QVector<VolumeInfo>& volumes) { nameVolumes(volumes); });
}

/// Names that nothing has over there.
void MoveSurvey::nameVolumes(const QVector<VolumeInfo>& taken)
{
    QStringList names;
    for (const VolumeInfo& volume : taken)
        names.append(volume.name);
    QString stem = m_plan.request.name;
    stem.replace(QLatin1Char('/'), QLatin1Char('_'));
    for (MoveFile& file : m_plan.files) {
        const QString suffix = suffixOf(file);
        file.name = stem + suffix;
        for (int i = 2; names.contains(file.name); ++i)
            file.name = QStringLiteral("%1-%2%3").arg(stem).arg(i).arg(suffix);
        names.append(file.name);
    }
}

Future<void> MoveSurvey::askNetworks()
{
    if (m_plan.request.network.isEmpty())
        return vmm::async::ready<void>({});
    return ask(m_target, ListNetworks {}, this, [this](const QVector<NetworkInfo>& networks) {
        const bool isThere = std::any_of(networks.begin(), networks.end(),
            [&](const auto& each) { return each.name == m_plan.request.network && each.isActive; });
        if (!isThere)
            add(Kind::NetworkMissing, m_plan.request.network);
    });
}

/// The core keeps the NVRAM where it likes, whatever the definition says of another host's.
Future<void> MoveSurvey::askNvram()
{
    const vmm::MachinePlaces places { .folder
        = vmm::MachineStore::folderOf(m_plan.folder, m_vm.id) };
    const QString own = places.nvramFile();
    const auto isThere
        = vmm::inBackground<bool>([own]() -> Result<bool> { return QFileInfo::exists(own); });
    return vmm::async::transformed<void>(
        isThere, this, [this, own](const Result<bool>& known) -> Result<void> {
            const bool hasOwn = known.value_or(false);
            m_plan.files.removeIf([hasOwn](const MoveFile& file) {
                return file.what.role == Role::Nvram
                    && (hasOwn || file.path.startsWith(QLatin1StringView("/var/lib/libvirt/")));
            });
            if (hasOwn)
                m_plan.files.append(
                    { .what = { .role = Role::Nvram, .target = QStringLiteral("nvram") },
                        .path = own,
                        .format = kRawFormat });
            return {};
        });
}

/// Of each disk what it stands on; of the other files their size.
Future<void> MoveSurvey::askImages()
{
    if (m_plan.isBlockPool) {
        for (const MoveFile& file : std::as_const(m_plan.files)) {
            if (file.what.role == Role::Nvram)
                add(Kind::NvramLost, m_vm.name,
                    QStringLiteral("pool %1 holds no files").arg(m_pool.name), Weight::Loss);
            else if (file.what.role != Role::Disk)
                add(Kind::HostLacks, m_pool.name,
                    QStringLiteral("the %1 needs a pool that is a folder").arg(file.what.target));
        }
        m_plan.files.removeIf([](const MoveFile& file) { return file.what.role == Role::Nvram; });
    }
    vmm::Steps steps(this);
    for (qsizetype i = 0; i < m_plan.files.size(); ++i)
        steps.add(m_plan.files[i].what.target, [this, i] { return askImage(i); });
    return steps.run();
}

Future<void> MoveSurvey::askImage(qsizetype index)
{
    const MoveFile& file = m_plan.files[index];
    if (file.what.role != Role::Disk) {
        const auto size = vmm::inBackground<qint64>([path = file.path]() -> Result<qint64> {
            const QFileInfo info(path);
            return info.isReadable() ? info.size() : -1;
        });
        return vmm::async::transformed<void>(
            size, this, [this, index](const Result<qint64>& known) -> Result<void> {
                MoveFile& mine = m_plan.files[index];
                if (known.value_or(-1) < 0)
                    add(Kind::DiskUnreachable, mine.what.target, mine.path);
                else
                    mine.size = vmm::Bytes::fromBytes(static_cast<quint64>(*known));
                return {};
            });
    }
    if (file.path.isEmpty()) {
        add(Kind::DiskUnreachable, file.what.target, file.what.type);
        return vmm::async::ready<void>({});
    }
    if (!m_source)
        return vmm::async::failed<void>({ vmm::ErrorKind::Disconnected });
    return vmm::async::transformed<void>(m_source->call(InspectImage { file.path }), this,
        [this, index](const Result<vmm::ImageChain>& chain) -> Result<void> {
            MoveFile& mine = m_plan.files[index];
            if (!chain || chain->isEmpty()) {
                add(Kind::DiskUnreachable, mine.what.target,
                    chain ? mine.path : chain.error().toString());
                return {};
            }
            const QString own = chain->first().format;
            mine.format = m_plan.isBlockPool ? kRawFormat
                : own == kRawFormat          ? kRawFormat
                                             : kCowFormat;
            for (const vmm::ImageInfo& layer : *chain)
                mine.size = mine.size + layer.actualSize;
            if (m_plan.isBlockPool)
                mine.size = chain->first().virtualSize;
            if (chain->size() > 1)
                add(Kind::DiskFlattened, mine.what.target, chain->at(1).path, Weight::Note);
            if (own != mine.format)
                add(Kind::DiskConverted, mine.what.target,
                    own + QStringLiteral(" -> ") + mine.format, Weight::Note);
            mine.isMadeAnew = chain->size() > 1 || own != mine.format
                || !chain->first().internalSnapshots.isEmpty()
                || mine.what.type == QLatin1StringView("block");
            return {};
        });
}

/// Whether others stand on what would go to the trash.
Future<void> MoveSurvey::askUse()
{
    if (m_plan.request.isCopy)
        return vmm::async::ready<void>({});
    return ask(m_source, ListImages {}, this, [this](const QVector<vmm::ImageUse>& images) {
        for (const vmm::ImageUse& use : images) {
            const auto mine = std::find_if(m_plan.files.begin(), m_plan.files.end(),
                [&](const MoveFile& file) { return file.path == use.image.path; });
            QStringList others = use.machines;
            others.removeAll(m_vm.name);
            if (mine != m_plan.files.end() && !others.isEmpty())
                add(Kind::StoodUpon, mine->what.target, others.join(QStringLiteral(", ")));
        }
    });
}

} // namespace hosts::moving
