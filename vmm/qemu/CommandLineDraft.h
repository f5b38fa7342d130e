// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/PciPlaces.h"
#include "vmm/qemu/CommandLine.h"
#include "vmm/qemu/DevicePlug.h"

#include <QSet>

namespace vmm {

/// A command line in the making: options, devices, and the places that are still free on the
/// machine's buses. Used by the CommandLine* files only.
///
/// A device that says its place gets it, if that is a root port or the root bus; the buses have the
/// numbers that libvirt gives them. Of the rest, places depend on the order in which devices ask,
/// so network cards ask first: their names in the guest (enp1s0) then never change when something
/// else is added.
class CommandLineDraft {
public:
    CommandLineDraft(const Definition& machineDefinition, const LaunchContext& launchContext);

    const Definition& definition;
    const LaunchContext& context;

    Chipset chipset() const { return m_plugContext.chipset; }
    bool isKvm() const;
    bool hasSpice() const { return m_plugContext.hasSpice; }
    PlugContext plugContext(int bootIndex = 0) const;

    void option(const QString& name, const QString& value);
    void option(const QString& name, const QJsonObject& value);

    /// Takes note of the places that devices say they have. Errors: as pciPlaces().
    Result<void> readPlaces();
    /// What is added next is (the PCI part of) the `index`-th one of an element: "interface".
    CommandLineDraft& of(const char* element, int index);

    /// All parts of a device, at the place it says or the next free one.
    void plug(const DevicePlug& plug);
    /// A device that sits on no PCI bus, or has its place already.
    void device(const QJsonObject& properties);
    /// A PCI Express device: gets a root port of its own on q35, so that it can be unplugged.
    void expressDevice(QJsonObject properties);
    /// A conventional PCI device, or one that must sit on the root bus.
    void rootBusDevice(QJsonObject properties);
    /// A PCI device that is used to a place on the root bus: "0x1b", "0x1d.0x7".
    void deviceAt(const QString& address, QJsonObject properties);

    /// Boot order (1 is first) of the next device of a class ("hd", "cdrom", "network"), of which
    /// the definition says `ownOrder`; 0: it isn't booted from.
    int bootIndex(const QString& deviceClass, int ownOrder);

    /// Everything so far, root ports before what sits on them, and a few spare ones.
    Result<QStringList> finished() const;

private:
    QString rootBus() const;
    QStringList rootPorts() const;
    bool isRootPort(const PciPlace& place) const;
    std::optional<PciPlace> takeWish();
    void putAt(const PciPlace& place, QJsonObject properties);
    int freePort();
    int freeSlot();
    Result<void> checkRootBus() const;

    PlugContext m_plugContext;
    bool m_hasOwnBootOrder = false;
    QStringList m_options;
    QStringList m_devices;
    QVector<PlacedDevice> m_placed;
    std::optional<PciPlace> m_wish; ///< of what is added next
    QSet<int> m_takenPorts; ///< used, or somebody's wish
    QSet<int> m_takenSlots; ///< of the root bus, as far as devices were free to choose
    bool m_isRootBusFull = false;
    int m_bootPlaces = 0;
};

/// A word that goes into "key=value,..." options unquoted: it must not be able to add a key.
Result<QString> plainWord(const char* element, const QString& word);
/// What <clock><timer name='...'> says in one attribute.
QString timerValue(const Definition& definition, const char* timer, const char* attribute);

// Parts of -machine's value: ",key=value" or nothing.
QString machineFirmware(const CommandLineDraft& draft);
QString machineMemory(const CommandLineDraft& draft);

void appendFirmware(CommandLineDraft& draft);
Result<void> appendMemory(CommandLineDraft& draft);
Result<void> appendCpu(CommandLineDraft& draft);
Result<void> appendCpuCount(CommandLineDraft& draft);
// Each appends one group of devices. Errors: InvalidConfig.
Result<void> appendNetworkCards(CommandLineDraft& draft);
Result<void> appendUsbControllers(CommandLineDraft& draft);
Result<void> appendDisks(CommandLineDraft& draft);
Result<void> appendScreen(CommandLineDraft& draft);
Result<void> appendSound(CommandLineDraft& draft);
Result<void> appendInputs(CommandLineDraft& draft);
Result<void> appendPorts(CommandLineDraft& draft);
Result<void> appendMiscellany(CommandLineDraft& draft);
Result<void> appendFileSystems(CommandLineDraft& draft);
Result<void> appendSecurity(CommandLineDraft& draft);

} // namespace vmm
