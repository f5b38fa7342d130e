// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"
#include "vmm/base/Result.h"
#include "vmm/definition/Devices.h"

#include <QSharedDataPointer>
#include <QStringList>
#include <QUuid>
#include <QVector>

#include <functional>
#include <string>

namespace vmm {

class DefinitionData;

/// A machine's definition: libvirt domain XML (https://libvirt.org/formatdomain.html) with a typed
/// view on the parts that VirtDeck knows. Everything else (unknown elements and attributes,
/// comments, CDATA, foreign namespaces, order, layout) comes out as it went in.
///
/// A value: cheap to copy, shared until changed. Getters give libvirt's words; where the XML does
/// not say, they give what libvirt would assume, or an empty text.
class Definition {
public:
    /// An empty machine: <domain type='kvm'> with a fresh UUID.
    Definition();
    Definition(const Definition& other);
    Definition(Definition&& other) noexcept;
    Definition& operator=(const Definition& other);
    Definition& operator=(Definition&& other) noexcept;
    ~Definition();

    /// Reads domain XML, as hostile input: at most 1 MiB and 64 levels, no document type, no
    /// entities of its own. Gives the machine a UUID, and MACs to its interfaces, if the XML has
    /// none. Does not judge whether some host could run it: see validate() and EmbeddedSupport.h.
    /// Errors: InvalidConfig/DefinitionBroken, detail "line 3, column 7: why".
    static Result<Definition> fromXml(const QString& xml);
    QString toXml() const;

    /// What holds for every host: a usable name, memory, vcpus, distinct disk targets, absolute
    /// paths. Errors: InvalidConfig, subject: the element ("name", "devices/disk/target").
    Result<void> validate() const;

    QString domainType() const; ///< kvm, qemu, test
    void setDomainType(const QString& type);
    QUuid uuid() const;
    void setUuid(const QUuid& uuid);
    QString name() const;
    void setName(const QString& name);
    QString title() const;
    void setTitle(const QString& title);
    QString description() const;
    void setDescription(const QString& description);

    Bytes memory() const; ///< what the machine has at most; zero if not said or not readable
    void setMemory(Bytes memory);
    Bytes currentMemory() const; ///< what the balloon leaves to it; memory() if not said
    void setCurrentMemory(Bytes memory);
    int vcpus() const; ///< at most; 1 if not said, 0 if not readable
    int currentVcpus() const; ///< plugged at the start; vcpus() if not said
    void setVcpus(int count);

    QString cpuMode() const; ///< host-passthrough, host-model, maximum, custom; empty: not said
    QString cpuModel() const; ///< for custom
    void setCpu(const QString& mode, const QString& model = {});

    QString architecture() const; ///< x86_64 if not said
    void setArchitecture(const QString& architecture);
    QString machineType() const; ///< pc-q35-7.2, q35, pc; empty: the hypervisor's default
    void setMachineType(const QString& type);
    QString emulator() const;
    void setEmulator(const QString& path);
    QString kernel() const;
    QString initrd() const;
    QString kernelCommandLine() const;
    void setKernel(const QString& kernel, const QString& initrd, const QString& commandLine);
    QStringList bootDevices() const; ///< hd, cdrom, network, in order
    void setBootDevices(const QStringList& devices);

    bool hasFeature(const QString& name) const; ///< acpi, apic, pae
    void setFeature(const QString& name, bool isOn);
    QString clockOffset() const; ///< utc, localtime
    void setClockOffset(const QString& offset);
    QString onPoweroff() const; ///< destroy, restart, ...
    QString onReboot() const;
    QString onCrash() const;
    void setOnReboot(const QString& action);

    /// Devices of one sort (Devices.h), in the order of the XML.
    template <typename Device> QVector<Device> devices() const;
    template <typename Device> void addDevice(const Device& device);
    /// Rewrites the parts of the device that `device` knows; its other XML stays. False if there is
    /// no such index.
    template <typename Device> bool replaceDevice(int index, const Device& device);
    template <typename Device> bool removeDevice(int index);

    /// Value at a path from the root: "cpu/topology@cores", "pm/suspend-to-mem@enabled". Empty if
    /// not there. For the parts that deserve no getter of their own.
    QString value(const char* path) const;
    /// Sets or, with an empty value, removes it.
    void setValue(const char* path, const QString& value);
    /// One value per element at `path`, e.g. valuesOfEach("clock/timer", "@name").
    QStringList valuesOfEach(const char* path, const char* field) const;
    bool has(const char* path) const; ///< there is such an element

    /// Calls `visit(path, value)` for every element ("devices/disk") and attribute
    /// ("devices/disk@type") below the root, in order; false leaves out what is inside an element.
    /// The root's own attributes are "@type" and so on.
    void forEachPart(const std::function<bool(const std::string&, const QString&)>& visit) const;

    /// Every path that the typed view knows, for the tests of its completeness.
    static QStringList typedPaths();

private:
    QSharedDataPointer<DefinitionData> m_data;
};

} // namespace vmm
