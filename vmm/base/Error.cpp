// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/base/Error.h"

#include "vmm/base/EnumNames.h"

#include <QStringList>

namespace vmm {

namespace {

constexpr EnumName<ErrorKind> kKindNames[] = {
    { ErrorKind::InvalidConfig, "InvalidConfig" },
    { ErrorKind::NotFound, "NotFound" },
    { ErrorKind::AlreadyExists, "AlreadyExists" },
    { ErrorKind::Busy, "Busy" },
    { ErrorKind::WrongState, "WrongState" },
    { ErrorKind::PermissionDenied, "PermissionDenied" },
    { ErrorKind::HostLacksFeature, "HostLacksFeature" },
    { ErrorKind::ProcessFailed, "ProcessFailed" },
    { ErrorKind::ProtocolViolation, "ProtocolViolation" },
    { ErrorKind::RefusedByGuest, "RefusedByGuest" },
    { ErrorKind::Disconnected, "Disconnected" },
    { ErrorKind::TimedOut, "TimedOut" },
    { ErrorKind::Cancelled, "Cancelled" },
    { ErrorKind::Io, "Io" },
};

constexpr EnumName<ErrorCause> kCauseNames[] = {
    { ErrorCause::None, "None" },
    { ErrorCause::QemuMissing, "QemuMissing" },
    { ErrorCause::QemuLacksSpice, "QemuLacksSpice" },
    { ErrorCause::NoGraphicsCard, "NoGraphicsCard" },
    { ErrorCause::ProgramMissing, "ProgramMissing" },
    { ErrorCause::FirmwareMissing, "FirmwareMissing" },
    { ErrorCause::CompanionDied, "CompanionDied" },
    { ErrorCause::QemuDied, "QemuDied" },
    { ErrorCause::ImageMissing, "ImageMissing" },
    { ErrorCause::ImageLocked, "ImageLocked" },
    { ErrorCause::ImageNeeded, "ImageNeeded" },
    { ErrorCause::ImageUntrusted, "ImageUntrusted" },
    { ErrorCause::DiskNotSnapshottable, "DiskNotSnapshottable" },
    { ErrorCause::NameInUse, "NameInUse" },
    { ErrorCause::DefinitionBroken, "DefinitionBroken" },
    { ErrorCause::DefinitionUnsupported, "DefinitionUnsupported" },
    { ErrorCause::DefinitionChanged, "DefinitionChanged" },
    { ErrorCause::DataFolderUnwritable, "DataFolderUnwritable" },
    { ErrorCause::DataFolderNewer, "DataFolderNewer" },
    { ErrorCause::DataFolderInUse, "DataFolderInUse" },
    { ErrorCause::DiskFull, "DiskFull" },
    { ErrorCause::HostProgramMissing, "HostProgramMissing" },
    { ErrorCause::HostProgramDied, "HostProgramDied" },
    { ErrorCause::HostUnreachable, "HostUnreachable" },
    { ErrorCause::HostKeyUnknown, "HostKeyUnknown" },
    { ErrorCause::HostKeyChanged, "HostKeyChanged" },
    { ErrorCause::SshMissing, "SshMissing" },
    { ErrorCause::HostProgramVersion, "HostProgramVersion" },
    { ErrorCause::DaemonMissing, "DaemonMissing" },
    { ErrorCause::DriverMissing, "DriverMissing" },
    { ErrorCause::CertificateInvalid, "CertificateInvalid" },
    { ErrorCause::CertificateRefused, "CertificateRefused" },
    { ErrorCause::HostNotChosen, "HostNotChosen" },
    { ErrorCause::AuthenticationFailed, "AuthenticationFailed" },
    { ErrorCause::GuestAgentMissing, "GuestAgentMissing" },
    { ErrorCause::ConsoleInUse, "ConsoleInUse" },
    { ErrorCause::SavedMemoryInTheWay, "SavedMemoryInTheWay" },
    { ErrorCause::DiskKeepsNoCheckpoints, "DiskKeepsNoCheckpoints" },
    { ErrorCause::CheckpointsInTheWay, "CheckpointsInTheWay" },
    { ErrorCause::CheckpointBroken, "CheckpointBroken" },
    { ErrorCause::MachineMustRun, "MachineMustRun" },
    { ErrorCause::BackupUnderWay, "BackupUnderWay" },
    { ErrorCause::FolderMissing, "FolderMissing" },
};

} // namespace

QString Error::toString() const
{
    QStringList parts { vmm::nameOf(kind) };
    if (cause != ErrorCause::None)
        parts.append(vmm::nameOf(cause));
    if (!subject.isEmpty())
        parts.append(subject);
    if (!detail.isEmpty())
        parts.append(detail);
    return parts.join(QStringLiteral(": "));
}

QString nameOf(ErrorKind kind)
{
    return enumName<ErrorKind>(kKindNames, kind);
}

QString nameOf(ErrorCause cause)
{
    return enumName<ErrorCause>(kCauseNames, cause);
}

std::optional<ErrorKind> errorKindFromString(const QString& name)
{
    return enumValue<ErrorKind>(kKindNames, name);
}

std::optional<ErrorCause> errorCauseFromString(const QString& name)
{
    return enumValue<ErrorCause>(kCauseNames, name);
}

} // namespace vmm
