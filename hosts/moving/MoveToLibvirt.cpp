// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the files of a machine get into a pool of a libvirt host.
#include "hosts/moving/Asking.h"
#include "hosts/moving/BorrowedPools.h"
#include "hosts/moving/MachineMove.h"

#include <algorithm>

namespace hosts::moving {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Future;
using vmm::Result;
using vmm::Steps;
using vmm::VmAction;

void MachineMove::addUploads(Steps& steps)
{
    steps.add(
        QStringLiteral("rehearse"), [this] { return rehearse(); },
        [this] { return takeBackDefinition(); });
    const bool isAnyMadeAnew = std::any_of(m_plan.files.begin(), m_plan.files.end(),
        [](const MoveFile& file) { return file.isMadeAnew; });
    if (isAnyMadeAnew)
        steps.add(
            QStringLiteral("folder"), [this] { return makeFolder(); },
            [this] { return removeFolder(); });
    for (const MoveFile& file : std::as_const(m_plan.files))
        addUpload(steps, file);
    if (isAnyMadeAnew)
        steps.add(QStringLiteral("tidy up"), [this] { return removeFolder(); });
    steps.add(QStringLiteral("places"), [this] { return findPlaces(); });
}

void MachineMove::addUpload(Steps& steps, const MoveFile& file)
{
    QString path = file.path;
    if (file.isMadeAnew) {
        path = workFolder() + QStringLiteral("/disks/") + file.name;
        steps.add(QStringLiteral("copy ") + file.name, [this, file, path] {
            return ask(m_source,
                ConvertImage { { .source = file.path, .target = path, .format = file.format } },
                this);
        });
        steps.weighing(file.share());
    }
    steps.add(
        QStringLiteral("upload ") + file.name, [this, file, path] { return upload(file, path); },
        [this, file] { return deleteVolume(file.name); });
    steps.weighing(file.share());
    if (file.isMadeAnew) // room for the next
        steps.add(QStringLiteral("delete ") + path,
            [this, path] { return ask(m_source, DeleteImage { path }, this); });
}

/// libvirt alone knows what its driver takes: it is asked before gigabytes go over. What it defined
/// for that is taken back at once.
Future<void> MachineMove::rehearse()
{
    if (!m_target)
        return vmm::async::failed<void>({ ErrorKind::Disconnected });
    const auto outcome = m_plan.transplant(*m_target, {});
    if (!outcome)
        return vmm::async::failed<void>(outcome.error());
    return vmm::async::andThen(
        ask(m_target, Define { outcome->definition.toXml() }, this), this, [this] {
            return ask(m_target, Perform { m_plan.id, VmAction::Undefine }, this);
        });
}

/// One that failed leaves nothing: whoever tries again begins anew.
Future<void> MachineMove::upload(const MoveFile& file, const QString& path)
{
    const QString name = file.name;
    const auto send = [this, name, path]() -> Future<void> {
        if (!m_target)
            return vmm::async::failed<void>({ ErrorKind::Disconnected });
        m_made.append(name);
        return m_target->call(
            UploadVolume { .pool = m_plan.request.pool, .volume = name, .file = path });
    };
    const Future<void> sent = vmm::async::andThen(checkFree(name), this, send);
    return vmm::async::eitherWay(
        sent, this, [this, name](const Result<void>& done) -> Future<void> {
            if (done)
                return vmm::async::ready<void>(done);
            return vmm::async::eitherWay(
                deleteVolume(name), this, [done](const Result<void>& deleted) -> Future<void> {
                    Error error = done.error();
                    if (!deleted)
                        error.detail += QStringLiteral("; what is left on the other host: ")
                            + deleted.error().toString();
                    return vmm::async::failed<void>(error);
                });
        });
}

/// An upload would write over what is there.
Future<void> MachineMove::checkFree(const QString& volume)
{
    if (!m_target)
        return vmm::async::failed<void>({ ErrorKind::Disconnected });
    return vmm::async::transformed<void>(m_target->call(ListVolumes { m_plan.request.pool }), this,
        [volume](const Result<QVector<VolumeInfo>>& volumes) -> Result<void> {
            if (!volumes)
                return volumes.error();
            const bool isThere = std::any_of(volumes->begin(), volumes->end(),
                [&](const VolumeInfo& each) { return each.name == volume; });
            if (isThere)
                return Error { ErrorKind::AlreadyExists, volume,
                    QStringLiteral("somebody has just made a volume of that name") };
            return {};
        });
}

/// Also if somebody has stopped or removed the pool meanwhile.
Future<void> MachineMove::deleteVolume(const QString& name)
{
    if (!m_made.contains(name))
        return vmm::async::ready<void>({});
    if (!m_target)
        return vmm::async::failed<void>({ ErrorKind::Disconnected });
    return vmm::async::andThen(m_target->call(ListPools {}), this,
        [this, name](const QVector<PoolInfo>& pools) -> Future<void> {
            const auto pool = std::find_if(pools.begin(), pools.end(),
                [this](const PoolInfo& each) { return each.name == m_plan.request.pool; });
            if (pool == pools.end())
                return deleteInFolder(name);
            if (!pool->isActive())
                return deleteInStoppedPool(name);
            return deleteFreed(m_target, { m_plan.request.pool, name }, this);
        });
}

Future<void> MachineMove::deleteInStoppedPool(const QString& name)
{
    const QString pool = m_plan.request.pool;
    return vmm::async::andThen(
        ask(m_target, ChangePool { pool, ResourceAction::Start }, this), this, [this, pool, name] {
            return vmm::async::eitherWay(deleteFreed(m_target, { pool, name }, this), this,
                [this, pool](const Result<void>& deleted) {
                    return vmm::async::transformed<void>(
                        ask(m_target, ChangePool { pool, ResourceAction::Stop }, this), this,
                        [deleted](const Result<void>&) { return deleted; });
                });
        });
}

Future<void> MachineMove::deleteInFolder(const QString& name)
{
    const QString folder = m_plan.poolFolder;
    if (folder.isEmpty())
        return vmm::async::failed<void>({ ErrorKind::NotFound, m_plan.request.pool });
    auto* lease = new BorrowedPools(m_target, this);
    return vmm::async::andThen(lease->borrow(folder), this, [this, lease, folder, name] {
        return vmm::async::eitherWay(deleteFreed(m_target, { lease->poolOf(folder), name }, this),
            this, [this, lease](const Result<void>& deleted) {
                return vmm::async::transformed<void>(
                    lease->giveBack(), this, [deleted](const Result<void>&) { return deleted; });
            });
    });
}

Future<void> MachineMove::findPlaces()
{
    if (!m_target)
        return vmm::async::failed<void>({ ErrorKind::Disconnected });
    const QString pool = m_plan.request.pool;
    return vmm::async::transformed<void>(m_target->call(ListVolumes { pool }), this,
        [this](const Result<QVector<VolumeInfo>>& volumes) -> Result<void> {
            if (!volumes)
                return volumes.error();
            for (const MoveFile& file : std::as_const(m_plan.files)) {
                const auto volume = std::find_if(volumes->begin(), volumes->end(),
                    [&](const VolumeInfo& each) { return each.name == file.name; });
                if (volume == volumes->end())
                    return Error { ErrorKind::NotFound, file.name,
                        QStringLiteral("the volume is gone that was just made") };
                m_placed.append({ .role = file.what.role,
                    .target = file.what.target,
                    .type = m_plan.isBlockPool ? QStringLiteral("block") : QStringLiteral("file"),
                    .path = volume->path,
                    .format = file.format });
            }
            return {};
        });
}

} // namespace hosts::moving
