// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/ImageHolders.h"

#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

namespace vmm {

namespace {

QByteArray procText(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Whether a descriptor was opened for writing: "flags:" of fdinfo, in octal.
bool isWritable(const QString& process, const QString& descriptor)
{
    const QByteArray text = procText(process + QStringLiteral("/fdinfo/") + descriptor);
    const qsizetype at = text.indexOf("flags:");
    if (at < 0)
        return false;
    const QByteArray number = text.mid(at + 6, text.indexOf('\n', at) - at - 6).trimmed();
    return (number.toInt(nullptr, 8) & O_ACCMODE) != O_RDONLY;
}

// Nothing if the process does not have the file open.
std::optional<ImageHolder> holder(const QString& process, const struct stat& wanted)
{
    std::optional<ImageHolder> found;
    const QStringList descriptors
        = QDir(process + QStringLiteral("/fd"))
              .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System);
    for (const QString& descriptor : descriptors) {
        struct stat status { };
        const QString link = process + QStringLiteral("/fd/") + descriptor;
        if (::stat(QFile::encodeName(link), &status) != 0 || status.st_ino != wanted.st_ino
            || status.st_dev != wanted.st_dev)
            continue;
        if (!found)
            found.emplace();
        found->canWrite = found->canWrite || isWritable(process, descriptor);
    }
    return found;
}

} // namespace

QVector<ImageHolder> holdersOf(const QString& path)
{
    struct stat wanted { };
    if (::stat(QFile::encodeName(path), &wanted) != 0)
        return {};
    QVector<ImageHolder> holders;
    const QStringList entries = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& entry : entries) {
        bool isNumber = false;
        const qint64 pid = entry.toLongLong(&isNumber);
        if (!isNumber || pid == ::getpid())
            continue;
        const QString process = QStringLiteral("/proc/") + entry;
        std::optional<ImageHolder> found = holder(process, wanted);
        if (!found)
            continue;
        found->pid = pid;
        found->program = QString::fromUtf8(procText(process + QStringLiteral("/comm")).trimmed());
        holders.append(*found);
    }
    std::sort(holders.begin(), holders.end(),
        [](const ImageHolder& a, const ImageHolder& b) { return a.pid < b.pid; });
    return holders;
}

} // namespace vmm
