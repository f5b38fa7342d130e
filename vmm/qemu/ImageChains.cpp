// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/ImageChains.h"

#include "vmm/base/ErrnoError.h"
#include "vmm/qemu/QcowHeader.h"
#include "vmm/qemu/WedgedMounts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vmm {

namespace {

constexpr int kMostImages = 200; // QEMU itself gives up not far from there
constexpr int kMostEntries = 20'000;

Error untrusted(const QString& path, const QString& why)
{
    return { ErrorKind::InvalidConfig, path, why, ErrorCause::ImageUntrusted };
}

Error missingImage(const QString& path)
{
    Error error = errnoError(path, QStringLiteral("stat"));
    if (error.kind == ErrorKind::NotFound)
        error.cause = ErrorCause::ImageMissing;
    return error;
}

// A block device has no length in its stat.
Bytes lengthOf(const QString& path, const struct stat& status)
{
    if (!S_ISBLK(status.st_mode))
        return Bytes::fromBytes(static_cast<quint64>(status.st_size));
    QFile device(path);
    return device.open(QIODevice::ReadOnly) ? Bytes::fromBytes(static_cast<quint64>(device.size()))
                                            : Bytes();
}

Error silent(const QString& path)
{
    return { ErrorKind::TimedOut, path, QStringLiteral("its file system does not answer") };
}

QString absolute(const QString& backing, const QString& image)
{
    return QDir::cleanPath(QFileInfo(image).dir().filePath(backing));
}

Result<void> checkLink(const ImageInfo& image, const QString& written)
{
    if (!isPlainPath(written))
        return untrusted(
            image.path, QStringLiteral("its backing file is no path: ") + written.left(200));
    if (image.backingFormat.isEmpty() && !isWedged(image.backingFile)) {
        const QString shown = TRY(formatByContent(image.backingFile));
        if (shown != QLatin1StringView("raw"))
            return untrusted(image.path,
                QStringLiteral("does not say the format of its backing file %1, which looks like "
                               "%2; set it by: qemu-img rebase -u -F %2 -b ...")
                    .arg(image.backingFile, shown));
    }
    return {};
}

} // namespace

struct ImageChains::Stamp {
    dev_t device {};
    ino_t inode {};
    off_t size {};
    blkcnt_t blocks {};
    qint64 modifiedNs {};
    bool operator==(const Stamp&) const = default;
};

struct ImageChains::Entry {
    Stamp stamp;
    ImageInfo image;
    std::optional<Error> problem;
};

bool isPlainPath(const QString& name)
{
    const qsizetype colon = name.indexOf(QLatin1Char(':'));
    const qsizetype slash = name.indexOf(QLatin1Char('/'));
    return !name.isEmpty() && !name.contains(QChar(0))
        && (colon < 0 || (slash >= 0 && slash < colon));
}

Result<ImageInfo> ImageChains::readOne(const QString& path, const QString& format)
{
    const QString key = format + QLatin1Char(':') + path;
    if (isWedged(path)) {
        const QMutexLocker locker(&m_lock);
        const auto found = m_entries.constFind(key);
        return found == m_entries.cend() || (*found)->problem ? Result<ImageInfo>(silent(path))
                                                              : (*found)->image;
    }
    struct stat status { };
    if (::stat(QFile::encodeName(path), &status) != 0)
        return missingImage(path);
    if (!S_ISREG(status.st_mode) && !S_ISBLK(status.st_mode))
        return untrusted(path, QStringLiteral("is neither a file nor a block device"));
    const Stamp stamp { status.st_dev, status.st_ino, status.st_size, status.st_blocks,
        status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec };
    {
        const QMutexLocker locker(&m_lock);
        const auto found = m_entries.constFind(key);
        if (found != m_entries.cend() && (*found)->stamp == stamp)
            return (*found)->problem ? Result<ImageInfo>(*(*found)->problem) : (*found)->image;
    }
    const auto fresh = [&]() -> Result<ImageInfo> {
        ImageInfo image { .path = path,
            .format = format.isEmpty() ? TRY(formatByContent(path)) : format,
            .actualSize = Bytes::fromBytes(static_cast<quint64>(status.st_blocks) * 512) };
        if (image.format != QLatin1StringView("qcow2")) {
            image.virtualSize = lengthOf(path, status);
            return image;
        }
        const QcowHeader header = TRY(QcowHeader::read(path));
        if (header.hasDataFile)
            return untrusted(path, QStringLiteral("its data are in another file"));
        image.virtualSize = header.virtualSize;
        image.isDirty = header.isDirty || header.isCorrupt;
        image.isEncrypted = header.isEncrypted;
        for (const QcowSnapshot& snapshot : header.snapshots)
            image.internalSnapshots.append(snapshot.name);
        // Kept as written, until the chain is followed.
        image.backingFile = header.backingFile;
        image.backingFormat = header.backingFormat;
        return image;
    }();
    const QMutexLocker locker(&m_lock);
    if (m_entries.size() > kMostEntries)
        m_entries.clear();
    auto entry = std::make_shared<Entry>();
    entry->stamp = stamp;
    if (fresh)
        entry->image = *fresh;
    else
        entry->problem = fresh.error();
    m_entries.insert(key, entry);
    return fresh;
}

ChainReading ImageChains::read(const QString& path, const QString& format)
{
    ChainReading reading;
    QSet<QString> seen;
    QString at = path;
    QString formatAt = format;
    const auto stop = [&](Error error) {
        reading.problem = std::move(error);
        return reading;
    };
    while (true) {
        const bool isSilent = isWedged(at);
        if (isSilent) // what is known of it tells all the same what it stands on
            reading.problem = silent(at);
        const QString canonical = isSilent ? at : QFileInfo(at).canonicalFilePath();
        if (reading.chain.size() >= kMostImages
            || (!canonical.isEmpty() && seen.contains(canonical)))
            return stop(untrusted(at, QStringLiteral("its chain of backing files never ends")));
        seen.insert(canonical);
        Result<ImageInfo> image = readOne(at, formatAt);
        if (!image)
            return stop(image.error());
        const QString written = image->backingFile;
        if (written.isEmpty()) {
            reading.chain.append(*image);
            return reading;
        }
        image->backingFile = isPlainPath(written) ? absolute(written, at) : written;
        reading.chain.append(*image);
        if (const Result<void> link = checkLink(*image, written); !link)
            return stop(link.error());
        at = image->backingFile;
        formatAt = image->backingFormat.isEmpty() ? QStringLiteral("raw") : image->backingFormat;
    }
}

Result<ImageChain> ImageChains::readTrusted(
    const QString& path, const QString& format, const IsKnownRaw& isKnownRaw)
{
    const ChainReading reading = read(path, format);
    if (reading.problem)
        return *reading.problem;
    for (qsizetype i = 1; i < reading.chain.size(); ++i) {
        const ImageInfo& image = reading.chain.at(i);
        const ImageInfo& above = reading.chain.at(i - 1);
        if (image.format == QLatin1StringView("qcow2"))
            continue;
        const QFileInfo file(QFileInfo(image.path).canonicalFilePath());
        const bool isBeside
            = file.path() == QFileInfo(QFileInfo(above.path).canonicalFilePath()).path();
        if (!isBeside && !isKnownRaw(file.filePath()))
            return untrusted(above.path,
                QStringLiteral("it would show the file %1 to the guest, which is no disk of any "
                               "machine here and lies in another folder")
                    .arg(image.path));
    }
    return reading.chain;
}

} // namespace vmm
