// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/RuntimeFolder.h"

#include "vmm/base/ErrnoError.h"
#include "vmm/qemu/MachineStore.h"
#include "vmm/qemu/RuntimeRecord.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStringList>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

namespace vmm {

namespace {

// sun_path less its end; then "/", 32 digits of a UUID, "/" and "serial".
constexpr qsizetype kLongestFolder = 107 - 40;

QString hashOf(const QString& dataFolder)
{
    const QString canonical = QFileInfo(dataFolder).canonicalFilePath();
    const QByteArray digest = QCryptographicHash::hash(
        (canonical.isEmpty() ? dataFolder : canonical).toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex().first(10));
}

Result<QString> make(const QString& folder)
{
    if (QFile::encodeName(folder).size() > kLongestFolder)
        return Error { ErrorKind::Io, folder,
            QStringLiteral("the path is too long for unix sockets in it") };
    TRY(ensurePrivateFolder(folder));
    return folder;
}

Result<QString> makeBelow(const QString& parent, const QString& name)
{
    TRY(ensurePrivateFolder(parent));
    return make(parent + QLatin1Char('/') + name);
}

/// Folders to try, best first; each is the parent of the HASH one.
QStringList candidateParents()
{
    const QString user = QString::number(::geteuid());
    QStringList parents;
    const QString given = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (QDir::isAbsolutePath(given))
        parents.append(given + QStringLiteral("/virtdeck"));
    parents.append(QStringLiteral("/run/user/") + user + QStringLiteral("/virtdeck"));
    parents.append(QStringLiteral("/tmp/virtdeck-") + user);
    return parents;
}

/// Of this boot: what an earlier one left on a disk stands for nothing.
bool hasRunningMachines(const QString& folder)
{
    const QStringList machines = QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return std::any_of(machines.cbegin(), machines.cend(), [&folder](const QString& machine) {
        const MachinePlaces places { .runtimeFolder = folder + QLatin1Char('/') + machine };
        const Result<RuntimeRecord> record = RuntimeRecord::load(places.recordFile());
        return record && record->bootId == currentBootId();
    });
}

} // namespace

Result<void> ensurePrivateFolder(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name, 0700) != 0 && errno != EEXIST)
        return errnoError(path, QStringLiteral("mkdir"));
    // lstat: in /tmp a symbolic link could be anybody's trap.
    struct stat status { };
    if (::lstat(name, &status) != 0)
        return errnoError(path, QStringLiteral("lstat"));
    if (!S_ISDIR(status.st_mode) || status.st_uid != ::geteuid())
        return Error { ErrorKind::PermissionDenied, path,
            QStringLiteral("it is not a folder of this user") };
    if ((status.st_mode & 077) != 0 && ::chmod(name, 0700) != 0)
        return errnoError(path, QStringLiteral("chmod"));
    return {};
}

void removePrivateFolder(const QString& path)
{
    const std::filesystem::path folder = QFile::encodeName(path).toStdString();
    constexpr int kAttempts = 1000; // each entry that vanishes under our hands may end one
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        std::error_code failure;
        std::filesystem::remove_all(folder, failure);
        if (failure != std::errc::no_such_file_or_directory
            && failure != std::errc::directory_not_empty)
            return;
    }
}

Result<QString> makeRuntimeFolder(const QString& dataFolder, const QString& wanted)
{
    if (!wanted.isEmpty())
        return make(QDir::cleanPath(wanted));
    const QString name = hashOf(dataFolder);
    // Somebody with another environment may have begun: what runs is found there alone.
    for (const QString& parent : candidateParents()) {
        if (!QFileInfo::exists(parent + QLatin1Char('/') + name))
            continue;
        Result<QString> folder = makeBelow(parent, name);
        if (folder && hasRunningMachines(*folder))
            return folder;
    }
    return makePrivateRuntimeFolder(name);
}

Result<QString> makePrivateRuntimeFolder(const QString& name)
{
    Result<QString> outcome = Error { ErrorKind::Io, name };
    for (const QString& parent : candidateParents()) {
        outcome = makeBelow(parent, name);
        if (outcome)
            break;
    }
    return outcome;
}

} // namespace vmm
