// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FaultWorld.h"

#include "tests/support/Await.h"
#include "tests/support/QemuImg.h"
#include "tests/support/TempHome.h"
#include "vmm/qemu/DeviceChanges.h"
#include "vmm/qemu/DiskTags.h"
#include "vmm/qemu/QcowHeader.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

namespace tests {

using namespace vmm;

namespace {

constexpr int kPatience = 60'000;
constexpr quint64 kThen = 64; ///< MiB of memory at the time of the snapshot
constexpr quint64 kNow = 96;
const QString kVm = QStringLiteral("vm");
const QString kCopy = QStringLiteral("copy");
const QString kSnapshot = QStringLiteral("s1");

bool runs(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(program, arguments);
    return process.waitForFinished(kPatience) && process.exitCode() == 0;
}

bool write(const QString& disk, const char* pattern)
{
    return runs(QStringLiteral("qemu-io"),
        { QStringLiteral("-f"), QStringLiteral("qcow2"), QStringLiteral("-c"),
            QStringLiteral("write -P %1 0 256k").arg(QLatin1StringView(pattern)), disk });
}

bool holds(const QString& disk, const char* pattern)
{
    return runs(QStringLiteral("qemu-io"),
        { QStringLiteral("-r"), QStringLiteral("-U"), QStringLiteral("-f"), QStringLiteral("qcow2"),
            QStringLiteral("-c"),
            QStringLiteral("read -P %1 0 256k").arg(QLatin1StringView(pattern)), disk });
}

Future<void> withoutValue(const Future<QUuid>& future, QObject* context)
{
    return async::transformed<void>(future, context, [](const Result<QUuid>& made) {
        return made ? Result<void>() : Result<void>(made.error());
    });
}

QStringList entries(const QString& folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

QString textOf(const QByteArray& problem)
{
    return QString::fromUtf8(problem);
}

} // namespace

QStringList FaultWorld::operations()
{
    return { QStringLiteral("create"), QStringLiteral("snapshot"), QStringLiteral("snapshot-live"),
        QStringLiteral("revert"), QStringLiteral("revert-live"), QStringLiteral("delete-snapshot"),
        QStringLiteral("clone-full"), QStringLiteral("clone-linked"), QStringLiteral("template"),
        QStringLiteral("wake"), QStringLiteral("clone-instant"), QStringLiteral("save"),
        QStringLiteral("restore"), QStringLiteral("start") };
}

QStringList FaultWorld::liveChanges()
{
    return { QStringLiteral("attach"), QStringLiteral("detach") };
}

bool FaultWorld::needsRunning(const QString& operation)
{
    return operation == QLatin1StringView("snapshot-live") || liveChanges().contains(operation)
        || operation == QLatin1StringView("template") || operation == QLatin1StringView("save");
}

FaultWorld::FaultWorld(QString folder)
    : m_folder(std::move(folder))
{
}

FaultWorld::~FaultWorld() = default;

QString FaultWorld::open(StepHook hook)
{
    m_core = std::make_unique<Core>(CoreOptions { .dataFolder = dataFolder(),
        .runtimeFolder = m_folder + QStringLiteral("/run"),
        .accelerator = AcceleratorReport { .reason = QStringLiteral("this is a test") },
        .stepHook = std::move(hook) });
    const QByteArray problem = problemOf(waitFor(m_core->open(), kPatience));
    if (!problem.isEmpty())
        return textOf(problem);
    m_storage = new Storage(*m_core);
    const auto machines = m_core->machines();
    for (const Machine* machine : machines)
        (void)waitFor(m_storage->tidied(machine->id()), kPatience);
    return {};
}

void FaultWorld::close()
{
    m_storage = nullptr;
    m_core.reset();
}

Machine* FaultWorld::named(const QString& name) const
{
    const auto machines = m_core->machines();
    for (Machine* machine : machines) {
        if (machine->name() == name)
            return machine;
    }
    return nullptr;
}

Machine* FaultWorld::vm() const
{
    return named(kVm);
}

QString FaultWorld::diskPath(const char* target) const
{
    return dataFolder() + QStringLiteral("/%1.image").arg(QLatin1StringView(target));
}

QString FaultWorld::makeMachine()
{
    QString devices;
    for (const char* target : { "vda", "vdb" }) {
        const QString path = diskPath(target);
        if (!qemuImg(QStringLiteral("create -q -f qcow2 %1 4M"), { path }) || !write(path, "0x11"))
            return QStringLiteral("can't make ") + path;
        devices += QStringLiteral("<disk type='file'><driver name='qemu' type='qcow2'/>"
                                  "<source file='%1'/><target dev='%2' bus='virtio'/></disk>")
                       .arg(path, QLatin1StringView(target));
    }
    devices += QStringLiteral("<controller type='usb' model='qemu-xhci'/>");
    const auto defined
        = waitFor(m_core->define(smallDomainXml(kVm, QUuid::createUuid(), devices)), kPatience);
    return textOf(problemOf(defined));
}

// A USB stick: its going needs no guest.
QString FaultWorld::stickXml() const
{
    return QStringLiteral("<disk type='file'><driver name='qemu' type='qcow2'/>"
                          "<source file='%1'/><target dev='sdb' bus='usb'/></disk>")
        .arg(diskPath("sdb"));
}

// From here on the snapshot is the past.
QString FaultWorld::changePresent()
{
    Definition changed = vm()->definition();
    changed.setMemory(Bytes::fromMiB(kNow));
    const auto defined = waitFor(m_core->define(changed.toXml()), kPatience);
    if (!defined)
        return textOf(problemOf(defined));
    for (const char* target : { "vda", "vdb" }) {
        if (!write(diskPath(target), "0x22"))
            return QStringLiteral("can't write to ") + diskPath(target);
    }
    return {};
}

QString FaultWorld::prepare(const QString& operation)
{
    if (const QString problem = makeMachine(); !problem.isEmpty())
        return problem;
    const auto act = [this](VmAction action) {
        return problemOf(waitFor(m_core->perform(vm()->id(), action), kPatience));
    };
    const auto take = [this] {
        return problemOf(
            waitFor(m_storage->snapshots().create(*vm(), { .name = kSnapshot }), kPatience));
    };
    QByteArray problem;
    const bool wantsSnapshot = operation == QLatin1StringView("revert")
        || operation == QLatin1StringView("delete-snapshot");
    const bool wantsTemplate
        = operation == QLatin1StringView("wake") || operation == QLatin1StringView("clone-instant");
    const bool wantsLive = operation == QLatin1StringView("revert-live");
    const bool wantsSaved = operation == QLatin1StringView("restore");
    if (needsRunning(operation) || wantsTemplate || wantsLive || wantsSaved)
        problem = act(VmAction::Start);
    if (problem.isEmpty() && (wantsSnapshot || wantsLive))
        problem = take();
    if (problem.isEmpty() && wantsTemplate)
        problem = problemOf(waitFor(m_storage->clones().setTemplate(*vm(), true), kPatience));
    if (liveChanges().contains(operation)
        && !qemuImg(QStringLiteral("create -q -f qcow2 %1 1M"), { diskPath("sdb") }))
        return QStringLiteral("can't make ") + diskPath("sdb");
    if (problem.isEmpty() && operation == QLatin1StringView("detach"))
        problem = problemOf(waitFor(begin(QStringLiteral("attach")), kPatience));
    if (problem.isEmpty() && wantsSaved)
        problem = act(VmAction::Save);
    if (problem.isEmpty() && wantsLive)
        problem = act(VmAction::ForceOff);
    if (problem.isEmpty() && operation.startsWith(QLatin1StringView("revert")))
        return changePresent();
    return textOf(problem);
}

Future<void> FaultWorld::begin(const QString& operation)
{
    Machine& machine = *vm();
    Core* core = m_core.get();
    const auto clone = [&](CloneKind kind) {
        return withoutValue(
            m_storage->clones().clone(machine, { .name = kCopy, .kind = kind }), core);
    };
    if (operation == QLatin1StringView("create"))
        return withoutValue(
            core->create(
                { .name = kCopy, .memory = Bytes::fromMiB(64), .newDisk = Bytes::fromMiB(4) }),
            core);
    if (operation.startsWith(QLatin1StringView("snapshot")))
        return async::transformed<void>(
            m_storage->snapshots().create(machine, { .name = kSnapshot }), core,
            [](const Result<QString>& made) {
                return made ? Result<void>() : Result<void>(made.error());
            });
    if (operation.startsWith(QLatin1StringView("revert")))
        return m_storage->snapshots().revert(machine, kSnapshot);
    if (operation == QLatin1StringView("delete-snapshot"))
        return m_storage->snapshots().remove(machine, kSnapshot);
    if (operation == QLatin1StringView("clone-full"))
        return clone(CloneKind::Full);
    if (operation == QLatin1StringView("clone-linked"))
        return clone(CloneKind::Linked);
    if (operation == QLatin1StringView("clone-instant"))
        return clone(CloneKind::Instant);
    if (operation == QLatin1StringView("attach"))
        return DeviceChanges(*core).attach(machine, stickXml(), DeviceScope::Both);
    if (operation == QLatin1StringView("detach"))
        return DeviceChanges(*core).detach(machine, stickXml(), DeviceScope::Both);
    if (operation == QLatin1StringView("template") || operation == QLatin1StringView("wake"))
        return m_storage->clones().setTemplate(machine, operation == QLatin1StringView("template"));
    return core->perform(
        machine.id(), operation == QLatin1StringView("save") ? VmAction::Save : VmAction::Start);
}

bool FaultWorld::isDone(const QString& operation) const
{
    const Machine* machine = vm();
    if (!machine)
        return false;
    if (operation == QLatin1StringView("create")
        || operation.startsWith(QLatin1StringView("clone")))
        return named(kCopy) != nullptr;
    if (operation.startsWith(QLatin1StringView("snapshot")))
        return m_storage->snapshots().count(*machine) == 1;
    if (operation == QLatin1StringView("start"))
        return machine->state() == VmState::Running;
    if (liveChanges().contains(operation))
        return machine->definition().devices<Disk>().size()
            == (operation == QLatin1StringView("attach") ? 3 : 2);
    if (operation.startsWith(QLatin1StringView("revert")))
        return machine->definition().memory() == Bytes::fromMiB(kThen);
    if (operation == QLatin1StringView("delete-snapshot"))
        return m_storage->snapshots().count(*machine) == 0;
    if (operation == QLatin1StringView("template"))
        return machine->storedState().isTemplate;
    if (operation == QLatin1StringView("wake"))
        return !machine->storedState().isTemplate; // its QEMU may have been killed since
    return operation == QLatin1StringView("save") ? machine->hasSavedMemory()
                                                  : machine->state() == VmState::Running;
}

QString FaultWorld::leftovers() const
{
    const QString machines = dataFolder() + QStringLiteral("/machines");
    for (const QString& entry : entries(machines)) {
        if (entry.startsWith(QLatin1Char('.')))
            return entry;
        const QString folder = machines + QLatin1Char('/') + entry;
        for (const QString& inside : entries(folder)) {
            static const QStringList passing { QStringLiteral("saving"), QStringLiteral("used"),
                QStringLiteral("template.new"), QStringLiteral("template.gone") };
            if (passing.contains(inside) || inside.endsWith(QLatin1StringView(".part")))
                return folder + QLatin1Char('/') + inside;
        }
        for (const QString& inside : entries(folder + QStringLiteral("/snapshots"))) {
            if (inside.startsWith(QLatin1Char('.')) || inside == QLatin1StringView("reverting")
                || inside == QLatin1StringView("before-revert"))
                return folder + QStringLiteral("/snapshots/") + inside;
        }
    }
    return {};
}

QString FaultWorld::diskProblem(const Machine& machine) const
{
    QStringList tags;
    const auto records = m_storage->snapshots().records(machine);
    for (const SnapshotRecord& record : records)
        tags.append(record.tag());
    const auto disks = machine.definition().devices<Disk>();
    for (const Disk& disk : disks) {
        const QString path = disk.sourcePath();
        const auto header = QcowHeader::read(path);
        if (!header)
            return header.error().toString();
        for (const QcowSnapshot& kept : header->snapshots) {
            if (!tags.contains(kept.name))
                return path + QStringLiteral(" holds ") + kept.name;
        }
        if (!isActive(machine.state())
            && !runs(QStringLiteral("qemu-img"),
                { QStringLiteral("check"), QStringLiteral("-q"), QStringLiteral("-f"),
                    QStringLiteral("qcow2"), path }))
            return path + QStringLiteral(" is damaged");
    }
    return {};
}

QString FaultWorld::stateProblem(const QString& operation) const
{
    const auto machines = m_core->machines();
    for (const Machine* machine : machines) {
        if (machine->state() != VmState::Running && machine->state() != VmState::ShutOff)
            return machine->name() + QStringLiteral(" is ") + nameOf(machine->state());
    }
    const Machine& machine = *vm();
    const bool isOn = machine.state() == VmState::Running;
    if (needsRunning(operation) && !isOn && !machine.storedState().isTemplate
        && !machine.hasSavedMemory())
        return QStringLiteral("the guest was lost");
    if (operation == QLatin1StringView("wake") && isOn == machine.storedState().isTemplate)
        return QStringLiteral("neither a template nor awake");
    if (operation == QLatin1StringView("restore") && isOn == machine.hasSavedMemory())
        return QStringLiteral("neither saved nor restored");
    return {};
}

// QEMU has the stick, device and nodes, just if the definitions say so.
QString FaultWorld::stickProblem() const
{
    Machine& machine = *vm();
    const bool isRunning = machine.runningDefinition().devices<Disk>().size() == 3;
    if (isRunning != (machine.definition().devices<Disk>().size() == 3))
        return QStringLiteral("stored and running definition differ");
    const auto devices
        = waitFor(machine.execute(QStringLiteral("qom-list"),
                      { { QStringLiteral("path"), QStringLiteral("/machine/peripheral") } }),
            kPatience);
    const auto nodes = waitFor(machine.execute(QStringLiteral("query-named-block-nodes"),
                                   { { QStringLiteral("flat"), true } }),
        kPatience);
    for (const auto& answer : { devices, nodes }) {
        if (!answer)
            return answer.error().toString();
        const QByteArray text = QJsonDocument(answer->toArray()).toJson();
        if (text.contains("\"disk-sdb") != isRunning)
            return QStringLiteral("QEMU has something else: ") + QString::fromUtf8(text);
    }
    return {};
}

QString FaultWorld::problem(const QString& operation, bool isQemuGone) const
{
    const Machine* machine = vm();
    if (!machine)
        return QStringLiteral("the machine is gone");
    const auto machines = m_core->machines();
    for (const Machine* each : machines) {
        if (each->problem())
            return each->problem()->toString();
        if (each->occupation())
            return each->name() + QStringLiteral(" is busy with ") + each->occupation()->name;
        if (const QString found = diskProblem(*each); !found.isEmpty())
            return found;
    }
    if (const QString left = leftovers(); !left.isEmpty())
        return QStringLiteral("left: ") + left;
    if (const QString found = isQemuGone ? QString() : stateProblem(operation); !found.isEmpty())
        return found;
    if (liveChanges().contains(operation) && machine->state() == VmState::Running) {
        if (const QString found = stickProblem(); !found.isEmpty())
            return found;
    }
    const auto infos = m_storage->snapshots().list(*machine);
    for (const SnapshotInfo& info : infos) {
        if (!info.problem.isEmpty())
            return info.problem;
    }
    const bool isPresent = machine->definition().memory() == Bytes::fromMiB(kNow);
    for (const char* target : { "vda", "vdb" }) {
        if (!holds(diskPath(target), isPresent ? "0x22" : "0x11"))
            return QStringLiteral("%1 is not that of the definition").arg(diskPath(target));
    }
    return {};
}

void FaultWorld::end()
{
    if (!m_core)
        return;
    const auto machines = m_core->machines();
    for (Machine* machine : machines) {
        if (isAllowed(VmAction::ForceOff, machine->state()))
            (void)waitFor(machine->forceOff(), kPatience);
    }
}

} // namespace tests
