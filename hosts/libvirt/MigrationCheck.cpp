// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/MigrationCheck.h"

#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/MigrationDisks.h"
#include "hosts/libvirt/Volumes.h"
#include "hosts/libvirt/XmlText.h"

#include <cstring>

namespace hosts::libvirt {

using vmm::Result;

namespace {

using Kind = MigrationObstacle::Kind;

/// One machine, both hosts, and what was found so far.
struct Inspection {
    const Connection& source;
    const Connection& target;
    const MigrationRequest& request;
    const Subject& subject;
    pugi::xml_document definition {};
    QByteArray xml {};
    QVector<MigrationObstacle> found {};

    void add(Kind kind, const QString& what, const QString& detail = {}, bool isFatal = true)
    {
        found.append({ .kind = kind, .isFatal = isFatal, .subject = what, .detail = detail });
    }
    pugi::xml_node root() const { return definition.child("domain"); }
    pugi::xml_node devices() const { return root().child("devices"); }
};

QString hostUuid(const Connection& connection)
{
    const LibvirtString xml(virConnectGetCapabilities(connection.get()));
    pugi::xml_document document;
    if (!xml || !loadXml(document, xml.toByteArray()))
        return {};
    return contentOf(document.child("capabilities").child("host").child("uuid"));
}

QString versionText(unsigned long version)
{
    return QStringLiteral("%1.%2.%3")
        .arg(version / 1'000'000)
        .arg(version / 1000 % 1000)
        .arg(version % 1000);
}

/// The same host, or another kind of hypervisor: nothing else is worth a word then.
bool areComparable(Inspection& inspection)
{
    const QString own = hostUuid(inspection.source);
    if (!own.isEmpty() && own == hostUuid(inspection.target)) {
        inspection.add(Kind::SameHost, inspection.request.target);
        return false;
    }
    const char* here = virConnectGetType(inspection.source.get());
    const char* there = virConnectGetType(inspection.target.get());
    if (here != nullptr && there != nullptr && std::strcmp(here, there) == 0)
        return true;
    inspection.add(Kind::TargetUnsuitable, inspection.request.target,
        QStringLiteral("%1 there, %2 here").arg(QString::fromUtf8(there), QString::fromUtf8(here)));
    return false;
}

void inspectNames(Inspection& inspection)
{
    char uuid[VIR_UUID_STRING_BUFLEN] = {};
    virDomainGetUUIDString(inspection.subject.get(), uuid);
    const Domain twin(virDomainLookupByUUIDString(inspection.target.get(), uuid));
    if (twin) {
        const bool runs = virDomainIsActive(twin.get()) == 1;
        inspection.add(Kind::AlreadyThere, inspection.subject.name,
            runs ? QString() : QStringLiteral("its definition is replaced"), runs);
        return;
    }
    const QByteArray name = inspection.subject.name.toUtf8();
    const Domain other(virDomainLookupByName(inspection.target.get(), name.constData()));
    if (other)
        inspection.add(Kind::NameTaken, inspection.subject.name);
}

void inspectVersions(Inspection& inspection)
{
    const auto compare = [&](auto read, const char* what) {
        unsigned long here = 0;
        unsigned long there = 0;
        if (read(inspection.source.get(), &here) < 0 || read(inspection.target.get(), &there) < 0)
            return;
        if (there < here)
            inspection.add(Kind::OlderVersion, QString::fromLatin1(what),
                QStringLiteral("%1 there, %2 here").arg(versionText(there), versionText(here)),
                false);
    };
    compare(virConnectGetVersion, "QEMU");
    compare(virConnectGetLibVersion, "libvirt");
}

/// Whether the sort of machine exists there, and its CPU.
void inspectMachine(Inspection& inspection)
{
    const pugi::xml_node type = inspection.root().child("os").child("type");
    const QByteArray arch = attributeOf(type, "arch").toUtf8();
    const QByteArray machine = attributeOf(type, "machine").toUtf8();
    const QByteArray virt = attributeOf(inspection.root(), "type").toUtf8();
    const LibvirtString known(virConnectGetDomainCapabilities(inspection.target.get(), nullptr,
        arch.constData(), machine.constData(), virt.constData(), 0));
    if (!known) {
        const vmm::Error why = lastError({});
        if (why.kind != vmm::ErrorKind::HostLacksFeature) // else it can't be asked
            inspection.add(Kind::TargetUnsuitable, inspection.request.target, why.detail);
        return;
    }
    const pugi::xml_node cpu = inspection.root().child("cpu");
    if (cpu.child("model").empty())
        return; // whatever the host has
    const int fits = virConnectCompareHypervisorCPU(inspection.target.get(), nullptr,
        arch.constData(), machine.constData(), virt.constData(), xmlText(cpu).constData(), 0);
    if (fits == VIR_CPU_COMPARE_INCOMPATIBLE)
        inspection.add(
            Kind::CpuIncompatible, inspection.subject.name, contentOf(cpu.child("model")));
}

/// Why a disk, with what it stands on, can't be brought over; empty: it can.
QString whyNotCopied(const Inspection& inspection, const QString& path)
{
    const bool isWhole = inspection.request.storage == StorageCopy::Full;
    const auto chain = imageChain(inspection.source, path);
    if (!chain)
        return chain.error().detail;
    if (!isWhole) {
        const auto below = checkBelow(inspection.target, path, chain->value(1));
        if (!below)
            return below.error().detail;
    }
    // One that runs is copied into a single image.
    const bool isChain = isWhole && !inspection.subject.isActive;
    for (const QString& file : isChain ? *chain : chain->mid(0, 1)) {
        const auto place = PoolLease::of(inspection.target, libvirt::folderOf(file));
        if (!place)
            return place.error().detail;
    }
    return {};
}

/// Why a disk of a machine that runs can't be copied into the image that is there; empty: it can.
QString whyNotWrittenOver(const Inspection& inspection, const QString& path)
{
    const auto free = checkOverwritable(inspection.target, path, idOf(inspection.subject.get()));
    if (free)
        return {};
    return QStringLiteral("%1 is there already, and is needed by: %2")
        .arg(path, free.error().detail);
}

/// Of a machine that is off they are copied as a file; of one that runs they are in its memory.
void inspectVariables(Inspection& inspection)
{
    const QString path = firmwareVariables(inspection.xml);
    if (inspection.subject.isActive || path.isEmpty() || !inspectVolume(inspection.source, path))
        return;
    const auto place = PoolLease::of(inspection.target, libvirt::folderOf(path));
    if (!place)
        inspection.add(Kind::DiskMissingThere, QStringLiteral("nvram"), place.error().detail);
}

void inspectDisks(Inspection& inspection)
{
    for (const MigrationDisk& disk : migrationDisks(inspection.xml)) {
        if (disk.path.isEmpty())
            continue;
        const bool isThere = inspectVolume(inspection.target, disk.path).has_value();
        if (!disk.isCopied() || inspection.request.storage == StorageCopy::None) {
            if (!isThere)
                inspection.add(Kind::DisksNotShared, disk.target, disk.path);
            continue;
        }
        const QString problem = isThere && inspection.subject.isActive
            ? whyNotWrittenOver(inspection, disk.path)
            : whyNotCopied(inspection, disk.path);
        if (!problem.isEmpty())
            inspection.add(Kind::DiskMissingThere, disk.target, problem);
    }
    inspectVariables(inspection);
}

void inspectDevices(Inspection& inspection)
{
    for (const pugi::xml_node card : inspection.devices().children("interface")) {
        const QString name = attributeOf(card.child("source"), "network");
        if (attributeOf(card, "type") != QStringLiteral("network"))
            continue;
        const Network network(
            virNetworkLookupByName(inspection.target.get(), name.toUtf8().constData()));
        if (!network || virNetworkIsActive(network.get()) != 1)
            inspection.add(Kind::NetworkMissing, name);
    }
    for (const pugi::xml_node device : inspection.devices().children("hostdev"))
        inspection.add(
            Kind::DeviceOfHost, attributeOf(device, "type"), {}, inspection.subject.isActive);
}

void inspectMemory(Inspection& inspection)
{
    const quint64 wanted = inspection.root().child("currentMemory").text().as_ullong() << 10;
    const quint64 free = virNodeGetFreeMemory(inspection.target.get());
    if (inspection.subject.isActive && free > 0 && free < wanted)
        inspection.add(Kind::TooLittleMemory, inspection.request.target,
            QStringLiteral("%1 MiB are free, %2 are needed").arg(free >> 20).arg(wanted >> 20),
            false);
}

} // namespace

Result<QVector<MigrationObstacle>> findObstacles(
    const Connection& source, const Connection& target, VmId vm, const MigrationRequest& request)
{
    const Subject subject = TRY(findSubject(source, vm));
    Inspection inspection {
        .source = source, .target = target, .request = request, .subject = subject
    };
    inspection.xml = TRY(subject.isActive ? runningXml(subject) : storedXml(subject));
    loadXml(inspection.definition, inspection.xml);
    if (!areComparable(inspection))
        return inspection.found;
    inspectNames(inspection);
    inspectMachine(inspection);
    inspectDisks(inspection);
    inspectDevices(inspection);
    inspectMemory(inspection);
    inspectVersions(inspection);
    return inspection.found;
}

} // namespace hosts::libvirt
