// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainDeviceChanges.h"

#include "hosts/libvirt/DomainDeviceXml.h"
#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/JobRunner.h"
#include "hosts/libvirt/OperationHandles.h"
#include "hosts/libvirt/RemovalWatch.h"

namespace hosts::libvirt {

using vmm::DeviceScope;
using vmm::DeviceXml;
using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

Error noSuchDevice(const Subject& subject, const DeviceXml& device)
{
    return { ErrorKind::NotFound, subject.name,
        device.toString() + QStringLiteral(": there is no such device") };
}

/// A device as it stands in both definitions; what is not concerned stays empty.
struct Present {
    std::optional<FoundDevice> running {};
    std::optional<FoundDevice> stored {};
};

Result<Present> findPresent(const Subject& subject, const DeviceXml& device, const Impact& impact)
{
    Present present;
    if (impact.isLive)
        present.running = findDevice(TRY(runningXml(subject)), device);
    if (impact.isStored)
        present.stored = findDevice(TRY(storedXml(subject)), device);
    return present;
}

Result<Present> findAll(const Subject& subject, const DeviceXml& device, const Impact& impact)
{
    const Present present = TRY(findPresent(subject, device, impact));
    if ((impact.isLive && !present.running) || (impact.isStored && !present.stored))
        return noSuchDevice(subject, device);
    return present;
}

/// A guest may shut its tray again, or keep it shut, between the steps in which libvirt changes a
/// medium: it is asked again for a while.
Result<void> update(const Subject& subject, const QByteArray& xml, unsigned int flags)
{
    constexpr int kTries = 50; // five seconds: firmware that looks at its drives shuts them, too
    for (int i = 1;; ++i) {
        const Result<void> done = check(
            virDomainUpdateDeviceFlags(subject.get(), xml.constData(), flags), subject.name);
        if (done)
            return done;
        Error error = done.error();
        // QEMU says "Tray of device 'x'" and "Tray of the device".
        const bool isTray = error.detail.contains(QStringLiteral("Tray of "))
            || error.detail.contains(QStringLiteral("is locked"));
        if (!isTray)
            return error;
        error.kind = ErrorKind::RefusedByGuest;
        if (i == kTries)
            return error;
        JobControl::rest();
    }
}

Result<void> setLimits(const Subject& subject, const QByteArray& disk, const BlockLimits& limits)
{
    const DeviceXml named = TRY(DeviceXml::parse(QString::fromUtf8(disk)));
    TypedParameters parameters;
    parameters.add(VIR_DOMAIN_BLOCK_IOTUNE_TOTAL_BYTES_SEC, limits.totalBytes);
    parameters.add(VIR_DOMAIN_BLOCK_IOTUNE_READ_BYTES_SEC, limits.readBytes);
    parameters.add(VIR_DOMAIN_BLOCK_IOTUNE_WRITE_BYTES_SEC, limits.writeBytes);
    parameters.add(VIR_DOMAIN_BLOCK_IOTUNE_TOTAL_IOPS_SEC, limits.totalRequests);
    parameters.add(VIR_DOMAIN_BLOCK_IOTUNE_READ_IOPS_SEC, limits.readRequests);
    parameters.add(VIR_DOMAIN_BLOCK_IOTUNE_WRITE_IOPS_SEC, limits.writeRequests);
    return check(virDomainSetBlockIoTune(subject.get(), named.identity.toUtf8().constData(),
                     parameters.get(), parameters.count(), VIR_DOMAIN_AFFECT_LIVE),
        subject.name);
}

/// Limits have a call of their own while a machine runs; the rest is an update.
Result<void> updateRunning(
    const Subject& subject, const QByteArray& before, const QByteArray& after)
{
    if (!isSameButLimits(before, after))
        TRY(update(subject, withLimitsOf(after, before), VIR_DOMAIN_AFFECT_LIVE));
    if (limitsOf(before) == limitsOf(after))
        return {};
    const Result<void> limited = setLimits(subject, after, limitsOf(after));
    if (!limited && !isSameButLimits(before, after))
        (void)update(subject, before, VIR_DOMAIN_AFFECT_LIVE);
    return limited;
}

Result<void> detachRunning(
    const Subject& subject, const FoundDevice& device, std::chrono::milliseconds patience)
{
    RemovalWatch watch(subject.domain, device.alias);
    TRY(check(
        virDomainDetachDeviceFlags(subject.get(), device.xml.constData(), VIR_DOMAIN_AFFECT_LIVE),
        subject.name));
    const DeviceXml wanted = TRY(DeviceXml::parse(QString::fromUtf8(device.xml)));
    const auto isGone = [&] {
        const auto xml = runningXml(subject);
        return xml.has_value() && !findDevice(*xml, wanted);
    };
    // Accepted is not gone: the guest has to let go first, and libvirt waits for that 5 s at most.
    if (isGone() || watch.waitForRemoval(patience) == RemovalWatch::Outcome::Removed || isGone())
        return {};
    return Error { ErrorKind::RefusedByGuest, subject.name,
        QStringLiteral("the guest has not let go of %1").arg(wanted.toString()) };
}

} // namespace

Result<void> attachDevice(
    const Connection& connection, VmId vm, const QString& xml, DeviceScope scope)
{
    const DeviceXml device = TRY(DeviceXml::parseNew(xml));
    const Subject subject = TRY(findSubject(connection, vm));
    const Impact impact = TRY(impactOf(subject, scope));
    const Present present = TRY(findPresent(subject, device, impact));
    if (!device.identity.isEmpty() && (present.running || present.stored))
        return Error { ErrorKind::AlreadyExists, subject.name,
            device.toString() + QStringLiteral(": the machine has one of that name") };
    return check(
        virDomainAttachDeviceFlags(subject.get(), device.xml.toUtf8().constData(), impact.flags()),
        subject.name);
}

Result<void> detachDevice(const Connection& connection, VmId vm, const QString& xml,
    DeviceScope scope, std::chrono::milliseconds patience)
{
    const DeviceXml device = TRY(DeviceXml::parse(xml));
    const Subject subject = TRY(findSubject(connection, vm));
    const Impact impact = TRY(impactOf(subject, scope));
    const Present present = TRY(findPresent(subject, device, impact));
    // Of both, it is enough that one has it: what is to be gone will be gone.
    if (!present.running && !present.stored)
        return noSuchDevice(subject, device);
    if (present.running)
        TRY(detachRunning(subject, *present.running, patience));
    if (!present.stored)
        return {};
    return check(virDomainDetachDeviceFlags(
                     subject.get(), present.stored->xml.constData(), VIR_DOMAIN_AFFECT_CONFIG),
        subject.name);
}

Result<void> updateDevice(
    const Connection& connection, VmId vm, const QString& xml, DeviceScope scope)
{
    const DeviceXml device = TRY(DeviceXml::parse(xml));
    const Subject subject = TRY(findSubject(connection, vm));
    const Impact impact = TRY(impactOf(subject, scope));
    const Present present = TRY(findAll(subject, device, impact));
    if (present.running) {
        const QByteArray after = changedDevice(present.running->xml, device);
        TRY(updateRunning(subject, present.running->xml, after));
    }
    if (!present.stored)
        return {};
    const Result<void> stored
        = update(subject, changedDevice(present.stored->xml, device), VIR_DOMAIN_AFFECT_CONFIG);
    if (!stored && present.running)
        (void)updateRunning(
            subject, changedDevice(present.running->xml, device), present.running->xml);
    return stored;
}

} // namespace hosts::libvirt
