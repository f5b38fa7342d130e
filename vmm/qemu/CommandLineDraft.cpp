// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/CommandLineDraft.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace vmm {

namespace {

constexpr int kSparePorts = 4; // devices that can be plugged in while the machine runs
constexpr int kFirstPortSlot = 0x2;
constexpr int kFunctionsPerSlot = 8;
constexpr int kFirstFreeSlot = 0x10; // behind the slots of root ports (q35)
constexpr int kFirstPciSlot = 0x3; // behind chipset and screen (i440fx)
constexpr int kLastFreeSlot = 0x1a; // 0x1b and up have fixed tenants (sound, USB, chipset)
constexpr int kMostPorts = (kFirstFreeSlot - kFirstPortSlot) * kFunctionsPerSlot;
// Indices of different classes never meet: there are at most this many devices in one.
constexpr int kIndicesPerClass = 1000;

QString hex(int number)
{
    return QStringLiteral("0x%1").arg(number, 0, 16);
}

QString compact(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

int highestOf(const QSet<int>& numbers)
{
    const auto highest = std::max_element(numbers.begin(), numbers.end());
    return highest == numbers.end() ? 0 : *highest;
}

template <typename Device> bool hasBootOrder(const Definition& definition)
{
    const QVector<Device> all = definition.devices<Device>();
    return std::any_of(
        all.begin(), all.end(), [](const Device& device) { return device.bootOrder > 0; });
}

} // namespace

Result<QString> plainWord(const char* element, const QString& word)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._+-]*$"));
    if (!plain.match(word).hasMatch())
        return Error { ErrorKind::InvalidConfig, QString::fromLatin1(element),
            QStringLiteral("\"%1\" is no plain word").arg(word) };
    return word;
}

QString timerValue(const Definition& definition, const char* timer, const char* attribute)
{
    const QStringList names = definition.valuesOfEach("clock/timer", "@name");
    const qsizetype index = names.indexOf(QString::fromLatin1(timer));
    return index < 0 ? QString() : definition.valuesOfEach("clock/timer", attribute).at(index);
}

CommandLineDraft::CommandLineDraft(
    const Definition& machineDefinition, const LaunchContext& launchContext)
    : definition(machineDefinition)
    , context(launchContext)
    , m_plugContext(PlugContext::of(definition))
    , m_hasOwnBootOrder(hasBootOrder<Disk>(definition) || hasBootOrder<NetworkInterface>(definition)
          || hasBootOrder<HostDevice>(definition) || hasBootOrder<UsbRedirection>(definition))
{
}

PlugContext CommandLineDraft::plugContext(int bootIndex) const
{
    PlugContext plugged = m_plugContext;
    plugged.bootIndex = bootIndex;
    return plugged;
}

bool CommandLineDraft::isKvm() const
{
    return context.accelerator == QLatin1StringView("kvm")
        && definition.domainType() == QLatin1StringView("kvm");
}

void CommandLineDraft::option(const QString& name, const QString& value)
{
    m_options << name << value;
}

void CommandLineDraft::option(const QString& name, const QJsonObject& value)
{
    option(name, compact(value));
}

void CommandLineDraft::plug(const DevicePlug& plug)
{
    for (const QJsonObject& object : plug.objects)
        option(QStringLiteral("-object"), object);
    for (const QJsonObject& node : plug.blockNodes)
        option(QStringLiteral("-blockdev"), node);
    if (!plug.characterDevice.isEmpty())
        option(QStringLiteral("-chardev"), characterDeviceOption(plug.characterDevice));
    if (!plug.netdev.isEmpty())
        option(QStringLiteral("-netdev"), plug.netdev);
    switch (plug.place) {
    case PlugPlace::ExpressPort:
        expressDevice(plug.device);
        break;
    case PlugPlace::RootBus:
        rootBusDevice(plug.device);
        break;
    case PlugPlace::NamedBus:
        device(plug.device);
        break;
    }
}

Result<void> CommandLineDraft::readPlaces()
{
    m_placed = TRY(pciPlaces(definition));
    for (const PlacedDevice& device : std::as_const(m_placed)) {
        if (isRootPort(device.place))
            m_takenPorts.insert(device.place.bus);
        else if (device.place.bus == 0)
            m_takenSlots.insert(device.place.slot);
    }
    return {};
}

CommandLineDraft& CommandLineDraft::of(const char* element, int index)
{
    m_wish.reset();
    for (const PlacedDevice& device : std::as_const(m_placed)) {
        if (device.index == index && device.element == QLatin1StringView(element))
            m_wish = device.place;
    }
    return *this;
}

// A bus with another controller than a root port is none of ours.
bool CommandLineDraft::isRootPort(const PciPlace& place) const
{
    if (chipset() != Chipset::Q35 || place.bus < 1 || place.bus > kMostPorts || place.slot != 0
        || place.function != 0)
        return false;
    const QVector<Controller> controllers = definition.devices<Controller>();
    return std::none_of(
        controllers.begin(), controllers.end(), [&place](const Controller& controller) {
            return controller.type == QLatin1StringView("pci") && controller.index == place.bus
                && controller.model != QLatin1StringView("pcie-root-port");
        });
}

// Behind a bridge that we have not got, a device has no place to insist on.
std::optional<PciPlace> CommandLineDraft::takeWish()
{
    const std::optional<PciPlace> wish = std::exchange(m_wish, std::nullopt);
    return wish && (wish->bus == 0 || isRootPort(*wish)) ? wish : std::nullopt;
}

void CommandLineDraft::putAt(const PciPlace& place, QJsonObject properties)
{
    const bool isPort = place.bus > 0;
    properties[QStringLiteral("bus")]
        = isPort ? QStringLiteral("port-%1").arg(place.bus) : rootBus();
    properties[QStringLiteral("addr")] = place.function == 0
        ? hex(place.slot)
        : hex(place.slot) + QLatin1Char('.') + hex(place.function);
    const bool isShared = std::any_of(m_placed.begin(), m_placed.end(), [&](const auto& other) {
        return other.place.bus == place.bus && other.place.slot == place.slot
            && other.place.function != place.function;
    });
    if (isShared && place.function == 0)
        properties[QStringLiteral("multifunction")] = true;
    device(properties);
}

int CommandLineDraft::freePort()
{
    int port = 1;
    while (m_takenPorts.contains(port))
        ++port;
    m_takenPorts.insert(port);
    return port;
}

int CommandLineDraft::freeSlot()
{
    int slot = chipset() == Chipset::Q35 ? kFirstFreeSlot : kFirstPciSlot;
    while (m_takenSlots.contains(slot))
        ++slot;
    m_takenSlots.insert(slot);
    m_isRootBusFull |= slot > kLastFreeSlot;
    return slot;
}

void CommandLineDraft::device(const QJsonObject& properties)
{
    m_wish.reset();
    m_devices << QStringLiteral("-device") << compact(properties);
}

void CommandLineDraft::expressDevice(QJsonObject properties)
{
    if (const std::optional<PciPlace> wish = takeWish())
        putAt(*wish, std::move(properties));
    else if (chipset() == Chipset::I440fx)
        putAt({ .slot = freeSlot() }, std::move(properties));
    else
        putAt({ .bus = freePort() }, std::move(properties));
}

void CommandLineDraft::rootBusDevice(QJsonObject properties)
{
    const std::optional<PciPlace> wish = takeWish();
    putAt(wish ? *wish : PciPlace { .slot = freeSlot() }, std::move(properties));
}

void CommandLineDraft::deviceAt(const QString& address, QJsonObject properties)
{
    if (const std::optional<PciPlace> wish = takeWish()) {
        putAt(*wish, std::move(properties));
        return;
    }
    const int slot = address.section(QLatin1Char('.'), 0, 0).toInt(nullptr, 16);
    properties[QStringLiteral("bus")] = rootBus();
    properties[QStringLiteral("addr")] = m_takenSlots.contains(slot) ? hex(freeSlot()) : address;
    device(properties);
}

QString CommandLineDraft::rootBus() const
{
    return chipset() == Chipset::Q35 ? QStringLiteral("pcie.0") : QStringLiteral("pci.0");
}

int CommandLineDraft::bootIndex(const QString& deviceClass, int ownOrder)
{
    if (m_hasOwnBootOrder)
        return ownOrder;
    QStringList classes = definition.bootDevices();
    if (classes.isEmpty())
        classes.append(QStringLiteral("hd")); // as libvirt assumes
    const qsizetype place = classes.indexOf(deviceClass);
    return place < 0 ? 0 : static_cast<int>(place) * kIndicesPerClass + ++m_bootPlaces;
}

QStringList CommandLineDraft::rootPorts() const
{
    QStringList ports;
    if (chipset() != Chipset::Q35 || context.isDeviceless)
        return ports;
    for (int i = 0; i < std::min(highestOf(m_takenPorts) + kSparePorts, kMostPorts); ++i) {
        const int slot = kFirstPortSlot + i / kFunctionsPerSlot;
        const int function = i % kFunctionsPerSlot;
        QJsonObject port {
            { QStringLiteral("driver"), QStringLiteral("pcie-root-port") },
            { QStringLiteral("id"), QStringLiteral("port-%1").arg(i + 1) },
            { QStringLiteral("bus"), rootBus() },
            { QStringLiteral("addr"), hex(slot) + QLatin1Char('.') + hex(function) },
            { QStringLiteral("chassis"), i + 1 },
            { QStringLiteral("port"), slot * kFunctionsPerSlot + function },
        };
        if (function == 0)
            port[QStringLiteral("multifunction")] = true;
        ports << QStringLiteral("-device") << compact(port);
    }
    return ports;
}

// What the chipset and the root ports have can't be somebody else's.
Result<void> CommandLineDraft::checkRootBus() const
{
    const bool isQ35 = chipset() == Chipset::Q35;
    const int ports = std::min(highestOf(m_takenPorts) + kSparePorts, kMostPorts);
    const int lastPortSlot = kFirstPortSlot + (ports - 1) / kFunctionsPerSlot;
    for (const PlacedDevice& device : m_placed) {
        const PciPlace& place = device.place;
        const bool isBuiltIn = device.element == QLatin1StringView("controller");
        const bool isChipsets = place.slot == 0 || (isQ35 ? place.slot == 0x1f : place.slot == 1);
        const bool isPorts = isQ35 && place.slot >= kFirstPortSlot && place.slot <= lastPortSlot;
        if (place.bus == 0 && ((isChipsets && !isBuiltIn) || isPorts))
            return Error { ErrorKind::InvalidConfig,
                QStringLiteral("devices/%1/address").arg(device.element),
                QStringLiteral("%1 is a place of %2; leave the address out, or name another")
                    .arg(place.toString(),
                        isPorts ? QStringLiteral("the root ports") : QStringLiteral("the chipset")),
                ErrorCause::DefinitionUnsupported };
    }
    return {};
}

Result<QStringList> CommandLineDraft::finished() const
{
    if (highestOf(m_takenPorts) > kMostPorts || m_isRootBusFull)
        return unsupportedPart(
            "devices", QStringLiteral("more devices than the machine's PCI bus has places"));
    TRY(checkRootBus());
    return m_options + rootPorts() + m_devices;
}

} // namespace vmm
