// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Launcher.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/ErrnoError.h"
#include "vmm/qemu/MachineLog.h"
#include "vmm/qemu/RuntimeFolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>

namespace vmm {

namespace {

Result<FileDescriptor> listenOn(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    if (static_cast<size_t>(name.size()) >= sizeof address.sun_path)
        return Error { ErrorKind::Io, path, QStringLiteral("too long for a unix socket") };
    std::memcpy(address.sun_path, name.constData(), static_cast<size_t>(name.size()));

    FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket.isValid())
        return errnoError(path, QStringLiteral("socket"));
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return errnoError(path, QStringLiteral("bind"));
    if (::listen(socket.get(), 4) != 0)
        return errnoError(path, QStringLiteral("listen"));
    return socket;
}

Result<void> checkFile(const QString& path)
{
    if (path.isEmpty() || QFileInfo::exists(path))
        return {};
    return Error { ErrorKind::NotFound, path, QStringLiteral("No such file or directory"),
        ErrorCause::ImageMissing };
}

/// Found here they make a sentence; found by QEMU they make a puzzle.
Result<void> checkFiles(const Definition& definition)
{
    const QVector<Disk> disks = definition.devices<Disk>();
    for (const Disk& disk : disks)
        TRY(checkFile(disk.sourcePath()));
    TRY(checkFile(definition.kernel()));
    return checkFile(definition.initrd());
}

Result<void> checkScreen(const Definition& definition, const QemuInstallation& qemu)
{
    const QVector<Graphics> screens = definition.devices<Graphics>();
    for (const Graphics& screen : screens) {
        if (screen.type == QLatin1StringView("spice"))
            return requireSpice(qemu);
    }
    return {};
}

Result<LaunchedQemu> execute(const Definition& definition, const QStringList& arguments,
    const MachinePlaces& places, const LaunchSettings& settings)
{
    const FileDescriptor qmp = TRY(listenOn(places.qmpSocket()));
    const FileDescriptor log = TRY(MachineLog(places.logFile()).startNew());
    TRY(MachineLog(places.serialLog()).startNew()); // QEMU appends to it
    LaunchedQemu launched;
    launched.record = { .bootId = currentBootId(), .since = QDateTime::currentDateTimeUtc() };
    // Once before, once after: should we die in between, the next one knows what to look for.
    TRY(launched.record.save(places.recordFile()));
    TRY(replaceFile(places.runningDefinitionFile(), definition.toXml().toUtf8()));
    launched.process = TRY(QemuProcess::start({ .program = settings.qemu.emulator,
        .arguments = arguments,
        .qmpListenFd = qmp.get(),
        .logFd = log.get(),
        .workingFolder = places.folder }));
    launched.record.process = launched.process->identity();
    const Result<void> saved = launched.record.save(places.recordFile());
    if (!saved) {
        launched.process->kill();
        return saved.error();
    }
    return launched;
}

} // namespace

LaunchContext launchContext(
    const Definition& definition, const MachinePlaces& places, const QString& accelerator)
{
    // libvirt's <domain type='qemu'> asks for the translator; 'kvm' takes the best there is.
    const bool isTranslated = definition.domainType() == QLatin1StringView("qemu");
    return {
        .accelerator = isTranslated ? QStringLiteral("tcg") : accelerator,
        .qmpFd = QemuProcess::kQmpFd,
        .machineFolder = places.folder,
        .spiceSocket = places.spiceSocket(),
        .vncSocket = places.vncSocket(),
        .serialSocket = places.serialSocket(),
        .serialLog = places.serialLog(),
        .socketFolder = places.runtimeFolder,
    };
}

Result<LaunchedQemu> launchQemu(
    const Definition& definition, const MachinePlaces& places, const LaunchSettings& settings)
{
    TRY(checkFiles(definition));
    TRY(checkScreen(definition, settings.qemu));
    LaunchContext context = launchContext(definition, places, settings.accelerator);
    context.memoryFile = settings.memoryFile;
    context.isMemoryShared = settings.isMemoryShared;
    context.isStartPaused = settings.isIncoming;
    if (settings.isIncoming)
        context.incoming = QStringLiteral("defer");
    const QStringList arguments = TRY(buildCommandLine(definition, context));

    clearRuntime(places);
    TRY(ensurePrivateFolder(places.runtimeFolder));
    Result<LaunchedQemu> launched = execute(definition, arguments, places, settings);
    if (!launched)
        clearRuntime(places);
    return launched;
}

void clearRuntime(const MachinePlaces& places)
{
    QDir(places.runtimeFolder).removeRecursively();
}

} // namespace vmm
