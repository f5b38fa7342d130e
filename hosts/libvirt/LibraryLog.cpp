// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibraryLog.h"

#include <QLoggingCategory>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <mutex>

namespace hosts::libvirt::LibraryLog {

namespace {

Q_LOGGING_CATEGORY(logLibrary, "vm.libvirt.library", QtInfoMsg)

constexpr off_t kMaxRead = 256 * 1024;
constexpr off_t kMaxKept = 64 * 1024;
// Of ESX errors alone: with each answer it warns of all fields that it does not know, and its hosts
// are asked every few seconds.
constexpr char kFilters[] = "4:esx";
int memoryFile = -1; // set once, before there are threads
std::mutex mutex; // of those who read

/// All that was noted since the last time.
QByteArray take()
{
    const std::lock_guard lock(mutex);
    struct stat status { };
    if (memoryFile < 0 || ::fstat(memoryFile, &status) != 0 || status.st_size == 0)
        return {};
    QByteArray text(std::min<off_t>(status.st_size, kMaxRead), Qt::Uninitialized);
    const ssize_t count = ::pread(memoryFile, text.data(), static_cast<size_t>(text.size()),
        std::max<off_t>(0, status.st_size - kMaxRead));
    text.truncate(std::max<ssize_t>(0, count));
    // libvirt appends, so it goes on at the new end.
    if (::ftruncate(memoryFile, 0) != 0)
        text.clear();
    return text;
}

} // namespace

void install()
{
    if (qEnvironmentVariableIsSet("LIBVIRT_LOG_OUTPUTS"))
        return;
    memoryFile = ::memfd_create("libvirt-log", MFD_CLOEXEC);
    if (memoryFile < 0)
        return;
    // 3: warnings and errors
    qputenv("LIBVIRT_LOG_OUTPUTS", "3:file:/proc/self/fd/" + QByteArray::number(memoryFile));
    if (!qEnvironmentVariableIsSet("LIBVIRT_LOG_FILTERS"))
        qputenv("LIBVIRT_LOG_FILTERS", kFilters);
}

void hideFromChildren()
{
    if (memoryFile < 0)
        return;
    qunsetenv("LIBVIRT_LOG_OUTPUTS");
    if (qgetenv("LIBVIRT_LOG_FILTERS") == kFilters)
        qunsetenv("LIBVIRT_LOG_FILTERS");
}

void keepSmall()
{
    struct stat status { };
    if (memoryFile >= 0 && ::fstat(memoryFile, &status) == 0 && status.st_size > kMaxKept)
        take();
}

QString takeCertificateWords()
{
    QString found;
    const QList<QByteArray> lines = take().split('\n');
    for (const QByteArray& line : lines) {
        if (line.isEmpty())
            continue;
        qCDebug(logLibrary).noquote() << line;
        // "... : virNetTLSContextCheckCertificate:1020 : Certificate check failed REASON"
        const qsizetype at = line.indexOf("Certificate check failed ");
        if (at >= 0)
            found
                = QString::fromUtf8(line.mid(at + qsizetype(strlen("Certificate check failed "))));
    }
    return found;
}

} // namespace hosts::libvirt::LibraryLog
