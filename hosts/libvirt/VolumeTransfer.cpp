// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/VolumeTransfer.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/PoolVolumes.h"
#include "hosts/libvirt/Pools.h"
#include "hosts/libvirt/TransferJournal.h"
#include "hosts/libvirt/VolumeStream.h"

#include <QFile>

#include <algorithm>
#include <optional>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

constexpr qint64 kConfirmEvery = qint64(64) << 20; // what is sent again at worst
constexpr qint64 kCompared = 64 << 10; // before going on
constexpr int kTriesWhileBusy = 100; // of JobControl::rest

int percentOf(qint64 done, qint64 all)
{
    return static_cast<int>(std::min<qint64>(99, all > 0 ? 100 * done / all : 0));
}

/// A stream that ends with its connection often says no more than that it ended.
bool isBroken(const Connection& connection, const Error& error)
{
    return error.kind == ErrorKind::Disconnected || virConnectIsAlive(connection.get()) != 1;
}

bool isSame(const VolumeStream& stream, const TransferFile& file, const Span& span)
{
    const auto there = stream.peek(span);
    const auto here = file.read(span.offset, span.length);
    return there && here && *there == *here;
}

/// Whether the first bytes and the last ones before `offset` are the same on both sides. That is no
/// proof for what is between them, but shows a volume or file that is another one by now.
bool agrees(const VolumeStream& stream, const TransferFile& file, qint64 offset)
{
    const qint64 length = std::min(offset, kCompared);
    return length > 0 && isSame(stream, file, { offset - length, length })
        && isSame(stream, file, { 0, length });
}

/// One file on its way to a host.
class Upload {
public:
    Upload(
        const QString& uri, const UploadVolume& operation, TransferFile file, JobControl& control)
        : m_operation(operation)
        , m_file(std::move(file))
        , m_control(control)
        , m_journal(uri, operation.pool, operation.volume, operation.file)
    {
    }

    /// From where it stopped to the end, over one connection.
    Result<void> goOn(const Connection& connection)
    {
        m_state.size = TRY(m_file.size());
        m_state.changed = m_file.changed();
        const Volume volume = TRY(findOrMake(connection));
        const VolumeStream stream(connection, volume, m_control);
        if (!std::exchange(m_hasBegun, true))
            resume(stream);
        while (m_state.confirmed < m_state.size) {
            const Span span { m_state.confirmed,
                std::min(kConfirmEvery, m_state.size - m_state.confirmed) };
            TRY(sendStretch(stream, span));
            m_state.confirmed = span.end();
            m_journal.write(m_state);
        }
        m_journal.remove();
        const Pool pool(virStoragePoolLookupByVolume(volume.get()));
        virStoragePoolRefresh(pool.get(), 0); // to find out what is in it
        return {};
    }

    /// What it made is of no use to anybody.
    void undo(const Connection& connection) const
    {
        m_journal.remove();
        if (!m_state.isOurs)
            return;
        for (int i = 0; i < kTriesWhileBusy; ++i) {
            const auto volume = findVolume(connection, m_operation.pool, m_operation.volume);
            if (!volume || virStorageVolDelete(volume->get(), 0) == 0)
                return;
            JobControl::rest();
        }
    }

private:
    Result<Volume> findOrMake(const Connection& connection)
    {
        auto known = findVolume(connection, m_operation.pool, m_operation.volume);
        if (known)
            TRY(checkNeedless(connection, *known));
        if (known || known.error().kind != ErrorKind::NotFound)
            return known;
        const NewVolume wanted { .name = m_operation.volume,
            .format = QStringLiteral("raw"),
            .capacity = vmm::Bytes::fromBytes(static_cast<quint64>(m_state.size)) };
        TRY(createVolume(connection, { m_operation.pool, wanted }));
        m_state.isOurs = true;
        m_state.confirmed = 0;
        m_hasBegun = true;
        m_journal.write(m_state);
        return findVolume(connection, m_operation.pool, m_operation.volume);
    }

    /// What an attempt before this one has brought over. Where nothing shows that it is the volume
    /// which that one has made, it is somebody else's: holes are written, and it is never deleted.
    void resume(const VolumeStream& stream)
    {
        const auto before = m_journal.read();
        if (!before || before->size != m_state.size || before->changed != m_state.changed)
            return;
        if (!agrees(stream, m_file, before->confirmed))
            return;
        m_state.isOurs = before->isOurs;
        m_state.confirmed = before->confirmed;
    }

    Result<void> sendStretch(const VolumeStream& stream, const Span& span)
    {
        const auto moved
            = [this](qint64 offset) { m_control.setProgress(percentOf(offset, m_state.size)); };
        for (int i = 0;; ++i) {
            auto sent
                = stream.send(m_file, span, m_state.isOurs ? Holes::Skipped : Holes::Sent, moved);
            const bool isBusy = !sent && sent.error().kind == ErrorKind::Busy;
            if (!isBusy || i >= kTriesWhileBusy || m_control.isCancelled())
                return sent;
            JobControl::rest();
        }
    }

    UploadVolume m_operation;
    TransferFile m_file;
    JobControl& m_control;
    TransferJournal m_journal;
    TransferJournal::Entry m_state;
    bool m_hasBegun = false;
};

qint64 physicalSize(const Volume& volume)
{
    virStorageVolInfo info {};
    // With this flag, what is called allocation is the length of the file.
    if (virStorageVolGetInfoFlags(volume.get(), &info, VIR_STORAGE_VOL_GET_PHYSICAL) < 0
        && virStorageVolGetInfo(volume.get(), &info) < 0)
        return 0;
    return static_cast<qint64>(std::max(info.allocation, 1ULL));
}

Result<void> downloadRest(const Connection& connection, const DownloadVolume& operation,
    const TransferFile& part, bool isFirst, JobControl& control)
{
    const Volume volume = TRY(findVolume(connection, operation.pool, operation.volume));
    const VolumeStream stream(connection, volume, control);
    qint64 offset = TRY(part.size());
    if (isFirst && offset > 0 && !agrees(stream, part, offset)) {
        offset = 0;
        TRY(part.setSize(0));
    }
    const qint64 all = physicalSize(volume);
    if (offset >= all && offset > 0)
        return {}; // there was nothing left but its name
    TRY(stream.receive(
        part, { offset, 0 }, [&](qint64 now) { control.setProgress(percentOf(now, all)); }));
    return part.sync();
}

} // namespace

Result<void> uploadVolume(const TransferRoute& route, const QString& uri,
    const UploadVolume& operation, JobControl& control)
{
    Upload upload(uri, operation, TRY(TransferFile::openForReading(operation.file)), control);
    while (true) {
        const Connection connection = TRY(route.open(control));
        const Result<void> done = upload.goOn(connection);
        if (!done && done.error().cause == ErrorCause::DiskFull)
            upload.undo(connection); // or nobody else could write anything
        if (done
            || !(isBroken(connection, done.error()) || done.error().kind == ErrorKind::Cancelled))
            return done;
        if (control.isCancelled()) {
            upload.undo(connection);
            return Error { ErrorKind::Cancelled, operation.volume };
        }
        JobControl::rest();
    }
}

Result<void> downloadVolume(
    const TransferRoute& route, const DownloadVolume& operation, JobControl& control)
{
    if (QFile::exists(operation.file))
        return Error { ErrorKind::AlreadyExists, operation.file };
    const QString partPath = operation.file + QStringLiteral(".part");
    const TransferFile part = TRY(TransferFile::openForWriting(partPath));
    for (bool isFirst = true;; isFirst = false) {
        const Connection connection = TRY(route.open(control));
        const Result<void> done = downloadRest(connection, operation, part, isFirst, control);
        if (done)
            break;
        if (control.isCancelled()) {
            QFile::remove(partPath);
            return Error { ErrorKind::Cancelled, operation.volume };
        }
        if (!isBroken(connection, done.error()))
            return done;
        JobControl::rest();
    }
    if (!QFile::rename(partPath, operation.file)) // which replaces nothing
        return Error { ErrorKind::AlreadyExists, operation.file };
    return {};
}

} // namespace hosts::libvirt
