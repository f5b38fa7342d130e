// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/VolumeStream.h"

#include "hosts/libvirt/Errors.h"

#include <algorithm>
#include <vector>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

constexpr int kPiece = 256 << 10; // about what libvirt puts into one message
constexpr int kAtHole = -3; // virStreamRecvFlags

/// Aborts what was not finished: the destructor of a virStream alone leaves it open over there.
class OpenStream {
public:
    explicit OpenStream(Stream stream)
        : m_stream(std::move(stream))
    {
    }
    OpenStream(const OpenStream&) = delete;
    OpenStream& operator=(const OpenStream&) = delete;
    ~OpenStream()
    {
        if (m_stream)
            virStreamAbort(m_stream.get());
    }
    virStreamPtr get() const { return m_stream.get(); }
    Result<void> finish(const QString& subject)
    {
        const Stream stream = std::exchange(m_stream, {});
        if (virStreamFinish(stream.get()) < 0)
            return lastError(subject);
        return {};
    }

private:
    Stream m_stream;
};

QString nameOfVolume(const Volume& volume)
{
    return QString::fromUtf8(virStorageVolGetName(volume.get()));
}

/// A write that failed over there is told in the middle of a stream, and libvirt sometimes loses
/// the words on the way (9.0): then the pool is asked whether it is full.
Error whyWriteFailed(const Volume& volume, Error error)
{
    constexpr unsigned long long kNothingLeft = 1 << 20; // bytes
    if (error.kind != ErrorKind::Io || error.cause != vmm::ErrorCause::None)
        return error;
    const Pool pool(virStoragePoolLookupByVolume(volume.get()));
    virStoragePoolInfo info {};
    if (!pool || virStoragePoolRefresh(pool.get(), 0) < 0
        || virStoragePoolGetInfo(pool.get(), &info) < 0 || info.available > kNothingLeft)
        return error;
    return { ErrorKind::Io, error.subject, QStringLiteral("no space is left in the storage pool"),
        vmm::ErrorCause::DiskFull };
}

/// libvirtd looks into a volume that was written to for a moment; who comes then is refused.
Error streamError(const Volume& volume)
{
    Error error = lastError(nameOfVolume(volume));
    if (error.detail.contains(QStringLiteral("is still in use")))
        error.kind = ErrorKind::Busy;
    return error;
}

bool refusesFlags()
{
    const virErrorPtr last = virGetLastError();
    return last != nullptr
        && (last->code == VIR_ERR_INVALID_ARG || last->code == VIR_ERR_NO_SUPPORT
            || last->code == VIR_ERR_ARGUMENT_UNSUPPORTED);
}

Result<void> sendBytes(const OpenStream& stream, const QByteArray& bytes, const Volume& volume)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const int count = virStreamSend(
            stream.get(), bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
        if (count < 0)
            return whyWriteFailed(volume, streamError(volume));
        done += count;
    }
    return {};
}

} // namespace

VolumeStream::VolumeStream(
    const Connection& connection, const Volume& volume, const JobControl& control)
    : m_connection(connection)
    , m_volume(volume)
    , m_control(control)
{
}

Result<void> VolumeStream::send(
    const TransferFile& file, const Span& span, Holes holes, const Moved& moved) const
{
    OpenStream stream { Stream(virStreamNew(m_connection.get(), 0)) };
    const bool isSparse = holes == Holes::Skipped;
    if (stream.get() == nullptr
        || virStorageVolUpload(m_volume.get(), stream.get(), static_cast<quint64>(span.offset),
               static_cast<quint64>(span.length),
               isSparse ? VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM : 0)
            < 0)
        return streamError(m_volume);
    for (qint64 offset = span.offset; offset < span.end();) {
        if (m_control.isCancelled())
            return Error { ErrorKind::Cancelled, file.path() };
        const TransferFile::Stretch stretch = file.stretchAt(offset, span.end());
        if (isSparse && stretch.isHole) {
            if (virStreamSendHole(stream.get(), stretch.length, 0) < 0)
                return streamError(m_volume);
            offset += stretch.length;
        } else {
            const QByteArray bytes
                = TRY(file.read(offset, std::min<qint64>(kPiece, stretch.length)));
            if (bytes.isEmpty())
                return Error { ErrorKind::Io, file.path(),
                    QStringLiteral("the file became shorter meanwhile") };
            TRY(sendBytes(stream, bytes, m_volume));
            offset += bytes.size();
        }
        moved(offset);
    }
    const auto finished = stream.finish(nameOfVolume(m_volume));
    return finished ? finished : whyWriteFailed(m_volume, finished.error());
}

Result<Stream> VolumeStream::openDownload(const Span& span, bool& isSparse) const
{
    for (isSparse = true;; isSparse = false) {
        Stream stream(virStreamNew(m_connection.get(), 0));
        const unsigned int flags = isSparse ? VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM : 0;
        if (stream
            && virStorageVolDownload(m_volume.get(), stream.get(),
                   static_cast<quint64>(span.offset), static_cast<quint64>(span.length), flags)
                == 0)
            return stream;
        if (!isSparse || !refusesFlags())
            return streamError(m_volume);
    }
}

Result<void> VolumeStream::receive(
    const TransferFile& file, const Span& span, const Moved& moved) const
{
    bool isSparse = false;
    OpenStream stream { TRY(openDownload(span, isSparse)) };
    std::vector<char> buffer(kPiece);
    for (qint64 offset = span.offset;;) {
        if (m_control.isCancelled())
            return Error { ErrorKind::Cancelled, file.path() };
        const int count = isSparse ? virStreamRecvFlags(stream.get(), buffer.data(), buffer.size(),
                              VIR_STREAM_RECV_STOP_AT_HOLE)
                                   : virStreamRecv(stream.get(), buffer.data(), buffer.size());
        if (count == 0)
            return stream.finish(nameOfVolume(m_volume));
        if (count == kAtHole) {
            long long length = 0;
            if (virStreamRecvHole(stream.get(), &length, 0) < 0)
                return streamError(m_volume);
            offset += length;
            TRY(file.setSize(offset));
        } else if (count < 0) {
            return streamError(m_volume);
        } else {
            TRY(file.write(offset, buffer.data(), count));
            offset += count;
        }
        moved(offset);
    }
}

Result<void> VolumeStream::passOn(
    const Connection& connection, const Volume& target, const Moved& moved) const
{
    bool isSparse = false;
    OpenStream from { TRY(openDownload({}, isSparse)) };
    OpenStream to { Stream(virStreamNew(connection.get(), 0)) };
    if (to.get() == nullptr
        || virStorageVolUpload(
               target.get(), to.get(), 0, 0, isSparse ? VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM : 0)
            < 0)
        return streamError(target);
    QByteArray buffer(kPiece, Qt::Uninitialized);
    for (qint64 offset = 0;;) {
        if (m_control.isCancelled())
            return Error { ErrorKind::Cancelled, nameOfVolume(m_volume) };
        const int count = isSparse
            ? virStreamRecvFlags(from.get(), buffer.data(), kPiece, VIR_STREAM_RECV_STOP_AT_HOLE)
            : virStreamRecv(from.get(), buffer.data(), kPiece);
        if (count == 0)
            break;
        if (count == kAtHole) {
            long long length = 0;
            if (virStreamRecvHole(from.get(), &length, 0) < 0)
                return streamError(m_volume);
            if (virStreamSendHole(to.get(), length, 0) < 0)
                return streamError(target);
            offset += length;
        } else if (count < 0) {
            return streamError(m_volume);
        } else {
            TRY(sendBytes(to, QByteArray::fromRawData(buffer.constData(), count), target));
            offset += count;
        }
        moved(offset);
    }
    TRY(from.finish(nameOfVolume(m_volume)));
    return to.finish(nameOfVolume(target));
}

Result<QByteArray> VolumeStream::peek(const Span& span) const
{
    OpenStream stream { Stream(virStreamNew(m_connection.get(), 0)) };
    if (stream.get() == nullptr
        || virStorageVolDownload(m_volume.get(), stream.get(), static_cast<quint64>(span.offset),
               static_cast<quint64>(span.length), 0)
            < 0)
        return streamError(m_volume);
    QByteArray found;
    std::vector<char> buffer(kPiece);
    while (found.size() < span.length) {
        const int count = virStreamRecv(stream.get(), buffer.data(), buffer.size());
        if (count < 0)
            return streamError(m_volume);
        if (count == 0)
            break;
        found.append(buffer.data(), count);
    }
    return found;
}

} // namespace hosts::libvirt
