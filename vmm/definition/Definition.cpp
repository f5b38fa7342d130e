// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/Definition.h"

#include "vmm/definition/DefinitionChecks.h"
#include "vmm/definition/DeviceFields.h"
#include "vmm/definition/LibvirtUnits.h"
#include "vmm/definition/XmlTree.h"

namespace vmm {

/// The XML behind a Definition, shared by its copies.
class DefinitionData : public QSharedData {
public:
    DefinitionData() = default;
    DefinitionData(const DefinitionData& other)
        : QSharedData(other)
    {
        document.reset(other.document);
    }
    DefinitionData& operator=(const DefinitionData&) = delete;

    pugi::xml_node root() const { return document.document_element(); }

    pugi::xml_document document;
};

namespace {

// The scalar parts of the typed view; devicePaths() has the others.
constexpr const char* kDomainType = "@type";
constexpr const char* kUuid = "uuid";
constexpr const char* kName = "name";
constexpr const char* kTitle = "title";
constexpr const char* kDescription = "description";
constexpr const char* kMemory = "memory";
constexpr const char* kMemoryUnit = "memory@unit";
constexpr const char* kCurrentMemory = "currentMemory";
constexpr const char* kCurrentMemoryUnit = "currentMemory@unit";
constexpr const char* kVcpus = "vcpu";
constexpr const char* kCurrentVcpus = "vcpu@current";
constexpr const char* kCpuMode = "cpu@mode";
constexpr const char* kCpuModel = "cpu/model";
constexpr const char* kArchitecture = "os/type@arch";
constexpr const char* kMachineType = "os/type@machine";
constexpr const char* kOsType = "os/type";
constexpr const char* kKernel = "os/kernel";
constexpr const char* kInitrd = "os/initrd";
constexpr const char* kKernelCommandLine = "os/cmdline";
constexpr const char* kBootDevice = "os/boot@dev";
constexpr const char* kFeatures = "features";
constexpr const char* kClockOffset = "clock@offset";
constexpr const char* kOnPoweroff = "on_poweroff";
constexpr const char* kOnReboot = "on_reboot";
constexpr const char* kOnCrash = "on_crash";
constexpr const char* kEmulator = "devices/emulator";

constexpr const char* kScalars[] = { kDomainType, kUuid, kName, kTitle, kDescription, kMemory,
    kMemoryUnit, kCurrentMemory, kCurrentMemoryUnit, kVcpus, kCurrentVcpus, kCpuMode, kCpuModel,
    kArchitecture, kMachineType, kOsType, kKernel, kInitrd, kKernelCommandLine, kBootDevice,
    kClockOffset, kOnPoweroff, kOnReboot, kOnCrash, kEmulator };

QString orDefault(const QString& value, const char* fallback)
{
    return value.isEmpty() ? QString::fromLatin1(fallback) : value;
}

// The index-th element of one name below <devices>.
pugi::xml_node deviceAt(const pugi::xml_node& root, const char* name, int index)
{
    for (const pugi::xml_node& element : root.child("devices").children(name)) {
        if (index-- == 0)
            return element;
    }
    return {};
}

void visitParts(const pugi::xml_node& element, const std::string& path,
    const std::function<bool(const std::string&, const QString&)>& visit)
{
    for (const pugi::xml_attribute& attribute : element.attributes())
        visit(path + "@" + attribute.name(), QString::fromUtf8(attribute.value()));
    for (const pugi::xml_node& child : element.children()) {
        if (child.type() != pugi::node_element)
            continue;
        const std::string childPath = path.empty() ? child.name() : path + "/" + child.name();
        if (visit(childPath, QString::fromUtf8(child.text().get()).trimmed()))
            visitParts(child, childPath, visit);
    }
}

void giveMacs(const pugi::xml_node& root)
{
    for (const pugi::xml_node& element : root.child("devices").children("interface")) {
        if (xml::valueAt(element, "mac@address").isEmpty())
            xml::setValueAt(element, "mac@address", randomMac());
    }
}

} // namespace

Definition::Definition()
    : m_data(new DefinitionData)
{
    m_data->document.append_child("domain");
    setDomainType(QStringLiteral("kvm"));
    setUuid(QUuid::createUuid());
}

Definition::Definition(const Definition&) = default;
Definition::Definition(Definition&&) noexcept = default;
Definition& Definition::operator=(const Definition&) = default;
Definition& Definition::operator=(Definition&&) noexcept = default;
Definition::~Definition() = default;

Result<Definition> Definition::fromXml(const QString& xml)
{
    const auto broken = [](const QString& why) {
        return Error { ErrorKind::InvalidConfig, {}, why, ErrorCause::DefinitionBroken };
    };
    Definition definition;
    definition.m_data = new DefinitionData;
    TRY(xml::read(xml, definition.m_data->document));
    const QString root = QString::fromUtf8(definition.m_data->root().name());
    if (root != QLatin1StringView("domain"))
        return broken(
            QStringLiteral("line 1, column 1: <%1> where <domain> is expected").arg(root));

    const QString uuidText = definition.value(kUuid).trimmed();
    if (uuidText.isEmpty())
        definition.setUuid(QUuid::createUuid());
    else if (definition.uuid().isNull())
        return broken(QStringLiteral("<uuid> is no UUID: %1").arg(uuidText));
    giveMacs(definition.m_data->root());
    return definition;
}

QString Definition::toXml() const
{
    return xml::write(m_data->document);
}

QString Definition::value(const char* path) const
{
    return xml::valueAt(m_data->root(), path);
}

void Definition::setValue(const char* path, const QString& value)
{
    xml::setValueAt(m_data->root(), path, value);
}

bool Definition::has(const char* path) const
{
    return bool(xml::elementAt(m_data->root(), path));
}

QStringList Definition::valuesOfEach(const char* path, const char* field) const
{
    QStringList values;
    const std::string_view whole(path);
    const size_t slash = whole.rfind('/');
    const bool isNested = slash != std::string_view::npos;
    const pugi::xml_node parent
        = isNested ? xml::elementAt(m_data->root(), whole.substr(0, slash)) : m_data->root();
    for (const pugi::xml_node& element : parent.children(isNested ? path + slash + 1 : path))
        values.append(xml::valueAt(element, field));
    return values;
}

void Definition::forEachPart(
    const std::function<bool(const std::string&, const QString&)>& visit) const
{
    visitParts(m_data->root(), {}, visit);
}

QStringList Definition::typedPaths()
{
    QStringList paths;
    for (const char* path : kScalars)
        paths.append(QString::fromLatin1(path));
    return paths + devicePaths();
}

QString Definition::domainType() const
{
    return orDefault(value(kDomainType), "kvm");
}

void Definition::setDomainType(const QString& type)
{
    setValue(kDomainType, type);
}

QUuid Definition::uuid() const
{
    return QUuid::fromString(value(kUuid).trimmed());
}

void Definition::setUuid(const QUuid& uuid)
{
    setValue(kUuid, uuid.toString(QUuid::WithoutBraces));
}

QString Definition::name() const
{
    return value(kName);
}

void Definition::setName(const QString& name)
{
    setValue(kName, name);
}

QString Definition::title() const
{
    return value(kTitle);
}

void Definition::setTitle(const QString& title)
{
    setValue(kTitle, title);
}

QString Definition::description() const
{
    return value(kDescription);
}

void Definition::setDescription(const QString& description)
{
    setValue(kDescription, description);
}

Bytes Definition::memory() const
{
    return parseMemory(value(kMemory), value(kMemoryUnit)).value_or(Bytes());
}

void Definition::setMemory(Bytes memory)
{
    setValue(kMemory, QString::number(memory.toKiB()));
    setValue(kMemoryUnit, QStringLiteral("KiB"));
}

Bytes Definition::currentMemory() const
{
    if (!has(kCurrentMemory))
        return memory();
    return parseMemory(value(kCurrentMemory), value(kCurrentMemoryUnit)).value_or(Bytes());
}

void Definition::setCurrentMemory(Bytes memory)
{
    setValue(kCurrentMemory, QString::number(memory.toKiB()));
    setValue(kCurrentMemoryUnit, QStringLiteral("KiB"));
}

int Definition::vcpus() const
{
    return has(kVcpus) ? value(kVcpus).trimmed().toInt() : 1;
}

int Definition::currentVcpus() const
{
    const QString current = value(kCurrentVcpus);
    return current.isEmpty() ? vcpus() : current.toInt();
}

void Definition::setVcpus(int count)
{
    setValue(kVcpus, QString::number(count));
    setValue(kCurrentVcpus, {});
}

QString Definition::cpuMode() const
{
    // Without a mode, <model> is what counts.
    return value(kCpuMode).isEmpty() && has(kCpuModel) ? QStringLiteral("custom") : value(kCpuMode);
}

QString Definition::cpuModel() const
{
    return value(kCpuModel).trimmed();
}

void Definition::setCpu(const QString& mode, const QString& model)
{
    setValue(kCpuMode, mode);
    setValue(kCpuModel, model);
}

QString Definition::architecture() const
{
    return orDefault(value(kArchitecture), "x86_64");
}

void Definition::setArchitecture(const QString& architecture)
{
    setValue(kArchitecture, architecture);
}

QString Definition::machineType() const
{
    return value(kMachineType);
}

void Definition::setMachineType(const QString& type)
{
    setValue(kMachineType, type);
    setValue(kOsType, QStringLiteral("hvm"));
}

QString Definition::emulator() const
{
    return value(kEmulator).trimmed();
}

void Definition::setEmulator(const QString& path)
{
    setValue(kEmulator, path);
}

QString Definition::kernel() const
{
    return value(kKernel);
}

QString Definition::initrd() const
{
    return value(kInitrd);
}

QString Definition::kernelCommandLine() const
{
    return value(kKernelCommandLine);
}

void Definition::setKernel(const QString& kernel, const QString& initrd, const QString& commandLine)
{
    setValue(kKernel, kernel);
    setValue(kInitrd, initrd);
    setValue(kKernelCommandLine, commandLine);
}

QStringList Definition::bootDevices() const
{
    return valuesOfEach("os/boot", "@dev");
}

void Definition::setBootDevices(const QStringList& devices)
{
    pugi::xml_node os = xml::makeElementAt(m_data->root(), "os");
    while (const pugi::xml_node boot = os.child("boot"))
        xml::removeElement(boot);
    for (const QString& device : devices)
        xml::setValueAt(xml::addElement(os, "boot"), "@dev", device);
}

bool Definition::hasFeature(const QString& name) const
{
    const pugi::xml_node feature = m_data->root().child(kFeatures).child(name.toUtf8().constData());
    return feature && xml::valueAt(feature, "@state") != QLatin1StringView("off");
}

void Definition::setFeature(const QString& name, bool isOn)
{
    const std::string path = std::string(kFeatures) + "/" + name.toStdString();
    const pugi::xml_node feature = xml::elementAt(m_data->root(), path);
    if (isOn && !feature)
        xml::makeElementAt(m_data->root(), path);
    else if (isOn)
        xml::setValueAt(feature, "@state", {});
    else if (feature)
        xml::removeElement(feature);
}

QString Definition::clockOffset() const
{
    return orDefault(value(kClockOffset), "utc");
}

void Definition::setClockOffset(const QString& offset)
{
    setValue(kClockOffset, offset);
}

QString Definition::onPoweroff() const
{
    return orDefault(value(kOnPoweroff).trimmed(), "destroy");
}

QString Definition::onReboot() const
{
    return orDefault(value(kOnReboot).trimmed(), "restart");
}

QString Definition::onCrash() const
{
    return orDefault(value(kOnCrash).trimmed(), "destroy");
}

void Definition::setOnReboot(const QString& action)
{
    setValue(kOnReboot, action);
}

template <typename Device> QVector<Device> Definition::devices() const
{
    QVector<Device> found;
    for (const pugi::xml_node& element :
        m_data->root().child("devices").children(elementOf<Device>()))
        found.append(readDevice<Device>(element));
    return found;
}

template <typename Device> void Definition::addDevice(const Device& device)
{
    const pugi::xml_node all = xml::makeElementAt(m_data->root(), "devices");
    writeDevice(xml::addElement(all, elementOf<Device>()), device);
    giveMacs(m_data->root());
}

template <typename Device> bool Definition::replaceDevice(int index, const Device& device)
{
    const pugi::xml_node element = deviceAt(m_data->root(), elementOf<Device>(), index);
    if (element)
        writeDevice(element, device);
    giveMacs(m_data->root());
    return bool(element);
}

template <typename Device> bool Definition::removeDevice(int index)
{
    const pugi::xml_node element = deviceAt(m_data->root(), elementOf<Device>(), index);
    if (element)
        xml::removeElement(element);
    return bool(element);
}

#define VIRTDECK_INSTANTIATE(Device)                                                               \
    template QVector<Device> Definition::devices<Device>() const;                                  \
    template void Definition::addDevice<Device>(const Device&);                                    \
    template bool Definition::replaceDevice<Device>(int, const Device&);                           \
    template bool Definition::removeDevice<Device>(int);

VIRTDECK_FOR_EACH_DEVICE(VIRTDECK_INSTANTIATE)

#undef VIRTDECK_INSTANTIATE

} // namespace vmm
