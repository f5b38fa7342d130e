// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Operations.h"
#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/base/Result.h"

#include <QByteArray>

namespace hosts::libvirt {

/// What VmInfo shows of a machine's definition.
struct DomainDetails {
    int vcpus = 0;
    vmm::Bytes memory {};
    QVector<vmm::ConsoleChoice> consoles {};
    /// The same on libvirtd's own computer, where a screen need not listen anywhere.
    QVector<vmm::ConsoleChoice> consolesHere {};
    QString title {};
    QString description {};
    QStringList tags {};
    bool isTemplate = false;
    VmId parent {}; ///< that its disks stand on; null: none
    QString parentName {};
    QString machineType {};
    QStringList disks {};
    int networkCards = 0;
    // Not from the XML; see DomainReader.cpp.
    bool isAutostart = false;
    bool hasSavedMemory = false;
    bool hasPendingChanges = false;
    int snapshots = 0;

    bool operator==(const DomainDetails&) const = default;
};

struct DomainName {
    VmId id {}; ///< null if the XML names none
    QString name {};
};

/// The devices by which libvirt's per-device statistics calls know them.
struct DomainDevices {
    QVector<QByteArray> disks {}; ///< target names ("vda")
    QVector<QByteArray> interfaces {}; ///< target names ("vnet0")
};

/// Readers of domain XML as libvirtd hands it out. Pure. Errors: InvalidConfig (DefinitionBroken).
vmm::Result<DomainDetails> parseDetails(const QByteArray& xml);
vmm::Result<DomainName> parseName(const QByteArray& xml);
vmm::Result<DomainDevices> parseDevices(const QByteArray& xml);

/// What libvirt calls the serial port of that number ("serial0"), from live XML. Ports that libvirt
/// does not give out count too. Errors: NotFound, HostLacksFeature (it goes elsewhere).
vmm::Result<QByteArray> parseSerialAlias(const QByteArray& xml, int port);

/// Which of the machine's <graphics> is its screen: the first SPICE one, else the first VNC one.
struct GraphicsDevice {
    vmm::ConsoleEndpoint::Protocol protocol = vmm::ConsoleEndpoint::Protocol::Spice;
    unsigned int index = 0; ///< among its graphics
    bool pushesOthersOut = true; ///< see vmm::ConsoleEndpoint
};
/// Errors: HostLacksFeature (it has none).
vmm::Result<GraphicsDevice> parseGraphics(const QByteArray& xml, ScreenKind kind);

/// A definition with the passwords of screens that `secure` has and it leaves out. One that is to
/// be gone is written as passwd=''.
QByteArray withSecretsOf(const QByteArray& xml, const QByteArray& secure);

/// The <graphics> of that kind with another password; empty: without one. `hadOne`: whether it had
/// one before. From XML with secrets. Errors: HostLacksFeature, InvalidConfig (too long).
struct LockedGraphics {
    QByteArray xml {};
    bool hadOne = false;
};
vmm::Result<LockedGraphics> withPassword(
    const QByteArray& xml, ScreenKind kind, const QString& password);

/// Where the screen of a running machine is, from its live XML with secrets. `hostName`: the host
/// part of the URI, used where the machine listens on all addresses. SPICE is preferred to VNC.
/// Errors: HostLacksFeature with the reason (no such graphics, or no address to connect to).
vmm::Result<vmm::ConsoleEndpoint> parseConsole(
    const QByteArray& xml, const QString& hostName, ScreenKind kind = ScreenKind::Best);

} // namespace hosts::libvirt
