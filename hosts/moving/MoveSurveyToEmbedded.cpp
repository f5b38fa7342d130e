// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is looked at when a machine comes from a libvirt host to the embedded core.
#include "hosts/moving/Asking.h"
#include "hosts/moving/BorrowedPools.h"
#include "hosts/moving/MoveSurvey.h"
#include "vmm/base/Background.h"
#include "vmm/base/Steps.h"

#include <QStorageInfo>

#include <algorithm>

namespace hosts::moving {

using vmm::CarriedFile;
using vmm::Future;
using vmm::Result;
using Kind = Obstacle::Kind;
using Role = CarriedFile::Role;
using Weight = Obstacle::Weight;

namespace {

QString folderOf(const QString& path)
{
    return path.section(QLatin1Char('/'), 0, -2);
}

bool isFile(const CarriedFile& file)
{
    return file.role != Role::Disk || file.type == QLatin1StringView("file");
}

bool isSame(const CarriedFile& file, const VolumeInfo& volume)
{
    if (file.type == QLatin1StringView("volume"))
        return volume.pool == file.pool && volume.name == file.volume;
    return !file.path.isEmpty() && volume.path == file.path;
}

QString nameHere(const MoveFile& file)
{
    switch (file.what.role) {
    case Role::Disk:
        return QStringLiteral("disks/") + file.what.target + file.ending();
    case Role::Kernel:
    case Role::Initrd:
        return QStringLiteral("boot/") + file.what.target;
    case Role::Nvram:
        return QStringLiteral("nvram.fd");
    }
    Q_UNREACHABLE();
}

} // namespace

Future<void> MoveSurvey::askSourceVolumes()
{
    const auto list = [this]() -> Future<void> {
        vmm::Steps steps(this);
        for (const PoolInfo& pool : std::as_const(m_sourcePools)) {
            if (!pool.isActive())
                continue;
            steps.add(pool.name, [this, name = pool.name] {
                return ask(m_source, ListVolumes { name }, this,
                    [this](const QVector<VolumeInfo>& volumes) { m_sourceVolumes += volumes; });
            });
        }
        return steps.run();
    };
    vmm::Steps steps(this);
    steps.add(QStringLiteral("pools"), [this] {
        return ask(m_source, ListPools {}, this,
            [this](const QVector<PoolInfo>& pools) { m_sourcePools = pools; });
    });
    steps.add(QStringLiteral("volumes"), list);
    steps.addNow(QStringLiteral("match"), [this]() -> Result<void> {
        matchVolumes(false);
        return {};
    });
    return steps.run();
}

/// Finds the volume behind each file. `isLast`: what has none by now can't be reached.
void MoveSurvey::matchVolumes(bool isLast)
{
    for (MoveFile& file : m_plan.files) {
        if (!file.volume.isEmpty())
            continue;
        const auto volume = std::find_if(m_sourceVolumes.begin(), m_sourceVolumes.end(),
            [&](const VolumeInfo& each) { return isSame(file.what, each); });
        if (volume != m_sourceVolumes.end()) {
            take(file, *volume);
        } else if (!isLast) {
            if (isFile(file.what) && file.path.startsWith(QLatin1Char('/')))
                file.folder = folderOf(file.path);
        } else {
            if (file.what.role == Role::Nvram)
                add(Kind::NvramLost, m_vm.name, file.path, Weight::Loss);
            else
                add(Kind::DiskUnreachable, file.what.target,
                    file.path.isEmpty() ? file.what.pool + QLatin1Char('/') + file.what.volume
                                        : file.path);
        }
    }
}

void MoveSurvey::take(MoveFile& file, const VolumeInfo& volume)
{
    const QString qcow2 = QStringLiteral("qcow2");
    const QString raw = QStringLiteral("raw");
    file.volume = volume.name;
    const bool isBorrowed = std::none_of(m_sourcePools.begin(), m_sourcePools.end(),
        [&](const PoolInfo& pool) { return pool.name == volume.pool; });
    if (!isBorrowed) {
        file.pool = volume.pool;
        file.folder.clear();
    }
    file.size = volume.allocation;
    if (file.what.role != Role::Disk) {
        file.format = raw;
        file.name = nameHere(file);
        return;
    }
    const bool standsOn = file.what.format != raw && !volume.backing.isEmpty();
    const bool isKnown = file.what.format == raw || file.what.format == qcow2;
    file.format = isKnown ? file.what.format : qcow2;
    file.isMadeAnew = standsOn || !isKnown || (m_vm.snapshots > 0 && file.format == qcow2);
    file.name = nameHere(file);
    if (standsOn)
        add(Kind::DiskFlattened, file.what.target, volume.backing, Weight::Note);
    if (!isKnown)
        add(Kind::DiskConverted, file.what.target, file.what.format + QStringLiteral(" -> qcow2"),
            Weight::Note);
    if (m_plan.request.isCopy)
        return;
    QStringList others = volume.machines;
    others.removeAll(m_vm.name);
    if (!volume.dependents.isEmpty())
        add(Kind::StoodUpon, file.what.target, volume.dependents.join(QStringLiteral(", ")));
    else if (!others.isEmpty() && m_plan.request.deletesDisks)
        add(Kind::StoodUpon, file.what.target, others.join(QStringLiteral(", ")));
}

/// Files that are in no pool: their folders are looked into through pools of ours. A pool may also
/// not have heard yet of a file in its folder.
Future<void> MoveSurvey::askFolders()
{
    vmm::Steps steps(this);
    const QStringList folders = m_plan.looseFolders();
    for (const QString& folder : folders) {
        const auto pool = std::find_if(m_sourcePools.begin(), m_sourcePools.end(),
            [&](const PoolInfo& each) { return each.target == folder; });
        if (pool != m_sourcePools.end() && !pool->isActive()) {
            add(Kind::PoolStopped, pool->name);
            continue;
        }
        if (pool != m_sourcePools.end()) {
            steps.add(folder, [this, name = pool->name] { return refresh(name); });
            continue;
        }
        steps.add(folder, [this, folder] {
            // A folder that can't be had is told of the disk in it.
            return vmm::async::eitherWay(m_borrowed->borrow(folder), this,
                [this, folder](const Result<void>& borrowed) -> Future<void> {
                    if (!borrowed)
                        return vmm::async::ready<void>({});
                    return ask(m_source, ListVolumes { m_borrowed->poolOf(folder) }, this,
                        [this](const QVector<VolumeInfo>& volumes) { m_sourceVolumes += volumes; });
                });
        });
    }
    steps.addNow(QStringLiteral("match"), [this]() -> Result<void> {
        matchVolumes(true);
        return {};
    });
    return steps.run();
}

Future<void> MoveSurvey::refresh(const QString& pool)
{
    return vmm::async::andThen(
        ask(m_source, ChangePool { pool, ResourceAction::Refresh }, this), this, [this, pool] {
            return ask(m_source, ListVolumes { pool }, this,
                [this](const QVector<VolumeInfo>& volumes) { m_sourceVolumes += volumes; });
        });
}

Future<void> MoveSurvey::askTrash()
{
    return ask(m_target, ListTrash {}, this, [this](const QVector<vmm::TrashedMachine>& trash) {
        m_plan.wasInTrash = std::any_of(trash.begin(), trash.end(),
            [&](const vmm::TrashedMachine& each) { return each.id == m_plan.id; });
    });
}

Future<void> MoveSurvey::askRoom()
{
    const auto room = vmm::inBackground<qint64>([folder = m_plan.folder]() -> Result<qint64> {
        return QStorageInfo(folder).bytesAvailable();
    });
    return vmm::async::transformed<void>(
        room, this, [this](const Result<qint64>& available) -> Result<void> {
            if (available && *available >= 0)
                checkRoom(m_plan.folder, vmm::Bytes::fromBytes(static_cast<quint64>(*available)));
            return {};
        });
}

} // namespace hosts::moving
