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

void CommandLineDraft::device(const QJsonObject& properties)
{
    m_devices << QStringLiteral("-device") << compact(properties);
}

void CommandLineDraft::expressDevice(QJsonObject properties)
{
    if (chipset() == Chipset::I440fx) {
        rootBusDevice(std::move(properties));
        return;
    }
    properties[QStringLiteral("bus")] = QStringLiteral("port-%1").arg(++m_usedPorts);
    properties[QStringLiteral("addr")] = QStringLiteral("0x0");
    device(properties);
}

void CommandLineDraft::rootBusDevice(QJsonObject properties)
{
    const int first = chipset() == Chipset::Q35 ? kFirstFreeSlot : kFirstPciSlot;
    deviceAt(hex(first + m_usedSlots++), std::move(properties));
}

void CommandLineDraft::deviceAt(const QString& address, QJsonObject properties)
{
    properties[QStringLiteral("bus")] = rootBus();
    properties[QStringLiteral("addr")] = address;
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
    for (int i = 0; i < std::min(m_usedPorts + kSparePorts, kMostPorts); ++i) {
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

Result<QStringList> CommandLineDraft::finished() const
{
    const int first = chipset() == Chipset::Q35 ? kFirstFreeSlot : kFirstPciSlot;
    if (m_usedPorts > kMostPorts || first + m_usedSlots - 1 > kLastFreeSlot)
        return unsupportedPart(
            "devices", QStringLiteral("more devices than the machine's PCI bus has places"));
    return m_options + rootPorts() + m_devices;
}

} // namespace vmm
