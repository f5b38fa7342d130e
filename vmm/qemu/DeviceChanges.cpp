// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/DeviceChanges.h"

#include "vmm/definition/EmbeddedSupport.h"
#include "vmm/qemu/DefinitionSteps.h"
#include "vmm/qemu/LiveUpdate.h"
#include "vmm/qemu/UnplugWatch.h"

#include <QFileInfo>
#include <QLoggingCategory>

namespace vmm {

namespace {

Q_LOGGING_CATEGORY(changesLog, "vm.changes", QtInfoMsg)

bool canBePlugged(const Machine& machine)
{
    return isActive(machine.state()) && machine.state() != VmState::Starting;
}

// A device's id begins with this, and a number follows; empty: the id needs no number.
QString numberedPrefix(const DeviceXml& device)
{
    if (device.kind == QLatin1StringView("interface"))
        return QStringLiteral("net-");
    if (device.kind == QLatin1StringView("hostdev"))
        return QStringLiteral("hostdev-");
    return device.kind == QLatin1StringView("redirdev") ? QStringLiteral("usb-redirection-")
                                                        : QString();
}

// The place that the device says which was added last.
Result<std::optional<PciPlace>> placeOfNewest(const Definition& definition, const QString& kind)
{
    const auto count
        = definition.valuesOfEach(("devices/" + kind.toUtf8()).constData(), "@type").size();
    const QVector<PlacedDevice> all = TRY(pciPlaces(definition));
    for (const PlacedDevice& device : all) {
        if (device.element == kind && device.index == count - 1)
            return std::optional(device.place);
    }
    return std::optional<PciPlace>();
}

// Nothing of another device.
std::optional<Disk> diskOf(const Definition& definition, const DeviceXml& device)
{
    const Result<int> index = indexOf(definition, device);
    if (device.kind != QLatin1StringView("disk") || !index)
        return {};
    return definition.devices<Disk>().at(*index);
}

QString imageOf(const Definition& definition, const DeviceXml& device)
{
    const std::optional<Disk> disk = diskOf(definition, device);
    return disk ? disk->sourcePath() : QString();
}

// The card if it stands on something outside of QEMU: a tap device; nothing for a card of QEMU's
// own network. passt is started with the machine.
Result<std::optional<NetworkInterface>> outsideOf(
    const Definition& definition, const DeviceXml& device)
{
    if (device.kind != QLatin1StringView("interface"))
        return std::optional<NetworkInterface>();
    const NetworkInterface card
        = definition.devices<NetworkInterface>().at(TRY(indexOf(definition, device)));
    if (!card.backend.isEmpty())
        return Error { ErrorKind::HostLacksFeature, device.toString(),
            QStringLiteral("<backend type='%1'/> is started with the machine").arg(card.backend) };
    if (card.type == QLatin1StringView("user"))
        return std::optional<NetworkInterface>();
    return std::optional(card);
}

bool isLinkDown(const Definition& definition, const DeviceXml& device)
{
    const Result<int> index = indexOf(definition, device);
    return device.kind == QLatin1StringView("interface") && index
        && definition.devices<NetworkInterface>().at(*index).linkState == QLatin1StringView("down");
}

// What QEMU opens now is judged as it would be at a start.
Result<void> checkImage(const Core& core, const std::optional<Disk>& disk, const QString& before)
{
    const QString image = disk ? disk->sourcePath() : QString();
    if (image.isEmpty() || image == before)
        return {};
    if (!QFileInfo::exists(image))
        return Error { ErrorKind::NotFound, image, QStringLiteral("no such file"),
            ErrorCause::ImageMissing };
    return core.allowDisk(*disk);
}

void addJournalStep(Steps& steps, Machine& machine, const PlugJournal& journal)
{
    steps.addNow(
        QStringLiteral("journal"), [&machine, journal] { return journal.write(machine.places()); },
        [&machine] { (void)PlugJournal::remove(machine.places()); });
}

void addForgetStep(Steps& steps, Machine& machine)
{
    steps
        .addNow(
            QStringLiteral("forget"), [&machine] { return PlugJournal::remove(machine.places()); })
        .again();
}

Result<Definition> changedForNextStart(const Machine& machine, const DeviceXml& device,
    Result<Definition> (*edit)(const Definition&, const DeviceXml&))
{
    const Definition changed = TRY(edit(machine.definition(), device));
    TRY(checkSupportedByEmbedded(changed));
    // That a start would understand it, too: the places on buses are settled there.
    TRY(buildCommandLine(changed, launchContext(changed, machine.places(), {})));
    return changed;
}

// A guest that was asked once may obey at any time: then what it let go of is noted.
void followLater(Machine& machine, const DeviceXml& device, const DevicePlug& plug)
{
    auto* watch = new UnplugWatch(machine, plug.id());
    watch->waitOn([&machine, device, plug] {
        qCInfo(changesLog).noquote()
            << machine.name() << "let go of" << device.toString() << "after all";
        (void)removeBackEnds(machine, plug);
        if (const auto without = withoutDevice(machine.runningDefinition(), device))
            (void)machine.setRunningDefinition(*without);
    });
}

} // namespace

Result<DeviceChanges::Plan> DeviceChanges::plan(
    const Machine& machine, const DeviceXml& device, DeviceScope scope, Edit edit) const
{
    if (machine.problem())
        return *machine.problem();
    Plan plan { .device = device, .edit = edit };
    plan.isRunning = scope == DeviceScope::Running
        || (scope == DeviceScope::Both && isActive(machine.state()));
    plan.isStored = scope != DeviceScope::Running;
    if (plan.isRunning && !canBePlugged(machine))
        return Error { ErrorKind::WrongState, machine.name(),
            QStringLiteral("change of a running machine while ") + nameOf(machine.state()) };
    if (plan.isRunning) {
        plan.running = TRY(edit(machine.runningDefinition(), device));
        TRY(checkSupportedByEmbedded(plan.running));
    }
    if (plan.isStored)
        TRY(changedForNextStart(machine, device, edit));
    return plan;
}

void DeviceChanges::addRecordSteps(Steps& steps, Machine& machine, const Plan& plan)
{
    if (plan.isRunning)
        addNoteStep(steps, machine,
            [plan](const Definition& running) { return plan.edit(running, plan.device); });
    if (plan.isStored)
        addStoreStep(steps, m_core, machine,
            [plan](const Machine& vm) { return changedForNextStart(vm, plan.device, plan.edit); });
}

Future<void> DeviceChanges::recordOnly(Machine& machine, const Plan& plan)
{
    Steps steps(&machine, m_core.watch("change"));
    addRecordSteps(steps, machine, plan);
    return steps.run();
}

Future<void> DeviceChanges::whileOccupied(
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

Future<void> DeviceChanges::attach(Machine& machine, const QString& xml, DeviceScope scope)
{
    const auto planned = [&]() -> Result<Plan> {
        const DeviceXml device = TRY(DeviceXml::parseNew(xml));
        Plan made = TRY(plan(machine, device, scope, &withDevice));
        if (made.isRunning) {
            TRY(livePlugOf(made.running, device, 0)); // before anything is asked
            TRY(checkImage(m_core, diskOf(made.running, device), {}));
        }
        return made;
    }();
    if (!planned)
        return async::failed<void>(planned.error());
    return whileOccupied(machine, QStringLiteral("attach-device"), [&]() -> Future<void> {
        if (!planned->isRunning)
            return recordOnly(machine, *planned);
        return async::andThen(surveyPlugs(machine), &machine,
            [self = *this, &machine, plan = *planned](const PlugSurvey& survey) mutable {
                return self.attachNow(machine, plan, survey);
            });
    });
}

Future<void> DeviceChanges::attachNow(Machine& machine, const Plan& plan, const PlugSurvey& survey)
{
    const QString prefix = numberedPrefix(plan.device);
    const int number = prefix.isEmpty() ? 0 : survey.freeNumber(prefix);
    const auto plug = [&]() -> Result<DevicePlug> {
        const DevicePlug whole = TRY(livePlugOf(plan.running, plan.device, number));
        return placed(whole, survey, chipsetOf(plan.running),
            TRY(placeOfNewest(plan.running, plan.device.kind)));
    }();
    if (!plug)
        return async::failed<void>(plug.error());
    const Result<std::optional<NetworkInterface>> outside = outsideOf(plan.running, plan.device);
    if (!outside)
        return async::failed<void>(outside.error());
    Steps steps(&machine, m_core.watch("change"));
    addJournalStep(steps, machine,
        { .isComing = true, .isStored = plan.isStored, .xml = plan.device.xml, .plug = *plug });
    if (*outside)
        addTapStep(steps, machine, plug->id(), **outside);
    addPlugSteps(steps, machine, *plug, imageOf(plan.running, plan.device), m_unplugDeadline);
    if (isLinkDown(plan.running, plan.device))
        steps.add(QStringLiteral("set_link"), [&machine, id = plug->id()] {
            return command(machine, QStringLiteral("set_link"),
                { { QStringLiteral("name"), id }, { QStringLiteral("up"), false } });
        });
    addRecordSteps(steps, machine, plan);
    steps.commit();
    addForgetStep(steps, machine);
    return steps.run();
}

Future<void> DeviceChanges::detach(Machine& machine, const QString& xml, DeviceScope scope)
{
    const auto planned = [&]() -> Result<Plan> {
        const DeviceXml device = TRY(DeviceXml::parse(xml));
        Plan made = TRY(plan(machine, device, scope, &withoutDevice));
        if (made.isRunning)
            TRY(livePlugOf(machine.runningDefinition(), device, 0));
        return made;
    }();
    if (!planned)
        return async::failed<void>(planned.error());
    return whileOccupied(machine, QStringLiteral("detach-device"), [&]() -> Future<void> {
        if (!planned->isRunning)
            return recordOnly(machine, *planned);
        return async::andThen(surveyPlugs(machine), &machine,
            [self = *this, &machine, plan = *planned](const PlugSurvey& survey) {
                return async::andThen(liveNumberOf(machine, plan.device, survey), &machine,
                    [self, &machine, plan](int number) mutable -> Future<void> {
                        const auto plug
                            = livePlugOf(machine.runningDefinition(), plan.device, number);
                        if (!plug)
                            return async::failed<void>(plug.error());
                        return self.detachNow(machine, plan, *plug);
                    });
            });
    });
}

Future<void> DeviceChanges::detachNow(Machine& machine, const Plan& plan, const DevicePlug& plug)
{
    Steps steps(&machine, m_core.watch("change"));
    addJournalStep(
        steps, machine, { .isStored = plan.isStored, .xml = plan.device.xml, .plug = plug });
    steps.add(
        QStringLiteral("device_del"),
        [&machine, id = plug.id(), deadline = m_unplugDeadline, device = plan.device, plug] {
            return async::transformed<void>(unplugDevice(machine, id, deadline), &machine,
                [&machine, device, plug](const Result<void>& gone) {
                    if (!gone && gone.error().kind == ErrorKind::RefusedByGuest)
                        followLater(machine, device, plug);
                    return gone;
                });
        },
        // Its back ends are still there: it is plugged in as it was, if at another place.
        [&machine, plug] {
            return async::andThen(
                surveyPlugs(machine), &machine, [&machine, plug](const PlugSurvey& survey) {
                    const auto again = placed(plug, survey, chipsetOf(machine.runningDefinition()));
                    if (!again)
                        return async::failed<void>(again.error());
                    return command(machine, QStringLiteral("device_add"), again->device);
                });
        });
    addRecordSteps(steps, machine, plan);
    steps.commit();
    steps.add(QStringLiteral("tidy up"), [&machine, plug] { return removeBackEnds(machine, plug); })
        .again();
    addForgetStep(steps, machine);
    return steps.run();
}

Future<void> DeviceChanges::finishInterrupted(Machine& machine)
{
    const std::optional<PlugJournal> journal = PlugJournal::read(machine.places());
    if (!journal || !isActive(machine.state()))
        return async::ready<void>({});
    qCInfo(changesLog).noquote() << machine.name() << "had a change of" << journal->plug.id()
                                 << "under way";
    const auto finish = [self = *this, &machine, journal = *journal]() mutable {
        return async::andThen(surveyPlugs(machine), &machine,
            [self, &machine, journal](const PlugSurvey& survey) mutable -> Future<void> {
                const bool isPlugged = survey.devices.contains(journal.plug.id());
                if (journal.isComing)
                    return self.takeBack(machine, journal, isPlugged);
                return isPlugged ? async::ready<void>({}) : self.letGo(machine, journal);
            });
    };
    const Future<void> finished = whileOccupied(machine, QStringLiteral("attach-device"), finish);
    return async::transformed<void>(finished, &machine, [&machine](const Result<void>& done) {
        return done ? PlugJournal::remove(machine.places()) : done;
    });
}

Future<void> DeviceChanges::takeBack(Machine& machine, const PlugJournal& journal, bool isPlugged)
{
    const Result<DeviceXml> device = DeviceXml::parse(journal.xml);
    if (!device)
        return async::failed<void>(device.error());
    const Result<Definition> running = withoutDevice(machine.runningDefinition(), *device);
    const bool isStored = withoutDevice(machine.definition(), *device).has_value();
    if (isPlugged && running && (isStored || !journal.isStored))
        return async::ready<void>({}); // all was done
    Steps steps(&machine, m_core.watch("put a device in order"));
    if (isPlugged)
        steps.add(QStringLiteral("device_del"),
            [&machine, id = journal.plug.id(), deadline = m_unplugDeadline] {
                return unplugDevice(machine, id, deadline);
            });
    steps.add(QStringLiteral("tidy up"),
        [&machine, plug = journal.plug] { return removeBackEnds(machine, plug); });
    if (running)
        steps.addNow(QStringLiteral("note what runs"),
            [&machine, after = *running] { return machine.setRunningDefinition(after); });
    return steps.run();
}

Future<void> DeviceChanges::letGo(Machine& machine, const PlugJournal& journal)
{
    const Result<DeviceXml> device = DeviceXml::parse(journal.xml);
    if (!device)
        return async::failed<void>(device.error());
    Plan plan { .device = *device, .edit = &withoutDevice };
    plan.isRunning = withoutDevice(machine.runningDefinition(), *device).has_value();
    plan.isStored = journal.isStored && withoutDevice(machine.definition(), *device).has_value();
    Steps steps(&machine, m_core.watch("put a device in order"));
    addRecordSteps(steps, machine, plan);
    steps.add(QStringLiteral("tidy up"),
        [&machine, plug = journal.plug] { return removeBackEnds(machine, plug); });
    return steps.run();
}

Future<void> DeviceChanges::update(Machine& machine, const QString& xml, DeviceScope scope)
{
    const auto planned = [&]() -> Result<Plan> {
        const DeviceXml device = TRY(DeviceXml::parse(xml));
        Plan made = TRY(plan(machine, device, scope, &withDeviceUpdated));
        if (made.isRunning) {
            TRY(checkLiveUpdate(machine.runningDefinition(), made.running, device));
            TRY(checkImage(m_core, diskOf(made.running, device),
                imageOf(machine.runningDefinition(), device)));
        }
        return made;
    }();
    if (!planned)
        return async::failed<void>(planned.error());
    return whileOccupied(machine, QStringLiteral("update-device"), [&]() -> Future<void> {
        if (!planned->isRunning)
            return recordOnly(machine, *planned);
        return async::andThen(surveyPlugs(machine), &machine,
            [self = *this, &machine, plan = *planned](const PlugSurvey& survey) {
                return async::andThen(liveNumberOf(machine, plan.device, survey), &machine,
                    [self, &machine, plan](
                        int number) mutable { return self.updateNow(machine, plan, number); });
            });
    });
}

Future<void> DeviceChanges::updateNow(Machine& machine, const Plan& plan, int number)
{
    Steps steps(&machine, m_core.watch("change"));
    addLiveUpdateSteps(steps, machine, plan.running, plan.device, number, m_unplugDeadline);
    addRecordSteps(steps, machine, plan);
    return steps.run();
}

} // namespace vmm
