// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/base/ErrnoError.h"
#include "vmm/base/Steps.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/InstantClones.h"
#include "vmm/qemu/InstantFolder.h"
#include "vmm/qemu/MemoryTransfer.h"
#include "vmm/qemu/TwinIdentity.h"

#include <QFile>

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vmm {

namespace {

// An empty overlay is some hundred KiB, mostly holes; where the file system can, it is shared.
Result<void> copyImage(const QString& from, const QString& to)
{
    const FileDescriptor source = TRY(InstantFolder::openFile(from));
    const FileDescriptor target = TRY(InstantFolder::createFile(to));
    if (::ioctl(target.get(), FICLONE, source.get()) == 0)
        return {};
    struct stat status { };
    if (::fstat(source.get(), &status) != 0 || ::ftruncate(target.get(), status.st_size) != 0)
        return errnoError(to, QStringLiteral("ftruncate"));
    off_t at = 0;
    while ((at = ::lseek(source.get(), at, SEEK_DATA)) >= 0) {
        const off_t end = ::lseek(source.get(), at, SEEK_HOLE);
        off_t out = at;
        while (at < end) {
            const ssize_t count = ::copy_file_range(
                source.get(), &at, target.get(), &out, static_cast<size_t>(end - at), 0);
            if (count <= 0)
                return errnoError(to, QStringLiteral("copy_file_range"));
        }
    }
    return {};
}

} // namespace

Result<void> InstantClones::copyOverlay(
    const Machine& machine, const QString& target, const QString& path) const
{
    const InstantFolder place(machine.places().folder);
    return copyImage(place.folder() + QLatin1Char('/') + target + QStringLiteral(".qcow2"), path);
}

// `as`: the definition, and whose occupation.
Future<void> InstantClones::loadTwin(
    Machine& twin, const LaunchSettings& as, const QString& folder, bool isLinkDown)
{
    Machine* vm = &twin;
    LaunchSettings settings = as;
    settings.isIncoming = true;
    settings.memoryFile = folder + QLatin1Char('/') + InstantFolder::kMemory;
    const int cards = isLinkDown
        ? static_cast<int>(settings.definition->devices<NetworkInterface>().size())
        : 0;
    Steps steps(this, m_core.watch("twin: load"));
    steps.add(
        QStringLiteral("start"), [this, vm, settings] { return m_core.start(*vm, settings); },
        [vm] {
            return isAllowed(VmAction::ForceOff, vm->state()) ? vm->forceOff()
                                                              : async::ready<void>({});
        });
    steps.add(QStringLiteral("ignore memory"), [vm] { return ignoreSharedMemory(*vm); });
    steps.add(QStringLiteral("devices"), [vm, folder]() -> Future<void> {
        Result<FileDescriptor> file
            = InstantFolder::openFile(folder + QLatin1Char('/') + InstantFolder::kDevices);
        return file ? readMemory(*vm, std::move(*file)) : async::failed<void>(file.error());
    });
    for (int card = 0; card < cards; ++card) // nothing goes out with the template's address
        steps.add(QStringLiteral("link"), [vm, card] { return setLinkDown(*vm, card); });
    return steps.run();
}

Future<void> InstantClones::start(Machine& twin, const Machine& machine)
{
    const InstantFolder place(machine.places().folder);
    Machine* vm = &twin;
    Steps steps(this, m_core.watch("twin"));
    steps.add(QStringLiteral("load"), [this, vm, place] {
        return loadTwin(*vm, { .definition = vm->definition() }, place.folder(), true);
    });
    steps.add(QStringLiteral("go on"), [vm] { return vm->letGoOn(StateReason::HostRequest); });
    return steps.run();
}

} // namespace vmm
