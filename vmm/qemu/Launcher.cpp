// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Launcher.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/ErrnoError.h"
#include "vmm/qemu/DevicePlug.h"
#include "vmm/qemu/MachineLog.h"
#include "vmm/qemu/RuntimeFolder.h"
#include "vmm/qemu/UnixListener.h"

#include <QFile>
#include <QFileInfo>

namespace vmm {

namespace {

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
    for (const FileSystem& fileSystem : definition.devices<FileSystem>()) {
        if (!QFileInfo(fileSystem.sourceFolder).isDir())
            return Error { ErrorKind::NotFound, fileSystem.sourceFolder,
                QStringLiteral("it is no folder") };
    }
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

// The definition's <emulator>, if it says one; it may be another than the one found here.
Result<QString> emulatorOf(const Definition& definition, const LaunchSettings& settings)
{
    const QString said = definition.emulator();
    if (said.isEmpty() || said == settings.qemu.emulator)
        return settings.qemu.emulator;
    if (!QFileInfo(said).isExecutable())
        return Error { ErrorKind::NotFound, said,
            QStringLiteral("<emulator> is no program of this computer"), ErrorCause::QemuMissing };
    return said;
}

struct Execution {
    QString emulator {};
    QStringList arguments {};
    QVector<CompanionPlan> companions {};
    std::vector<SharedDescriptor> taps {}; ///< behind the companions' descriptors
};

// Tells the numbers under which QEMU will have them.
Result<void> takeTaps(const Definition& definition, const LaunchSettings& settings,
    Execution& execution, QHash<QString, int>& numbers)
{
    int next = QemuProcess::kQmpFd + 1 + static_cast<int>(numbers.size());
    int index = 0;
    for (const NetworkInterface& card : definition.devices<NetworkInterface>()) {
        const QString name = networkId(index++);
        if (!needsTap(card))
            continue;
        const SharedDescriptor tap = settings.taps.value(name);
        if (!tap)
            return Error { ErrorKind::InvalidConfig, name,
                QStringLiteral("nobody has opened its tap device") };
        execution.taps.push_back(tap);
        numbers.insert(name, next++);
    }
    return {};
}

// Ends the companions unless QEMU has been started.
struct CompanionGuard {
    std::unique_ptr<Companions> companions {};
    ~CompanionGuard() { Companions::end(std::move(companions)); }
};

Result<LaunchedQemu> execute(const Definition& definition, const Execution& execution,
    const MachinePlaces& places, const StepWatch& watch)
{
    TRY(watch.tell(QStringLiteral("sockets")));
    const FileDescriptor qmp = TRY(listenOn(places.qmpSocket()));
    const FileDescriptor log = TRY(MachineLog(places.logFile()).startNew());
    for (const SerialPlace& port :
        serialPlaces(definition, launchContext(definition, places, {}))) {
        if (!port.log.isEmpty())
            TRY(MachineLog(port.log).startNew()); // QEMU appends to it
    }
    LaunchedQemu launched;
    launched.record = { .bootId = currentBootId(), .since = QDateTime::currentDateTimeUtc() };
    CompanionGuard guard;
    std::vector<FileDescriptor> ends;
    QVector<int> furtherFds;
    if (!execution.companions.isEmpty()) {
        TRY(watch.tell(QStringLiteral("companions")));
        guard.companions = TRY(Companions::start(execution.companions, places));
        launched.record.companions = guard.companions->records();
        ends = guard.companions->takeQemuEnds();
        for (const FileDescriptor& end : ends)
            furtherFds.append(end.get());
    }
    for (const SharedDescriptor& tap : execution.taps)
        furtherFds.append(tap->get());
    // Once before, once after: should we die in between, the next one knows what to look for.
    TRY(watch.tell(QStringLiteral("record")));
    TRY(launched.record.save(places.recordFile()));
    TRY(replaceFile(places.runningDefinitionFile(), definition.toXml().toUtf8()));
    TRY(watch.tell(QStringLiteral("process")));
    launched.process = TRY(QemuProcess::start({ .program = execution.emulator,
        .arguments = execution.arguments,
        .qmpListenFd = qmp.get(),
        .furtherFds = furtherFds,
        .logFd = log.get(),
        .workingFolder = places.folder }));
    launched.record.process = launched.process->identity();
    Result<void> saved = watch.tell(QStringLiteral("note the process"));
    if (saved)
        saved = launched.record.save(places.recordFile());
    if (!saved) {
        launched.process->kill();
        return saved.error();
    }
    launched.companions = std::move(guard.companions);
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
    Execution execution { .emulator = TRY(emulatorOf(definition, settings)),
        .companions = TRY(companionsOf(definition, places)) };
    LaunchContext context = launchContext(definition, places, settings.accelerator);
    context.memoryFile = settings.memoryFile;
    context.isMemoryShared = settings.isMemoryShared;
    context.isStartPaused = settings.isIncoming;
    if (settings.isIncoming)
        context.incoming = QStringLiteral("defer");
    context.firmware = TRY(prepareFirmware(definition, places));
    context.fds = companionFds(execution.companions);
    TRY(takeTaps(definition, settings, execution, context.fds));
    execution.arguments = TRY(buildCommandLine(definition, context));

    clearRuntime(places);
    TRY(ensurePrivateFolder(places.runtimeFolder));
    Result<LaunchedQemu> launched = execute(definition, execution, places, settings.watch);
    if (!launched)
        clearRuntime(places);
    return launched;
}

void clearRuntime(const MachinePlaces& places)
{
    removePrivateFolder(places.runtimeFolder);
}

} // namespace vmm
