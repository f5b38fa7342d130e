// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/vdctl/CommandTable.h"

#include "app/vdctl/Plans.h"

namespace vdctl {

namespace {

using vmm::VmAction;

constexpr int kAny = -1;

QVector<CommandSpec> lifeCommands()
{
    return {
        { "start", "MACHINE...", 1, kAny, "Start machines.", {}, planAction(VmAction::Start) },
        { "shutdown", "MACHINE...", 1, kAny, "Ask the guests to power off.",
            { { "wait", "SECONDS", "Return when they are off; fail if that takes longer." } },
            planAction(VmAction::ShutDown) },
        { "reboot", "MACHINE...", 1, kAny, "Ask the guests to start anew.", {},
            planAction(VmAction::Reboot) },
        { "reset", "MACHINE...", 1, kAny, "Press the reset button.", {},
            planAction(VmAction::Reset) },
        { "force-off", "MACHINE...", 1, kAny, "Pull the plug.", {},
            planAction(VmAction::ForceOff) },
        { "pause", "MACHINE...", 1, kAny, "Stop the virtual CPUs.", {},
            planAction(VmAction::Pause) },
        { "resume", "MACHINE...", 1, kAny, "Let the virtual CPUs run on.", {},
            planAction(VmAction::Resume) },
        { "save", "MACHINE...", 1, kAny, "Write memory to disk and switch off.", {},
            planAction(VmAction::Save) },
        { "discard-save", "MACHINE...", 1, kAny, "Forget saved memory: the next start boots.", {},
            planAction(VmAction::DiscardSave) },
        { "undefine", "MACHINE...", 1, kAny, "Remove machines that are off (see trash).", {},
            planAction(VmAction::Undefine) },
    };
}

QVector<CommandSpec> seeingCommands()
{
    return {
        { "list", "", 0, 0, "List the machines.",
            { { "running", nullptr, "Only those that are active." },
                { "tag", "NAME", "Only those with that tag; several: with all of them." },
                { "ids", nullptr, "Print UUIDs alone, one a line." },
                { "names", nullptr, "Print names alone, one a line." } },
            planList },
        { "info", "[MACHINE]", 0, 1, "Tell about the host, or about a machine.", {}, planInfo },
        { "metrics", "[MACHINE...]", 0, kAny, "Print the load of machines, once a second.",
            { { "count", "NUMBER", "End after so many lines a machine (1); 0: never." } }, planNone,
            Sort::Metrics },
        { "load", "[MACHINE]", 0, 1, "Print the load of the host or a machine in detail.", {},
            planLoad },
        { "events", "", 0, 0, "Print changes as they happen, until interrupted.", {}, planNone,
            Sort::Events },
        { "console", "MACHINE", 1, 1, "Sit at a serial port; Ctrl+] leaves.",
            { { "port", "NUMBER", "Which one (1)." },
                { "take-over", nullptr, "Also if somebody else has it." } },
            planAttach },
        { "console-uri", "MACHINE", 1, 1, "Print where a viewer finds the screen.",
            { { "hold", nullptr, "Keep a way to it open, until interrupted." } }, planConsole },
        { "xml", "MACHINE", 1, 1, "Print the definition, as libvirt domain XML.",
            { { "running", nullptr, "That which it runs with, not that of its next start." } },
            planXml },
    };
}

QVector<CommandSpec> changingCommands()
{
    const QVector<OptionSpec> scopes {
        { "stored", nullptr, "From the next start on only." },
        { "running", nullptr, "Until the machine stops only." },
    };
    return {
        { "define", "FILE", 1, 1, "Add a machine from domain XML, or replace it (\"-\": input).",
            {}, planDefine },
        { "create", "NAME", 1, 1, "Make a machine.",
            { { "memory", "SIZE", "Memory (1G)." }, { "vcpus", "NUMBER", "Virtual CPUs (1)." },
                { "disk", "SIZE", "A new disk of that size." },
                { "image", "PATH", "A disk image to use as it is." },
                { "iso", "PATH", "A CD to boot from." },
                { "kernel", "PATH", "A kernel to boot directly." },
                { "initrd", "PATH", "Its initial memory disk." },
                { "append", "TEXT", "Its command line." },
                { "pool", "POOL", "Of a libvirt host, for the new disk." },
                { "network", "NETWORK",
                    "What a card is in: a network, bridge=NAME, user or none. Also several." } },
            planCreate },
        { "rename", "MACHINE NAME", 2, 2, "Give a machine another name.", {}, planRename },
        { "autostart", "MACHINE on|off", 2, 2, "Start a machine with its host, or not.", {},
            planAutostart },
        { "attach", "MACHINE FILE", 2, 2, "Add a device from XML (\"-\": input).", scopes,
            planDevice<hosts::AttachDevice>() },
        { "detach", "MACHINE FILE", 2, 2, "Remove a device that XML names.", scopes,
            planDevice<hosts::DetachDevice>() },
        { "update-device", "MACHINE FILE", 2, 2, "Change a device: a CD's medium, a link.", scopes,
            planDevice<hosts::UpdateDevice>() },
        { "set-memory", "MACHINE SIZE", 2, 2, "Set what the balloon leaves to the guest.", {},
            planSetMemory },
        { "set-vcpus", "MACHINE NUMBER", 2, 2, "Plug or unplug virtual CPUs.", {}, planSetVcpus },
        { "resize-disk", "MACHINE TARGET SIZE", 3, 3, "Grow a disk, such as vda.", {},
            planResizeDisk },
        { "notes", "MACHINE", 1, 1, "Set what is written about a machine.",
            { { "title", "TEXT", "One line; empty: none." }, { "description", "TEXT", "Any text." },
                { "tags", "WORDS", "Separated by commas." } },
            planNotes },
        { "remove-with-disks", "MACHINE PATH...", 2, kAny,
            "Undefine a machine and delete these images of it for good.", {}, planRemoveWithDisks },
        { "send-keys", "MACHINE KEY...", 2, kAny, "Press keys together, such as ctrl alt delete.",
            {}, planSendKeys },
        { "nmi", "MACHINE", 1, 1, "Raise a non-maskable interrupt.", {}, planNmi },
        { "screen-password", "MACHINE FILE", 2, 2,
            "Have the screen ask for the password in a file (\"-\": input); empty: for none.",
            { { "screen", "spice|vnc", "Which, of a machine that has both." } },
            planScreenPassword },
        { "dump", "MACHINE PATH", 2, 2, "Write the guest's memory to a new file, as ELF.", {},
            planDump },
    };
}

QVector<CommandSpec> copyingCommands()
{
    return {
        { "snapshot list", "MACHINE", 1, 1, "List a machine's snapshots.", {}, planSnapshotList },
        { "snapshot create", "MACHINE [NAME]", 1, 2, "Keep the state of a machine.",
            { { "description", "TEXT", "A note to it." },
                { "no-memory", nullptr, "Of a running machine: disks alone." },
                { "quiesce", nullptr, "Have the guest agent freeze file systems." },
                { "place", "PLACE", "Disks are kept \"inside\" their files or by a \"layer\"." } },
            planSnapshotCreate },
        { "snapshot revert", "MACHINE NAME", 2, 2, "Take a machine back.", {},
            planSnapshot<hosts::RevertSnapshot>() },
        { "snapshot delete", "MACHINE NAME", 2, 2, "Forget a snapshot.",
            { { "children", nullptr, "With those that were taken after it." },
                { "metadata-only", nullptr, "Its entry alone; the images stay as they are." } },
            planSnapshotDelete },
        { "checkpoint list", "MACHINE", 1, 1, "List a machine's checkpoints.", {},
            planCheckpointList },
        { "checkpoint create", "MACHINE [NAME]", 1, 2,
            "Have the disks of a running machine note what is written from now on.",
            { { "description", "TEXT", "A note to it." } }, planCheckpointCreate },
        { "checkpoint delete", "MACHINE NAME", 2, 2, "Forget a checkpoint.",
            { { "metadata-only", nullptr, "Its entry alone; the images stay as they are." } },
            planCheckpointDelete },
        { "backup", "MACHINE FOLDER", 2, 2,
            "Write the disks of a running machine to files in a folder of its host.",
            { { "since", "CHECKPOINT", "Only what was written since then." },
                { "checkpoint", "NAME", "Make this one at the same moment, for the next backup." },
                { "quiesce", nullptr, "Have the guest agent freeze file systems." } },
            planBackup },
        { "clone", "MACHINE NAME", 2, 2, "Make a copy of a machine.",
            { { "linked", nullptr, "Disks stand on those of the original." },
                { "instant", nullptr, "A running twin of a running template." },
                { "start", nullptr, "Start it when it is there." } },
            planClone },
        { "move", "MACHINE", 1, 1,
            "Move a machine that is off between this computer and a QEMU host of libvirt.",
            { { "to", "URI", "The other host." },
                { "pool", "NAME", "Of the libvirt host, for its disks (default)." },
                { "network", "NAME",
                    "Of the libvirt host, for cards of a user-mode network; else they stay so." },
                { "name", "NAME", "What it is called over there." },
                { "copy", nullptr, "Leave it here as it is; the other is a copy." },
                { "delete-disks", nullptr, "At the end, those on the libvirt host it came from." },
                { "accept-loss", nullptr, "Also if something is lost by it (see --check)." },
                { "check", nullptr,
                    "Only tell what is in the way; exit code 1 if it can't move so." } },
            planNone, Sort::Move },
        { "migrate", "MACHINE", 1, 1, "Move a machine, running or not, between libvirt hosts.",
            { { "to", "URI", "The other host." },
                { "copy-disks", nullptr, "Disks are not shared: copy them." },
                { "data-address", "URI", "Where the other host takes data: tcp://10.0.0.2." },
                { "bandwidth", "MIB", "At most so many MiB a second." },
                { "check", nullptr,
                    "Only tell what is in the way; exit code 1 if it can't move so." } },
            planMigrate },
        { "template", "MACHINE on|off", 2, 2, "Make a machine a template, or not.", {},
            planTemplate },
        { "trash list", "", 0, 0, "List the machines that were removed.", {}, planTrashList },
        { "trash restore", "MACHINE...", 1, kAny, "Bring removed machines back.", {},
            planTrashRestore },
        { "trash empty", "[MACHINE...]", 0, kAny, "Delete removed machines for good.", {},
            planTrashEmpty },
    };
}

QVector<CommandSpec> imageCommands()
{
    const OptionSpec format { "format", "FORMAT", "qcow2 (the default), raw or vmdk." };
    return {
        { "image list", "", 0, 0, "List the images of machines and of the host's folders.", {},
            planImageList },
        { "image inspect", "PATH", 1, 1, "Print an image and those that it stands on.", {},
            planImage<hosts::InspectImage>() },
        { "image create", "PATH [SIZE]", 1, 2, "Make an image.",
            { format, { "backing", "PATH", "Stand on that image." },
                { "backing-format", "FORMAT", "Its format; found out otherwise." } },
            planImageCreate },
        { "image resize", "PATH SIZE", 2, 2, "Grow an image that nobody uses.", {},
            planImageResize },
        { "image convert", "SOURCE TARGET", 2, 2, "Copy an image into another format.",
            { format, { "compress", nullptr, "qcow2 and vmdk." } }, planImageConvert },
        { "image flatten", "PATH", 1, 1, "Have an image stand alone.", {},
            planImage<hosts::FlattenImage>() },
        { "image check", "PATH", 1, 1, "Look for damage; exit code 1 if there is some.",
            { { "repair", nullptr, "Mend it." } }, planImageCheck },
        { "image delete", "PATH", 1, 1, "Delete an image that nothing needs.", {},
            planImage<hosts::DeleteImage>() },
    };
}

QVector<CommandSpec> resourceCommands()
{
    const QVector<OptionSpec> names { { "names", nullptr, "Print names alone, one a line." } };
    return {
        { "pool list", "", 0, 0, "List the storage pools.", names, planPoolList },
        { "volume list", "POOL", 1, 1, "List the volumes of a pool.", names, planVolumeList },
        { "volume create", "POOL NAME SIZE", 3, 3, "Make a volume.",
            { { "format", "FORMAT", "qcow2 (the default where volumes are files), raw, ..." },
                { "allocation", "SIZE", "What it occupies at once." },
                { "backing", "PATH", "Stand on that image of the host." },
                { "backing-format", "FORMAT", "Its format." } },
            planVolumeCreate },
        { "volume upload", "POOL VOLUME FILE", 3, 3,
            "Write a file of this computer into a volume, which is made if it is not there.", {},
            planVolumeTransfer<hosts::UploadVolume>() },
        { "volume download", "POOL VOLUME FILE", 3, 3,
            "Write a volume into a new file of this computer.", {},
            planVolumeTransfer<hosts::DownloadVolume>() },
        { "volume delete", "POOL VOLUME...", 2, kAny, "Delete volumes that nothing needs.", {},
            planVolumeDelete },
        { "network list", "", 0, 0, "List the networks.", names, planNetworkList },
        { "network leases", "NETWORK", 1, 1, "List the addresses that a network has given away.",
            {}, planNetworkLeases },
    };
}

QVector<CommandSpec> guestCommands()
{
    return {
        { "guest facts", "MACHINE", 1, 1, "Print what the guest agent tells.", {}, planGuestFacts },
        { "guest run", "MACHINE PROGRAM [ARGUMENT...]", 2, kAny,
            "Run a program in the guest; its output and exit code become those of this one.",
            { { "input", "FILE", "For its standard input (\"-\": that of this one)." } },
            planGuestRun },
        { "guest set-time", "MACHINE", 1, 1, "Set the guest's clock to the host's.", {},
            planGuestTime },
        { "guest set-password", "MACHINE USER FILE", 3, 3,
            "Give a user of the guest the password in a file (\"-\": input).", {},
            planGuestPassword },
        { "guest freeze", "MACHINE on|off", 2, 2,
            "Hold the guest's file systems still, for a minute at most, or let go.", {},
            planGuestFreeze },
    };
}

} // namespace

QString CommandSpec::noun(qsizetype index) const
{
    const QStringList words
        = QString::fromLatin1(arguments).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const bool isRepeated = maximum == kAny && !words.isEmpty();
    QString word = index < words.size() || !isRepeated ? words.value(index) : words.last();
    return word.remove(QLatin1Char('[')).remove(QLatin1Char(']')).remove(QLatin1Char('.'));
}

const QVector<CommandSpec>& allCommands()
{
    static const QVector<CommandSpec> all = seeingCommands() + lifeCommands() + changingCommands()
        + copyingCommands() + imageCommands() + resourceCommands() + guestCommands();
    return all;
}

const CommandSpec* findCommand(QStringList& words)
{
    for (const CommandSpec& command : allCommands()) {
        const QStringList name = QString::fromLatin1(command.name).split(QLatin1Char(' '));
        if (words.mid(0, name.size()) == name) {
            words.erase(words.begin(), words.begin() + name.size());
            return &command;
        }
    }
    return nullptr;
}

QString usage()
{
    QString text
        = QStringLiteral("Usage: vdctl [-c URI] [--json] COMMAND [ARGUMENT...]\n"
                         "Runs virtual machines from scripts. MACHINE is a name or a UUID.\n\n"
                         "  -c, --connect URI  the host (embedded:///, or $VIRTDECK_URI)\n"
                         "  --json             print JSON\n"
                         "  -v, --verbose      with an error, what the hypervisor said\n"
                         "  --help, --version  also after a command\n\nCommands:\n");
    for (const CommandSpec& command : allCommands()) {
        const QString form = QStringLiteral("  %1 %2").arg(
            QString::fromLatin1(command.name), QString::fromLatin1(command.arguments));
        text += form.leftJustified(42) + QLatin1Char(' ') + QString::fromLatin1(command.help)
            + QLatin1Char('\n');
    }
    return text + QStringLiteral("\nExit codes and examples: man vdctl\n");
}

QString usage(const CommandSpec& command)
{
    QString text
        = QStringLiteral("Usage: vdctl %1 %2\n%3\n")
              .arg(QString::fromLatin1(command.name), QString::fromLatin1(command.arguments),
                  QString::fromLatin1(command.help));
    for (const OptionSpec& option : command.options) {
        QString form = QStringLiteral("  --") + QLatin1StringView(option.name);
        if (option.value)
            form += QLatin1Char(' ') + QString::fromLatin1(option.value);
        text += form.leftJustified(26) + QLatin1Char(' ') + QString::fromLatin1(option.help)
            + QLatin1Char('\n');
    }
    return text;
}

MachineIndex::MachineIndex(const hosts::Host& host)
{
    const QVector<hosts::VmInfo> all = host.vms();
    m_machines.reserve(all.size());
    m_names.reserve(all.size());
    for (const hosts::VmInfo& vm : all) {
        m_machines.insert(vm.id, vm);
        m_names.insert(vm.name, vm.id);
    }
}

vmm::Result<hosts::VmInfo> MachineIndex::find(const QString& nameOrId) const
{
    const auto byId = m_machines.constFind(hosts::VmId(nameOrId));
    if (byId != m_machines.cend())
        return *byId;
    switch (m_names.count(nameOrId)) {
    case 0:
        return vmm::Error { vmm::ErrorKind::NotFound, nameOrId,
            QStringLiteral("the host has no machine of that name or UUID") };
    case 1:
        return m_machines.value(m_names.value(nameOrId));
    default:
        return vmm::Error { vmm::ErrorKind::InvalidConfig, nameOrId,
            QStringLiteral("several machines have that name; use the UUID") };
    }
}

vmm::Result<hosts::VmInfo> findMachine(const hosts::Host& host, const QString& nameOrId)
{
    return MachineIndex(host).find(nameOrId);
}

} // namespace vdctl
