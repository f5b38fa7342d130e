// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How machines come into being and go: define, create, undefine. What is done with those that exist
// is in Core.cpp.
#include "vmm/definition/MachineBuilder.h"
#include "vmm/qemu/CommandLine.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/ImageChains.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/TapDevice.h"

#include <QFileInfo>

#include <algorithm>

namespace vmm {

namespace {

Result<void> checkPlace(const NewNetworkCard& card)
{
    if (card.type == QLatin1StringView("network"))
        return Error { ErrorKind::HostLacksFeature, card.source,
            QStringLiteral("networks are libvirt's; here a card is in a user-mode network of its "
                           "own, or on a bridge") };
    return card.type == QLatin1StringView("bridge") ? checkBridge(card.source) : Result<void>();
}

/// Where on this host its parts are to be.
Result<void> checkPlaces(const NewMachine& machine)
{
    if (!machine.pool.isEmpty())
        return Error { ErrorKind::HostLacksFeature, machine.pool,
            QStringLiteral("pools are libvirt's; here new disks lie in the data folder") };
    TRY(checkPlace({ machine.networkType, machine.network }));
    for (const NewNetworkCard& card : machine.furtherCards)
        TRY(checkPlace(card));
    return {};
}

} // namespace

/// A name for the time in which a machine is stored, so that no twin is made meanwhile.
class Core::NameReservation {
public:
    NameReservation(std::shared_ptr<Names> names, const QString& name, const QUuid& id)
        : m_names(std::move(names))
        , m_name(name)
        , m_id(id)
    {
        m_names->insert(name, id);
    }
    ~NameReservation()
    {
        if (const auto mine = m_names->find(m_name, m_id); mine != m_names->end())
            m_names->erase(mine); // one of them: another store of it may be under way
    }
    Q_DISABLE_COPY_MOVE(NameReservation)

private:
    std::shared_ptr<Names> m_names;
    QString m_name;
    QUuid m_id;
};

Result<void> Core::checkName(const QString& name, const QUuid& except) const
{
    const QList<QUuid> reserved = m_namesBeingStored->values(name);
    bool isTaken = std::any_of(
        reserved.begin(), reserved.end(), [&except](const QUuid& id) { return id != except; });
    for (const Machine* other : m_machines)
        isTaken = isTaken || (other->id() != except && other->name() == name);
    if (isTaken)
        return Error { ErrorKind::AlreadyExists, name,
            QStringLiteral("another machine has that name"), ErrorCause::NameInUse };
    return {};
}

Result<void> Core::checkDefinable(const Definition& definition) const
{
    TRY(definition.validate());
    TRY(checkStartable(definition));
    return checkName(definition.name(), definition.uuid());
}

Result<void> Core::checkReplaceable(const Machine& machine, const QString& base) const
{
    if (!base.isEmpty() && base != machine.xml())
        return Error { ErrorKind::Busy, machine.name(),
            QStringLiteral("it is not the definition any more that was changed"),
            ErrorCause::DefinitionChanged };
    const OccupationHandle occupation = machine.occupation();
    const bool isFree = !occupation || occupation->what == Occupies::Structure
        || occupation->what == Occupies::Presence;
    if (!isFree)
        return Error { ErrorKind::Busy, machine.name(),
            QStringLiteral("busy with ") + occupation->name };
    if (machine.hasSavedMemory())
        return Error { ErrorKind::WrongState, machine.name(), QStringLiteral("it has saved memory"),
            ErrorCause::SavedMemoryInTheWay };
    if (machine.storedState().isTemplate)
        return Error { ErrorKind::WrongState, machine.name(), QStringLiteral("it is a template") };
    return {};
}

Future<QUuid> Core::define(const QString& xml, const QString& base)
{
    const Result<Definition> definition = Definition::fromXml(xml);
    if (!definition)
        return async::failed<QUuid>(definition.error());
    const QUuid id = definition->uuid();
    const auto done = m_changes.take(id, [this, definition = *definition, base]() -> Future<void> {
        const Machine* existing = machine(definition.uuid());
        Result<void> checked = checkDefinable(definition);
        if (checked && existing)
            checked = checkReplaceable(*existing, base);
        else if (checked && !base.isEmpty())
            checked = noSuchMachine(definition.uuid());
        return checked ? keep(definition) : async::failed<void>(checked.error());
    });
    return async::andThen(done, this, [id] { return async::ready<QUuid>(id); });
}

Future<void> Core::rename(const QUuid& id, const QString& name)
{
    const auto renamed = change(id, [this, name](const Machine& machine) -> Result<Definition> {
        Definition definition = machine.definition();
        definition.setName(name);
        TRY(definition.validate());
        TRY(checkName(name, machine.id()));
        return definition;
    });
    return async::andThen(renamed, this, [this, id, name]() -> Future<void> {
        Machine* found = machine(id);
        if (!found || !found->process().isValid())
            return async::ready<void>({});
        Definition running = found->runningDefinition();
        running.setName(name);
        return async::ready<void>(found->setRunningDefinition(running));
    });
}

Future<void> Core::restoreTrashed(const QUuid& id)
{
    const auto found = m_lane.run<StoredMachine>([trash = trash(), id] { return trash.find(id); });
    return async::andThen(found, this, [this, id](const StoredMachine& stored) -> Future<void> {
        if (machine(id))
            return async::failed<void>({ ErrorKind::AlreadyExists, machine(id)->name(),
                QStringLiteral("there is a machine with that UUID") });
        const auto definition = Definition::fromXml(stored.xml);
        const QString name = definition ? definition->name() : id.toString();
        if (const Result<void> isFree = checkName(name, id); !isFree)
            return async::failed<void>(isFree.error());
        const auto reservation = std::make_shared<NameReservation>(m_namesBeingStored, name, id);
        const auto back = m_lane.run<void>([trash = trash(), id] { return trash.takeBack(id); });
        return async::concluded<void>(
            back, this, [this, stored, reservation](const Result<void>& done) {
                if (done)
                    take(stored);
                return done;
            });
    });
}

Future<void> Core::emptyTrash(const QVector<QUuid>& ids)
{
    return m_lane.run<void>([trash = trash(), ids] { return trash.empty(ids); });
}

Future<void> Core::change(const QUuid& id, DefinitionChange change)
{
    return m_changes.take(id, [this, id, change = std::move(change)]() -> Future<void> {
        const Machine* found = machine(id);
        if (!found || found->problem())
            return async::failed<void>(found ? *found->problem() : noSuchMachine(id));
        const OccupationHandle occupation = found->occupation();
        if (occupation && occupation->what == Occupies::Existence)
            return async::failed<void>(
                { ErrorKind::Busy, found->name(), QStringLiteral("it is being removed") });
        const Result<Definition> changed = change(*found);
        if (!changed)
            return async::failed<void>(changed.error());
        return changed->toXml() == found->xml() ? async::ready<void>({}) : keep(*changed);
    });
}

Future<void> Core::takeBackChange(const Definition& before, const Definition& after)
{
    return change(before.uuid(), [before, after](const Machine& machine) -> Result<Definition> {
        if (machine.xml() != after.toXml())
            return Error { ErrorKind::Busy, machine.name(),
                QStringLiteral("it was changed again since"), ErrorCause::DefinitionChanged };
        return before;
    });
}

Future<void> Core::keep(const Definition& definition)
{
    const QUuid id = definition.uuid();
    const auto reservation
        = std::make_shared<NameReservation>(m_namesBeingStored, definition.name(), id);
    const auto saved = m_lane.run<void>(
        [store = m_store.get(), id, xml = definition.toXml()] { return store->save(id, xml); });
    return async::concluded<void>(
        saved, this, [this, definition, reservation](const Result<void>& done) {
            if (done)
                show(definition);
            return done;
        });
}

Machine& Core::take(const StoredMachine& stored)
{
    Machine* machine = add(stored);
    Q_EMIT machineChanged(stored.id, machine->state());
    return *machine;
}

void Core::show(const Definition& definition)
{
    Machine* machine = m_machines.value(definition.uuid(), nullptr);
    if (machine)
        machine->setDefinition(definition);
    else
        machine = add({ .id = definition.uuid(), .xml = definition.toXml() });
    Q_EMIT machineChanged(machine->id(), machine->state());
}

Future<QUuid> Core::create(const NewMachine& machine)
{
    if (const Result<void> placed = checkPlaces(machine); !placed)
        return async::failed<QUuid>(placed.error());
    if (machine.diskImage.isEmpty())
        return createWithImage(machine, {});
    const Result<ImageChain> chain = trustedChain(machine.diskImage);
    return chain ? createWithImage(machine, chain->first().format)
                 : async::failed<QUuid>(chain.error());
}

Result<ImageChain> Core::trustedChain(const QString& path, const QString& format) const
{
    QHash<QString, QString> known; // by canonical path
    for (const Machine* machine : m_machines) {
        if (machine->problem())
            continue;
        const QVector<Disk> disks = machine->definition().devices<Disk>();
        for (const Disk& disk : disks)
            known.insert(QFileInfo(disk.sourcePath()).canonicalFilePath(),
                disk.format.isEmpty() ? QStringLiteral("raw") : disk.format);
    }
    const QString said
        = format.isEmpty() ? known.value(QFileInfo(path).canonicalFilePath()) : format;
    return ImageChains().readTrusted(path, said, [&known](const QString& canonical) {
        return known.value(canonical) == QLatin1StringView("raw");
    });
}

Future<QUuid> Core::createWithImage(const NewMachine& machine, const QString& imageFormat)
{
    const QUuid id = QUuid::createUuid();
    BuildDefaults defaults {
        .newDiskPath = m_store->placesOf(id).diskFolder() + QLatin1Char('/') + machine.name
            + QStringLiteral(".qcow2"),
    };
    if (!imageFormat.isEmpty())
        defaults.diskImageFormat = imageFormat;
    Result<Definition> definition = buildDefinition(machine, defaults);
    if (!definition)
        return async::failed<QUuid>(definition.error());
    definition->setUuid(id);
    const Result<void> isFree = checkName(machine.name, id);
    if (!isFree)
        return async::failed<QUuid>(isFree.error());
    if (machine.newDisk > Bytes())
        return createWithDisk(machine, *definition);
    return define(definition->toXml());
}

// The steps up to "keep" happen in a folder that is nobody's; that one gives it its name.
Future<QUuid> Core::createWithDisk(const NewMachine& machine, const Definition& definition)
{
    if (!m_images)
        return async::failed<QUuid>(m_qemu.error());
    const QUuid id = definition.uuid();
    const auto disk = std::make_shared<QString>();
    const auto reservation
        = std::make_shared<NameReservation>(m_namesBeingStored, machine.name, id);
    MachineStore* store = m_store.get();
    Steps steps(this, watch("create"));
    steps.add(
        QStringLiteral("folder"),
        [this, store, id, disk, name = machine.name] {
            return m_lane.run<void>([store, id, disk, name]() -> Result<void> {
                const MachinePlaces aside = TRY(store->beginNew(id));
                *disk = aside.diskFolder() + QLatin1Char('/') + name + QStringLiteral(".qcow2");
                return {};
            });
        },
        [store, id] {
            store->abandonNew(id);
            return async::ready<void>({});
        });
    steps.add(QStringLiteral("disk"), [this, disk, size = machine.newDisk] {
        return m_images->create(*disk, QStringLiteral("qcow2"), size);
    });
    steps.add(
        QStringLiteral("keep"),
        [this, store, id, xml = definition.toXml()] {
            return m_lane.run<void>([store, id, xml] { return store->commitNew(id, xml); });
        },
        [this, store, id] { return m_lane.run<void>([store, id] { return store->remove(id); }); });
    steps.commit();
    steps.addNow(QStringLiteral("show"), [this, definition, reservation]() -> Result<void> {
        show(definition);
        return {};
    });
    return async::transformed<QUuid>(
        steps.run(), this, [id](const Result<void>& done) -> Result<QUuid> {
            TRY(done);
            return id;
        });
}

Result<void> Core::checkRemovable(const Machine& machine) const
{
    if (const auto refusal = machine.refuse(VmAction::Undefine))
        return *refusal;
    if (isChanging(machine.id()) || !m_namesBeingStored->keys(machine.id()).isEmpty())
        return Error { ErrorKind::Busy, machine.name(), QStringLiteral("it is being changed") };
    const QString folder = machine.places().folder + QLatin1Char('/');
    for (const Machine* other : std::as_const(m_machines)) {
        if (other == &machine || other->problem())
            continue;
        const QVector<Disk> disks = other->definition().devices<Disk>();
        for (const Disk& disk : disks) {
            if (disk.sourceFile.startsWith(folder))
                return Error { ErrorKind::Busy, disk.sourceFile,
                    QStringLiteral("%1 uses it").arg(other->name()) };
        }
    }
    return {};
}

Future<void> Core::undefine(Machine& machine)
{
    if (const Result<void> checked = checkRemovable(machine); !checked)
        return async::failed<void>(checked.error());
    const auto occupied = machine.occupy(nameOf(VmAction::Undefine), Occupies::Existence);
    if (!occupied)
        return async::failed<void>(occupied.error());
    const QUuid id = machine.id();
    const auto moved = m_lane.run<void>([trash = trash(), id] { return trash.put(id); });
    return async::concluded<void>(
        moved, this, [this, id, handle = *occupied](const Result<void>& done) mutable {
            handle.reset();
            if (!done)
                return done;
            if (Machine* gone = m_machines.take(id))
                gone->deleteLater();
            Q_EMIT machineRemoved(id);
            return done;
        });
}

} // namespace vmm
