// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/ErrorText.h"

#include "ui/text/Text.h"

#include <QRegularExpression>
#include <QStringList>

namespace ui {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;

namespace {

/// What follows the first line: a vCenter's hosts. A few, for a sentence.
QStringList pathsOf(const Error& error)
{
    constexpr qsizetype kMost = 8;
    QStringList paths = error.detail.split(QLatin1Char('\n'), Qt::SkipEmptyParts).mid(1);
    if (paths.size() > kMost)
        paths = paths.mid(0, kMost) + QStringList { QString(QChar(0x2026)) };
    return paths;
}

// The first line of raw text: the rest is for "Copy details".
QString firstLine(const QString& text)
{
    const QString line = text.trimmed().section(QLatin1Char('\n'), 0, 0).trimmed();
    return line.size() > 200 ? line.left(199) + QChar(0x2026) : line;
}

/// How a program ended, and what it said last, if it said anything: "exited with code 1: no room".
QString lastWords(const QString& detail)
{
    static const QRegularExpression prefix(QStringLiteral("^\\S+Z qemu-system-\\w+: "));
    const QString end = firstLine(detail);
    QString said = detail.trimmed().section(QLatin1Char('\n'), -1).trimmed();
    said.remove(prefix);
    return said.isEmpty() || said == end ? end : end + QStringLiteral(": ") + firstLine(said);
}

// Of what the lower layers write for it: "Pause while ShutOff".
QString whyNot(const QString& detail)
{
    const QString between = QStringLiteral(" while ");
    const auto state = vmm::vmStateFromString(detail.section(between, 1));
    if (!state)
        return {};
    const auto action = vmm::vmActionFromString(detail.section(between, 0, 0));
    return action && !vmm::isAllowed(*action, *state)
        ? Text::whyNot(*action, *state)
        : ErrorText::tr("Its state is: %1").arg(Text::state(*state));
}

QString quoted(const QString& subject)
{
    return QChar(0x201c) + subject + QChar(0x201d);
}

} // namespace

ErrorText ErrorText::of(const Error& error)
{
    ErrorText text = error.cause == ErrorCause::None ? ofKind(error) : ofCause(error);
    if (text.why.isEmpty() && !error.detail.isEmpty())
        text.why = firstLine(error.detail);
    return text;
}

ErrorText ErrorText::ofCause(const Error& error)
{
    const QString subject = quoted(error.subject);
    switch (error.cause) {
    case ErrorCause::None:
        return ofKind(error);
    case ErrorCause::QemuMissing:
        return { tr("QEMU is not installed on this host."),
            tr("The program %1 was not found.").arg(subject),
            tr("Install QEMU (Debian: qemu-system-x86), then try again.") };
    case ErrorCause::QemuLacksSpice:
        return { tr("QEMU on this host can't show a screen over SPICE."),
            tr("%1 lacks its SPICE modules.").arg(subject),
            tr("Install them (Debian: qemu-system-modules-spice or qemu-system-gui), then start "
               "the machine again.") };
    case ErrorCause::NoGraphicsCard:
        return { tr("No graphics card of the host can draw for %1.").arg(subject), {},
            tr("Switch off OpenGL of its screen, or let who runs the machine use the card (Debian: "
               "the group render).") };
    case ErrorCause::ProgramMissing:
        return { tr("A program that the machine needs is not installed: %1").arg(subject), {},
            tr("Install it, or remove the device that needs it from the machine.") };
    case ErrorCause::FirmwareMissing:
        return { tr("The firmware of the machine is missing: %1").arg(subject), {},
            tr("Install it (Debian: ovmf), or choose another firmware for the machine.") };
    case ErrorCause::CompanionDied:
        return { tr("The program %1, which the machine needs, has ended.").arg(subject), {},
            tr("Look at the details; the device that it stands for works again after the machine "
               "has been switched off and started.") };
    case ErrorCause::QemuDied:
        return { tr("The hypervisor process of %1 ended.").arg(subject), lastWords(error.detail),
            tr("Look at the details; start the machine again once the cause is mended.") };
    case ErrorCause::ImageMissing:
        return { tr("A disk image is missing: %1").arg(subject), {},
            tr("Put the file back, or remove the disk from the machine.") };
    case ErrorCause::ImageLocked:
        return { tr("A disk image is in use: %1").arg(subject),
            tr("Another machine or program has it open for writing."),
            tr("Stop the other one first: two writers would destroy the disk.") };
    case ErrorCause::ImageNeeded:
        return { tr("Others need the disk image %1.").arg(subject),
            tr("It is needed by: %1").arg(firstLine(error.detail)),
            tr("Remove those first, or make them stand alone (flatten their images).") };
    case ErrorCause::ImageUntrusted:
        return { tr("The disk image can't be trusted: %1").arg(subject), {},
            tr("If you know the image, convert it into one that stands alone.") };
    case ErrorCause::DiskNotSnapshottable:
        return { tr("A disk can't keep snapshots: %1").arg(subject), {},
            tr("Convert the image to qcow2, or make the disk read-only.") };
    case ErrorCause::NameInUse:
        return { tr("The name %1 is taken.").arg(subject),
            tr("Another machine of this host has it."), tr("Choose another name.") };
    case ErrorCause::DefinitionBroken:
        return { tr("The definition of the machine can't be read."), {},
            tr("Correct the XML where the details point to.") };
    case ErrorCause::DefinitionUnsupported:
        return {
            tr("The definition asks for something that this host does not know: %1").arg(subject),
            {}, tr("Remove that part from the definition, or use a libvirt host.")
        };
    case ErrorCause::DefinitionChanged:
        return { tr("The definition of %1 was changed meanwhile.").arg(subject),
            tr("Storing this one would have undone that."),
            tr("Look at what is stored now, then try again.") };
    case ErrorCause::DiskFull:
        return { tr("The disk is full: %1").arg(subject), {},
            tr("Free some space, then try again.") };
    case ErrorCause::GuestAgentMissing:
        return { tr("No agent answers in the guest."), {},
            tr("Give the machine a channel for it, and install and start it in the guest "
               "(Debian: qemu-guest-agent).") };
    case ErrorCause::ConsoleInUse:
        return { tr("Somebody else has this console of %1 open.").arg(subject),
            tr("A serial port talks to one program at a time."),
            tr("Close it there, or take it over.") };
    case ErrorCause::SavedMemoryInTheWay:
        return { tr("The memory of %1 is saved.").arg(subject),
            tr("What was saved would not fit a machine that was changed."),
            tr("Start the machine first, or discard what was saved.") };
    case ErrorCause::DiskKeepsNoCheckpoints:
    case ErrorCause::CheckpointsInTheWay:
    case ErrorCause::CheckpointBroken:
    case ErrorCause::MachineMustRun:
    case ErrorCause::BackupUnderWay:
    case ErrorCause::FolderMissing:
        return ofBackupCause(error);
    case ErrorCause::DataFolderUnwritable:
    case ErrorCause::DataFolderNewer:
    case ErrorCause::DataFolderInUse:
    case ErrorCause::HostProgramMissing:
    case ErrorCause::HostProgramDied:
    case ErrorCause::HostProgramVersion:
    case ErrorCause::HostUnreachable:
    case ErrorCause::HostKeyUnknown:
    case ErrorCause::HostKeyChanged:
    case ErrorCause::SshMissing:
    case ErrorCause::DaemonMissing:
    case ErrorCause::DriverMissing:
    case ErrorCause::CertificateInvalid:
    case ErrorCause::CertificateRefused:
    case ErrorCause::HostNotChosen:
    case ErrorCause::AuthenticationFailed:
        return ofHostCause(error);
    }
    return ofKind(error);
}

ErrorText ErrorText::ofBackupCause(const Error& error)
{
    const QString subject = quoted(error.subject);
    switch (error.cause) {
    case ErrorCause::DiskKeepsNoCheckpoints:
        return { tr("A disk can't note what is written to it: %1").arg(subject), {},
            tr("Convert the image to qcow2, or back the machine up as a whole.") };
    case ErrorCause::CheckpointsInTheWay:
        return { tr("%1 has checkpoints.").arg(subject),
            tr("A disk that notes what is written to it can't be taken back, and takes part in no "
               "snapshot while the machine is off."),
            tr("Delete the checkpoints first; the next backup has to be a full one then.") };
    case ErrorCause::CheckpointBroken:
        return { tr("The disks have lost what they noted since checkpoint %1.").arg(subject), {},
            tr("Delete its entry alone, and make a full backup with a new checkpoint.") };
    case ErrorCause::MachineMustRun:
        return { tr("%1 is switched off.").arg(subject),
            tr("It takes a running QEMU to note and to read what is written to the disks."),
            tr("Start the machine, then try again; it may be paused.") };
    case ErrorCause::BackupUnderWay:
        return { tr("A backup of %1 is under way already.").arg(subject), {},
            tr("Wait until it is done, or cancel it.") };
    case ErrorCause::FolderMissing:
        return { tr("The host has no folder %1.").arg(subject), {},
            tr("Make it on the host, or choose another one.") };
    default: // ofCause() tells the others
        return ofKind(error);
    }
}

ErrorText ErrorText::ofHostCause(const Error& error)
{
    const QString subject = quoted(error.subject);
    switch (error.cause) {
    case ErrorCause::DataFolderUnwritable:
        return { tr("The data folder can't be written: %1").arg(subject), {},
            tr("Check who owns the folder and whether its disk is writable.") };
    case ErrorCause::DataFolderNewer:
        return { tr("The data folder was written by a newer version: %1").arg(subject), {},
            tr("Use that version, or another data folder.") };
    case ErrorCause::DataFolderInUse:
        return { tr("The data folder is in use: %1").arg(subject),
            tr("Another VirtDeck of this user has it open."),
            tr("Close the other one, then try again.") };
    case ErrorCause::HostProgramMissing:
        if (error.subject.contains(QStringLiteral("://")))
            return { tr("VirtDeck was not found on the other computer: %1").arg(subject),
                tr("The login shell there knows no program virtdeck-host."),
                tr("Install VirtDeck on that computer, or name the program in the address: "
                   "?program=/path/to/virtdeck-host") };
        return { tr("A part of VirtDeck is missing: the program virtdeck-host."),
            tr("It was sought at %1.").arg(subject), tr("Install VirtDeck again.") };
    case ErrorCause::HostProgramDied:
        return { tr("The connection to %1 broke down.").arg(subject),
            tr("The process that holds it ended unexpectedly."),
            tr("Machines are not affected. Try again; the details help if it comes back.") };
    case ErrorCause::HostProgramVersion:
        return { tr("The two sides speak different versions of VirtDeck."), {},
            tr("Install the same version here and on the host.") };
    case ErrorCause::HostUnreachable:
        return { tr("The other computer can't be reached: %1").arg(subject), {},
            tr("Check its name, that it runs, and that ssh to it works. It is tried again by "
               "itself.") };
    case ErrorCause::HostKeyUnknown:
        return { tr("ssh does not know the other computer yet: %1").arg(subject),
            tr("Its key is not among those that you trust."),
            tr("Log in once with ssh in a terminal, check the fingerprint, then connect again.") };
    case ErrorCause::HostKeyChanged:
        return { tr("The other computer has another key than before: %1").arg(subject),
            tr("It was installed anew, or somebody stands between."),
            tr("Find out which. If it is well, remove the old key with ssh-keygen -R.") };
    case ErrorCause::SshMissing:
        return { tr("The program ssh was not found on this computer."), {},
            tr("Install it (Debian: openssh-client), then try again.") };
    case ErrorCause::DaemonMissing:
        return { tr("libvirt does not answer at %1").arg(subject), {},
            tr("Its service may not be installed or not run (on that computer: systemctl start "
               "libvirtd), or it does not listen in this way. It is tried again by itself.") };
    case ErrorCause::DriverMissing:
        return { tr("libvirt has no driver for this kind of host: %1").arg(subject),
            firstLine(error.detail),
            tr("Install the driver where libvirt runs (Debian: libvirt-daemon-driver-lxc, -xen or "
               "-vbox, then restart libvirtd). Some are not built by every distribution: Debian "
               "leaves Hyper-V's out.") };
    case ErrorCause::CertificateInvalid:
        return { tr("The certificate of the host can't be trusted: %1").arg(subject), {},
            tr("Use the name that the certificate is made for, have it renewed, or give the "
               "certificate of who signed it (?pkipath=/folder with cacert.pem).") };
    case ErrorCause::CertificateRefused:
        return { tr("The host does not accept our certificate: %1").arg(subject), {},
            tr("Have one made that the host's administrator allows; it is read from the folder "
               "in the address (?pkipath=/folder with clientcert.pem and clientkey.pem), else "
               "from ~/.pki/libvirt.") };
    case ErrorCause::HostNotChosen: {
        const QStringList paths = pathsOf(error);
        return { tr("The address names none of the hosts of the vCenter: %1").arg(subject),
            paths.isEmpty() ? firstLine(error.detail)
                            : tr("It has: %1").arg(paths.join(QStringLiteral(", "))),
            tr("Write the path of one behind the server's name: datacenter/cluster/host, or "
               "datacenter/host if it is in no cluster.") };
    }
    case ErrorCause::AuthenticationFailed:
        return { tr("The host refused to let you in: %1").arg(subject), {},
            tr("Check user name, password or key, and whether the user may manage machines.") };
    default: // ofCause() tells the others
        return ofKind(error);
    }
}

ErrorText ErrorText::ofKind(const Error& error)
{
    const bool hasSubject = !error.subject.isEmpty();
    const QString subject = quoted(error.subject);
    switch (error.kind) {
    case ErrorKind::InvalidConfig:
        return { hasSubject ? tr("This can't be used: %1").arg(subject)
                            : tr("These settings can't be used."),
            {}, tr("Correct it and try again.") };
    case ErrorKind::NotFound:
        return { hasSubject ? tr("Not found: %1").arg(subject) : tr("It was not found."), {},
            tr("It may have been removed or renamed by somebody else.") };
    case ErrorKind::AlreadyExists:
        return { hasSubject ? tr("%1 exists already.").arg(subject) : tr("It exists already."), {},
            tr("Choose another name.") };
    case ErrorKind::Busy:
        return { hasSubject ? tr("%1 is in use.").arg(subject) : tr("It is in use."), {},
            tr("Wait until the other operation is done, then try again.") };
    case ErrorKind::WrongState:
        return { hasSubject ? tr("%1 can't do that as it is now.").arg(subject)
                            : tr("The machine can't do that as it is now."),
            whyNot(error.detail), tr("Its state may have changed meanwhile; look again.") };
    case ErrorKind::PermissionDenied:
        return { hasSubject ? tr("You are not allowed to do that: %1").arg(subject)
                            : tr("You are not allowed to do that."),
            {}, tr("Ask the administrator of the host for the right (libvirt: the group).") };
    case ErrorKind::HostLacksFeature:
        return { tr("This host does not offer that."), {}, {} };
    case ErrorKind::ProcessFailed:
        return { hasSubject ? tr("The program %1 failed.").arg(subject) : tr("A program failed."),
            {}, tr("Look at the details.") };
    case ErrorKind::ProtocolViolation:
        return { tr("The host answered something unexpected."), {},
            tr("Connect again. If it comes back, report it with the details.") };
    case ErrorKind::RefusedByGuest:
        return { hasSubject ? tr("The guest of %1 refused.").arg(subject)
                            : tr("The guest refused."),
            {}, tr("Look at the guest's screen; it may wait for somebody.") };
    case ErrorKind::Disconnected:
        return { hasSubject ? tr("No connection to %1.").arg(subject)
                            : tr("There is no connection to the host."),
            {},
            tr("The host is tried again by itself. Whether the last request was carried out "
               "is not known.") };
    case ErrorKind::TimedOut:
        return { hasSubject ? tr("%1 did not answer in time.").arg(subject)
                            : tr("The host did not answer in time."),
            {}, tr("It may be overloaded or hang. Try again in a while.") };
    case ErrorKind::Cancelled:
        return { tr("It was cancelled."), {}, {} };
    case ErrorKind::Io:
        return { hasSubject ? tr("Reading or writing failed: %1").arg(subject)
                            : tr("Reading or writing failed."),
            {}, tr("Check the disk and the file's permissions.") };
    }
    return {};
}

QString ErrorText::inOneLine() const
{
    QStringList parts { what, why, remedy };
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

QString ErrorText::details(const Error& error)
{
    QStringList lines { of(error).inOneLine(), {}, QStringLiteral("VirtDeck " VIRTDECK_VERSION),
        QStringLiteral("kind: ") + vmm::nameOf(error.kind) };
    if (error.cause != ErrorCause::None)
        lines << QStringLiteral("cause: ") + vmm::nameOf(error.cause);
    if (!error.subject.isEmpty())
        lines << QStringLiteral("subject: ") + error.subject;
    if (!error.detail.isEmpty())
        lines << QStringLiteral("detail: ") + error.detail;
    return lines.join(QLatin1Char('\n'));
}

} // namespace ui
