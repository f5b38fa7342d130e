// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainResources.h"

#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/Volumes.h"
#include "vmm/definition/Definition.h"

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

Result<vmm::Disk> diskOf(const Subject& subject, const QString& target)
{
    const QByteArray xml = TRY(subject.isActive ? runningXml(subject) : storedXml(subject));
    const vmm::Definition definition = TRY(vmm::Definition::fromXml(QString::fromUtf8(xml)));
    const QVector<vmm::Disk> disks = definition.devices<vmm::Disk>();
    for (const vmm::Disk& disk : disks) {
        if (disk.target == target)
            return disk;
    }
    return Error { ErrorKind::NotFound, target, QStringLiteral("the machine has no such disk") };
}

/// QEMU's translator hangs some time after a vCPU was taken out (see vmm/qemu/LiveResources.cpp),
/// and libvirt does not know.
Result<void> checkCanUnplugVcpus(const Subject& subject, int count)
{
    const int now = virDomainGetVcpusFlags(subject.get(), VIR_DOMAIN_AFFECT_LIVE);
    if (now < 0 || count >= now)
        return {};
    const QByteArray xml = TRY(runningXml(subject));
    const vmm::Definition definition = TRY(vmm::Definition::fromXml(QString::fromUtf8(xml)));
    if (definition.domainType() != QLatin1StringView("qemu"))
        return {};
    return Error { ErrorKind::HostLacksFeature, subject.name,
        QStringLiteral("QEMU would hang if a vCPU were taken out of a machine that runs without "
                       "KVM; set the number while it is off") };
}

} // namespace

Result<void> setMemory(const Connection& connection, VmId vm, vmm::Bytes memory)
{
    const Subject subject = TRY(findSubject(connection, vm));
    const Impact impact = TRY(impactOf(subject, vmm::DeviceScope::Both));
    const unsigned long most = virDomainGetMaxMemory(subject.get());
    if (most > 0 && memory.toKiB() > most)
        return Error { ErrorKind::InvalidConfig, subject.name,
            QStringLiteral("%1 MiB is more than the %2 MiB that the machine can have")
                .arg(memory.toMiB())
                .arg(most / 1024) };
    return check(
        virDomainSetMemoryFlags(subject.get(), memory.toKiB(), impact.flags()), subject.name);
}

Result<void> setVcpus(const Connection& connection, VmId vm, int count)
{
    const Subject subject = TRY(findSubject(connection, vm));
    const Impact impact = TRY(impactOf(subject, vmm::DeviceScope::Both));
    const int most = virDomainGetVcpusFlags(subject.get(),
        VIR_DOMAIN_VCPU_MAXIMUM
            | (impact.isLive ? unsigned(VIR_DOMAIN_AFFECT_LIVE)
                             : unsigned(VIR_DOMAIN_AFFECT_CONFIG)));
    if (count < 1 || (most > 0 && count > most))
        return Error { ErrorKind::InvalidConfig, subject.name,
            QStringLiteral("%1 vCPUs: the machine can have 1 to %2").arg(count).arg(most) };
    if (impact.isLive)
        TRY(checkCanUnplugVcpus(subject, count));
    return check(
        virDomainSetVcpusFlags(subject.get(), static_cast<unsigned>(count), impact.flags()),
        subject.name);
}

Result<void> resizeDisk(
    const Connection& connection, VmId vm, const QString& target, vmm::Bytes size)
{
    const Subject subject = TRY(findSubject(connection, vm));
    const vmm::Disk disk = TRY(diskOf(subject, target));
    if (disk.device == QLatin1StringView("cdrom") || disk.isReadOnly || disk.sourcePath().isEmpty())
        return Error { ErrorKind::HostLacksFeature, target,
            QStringLiteral("no image that could grow") };
    virDomainBlockInfo info {};
    TRY(check(virDomainGetBlockInfo(subject.get(), target.toUtf8().constData(), &info, 0), target));
    if (size.count() < info.capacity)
        return Error { ErrorKind::InvalidConfig, target,
            QStringLiteral("%1 bytes is less than the %2 it has; a disk can only grow")
                .arg(size.count())
                .arg(info.capacity) };
    if (!subject.isActive)
        return resizeVolume(connection, disk.sourcePath(), size);
    return check(virDomainBlockResize(subject.get(), target.toUtf8().constData(), size.count(),
                     VIR_DOMAIN_BLOCK_RESIZE_BYTES),
        target);
}

} // namespace hosts::libvirt
