// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/HostFacts.h"

#include "hosts/libvirt/Abilities.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/Overlapped.h"
#include "hosts/libvirt/ResourceLists.h"

#include <functional>
#include <iterator>

#include <pugixml.hpp>

namespace hosts::libvirt {

namespace {

/// libvirt packs versions as 1000000 * major + 1000 * minor + release.
QString versionText(unsigned long version)
{
    return QStringLiteral("%1.%2.%3")
        .arg(version / 1000000)
        .arg(version / 1000 % 1000)
        .arg(version % 1000);
}

QString hypervisorOf(const Connection& connection)
{
    const char* type = virConnectGetType(connection.get());
    const QString name = QString::fromUtf8(type);
    unsigned long version = 0;
    if (name == QStringLiteral("TEST"))
        return QStringLiteral("libvirt test driver"); // its version is always 2
    if (virConnectGetVersion(connection.get(), &version) < 0 || version == 0)
        return name;
    return name + QLatin1Char(' ') + versionText(version);
}

void readCapabilities(const Connection& connection, HostInfo& info)
{
    const LibvirtString text(virConnectGetCapabilities(connection.get()));
    pugi::xml_document document;
    if (!text || !document.load_string(text.toByteArray().constData()))
        return;
    const pugi::xml_node cpu = document.child("capabilities").child("host").child("cpu");
    info.architecture = QString::fromUtf8(cpu.child("arch").text().get());
    info.cpuModel = QString::fromUtf8(cpu.child("model").text().get());
    const QString vendor = QString::fromUtf8(cpu.child("vendor").text().get());
    if (!vendor.isEmpty() && !info.cpuModel.isEmpty())
        info.cpuModel += QStringLiteral(" (%1)").arg(vendor);
}

void readName(const Connection& connection, HostInfo& info)
{
    const LibvirtString name(virConnectGetHostname(connection.get()));
    if (name)
        info.name = name.toString();
}

QString readNode(const Connection& connection, HostInfo& info)
{
    virNodeInfo node {};
    if (virNodeGetInfo(connection.get(), &node) < 0)
        return {};
    info.cpus = static_cast<int>(node.cpus);
    info.memory = vmm::Bytes::fromKiB(node.memory);
    return QString::fromLatin1(node.model);
}

void readAccelerator(const Connection& connection, HostInfo& info)
{
    const QString type = readGuestDefaults(connection).domainType;
    if (type == QStringLiteral("kvm")) {
        info.accelerator = QStringLiteral("KVM");
    } else if (type == QStringLiteral("qemu")) {
        info.accelerator = QStringLiteral("TCG");
        info.acceleratorReason
            = QStringLiteral("the domain capabilities of this host do not offer KVM");
    }
}

void readStoragePools(const Connection& connection, HostInfo& info)
{
    PoolList pools;
    const int count = listAllPools(connection, pools, true);
    if (count < 0)
        info.missing.insert(Feature::CreateDisk, lastError({}).detail);
    else if (count == 0)
        info.missing.insert(Feature::CreateDisk,
            QStringLiteral("This host has no active storage pool to make a disk in."));
}

void readLoad(const Connection& connection, HostInfo& info)
{
    int count = 0;
    if (virNodeGetCPUStats(connection.get(), VIR_NODE_CPU_STATS_ALL_CPUS, nullptr, &count, 0) < 0)
        info.missing.insert(Feature::HostLoad, lastError({}).detail);
}

} // namespace

GuestDefaults readGuestDefaults(const Connection& connection)
{
    const auto text = [](pugi::xml_node node) { return QString::fromUtf8(node.text().get()); };
    const LibvirtString domain(
        virConnectGetDomainCapabilities(connection.get(), nullptr, nullptr, nullptr, nullptr, 0));
    pugi::xml_document document;
    if (domain && document.load_string(domain.toByteArray().constData())) {
        const pugi::xml_node root = document.child("domainCapabilities");
        return { text(root.child("domain")), text(root.child("arch")), text(root.child("path")) };
    }
    const LibvirtString capabilities(virConnectGetCapabilities(connection.get()));
    if (!capabilities || !document.load_string(capabilities.toByteArray().constData()))
        return {};
    const pugi::xml_node arch = document.child("capabilities").child("guest").child("arch");
    return { QString::fromUtf8(arch.child("domain").attribute("type").value()),
        QString::fromUtf8(arch.attribute("name").value()), {} };
}

HostInfo readHostInfo(const Connection& connection, int width)
{
    // Each writes what no other does; `missing` is put together at the end.
    HostInfo info;
    HostInfo ofDriver;
    HostInfo ofPools;
    HostInfo ofLoad;
    QString nodeModel;
    const std::function<void()> questions[] = {
        [&] { info.hypervisor = hypervisorOf(connection); },
        [&] { readCapabilities(connection, info); },
        [&] { readName(connection, info); },
        [&] { nodeModel = readNode(connection, info); },
        [&] { readAccelerator(connection, info); },
        [&] { ofDriver.missing = readMissing(connection, width); },
        [&] { readStoragePools(connection, ofPools); },
        [&] { readLoad(connection, ofLoad); },
    };
    overlapped(static_cast<int>(std::size(questions)), width, [&](int i) { questions[i](); });
    if (info.architecture.isEmpty())
        info.architecture = nodeModel;
    info.missing.insert(ofDriver.missing);
    info.missing.insert(ofPools.missing);
    info.missing.insert(ofLoad.missing);
    return info;
}

} // namespace hosts::libvirt
