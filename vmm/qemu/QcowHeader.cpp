// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/QcowHeader.h"

#include "vmm/base/ErrnoError.h"
#include "vmm/base/FileDescriptor.h"

#include <QFile>
#include <QtEndian>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace vmm {

namespace {

constexpr int kMostHeader = 64 * 1024; // header, extensions and backing name fit a cluster
constexpr int kMostSnapshotTable = 1024 * 1024;
constexpr quint32 kMostL1Entries = 32 * 1024 * 1024 / 8; // QEMU's own limit
constexpr quint32 kMostBackingName = 1023;
constexpr quint32 kMostSnapshots = 65536;
constexpr quint32 kBackingFormatExtension = 0xE2792ACA;
constexpr quint32 kDataFileBit = 4;
constexpr qsizetype kSmallestHeader = 72; // of version 2

// Big-endian numbers and texts at offsets; beyond the end there are zeros.
class HeaderBytes {
public:
    explicit HeaderBytes(const QByteArray& bytes)
        : m_bytes(bytes)
    {
    }

    bool has(quint64 offset, quint64 length) const
    {
        const auto size = static_cast<quint64>(m_bytes.size());
        return offset <= size && length <= size - offset;
    }
    quint16 u16(quint64 offset) const { return number<quint16>(offset); }
    quint32 u32(quint64 offset) const { return number<quint32>(offset); }
    quint64 u64(quint64 offset) const { return number<quint64>(offset); }
    QString text(quint64 offset, quint64 length) const
    {
        if (!has(offset, length))
            return {};
        return QString::fromUtf8(m_bytes.constData() + offset, static_cast<qsizetype>(length));
    }

private:
    template <typename T> T number(quint64 offset) const
    {
        return has(offset, sizeof(T)) ? qFromBigEndian<T>(m_bytes.constData() + offset) : T {};
    }

    const QByteArray& m_bytes;
};

Error missingOr(const QString& path, const char* call)
{
    Error error = errnoError(path, QString::fromLatin1(call));
    if (error.kind == ErrorKind::NotFound)
        error.cause = ErrorCause::ImageMissing;
    return error;
}

Result<FileDescriptor> openImage(const QString& path)
{
    // Non-blocking: a pipe in the place of an image must not hold us.
    FileDescriptor file(
        ::open(QFile::encodeName(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file.isValid())
        return missingOr(path, "open");
    return file;
}

Result<QByteArray> readAt(int file, quint64 offset, int length, const QString& path)
{
    QByteArray bytes(length, '\0');
    const ssize_t count
        = ::pread(file, bytes.data(), static_cast<size_t>(length), static_cast<off_t>(offset));
    if (count < 0)
        return missingOr(path, "read");
    bytes.truncate(count);
    return bytes;
}

Error implausible(const QString& path, const char* what)
{
    return { ErrorKind::InvalidConfig, path,
        QStringLiteral("the qcow2 header can't be right: ") + QString::fromLatin1(what) };
}

Result<void> checkNumbers(const HeaderBytes& header, const QString& path)
{
    const quint32 version = header.u32(4);
    if (version != 2 && version != 3)
        return implausible(path, "its version");
    if (header.u32(20) < 9 || header.u32(20) > 21)
        return implausible(path, "the size of its clusters");
    if (header.u32(36) > kMostL1Entries)
        return implausible(path, "the size of its L1 table");
    if (header.u32(16) > kMostBackingName || !header.has(header.u64(8), header.u32(16)))
        return implausible(path, "the name of its backing file");
    if (header.u32(60) > kMostSnapshots)
        return implausible(path, "the number of its snapshots");
    return {};
}

QString backingFormatOf(const HeaderBytes& header)
{
    const quint32 version = header.u32(4);
    quint64 offset = version == 2 ? kSmallestHeader : header.u32(100);
    while (header.has(offset, 8) && header.u32(offset) != 0) {
        const quint32 length = header.u32(offset + 4);
        if (header.u32(offset) == kBackingFormatExtension)
            return header.text(offset + 8, length);
        offset += 8 + ((quint64(length) + 7) & ~quint64(7));
    }
    return {};
}

QVector<QcowSnapshot> snapshotsOf(const HeaderBytes& table, quint32 count)
{
    QVector<QcowSnapshot> snapshots;
    quint64 offset = 0;
    for (quint32 i = 0; i < count && table.has(offset, 40); ++i) {
        const quint16 idLength = table.u16(offset + 12);
        const quint16 nameLength = table.u16(offset + 14);
        const quint64 texts = offset + 40 + table.u32(offset + 36);
        snapshots.append({ table.text(texts, idLength), table.text(texts + idLength, nameLength) });
        offset = (texts + idLength + nameLength + 7) & ~quint64(7);
    }
    return snapshots;
}

} // namespace

Result<QcowHeader> QcowHeader::read(const QString& path)
{
    const FileDescriptor file = TRY(openImage(path));
    const QByteArray bytes = TRY(readAt(file.get(), 0, kMostHeader, path));
    if (bytes.size() < kSmallestHeader || !bytes.startsWith("QFI\xfb"))
        return Error { ErrorKind::InvalidConfig, path, QStringLiteral("is no qcow2 image") };
    const HeaderBytes header(bytes);
    TRY(checkNumbers(header, path));
    const quint64 incompatible = header.u32(4) == 2 ? 0 : header.u64(72);
    QcowHeader result {
        .virtualSize = Bytes::fromBytes(header.u64(24)),
        .hasDataFile = (incompatible & kDataFileBit) != 0,
        .isDirty = (incompatible & 1) != 0,
        .isCorrupt = (incompatible & 2) != 0,
        .isEncrypted = header.u32(32) != 0,
    };
    if (header.u64(8) != 0) {
        result.backingFile = header.text(header.u64(8), header.u32(16));
        result.backingFormat = backingFormatOf(header);
    }
    if (const quint32 count = header.u32(60); count > 0) {
        const QByteArray table = TRY(readAt(file.get(), header.u64(64), kMostSnapshotTable, path));
        result.snapshots = snapshotsOf(HeaderBytes(table), count);
    }
    return result;
}

Result<QString> formatByContent(const QString& path)
{
    const FileDescriptor file = TRY(openImage(path));
    const QByteArray bytes = TRY(readAt(file.get(), 0, 512, path));
    struct Magic {
        int offset;
        QByteArrayView bytes;
        const char* format;
    };
    static const Magic kMagics[] = {
        { 0, QByteArrayView("QFI\xfb"), "qcow2" },
        { 0, QByteArrayView("KDMV"), "vmdk" },
        { 0, QByteArrayView("COWD"), "vmdk" },
        { 0, QByteArrayView("# Disk DescriptorFile"), "vmdk" },
        { 0x40, QByteArrayView("\x7f\x10\xda\xbe"), "vdi" },
        { 0, QByteArrayView("vhdxfile"), "vhdx" },
        { 0, QByteArrayView("conectix"), "vpc" },
        { 0, QByteArrayView("QED"), "qed" },
        { 0, QByteArrayView("LUKS\xba\xbe"), "luks" },
    };
    for (const Magic& magic : kMagics) {
        if (bytes.mid(magic.offset, magic.bytes.size()) == magic.bytes)
            return QString::fromLatin1(magic.format);
    }
    return QStringLiteral("raw");
}

} // namespace vmm
