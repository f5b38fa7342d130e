// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/LiveResources.h"

#include "vmm/qemu/DefinitionSteps.h"
#include "vmm/qemu/ImageTool.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace vmm {

namespace {

using namespace std::chrono_literals;

constexpr auto kResizeDeadline = 60s;
constexpr quint64 kSector = 512;

bool isBeyondStart(const Machine& machine)
{
    return isActive(machine.state()) && machine.state() != VmState::Starting;
}

Result<void> checkChangeable(const Machine& machine)
{
    if (machine.problem())
        return *machine.problem();
    if (machine.state() == VmState::Starting || machine.state() == VmState::Unknown)
        return Error { ErrorKind::WrongState, machine.name(),
            QStringLiteral("change while ") + nameOf(machine.state()) };
    return {};
}

bool hasBalloon(const Definition& definition)
{
    const QVector<MemoryBalloon> balloons = definition.devices<MemoryBalloon>();
    return balloons.isEmpty() || balloons.first().model != QLatin1StringView("none");
}

void setCurrentVcpus(Definition& definition, int count)
{
    definition.setValue(
        "vcpu@current", count == definition.vcpus() ? QString() : QString::number(count));
}

// Where in the machine a vCPU sits, for the order.
std::array<int, 4> placeOfVcpu(const QJsonObject& properties)
{
    const auto at = [&properties](const char* key) {
        return properties.value(QLatin1StringView(key)).toInt();
    };
    return { at("socket-id"), at("die-id"), at("core-id"), at("thread-id") };
}

Result<Disk> diskNamed(const Definition& definition, const QString& target)
{
    const QVector<Disk> disks = definition.devices<Disk>();
    for (const Disk& disk : disks) {
        if (disk.target == target)
            return disk;
    }
    return Error { ErrorKind::NotFound, target, QStringLiteral("the machine has no such disk") };
}

Result<void> checkGrowable(const Disk& disk)
{
    if (disk.device == QLatin1StringView("cdrom") || disk.isReadOnly || disk.sourceFile.isEmpty())
        return Error { ErrorKind::HostLacksFeature, disk.target,
            QStringLiteral("no image that could grow") };
    return {};
}

Result<void> checkGrowth(const QString& target, Bytes from, Bytes to)
{
    if (to >= from)
        return {};
    return Error { ErrorKind::InvalidConfig, target,
        QStringLiteral("%1 bytes is less than the %2 it has; a disk can only grow")
            .arg(to.count())
            .arg(from.count()) };
}

Bytes wholeSectors(Bytes size)
{
    return Bytes::fromBytes((size.count() + kSector - 1) / kSector * kSector);
}

/// The top image of a disk, as QEMU has it.
struct LiveImage {
    QString node {};
    QString file {};
    Bytes size {};
};

Result<LiveImage> liveImageOf(const QJsonValue& blockDevices, const QString& target)
{
    const QJsonArray devices = blockDevices.toArray();
    for (const QJsonValue& value : devices) {
        const QJsonObject device = value.toObject();
        const QString path = device.value(QLatin1StringView("qdev")).toString();
        if (!path.split(QLatin1Char('/')).contains(diskId(target)))
            continue;
        const QJsonObject inserted = device.value(QLatin1StringView("inserted")).toObject();
        const QJsonObject image = inserted.value(QLatin1StringView("image")).toObject();
        const qint64 size = image.value(QLatin1StringView("virtual-size")).toInteger();
        return LiveImage { .node = inserted.value(QLatin1StringView("node-name")).toString(),
            .file = image.value(QLatin1StringView("filename")).toString(),
            .size = Bytes::fromBytes(static_cast<quint64>(std::max<qint64>(0, size))) };
    }
    return Error { ErrorKind::NotFound, target,
        QStringLiteral("the running machine has no such disk") };
}

Future<void> keepOccupied(
    Machine& machine, const QString& name, const std::function<Future<void>()>& run)
{
    const Result<OccupationHandle> occupied = machine.occupy(name);
    if (!occupied)
        return async::failed<void>(occupied.error());
    return async::transformed<void>(
        run(), &machine, [handle = *occupied](const Result<void>& done) mutable {
            handle.reset(); // before anybody hears of it
            return done;
        });
}

/// A vCPU that QEMU's translator has run leaves a listener behind when it is taken out, at which
/// QEMU waits for ever as soon as it draws the screen or writes its memory (seen in 7.2; its vCPUs
/// clear away after themselves since 10.2). Asks `query-kvm`.
Future<void> unplugVcpu(Machine& machine, const QString& id, std::chrono::milliseconds deadline)
{
    return async::andThen(machine.execute(QStringLiteral("query-kvm")), &machine,
        [&machine, id, deadline](const QJsonValue& kvm) -> Future<void> {
            if (kvm.toObject().value(QLatin1StringView("enabled")).toBool())
                return unplugDevice(machine, id, deadline);
            return async::failed<void>({ ErrorKind::HostLacksFeature, machine.name(),
                QStringLiteral("QEMU would hang if a vCPU were taken out of a machine that runs "
                               "without KVM; set the number while it is off") });
        });
}

} // namespace

void LiveResources::addRecordSteps(
    Steps& steps, Machine& machine, const std::function<void(Definition&)>& change)
{
    if (isActive(machine.state()))
        addNoteStep(steps, machine, [change](Definition running) -> Result<Definition> {
            change(running);
            return running;
        });
    addStoreStep(steps, m_core, machine, [change](const Machine& vm) -> Result<Definition> {
        Definition after = vm.definition();
        change(after);
        TRY(after.validate());
        return after;
    });
}

Future<void> LiveResources::setMemory(Machine& machine, Bytes memory)
{
    const auto check = [&]() -> Result<void> {
        TRY(checkChangeable(machine));
        const Bytes most
            = std::min(machine.definition().memory(), machine.runningDefinition().memory());
        if (memory < kLeastMemory || memory > most)
            return Error { ErrorKind::InvalidConfig, QStringLiteral("currentMemory"),
                QStringLiteral("%1 MiB is not from %2 to the %3 MiB that the machine has")
                    .arg(memory.toMiB())
                    .arg(kLeastMemory.toMiB())
                    .arg(most.toMiB()) };
        if (!hasBalloon(machine.runningDefinition()))
            return Error { ErrorKind::HostLacksFeature, machine.name(),
                QStringLiteral("the machine has no memory balloon") };
        return {};
    }();
    if (!check)
        return async::failed<void>(check.error());
    return keepOccupied(machine, QStringLiteral("set-memory"), [&] {
        Steps steps(&machine, m_core.watch("change"));
        const auto balloon = [&machine](Bytes left) {
            return command(machine, QStringLiteral("balloon"),
                { { QStringLiteral("value"), static_cast<qint64>(left.count()) } });
        };
        if (isBeyondStart(machine))
            steps.add(
                QStringLiteral("balloon"), [balloon, memory] { return balloon(memory); },
                [balloon, before = machine.runningDefinition().currentMemory()] {
                    return balloon(before);
                });
        addRecordSteps(steps, machine,
            [memory](Definition& definition) { definition.setCurrentMemory(memory); });
        return steps.run();
    });
}

QVector<VcpuPlace> parseVcpuPlaces(const QJsonArray& answer)
{
    QVector<std::pair<std::array<int, 4>, VcpuPlace>> ordered;
    for (const QJsonValue& value : answer) {
        const QJsonObject object = value.toObject();
        const QJsonObject properties = object.value(QLatin1StringView("props")).toObject();
        const QString path = object.value(QLatin1StringView("qom-path")).toString();
        const auto at = placeOfVcpu(properties);
        VcpuPlace place { .device = properties, .isPlugged = !path.isEmpty() };
        place.canGo = path.startsWith(QLatin1StringView("/machine/peripheral/"));
        place.id = place.canGo
            ? path.section(QLatin1Char('/'), -1)
            : QStringLiteral("vcpu-%1-%2-%3-%4").arg(at[0]).arg(at[1]).arg(at[2]).arg(at[3]);
        place.device[QStringLiteral("driver")] = object.value(QLatin1StringView("type"));
        place.device[QStringLiteral("id")] = place.id;
        ordered.append({ at, place });
    }
    std::sort(ordered.begin(), ordered.end(),
        [](const auto& one, const auto& other) { return one.first < other.first; });
    QVector<VcpuPlace> places;
    for (const auto& [at, place] : ordered)
        places.append(place);
    return places;
}

Future<void> LiveResources::setVcpus(Machine& machine, int count)
{
    const auto check = [&]() -> Result<void> {
        TRY(checkChangeable(machine));
        const int most
            = std::min(machine.definition().vcpus(), machine.runningDefinition().vcpus());
        if (count < 1 || count > most)
            return Error { ErrorKind::InvalidConfig, QStringLiteral("vcpu@current"),
                QStringLiteral("%1 is not from 1 to the %2 that the machine can have")
                    .arg(count)
                    .arg(most) };
        return {};
    }();
    if (!check)
        return async::failed<void>(check.error());
    return keepOccupied(machine, QStringLiteral("set-vcpus"), [&]() -> Future<void> {
        if (!isBeyondStart(machine))
            return plugVcpus(machine, count, {});
        return async::andThen(machine.execute(QStringLiteral("query-hotpluggable-cpus")), &machine,
            [self = *this, &machine, count](const QJsonValue& all) mutable {
                return self.plugVcpus(machine, count, all.toArray());
            });
    });
}

Future<void> LiveResources::plugVcpus(Machine& machine, int count, const QJsonArray& all)
{
    const QVector<VcpuPlace> places = parseVcpuPlaces(all);
    const auto isPlugged = [](const VcpuPlace& place) { return place.isPlugged; };
    auto plugged = static_cast<int>(std::count_if(places.begin(), places.end(), isPlugged));
    Steps steps(&machine, m_core.watch("change"));
    const auto add = [&machine](const VcpuPlace& place) {
        return command(machine, QStringLiteral("device_add"), place.device);
    };
    const auto remove = [&machine, deadline = m_unplugDeadline](const VcpuPlace& place) {
        return unplugVcpu(machine, place.id, deadline);
    };
    for (auto place = places.begin(); place != places.end() && plugged < count; ++place) {
        if (place->isPlugged)
            continue;
        ++plugged;
        steps.add(
            QStringLiteral("plug in a vCPU"), [add, place = *place] { return add(place); },
            [remove, place = *place] { return remove(place); });
    }
    for (auto place = places.rbegin(); place != places.rend() && plugged > count; ++place) {
        if (!place->canGo)
            continue;
        --plugged;
        steps.add(
            QStringLiteral("unplug a vCPU"), [remove, place = *place] { return remove(place); },
            [add, place = *place] { return add(place); });
    }
    if (!places.isEmpty() && plugged != count)
        return async::failed<void>({ ErrorKind::HostLacksFeature, machine.name(),
            QStringLiteral("only vCPUs that were plugged in since the start can be unplugged: "
                           "it can go down to %1")
                .arg(plugged) });
    addRecordSteps(
        steps, machine, [count](Definition& definition) { setCurrentVcpus(definition, count); });
    return steps.run();
}

Future<void> LiveResources::resizeDisk(Machine& machine, const QString& target, Bytes size)
{
    const auto disk = [&]() -> Result<Disk> {
        TRY(checkChangeable(machine));
        Disk named = TRY(diskNamed(machine.runningDefinition(), target));
        TRY(checkGrowable(named));
        return named;
    }();
    if (!disk)
        return async::failed<void>(disk.error());
    const Bytes whole = wholeSectors(size);
    return keepOccupied(machine, QStringLiteral("resize-disk"), [&] {
        return isBeyondStart(machine) ? resizeLive(machine, target, whole)
                                      : resizeImage(disk->sourceFile, disk->format, whole);
    });
}

Future<void> LiveResources::resizeLive(Machine& machine, const QString& target, Bytes size)
{
    return async::andThen(machine.execute(QStringLiteral("query-block")), &machine,
        [&machine, target, size](const QJsonValue& devices) -> Future<void> {
            const auto image = liveImageOf(devices, target);
            if (!image)
                return async::failed<void>(image.error());
            if (const auto grows = checkGrowth(target, image->size, size); !grows)
                return async::failed<void>(grows.error());
            const auto resized = machine.execute(QStringLiteral("block_resize"),
                { { QStringLiteral("node-name"), image->node },
                    { QStringLiteral("size"), static_cast<qint64>(size.count()) } },
                kResizeDeadline);
            return async::transformed<void>(resized, &machine,
                [file = image->file](const Result<QJsonValue>& answer) -> Result<void> {
                    if (answer)
                        return {};
                    return answer.error().kind == ErrorKind::ProcessFailed
                        ? imageError(file, answer.error().detail)
                        : answer.error();
                });
        });
}

Future<void> LiveResources::resizeImage(const QString& image, const QString& format, Bytes size)
{
    if (!m_core.images())
        return async::failed<void>(m_core.qemu().error());
    const QString known = format.isEmpty() ? QStringLiteral("raw") : format;
    if (const Result<ImageChain> chain = m_core.trustedChain(image, known); !chain)
        return async::failed<void>(chain.error());
    // What a guest has written to a raw disk must not be taken for an image that names others.
    return async::andThen(m_core.images()->info(image, InUse::Refuse, known), &m_core,
        [core = &m_core, image, known, size](const ImageInfo& info) -> Future<void> {
            if (const auto grows = checkGrowth(image, info.virtualSize, size); !grows)
                return async::failed<void>(grows.error());
            return core->images()->resize(image, known, size);
        });
}

} // namespace vmm
