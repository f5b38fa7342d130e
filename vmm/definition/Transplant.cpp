// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/Transplant.h"

#include "vmm/definition/MachineMarks.h"
#include "vmm/definition/XmlTree.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace vmm {

namespace {

using Kind = TransplantChange::Kind;
using Role = CarriedFile::Role;

const QString kFile = QStringLiteral("file");
const QString kRaw = QStringLiteral("raw");
const QString kLoopback = QStringLiteral("127.0.0.1");

QString at(pugi::xml_node node, std::string_view path)
{
    return xml::valueAt(node, path);
}

void set(pugi::xml_node node, std::string_view path, const QString& value)
{
    xml::setValueAt(node, path, value);
}

void removeAll(pugi::xml_node parent, const char* name)
{
    while (const pugi::xml_node child = parent.child(name))
        xml::removeElement(child);
}

template <size_t N> bool isOneOf(std::string_view name, const char* const (&names)[N])
{
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool isDrive(pugi::xml_node disk)
{
    const QString device = at(disk, "@device");
    return device == QLatin1StringView("cdrom") || device == QLatin1StringView("floppy");
}

CarriedFile fileOf(pugi::xml_node disk)
{
    CarriedFile file { .target = at(disk, "target@dev"), .type = at(disk, "@type") };
    if (file.type.isEmpty())
        file.type = kFile;
    const pugi::xml_node source = disk.child("source");
    file.path = at(source,
        file.type == QLatin1StringView("block")         ? "@dev"
            : file.type == QLatin1StringView("network") ? "@name"
                                                        : "@file");
    file.pool = at(source, "@pool");
    file.volume = at(source, "@volume");
    if (const QString format = at(disk, "driver@type"); !format.isEmpty())
        file.format = format;
    file.isShareable = !disk.child("shareable").empty();
    return file;
}

/// A <domain> while it is rewritten.
struct Patient {
    pugi::xml_document document {};
    const TransplantRequest& request;
    QVector<TransplantChange> changes {};

    pugi::xml_node domain() const { return document.document_element(); }
    pugi::xml_node devices() const { return domain().child("devices"); }
    void note(Kind kind, const QString& subject, const QString& detail = {})
    {
        changes.append({ kind, subject, detail });
    }
    const PlacedFile* placeOf(Role role, const QString& target) const
    {
        for (const PlacedFile& file : request.files) {
            if (file.role == role && (role != Role::Disk || file.target == target))
                return &file;
        }
        return nullptr;
    }
};

void setIdentity(Patient& patient)
{
    pugi::xml_node domain = patient.domain();
    domain.remove_attribute("id");
    if (!patient.request.name.isEmpty())
        set(domain, "name", patient.request.name);
    if (!patient.request.isCopy)
        return;
    const QUuid id = patient.request.id.isNull() ? QUuid::createUuid() : patient.request.id;
    set(domain, "uuid", id.toString(QUuid::WithoutBraces));
    if (domain.child("genid"))
        set(domain, "genid", QUuid::createUuid().toString(QUuid::WithoutBraces));
    for (const pugi::xml_node card : patient.devices().children("interface"))
        removeAll(card, "mac"); // Definition::fromXml gives it one of its own
}

/// What a host has filled in for itself.
void removeTraces(Patient& patient)
{
    for (const char* name : { "seclabel", "resource" })
        removeAll(patient.domain(), name);
    removeAll(patient.devices(), "emulator"); // each host knows its own
    for (const pugi::xml_node disk : patient.devices().children("disk")) {
        for (const char* name : { "backingStore", "mirror" })
            removeAll(disk, name);
    }
    for (const pugi::xml_node device : patient.devices().children()) {
        removeAll(device, "alias");
        const QString path = at(device, "source@path");
        if (path.startsWith(QLatin1StringView("/var/lib/libvirt/"))
            || path.startsWith(QLatin1StringView("/run/")))
            removeAll(device, "source");
    }
}

void placeDisks(Patient& patient)
{
    for (const pugi::xml_node disk : patient.devices().children("disk")) {
        const CarriedFile file = fileOf(disk);
        if (isDrive(disk)) {
            if (disk.child("source"))
                patient.note(Kind::MediumEjected, file.target,
                    file.path.isEmpty() ? file.volume : file.path);
            removeAll(disk, "source");
            set(disk, "@type", kFile);
            continue;
        }
        removeAll(disk, "source");
        const PlacedFile* place = patient.placeOf(Role::Disk, file.target);
        const QString type = place ? place->type : kFile;
        const QString path = place ? place->path : QStringLiteral("/nowhere/") + file.target;
        set(disk, "@type", type);
        set(disk, type == kFile ? "source@file" : "source@dev", path);
        set(disk, "driver@name", QStringLiteral("qemu"));
        set(disk, "driver@type", place ? place->format : file.format);
    }
}

void placeBootFiles(Patient& patient)
{
    const auto place = [&](Role role, const char* path) {
        if (at(patient.domain(), path).trimmed().isEmpty())
            return;
        const PlacedFile* file = patient.placeOf(role, {});
        if (file)
            set(patient.domain(), path, file->path);
    };
    place(Role::Kernel, "os/kernel");
    place(Role::Initrd, "os/initrd");
}

/// The firmware that <os firmware='efi'> stands for is each host's own choice.
void forgetFirmwarePaths(Patient& patient)
{
    const pugi::xml_node os = patient.domain().child("os");
    removeAll(os, "nvram");
    if (at(patient.domain(), "os@firmware").isEmpty())
        return;
    pugi::xml_node loader = os.child("loader");
    if (!loader)
        return;
    loader.remove_children();
    for (const char* name : { "type", "readonly", "format" })
        loader.remove_attribute(name);
    if (!loader.first_attribute())
        xml::removeElement(loader);
}

/// A machine that is translated stays so: that may be meant.
void noteUnusedKvm(Patient& patient)
{
    if (patient.request.hasKvm && at(patient.domain(), "@type") == QLatin1StringView("qemu"))
        patient.note(Kind::AccelerationUnused, {});
}

/// What only KVM has, libvirt refuses in a machine of type qemu; the core leaves it out by itself.
void giveUpKvm(Patient& patient)
{
    const pugi::xml_node domain = patient.domain();
    if (at(domain, "@type") == QLatin1StringView("kvm"))
        patient.note(Kind::AccelerationLost, {});
    set(domain, "@type", QStringLiteral("qemu"));
    const QString mode = at(domain, "cpu@mode");
    if (mode == QLatin1StringView("host-passthrough") || mode == QLatin1StringView("host-model")) {
        pugi::xml_node cpu = domain.child("cpu");
        for (const char* name : { "check", "migratable" })
            cpu.remove_attribute(name);
        for (const char* name : { "model", "feature", "cache", "vendor" })
            removeAll(cpu, name);
        set(domain, "cpu@mode", QStringLiteral("maximum"));
    }
    const pugi::xml_node features = domain.child("features");
    for (const char* name : { "hyperv", "kvm" })
        removeAll(features, name);
    const pugi::xml_node clock = domain.child("clock");
    static constexpr const char* kKvmTimers[] = { "kvmclock", "hypervclock" };
    while (const pugi::xml_node timer = clock.find_child([](pugi::xml_node child) {
        return isOneOf(child.attribute("name").value(), kKvmTimers);
    }))
        xml::removeElement(timer);
}

QString macOf(pugi::xml_node card)
{
    return at(card, "mac@address");
}

/// Leaves of a card what is the guest's: address, model, link, boot order.
void setNetwork(Patient& patient, pugi::xml_node card, const QString& type, const QString& source)
{
    static constexpr const char* kKept[] = { "mac", "model", "link", "boot", "address", "mtu" };
    const QString was = at(card, "@type");
    QString from = was;
    for (const char* path : { "source@network", "source@bridge", "source@dev" }) {
        if (const QString name = at(card, path); !name.isEmpty())
            from = was + QLatin1Char(' ') + name;
    }
    if (card.child("portForward"))
        patient.note(Kind::PortForwardsDropped, macOf(card));
    while (const pugi::xml_node other = card.find_child([](pugi::xml_node child) {
        return child.type() == pugi::node_element && !isOneOf(child.name(), kKept);
    }))
        xml::removeElement(other);
    set(card, "@type", type);
    QString to = type;
    if (!source.isEmpty()) {
        set(card, "source@network", source);
        to += QLatin1Char(' ') + source;
    }
    patient.note(Kind::NetworkReplaced, macOf(card), from + QStringLiteral(" -> ") + to);
}

bool isLoopback(const QString& address)
{
    return address == kLoopback || address == QLatin1StringView("::1")
        || address == QLatin1StringView("localhost");
}

QString listenerOf(pugi::xml_node screen)
{
    const pugi::xml_node listen = screen.child("listen");
    for (const QString& said : { at(listen, "@address"), at(listen, "@network"),
             at(listen, "@socket"), at(screen, "@listen"), at(listen, "@type") }) {
        if (!said.isEmpty())
            return said;
    }
    return {};
}

void setListener(pugi::xml_node screen, const QString& type, const QString& address)
{
    removeAll(screen, "listen");
    for (const char* name : { "listen", "port", "tlsPort", "autoport", "websocket", "socket" })
        screen.remove_attribute(name);
    if (type == QLatin1StringView("address"))
        set(screen, "@autoport", QStringLiteral("yes"));
    set(screen, "listen@type", type);
    set(screen, "listen@address", address);
}

bool isScreen(pugi::xml_node graphics)
{
    const std::string_view type = graphics.attribute("type").value();
    return type == "spice" || type == "vnc";
}

/// A screen without an address is the core's own way; through libvirt it is reached by a port of
/// the computer itself, also over ssh.
void openScreens(Patient& patient)
{
    for (const pugi::xml_node screen : patient.devices().children("graphics")) {
        const QString listener = listenerOf(screen);
        const QString type = at(screen, "listen@type");
        const bool isUnreachable
            = type == QLatin1StringView("none") || type == QLatin1StringView("socket");
        if (isScreen(screen) && (isUnreachable || listener.isEmpty()))
            setListener(screen, QStringLiteral("address"), kLoopback);
    }
}

void closeScreens(Patient& patient)
{
    for (const pugi::xml_node screen : patient.devices().children("graphics")) {
        if (!isScreen(screen))
            continue;
        removeAll(screen, "channel"); // which of them are encrypted
        const QString listener = listenerOf(screen);
        const bool isOpen = !listener.isEmpty() && !isLoopback(listener)
            && listener != QLatin1StringView("none") && listener != QLatin1StringView("socket");
        if (isOpen)
            patient.note(
                Kind::ScreenMoved, at(screen, "@type"), listener + QStringLiteral(" -> none"));
        setListener(screen, QStringLiteral("none"), {});
    }
}

Result<Transplant> finish(Patient& patient)
{
    Definition definition = TRY(Definition::fromXml(xml::write(patient.document)));
    MachineMarks marks = marksOf(definition);
    if (marks.isTemplate || !marks.parent.isNull()) {
        marks.isTemplate = false;
        marks.parent = {};
        marks.parentName.clear();
        definition = withMarks(definition, marks);
    }
    TRY(definition.validate());
    return Transplant { definition, patient.changes };
}

/// What is the same both ways.
Result<void> begin(Patient& patient, const Definition& definition)
{
    TRY(xml::read(definition.toXml(), patient.document));
    setIdentity(patient);
    removeTraces(patient);
    placeDisks(patient);
    placeBootFiles(patient);
    forgetFirmwarePaths(patient);
    return {};
}

} // namespace

QVector<CarriedFile> carriedFiles(const Definition& definition)
{
    pugi::xml_document document;
    if (!xml::read(definition.toXml(), document))
        return {};
    const pugi::xml_node domain = document.document_element();
    QVector<CarriedFile> files;
    for (const pugi::xml_node disk : domain.child("devices").children("disk")) {
        if (!isDrive(disk))
            files.append(fileOf(disk));
    }
    const auto add = [&](Role role, const char* path, const char* name) {
        const QString file = at(domain, path).trimmed();
        if (!file.isEmpty())
            files.append(
                { .role = role, .target = QString::fromLatin1(name), .type = kFile, .path = file });
    };
    add(Role::Kernel, "os/kernel", "kernel");
    add(Role::Initrd, "os/initrd", "initrd");
    add(Role::Nvram, "os/nvram", "nvram");
    return files;
}

Result<Transplant> transplantToLibvirt(
    const Definition& definition, const TransplantRequest& request)
{
    Patient patient { .request = request };
    TRY(begin(patient, definition));
    noteUnusedKvm(patient);
    if (!request.hasKvm)
        giveUpKvm(patient);
    for (const pugi::xml_node card : patient.devices().children("interface")) {
        if (!request.network.isEmpty() && at(card, "@type") == QLatin1StringView("user"))
            setNetwork(patient, card, QStringLiteral("network"), request.network);
    }
    openScreens(patient);
    for (const char* name : { "serial", "console" }) {
        for (const pugi::xml_node port : patient.devices().children(name)) {
            // Where the core's own sockets are, the core says.
            if (at(port, "@type") == QLatin1StringView("unix") && at(port, "source@path").isEmpty())
                set(port, "@type", QStringLiteral("pty"));
        }
    }
    if (const PlacedFile* nvram = patient.placeOf(Role::Nvram, {}))
        set(patient.domain(), "os/nvram", nvram->path);
    return finish(patient);
}

Result<Transplant> transplantToEmbedded(
    const Definition& definition, const TransplantRequest& request)
{
    static constexpr const char* kOwnNetworks[] = { "user", "bridge", "ethernet" };
    Patient patient { .request = request };
    TRY(begin(patient, definition));
    noteUnusedKvm(patient);
    for (const pugi::xml_node card : patient.devices().children("interface")) {
        if (!isOneOf(card.attribute("type").value(), kOwnNetworks))
            setNetwork(patient, card, QStringLiteral("user"), {});
    }
    closeScreens(patient);
    // The core's NVRAM is raw. One that is not can't be its own, so that the core has to refuse it.
    const QString nvramFormat = definition.value("os/nvram@format");
    if (!nvramFormat.isEmpty() && nvramFormat != QLatin1StringView("raw"))
        set(patient.domain(), "os/nvram@format", nvramFormat);
    return finish(patient);
}

} // namespace vmm
