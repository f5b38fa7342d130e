// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How machines come into being and go: define, create, undefine. What is done with those that exist
// is in Core.cpp.
#include "vmm/definition/MachineBuilder.h"
#include "vmm/qemu/CommandLine.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/ImageTool.h"

namespace vmm {

namespace {

/// A name for the time of a creation, so that no twin is made meanwhile.
class NameReservation {
public:
    NameReservation(std::shared_ptr<QSet<QString>> names, const QString& name)
        : m_names(std::move(names))
        , m_name(name)
    {
        m_names->insert(name);
    }
    ~NameReservation() { m_names->remove(m_name); }
    Q_DISABLE_COPY_MOVE(NameReservation)

private:
    std::shared_ptr<QSet<QString>> m_names;
    QString m_name;
};

} // namespace

Result<void> Core::checkName(const QString& name, const QUuid& except) const
{
    bool isTaken = m_namesBeingCreated->contains(name);
    for (const Machine* other : m_machines)
        isTaken = isTaken || (other->id() != except && other->name() == name);
    if (isTaken)
        return Error { ErrorKind::AlreadyExists, name,
            QStringLiteral("another machine has that name"), ErrorCause::NameInUse };
    return {};
}

Result<QUuid> Core::define(const QString& xml)
{
    const Definition definition = TRY(Definition::fromXml(xml));
    TRY(definition.validate());
    TRY(checkStartable(definition));
    TRY(checkName(definition.name(), definition.uuid()));
    const Machine* existing = machine(definition.uuid());
    if (existing && existing->hasSavedMemory())
        return Error { ErrorKind::WrongState, existing->name(),
            QStringLiteral("it has saved memory"), ErrorCause::SavedMemoryInTheWay };
    if (existing && existing->storedState().isTemplate)
        return Error { ErrorKind::WrongState, existing->name(),
            QStringLiteral("it is a template") };
    return keep(definition);
}

Result<void> Core::rename(const QUuid& id, const QString& name)
{
    Machine* found = machine(id);
    if (!found)
        return noSuchMachine(id);
    if (found->problem())
        return *found->problem();
    Definition definition = found->definition();
    definition.setName(name);
    TRY(definition.validate());
    TRY(checkName(name, id));
    TRY(keep(definition));
    if (!found->process().isValid())
        return {};
    Definition running = found->runningDefinition();
    running.setName(name);
    return found->setRunningDefinition(running);
}

Result<void> Core::restoreTrashed(const QUuid& id)
{
    const StoredMachine stored = TRY(trash().find(id));
    if (machine(id))
        return Error { ErrorKind::AlreadyExists, machine(id)->name(),
            QStringLiteral("there is a machine with that UUID") };
    if (const auto definition = Definition::fromXml(stored.xml))
        TRY(checkName(definition->name(), id));
    TRY(trash().takeBack(id));
    Machine* restored = add(stored);
    Q_EMIT machineChanged(id, restored->state());
    return {};
}

Result<QUuid> Core::keep(const Definition& definition)
{
    TRY(m_store->save(definition.uuid(), definition.toXml()));
    return show(definition);
}

Machine& Core::take(const StoredMachine& stored)
{
    Machine* machine = add(stored);
    Q_EMIT machineChanged(stored.id, machine->state());
    return *machine;
}

Result<QUuid> Core::show(const Definition& definition)
{
    Machine* machine = m_machines.value(definition.uuid(), nullptr);
    if (machine)
        machine->setDefinition(definition);
    else
        machine = add({ .id = definition.uuid(), .xml = definition.toXml() });
    Q_EMIT machineChanged(machine->id(), machine->state());
    return machine->id();
}

Future<QUuid> Core::create(const NewMachine& machine)
{
    if (machine.diskImage.isEmpty())
        return createWithImage(machine, {});
    if (!m_images)
        return async::failed<QUuid>(m_qemu.error());
    return async::andThen(m_images->info(machine.diskImage), this,
        [this, machine](const ImageInfo& image) { return createWithImage(machine, image.format); });
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
    return async::ready<QUuid>(define(definition->toXml()));
}

Future<QUuid> Core::createWithDisk(const NewMachine& machine, const Definition& definition)
{
    if (!m_images)
        return async::failed<QUuid>(m_qemu.error());
    const QUuid id = definition.uuid();
    const Result<MachinePlaces> aside = m_store->beginNew(id);
    if (!aside)
        return async::failed<QUuid>(aside.error());
    const QString disk
        = aside->diskFolder() + QLatin1Char('/') + machine.name + QStringLiteral(".qcow2");
    auto reservation = std::make_shared<NameReservation>(m_namesBeingCreated, machine.name);
    auto promise = std::make_shared<Promise<QUuid>>();
    Future<QUuid> future = promise->future();
    async::onFinished(m_images->create(disk, QStringLiteral("qcow2"), machine.newDisk), this,
        [this, id, definition, reservation, promise](const Result<void>& made) {
            const Result<void> stored = made ? m_store->commitNew(id, definition.toXml()) : made;
            if (!stored)
                m_store->abandonNew(id);
            promise->finish(stored ? show(definition) : Result<QUuid>(stored.error()));
        });
    return future;
}

Result<void> Core::undefine(Machine& machine)
{
    if (const auto refusal = machine.refuse(VmAction::Undefine))
        return *refusal;
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
    const QUuid id = machine.id();
    TRY(trash().put(id));
    m_machines.remove(id);
    machine.deleteLater();
    Q_EMIT machineRemoved(id);
    return {};
}

} // namespace vmm
