// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <optional>

namespace vmm {

/// What sort of failure it was. Callers branch on this; it never changes with the wording of a
/// hypervisor.
enum class ErrorKind {
    InvalidConfig, ///< a definition, URI or value that can't be used
    NotFound,
    AlreadyExists,
    Busy, ///< somebody else holds it
    WrongState, ///< the machine is in no state for that
    PermissionDenied,
    HostLacksFeature, ///< this hypervisor or driver doesn't offer it
    ProcessFailed, ///< a program could not be started, or died
    ProtocolViolation, ///< a peer answered what it must not answer
    RefusedByGuest,
    Disconnected, ///< the host or its process is gone; the outcome is unknown
    TimedOut,
    Cancelled,
    Io,
};

/// The known causes that deserve a sentence and a remedy of their own (ui/ErrorText).
enum class ErrorCause {
    None,
    QemuMissing, ///< no QEMU program on the host; subject: its name
    QemuLacksSpice, ///< QEMU there, its SPICE modules not; subject: the program
    NoGraphicsCard, ///< none that QEMU can draw with by OpenGL; subject: machine
    ProgramMissing, ///< one that a machine needs beside QEMU; subject: its name
    FirmwareMissing, ///< subject: what is missing
    CompanionDied, ///< subject: the program; detail: exit status and last lines
    QemuDied, ///< subject: machine; detail: exit status and last stderr lines
    ImageMissing, ///< subject: path
    ImageLocked, ///< subject: path; detail: what QEMU said
    ImageNeeded, ///< others stand on it; subject: path; detail: who
    ImageUntrusted, ///< it leads QEMU to what is none of its business; subject: path; detail: why
    DiskNotSnapshottable, ///< its format can't hold snapshots; subject: path; detail: which disk
    NameInUse, ///< subject: name
    DefinitionBroken, ///< XML that does not parse; detail: where
    DefinitionUnsupported, ///< subject: the element
    DefinitionChanged, ///< by somebody else, since it was read; subject: machine
    DataFolderUnwritable, ///< subject: path
    DataFolderNewer, ///< subject: path; detail: the format found and the format known
    DataFolderInUse, ///< subject: path; detail: pid of the holder
    DiskFull, ///< subject: path
    HostProgramMissing, ///< virtdeck-host not found; subject: where it was sought, a path or a URI
    HostProgramDied, ///< subject: URI; detail: exit status and last stderr lines
    HostUnreachable, ///< no connection to the computer; subject: URI
    HostKeyUnknown, ///< ssh has never met that computer; subject: URI
    HostKeyChanged, ///< ssh has met another one by that name; subject: URI
    SshMissing, ///< no ssh program on this computer
    HostProgramVersion, ///< the two sides speak other versions of the wire
    DaemonMissing, ///< no libvirt daemon answers there; subject: URI; detail: where it was sought
    DriverMissing, ///< the libvirt there knows no such hypervisor; subject: URI; detail: its words
    CertificateInvalid, ///< the other side's can't be trusted; subject: URI; detail: why
    CertificateRefused, ///< the other side does not take ours, or we have none; subject: URI
    HostNotChosen, ///< of a vCenter's; subject: URI; detail: what it said, then the paths by line
    GuestAgentMissing, ///< no agent answers in the guest; subject: machine, or the agent's socket
    ConsoleInUse, ///< another client has the serial port; subject: machine
    SavedMemoryInTheWay, ///< the machine has saved memory that would not fit any more
    DiskKeepsNoCheckpoints, ///< its format can't note changes; subject: path; detail: which disk
    CheckpointsInTheWay, ///< QEMU can't go back to a snapshot while there are some; subject:
                         ///< machine
    CheckpointBroken, ///< a disk has lost what it noted; subject: checkpoint; detail: which disk
    MachineMustRun, ///< what is asked for is the work of a QEMU; subject: machine
    BackupUnderWay, ///< one at a time; subject: machine
    FolderMissing, ///< on the host; subject: path
    AuthenticationFailed,
};

/// A failure, as a value. `detail` keeps the raw text of QMP, libvirt or errno, in English,
/// untranslated.
struct Error {
    ErrorKind kind = ErrorKind::Io;
    QString subject {}; ///< what it was about: a path, a machine's name, a URI
    QString detail {};
    ErrorCause cause = ErrorCause::None;

    bool operator==(const Error&) const = default;

    /// "NotFound: /x.qcow2: No such file or directory", for logs and tests; users see ui/ErrorText.
    QString toString() const;
};

/// Stable names ("NotFound", "ImageLocked") for logs and the wire.
QString nameOf(ErrorKind kind);
QString nameOf(ErrorCause cause);
std::optional<ErrorKind> errorKindFromString(const QString& name);
std::optional<ErrorCause> errorCauseFromString(const QString& name);

} // namespace vmm

Q_DECLARE_METATYPE(vmm::Error)
