// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HostCommands.h"
#include "models/HostQueue.h"
#include "models/Workspace.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestNames.h"

#include <QSignalSpy>
#include <QTest>

#include <deque>

using hosts::ConnectionState;
using hosts::Feature;
using hosts::VmId;
using models::TaskState;
using models::VmRef;
using tests::FakeHost;
using vmm::ErrorKind;
using vmm::VmAction;
using vmm::VmState;

namespace {

/// Answers when the test says so.
class SlowHost : public FakeHost {
public:
    using FakeHost::answer;
    using FakeHost::FakeHost;
    vmm::Future<void> answer(const hosts::Perform& operation) override
    {
        ++asked;
        actions.append(operation.action);
        return pending.emplace_back().future();
    }
    std::deque<vmm::Promise<void>> pending;
    int asked = 0;
    QVector<VmAction> actions;
};

} // namespace

class tst_HostCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_space = std::make_unique<models::Workspace>();
        m_host = addHost(QStringLiteral("test:///fake"));
    }

    void cleanup() { m_space.reset(); }

    void start_becomesATaskAndTheMachineRuns();
    void refusedStart_canBeRetried();
    void retryAfterTheHostIsGone_doesNothing();
    void createMachine_tellsOfTheNewMachine();
    void retriedCreation_doesAllThatTheFirstWouldHave();
    void brokenDefinition_failsItsTask();
    void canPerform_saysWhyNot();
    void plan_partsWhatCanFromWhatCannot();
    void bulk_leavesOutWhatVanishedMeanwhile();
    void bulk_runsAFewAtATime();
    void singleAction_waitsForNoBulk();
    void whatStopsMachines_waitsForNoBulk_data();
    void whatStopsMachines_waitsForNoBulk();
    void bulkTaskThatWaits_canBeCancelled();
    void allThatWait_areCancelledAtOnce();
    void bulkOnAHostThatGoes_isCancelled();
    void canPerformAny_agreesWithThePlan();
    void job_tellsItsProgressAndIsReallyCancelled();
    void stepThatCannotBeStopped_offersNoCancel();
    void bulkJob_canBeCancelledWhileItRuns();
    void removal_canBeUndoneWhereThereIsATrash();
    void template_isNotStarted();

private:
    FakeHost* addHost(const QString& uri)
    {
        auto host = std::make_unique<FakeHost>(uri);
        FakeHost* added = host.get();
        m_space->hosts.add(std::move(host));
        added->setConnection(ConnectionState::Connected);
        return added;
    }

    QVector<VmRef> addSlowHost(int vms, VmState state = VmState::ShutOff)
    {
        auto host = std::make_unique<SlowHost>(QStringLiteral("test:///slow"));
        m_slow = host.get();
        m_space->hosts.add(std::move(host));
        m_slow->setConnection(ConnectionState::Connected);
        QVector<VmRef> refs;
        for (int i = 0; i < vms; ++i)
            refs.append({ m_slow, m_slow->addVm(QStringLiteral("vm%1").arg(i), state) });
        return refs;
    }

    QVector<models::TaskId> perform(const QVector<VmRef>& vms, VmAction action)
    {
        return m_space->commands.perform(m_space->commands.plan(vms, action), action);
    }

    TaskState stateOf(models::TaskId task) const { return m_space->tasks.find(task)->state; }
    VmState stateOf(VmId vm) const { return m_space->inventory.find(m_host, vm)->info.state; }

    std::unique_ptr<models::Workspace> m_space;
    FakeHost* m_host = nullptr;
    SlowHost* m_slow = nullptr;
};

void tst_HostCommands::start_becomesATaskAndTheMachineRuns()
{
    const VmId vm = m_host->addVm(QStringLiteral("x"));
    const models::TaskId task = m_space->commands.perform(m_host, vm, VmAction::Start);
    const models::TaskInfo info = m_space->tasks.find(task)->info;
    QVERIFY(info.operation == hosts::Operation(hosts::Perform { vm, VmAction::Start }));
    QCOMPARE(info.vmName, QStringLiteral("x"));
    QCOMPARE(info.hostName, QStringLiteral("fake"));
    QTRY_VERIFY(stateOf(task) == TaskState::Succeeded);
    QTRY_COMPARE(stateOf(vm), VmState::Running);
}

void tst_HostCommands::refusedStart_canBeRetried()
{
    const VmId vm = m_host->addVm(QStringLiteral("x"));
    m_host->failNext({ ErrorKind::Busy, QStringLiteral("disk.qcow2") });
    const models::TaskId task = m_space->commands.perform(m_host, vm, VmAction::Start);
    QTRY_VERIFY(stateOf(task) == TaskState::Failed);
    QCOMPARE(m_space->tasks.find(task)->error->kind, ErrorKind::Busy);
    QVERIFY(m_space->tasks.retry(task));
    QCOMPARE(m_space->tasks.rowCount(), 2);
    QTRY_COMPARE(stateOf(vm), VmState::Running);
}

void tst_HostCommands::retryAfterTheHostIsGone_doesNothing()
{
    const VmId vm = m_host->addVm(QStringLiteral("x"));
    m_host->failNext({ ErrorKind::Busy });
    const models::TaskId task = m_space->commands.perform(m_host, vm, VmAction::Start);
    QTRY_VERIFY(stateOf(task) == TaskState::Failed);
    const QPointer<FakeHost> alive(m_host);
    m_space->hosts.remove(m_host);
    QTRY_VERIFY(!alive);
    m_space->tasks.retry(task);
    QCOMPARE(m_space->tasks.rowCount(), 1);
}

void tst_HostCommands::createMachine_tellsOfTheNewMachine()
{
    QSignalSpy created(&m_space->commands, &models::HostCommands::machineCreated);
    const models::TaskId task
        = m_space->commands.createMachine(m_host, { .name = QStringLiteral("fresh") });
    QCOMPARE(m_space->tasks.find(task)->info.vmName, QStringLiteral("fresh"));
    QTRY_COMPARE(created.size(), 1);
    const VmId vm = created.at(0).at(1).value<VmId>();
    QCOMPARE(m_space->inventory.find(m_host, vm)->info.name, QStringLiteral("fresh"));
}

void tst_HostCommands::retriedCreation_doesAllThatTheFirstWouldHave()
{
    QSignalSpy asked(&m_space->commands, &models::HostCommands::machineAsked);
    QSignalSpy created(&m_space->commands, &models::HostCommands::machineCreated);
    m_host->failNext({ ErrorKind::Busy });
    const models::TaskId task = m_space->commands.createMachine(
        m_host, { .name = QStringLiteral("fresh") }, models::Autostart::Yes);
    QTRY_VERIFY(stateOf(task) == TaskState::Failed);
    QVERIFY(m_space->tasks.retry(task));
    QTRY_COMPARE(created.size(), 1);
    QCOMPARE(asked.size(), 2);
    QCOMPARE(created.at(0).at(2), asked.at(1).at(0));
    QTRY_VERIFY(m_host->vm(created.at(0).at(1).value<VmId>()).isAutostart);
}

void tst_HostCommands::brokenDefinition_failsItsTask()
{
    QSignalSpy created(&m_space->commands, &models::HostCommands::machineCreated);
    const models::TaskId task = m_space->commands.define(m_host, QStringLiteral("<domain"));
    QTRY_VERIFY(stateOf(task) == TaskState::Failed);
    QCOMPARE(m_space->tasks.find(task)->error->cause, vmm::ErrorCause::DefinitionBroken);
    QCOMPARE(created.size(), 0);
}

void tst_HostCommands::canPerform_saysWhyNot()
{
    const VmId vm = m_host->addVm(QStringLiteral("x"));
    const auto& commands = m_space->commands;
    QVERIFY(commands.canPerform(m_host, vm, VmAction::Start).has_value());
    QCOMPARE(commands.canPerform(m_host, vm, VmAction::Pause).error().kind, ErrorKind::WrongState);
    QCOMPARE(commands.canPerform(m_host, VmId::createUuid(), VmAction::Start).error().kind,
        ErrorKind::NotFound);
    hosts::HostInfo info = m_host->info();
    info.missing.insert(Feature::Start, QStringLiteral("read-only connection"));
    m_host->setInfo(info);
    const vmm::Error lacking = commands.canPerform(m_host, vm, VmAction::Start).error();
    QCOMPARE(lacking.kind, ErrorKind::HostLacksFeature);
    QCOMPARE(lacking.detail, QStringLiteral("read-only connection"));
    m_host->setConnection(ConnectionState::Reconnecting);
    QCOMPARE(
        commands.canPerform(m_host, vm, VmAction::Start).error().kind, ErrorKind::Disconnected);
}

void tst_HostCommands::plan_partsWhatCanFromWhatCannot()
{
    FakeHost* other = addHost(QStringLiteral("test:///other"));
    const VmRef off { m_host, m_host->addVm(QStringLiteral("off")) };
    const VmRef on { m_host, m_host->addVm(QStringLiteral("on"), VmState::Running) };
    const VmRef elsewhere { other, other->addVm(QStringLiteral("elsewhere")) };
    const models::BulkPlan plan = m_space->commands.plan({ off, on, elsewhere }, VmAction::Start);
    QCOMPARE(plan.allowed, QVector<VmRef>({ off, elsewhere }));
    QCOMPARE(plan.hostCount, 2);
    QCOMPARE(plan.skipped.size(), 1);
    QCOMPARE(plan.skipped.at(0).vm, on);
    QCOMPARE(plan.skipped.at(0).reason, ErrorKind::WrongState);
    QCOMPARE(m_space->commands.perform(plan, VmAction::Start).size(), 2);
    QTRY_COMPARE(stateOf(off.vm), VmState::Running);
}

void tst_HostCommands::bulk_leavesOutWhatVanishedMeanwhile()
{
    const VmRef stays { m_host, m_host->addVm(QStringLiteral("stays")) };
    const VmRef goes { m_host, m_host->addVm(QStringLiteral("goes")) };
    FakeHost* other = addHost(QStringLiteral("test:///other"));
    const VmRef elsewhere { other, other->addVm(QStringLiteral("elsewhere")) };
    const models::BulkPlan plan
        = m_space->commands.plan({ stays, goes, elsewhere }, VmAction::Start);
    m_host->removeVm(goes.vm);
    m_space->hosts.remove(other);
    QCOMPARE(m_space->commands.perform(plan, VmAction::Start).size(), 1);
}

void tst_HostCommands::bulk_runsAFewAtATime()
{
    const QVector<VmRef> vms = addSlowHost(20);
    const auto tasks
        = m_space->commands.perform(m_space->commands.plan(vms, VmAction::Start), VmAction::Start);
    QCOMPARE(tasks.size(), 20);
    QCOMPARE(m_slow->pending.size(), 0U);
    QVERIFY(m_space->tasks.find(tasks.last())->isWaiting);
    QTRY_COMPARE(m_slow->pending.size(), size_t(models::HostQueue::kAtOnce));
    QVERIFY(!m_space->tasks.find(tasks.first())->isWaiting);
    QVERIFY(!m_space->tasks.find(tasks.first())->canCancel);
    QVERIFY(m_space->tasks.find(tasks.last())->isWaiting);
    int answered = 0;
    while (answered < 20) {
        QTRY_VERIFY(!m_slow->pending.empty());
        QVERIFY(m_slow->pending.size() <= size_t(models::HostQueue::kAtOnce));
        m_slow->pending.front().finish({});
        m_slow->pending.pop_front();
        ++answered;
    }
    QTRY_COMPARE(m_space->tasks.runningCount(), 0);
    for (const models::TaskId task : tasks)
        QVERIFY(stateOf(task) == TaskState::Succeeded);
}

void tst_HostCommands::singleAction_waitsForNoBulk()
{
    const QVector<VmRef> vms = addSlowHost(20, VmState::Running);
    perform(vms, VmAction::Save);
    QTRY_COMPARE(m_slow->pending.size(), size_t(models::HostQueue::kAtOnce));
    const auto task = perform({ vms.last() }, VmAction::Reboot).first();
    QVERIFY(!m_space->tasks.find(task)->isWaiting);
    QCOMPARE(m_slow->actions.last(), VmAction::Reboot);
}

void tst_HostCommands::whatStopsMachines_waitsForNoBulk_data()
{
    QTest::addColumn<VmAction>("action");
    for (const VmAction action : { VmAction::ForceOff, VmAction::Pause, VmAction::Reset })
        QTest::newRow(qPrintable(vmm::nameOf(action))) << action;
}

void tst_HostCommands::whatStopsMachines_waitsForNoBulk()
{
    QFETCH(VmAction, action);
    constexpr qsizetype kFew = models::HostQueue::kAtOnce;
    const QVector<VmRef> vms = addSlowHost(20, VmState::Running);
    perform(vms, VmAction::Save);
    QTRY_COMPARE(m_slow->actions.size(), kFew);
    const auto tasks = perform(vms.mid(0, kFew + 2), action);
    QTRY_COMPARE(m_slow->actions.count(action), kFew);
    QVERIFY(m_space->tasks.find(tasks.last())->isWaiting); // still a few at a time
    QVERIFY(m_space->tasks.cancel(tasks.last()));
    m_slow->pending.back().finish({});
    QTRY_COMPARE(m_slow->actions.count(action), kFew + 1);
    m_space->hosts.remove(m_slow);
    QTRY_COMPARE(m_space->tasks.runningCount(), 0);
}

void tst_HostCommands::bulkTaskThatWaits_canBeCancelled()
{
    const QVector<VmRef> vms = addSlowHost(10);
    const auto tasks
        = m_space->commands.perform(m_space->commands.plan(vms, VmAction::Start), VmAction::Start);
    QTRY_COMPARE(m_slow->pending.size(), size_t(models::HostQueue::kAtOnce));
    QVERIFY(!m_space->tasks.cancel(tasks.first())); // it has begun
    QVERIFY(m_space->tasks.cancel(tasks.at(8)));
    QVERIFY(!m_space->tasks.cancel(tasks.at(8)));
    QTRY_VERIFY(stateOf(tasks.at(8)) == TaskState::Cancelled);
    m_slow->pending.front().finish({});
    QTRY_VERIFY(!m_space->tasks.find(tasks.at(9))->isWaiting); // the ninth was passed over
    QCOMPARE(m_slow->asked, 9);
}

void tst_HostCommands::allThatWait_areCancelledAtOnce()
{
    const QVector<VmRef> vms = addSlowHost(3000);
    models::TaskModel& model = m_space->tasks;
    m_space->commands.perform(m_space->commands.plan(vms, VmAction::Start), VmAction::Start);
    QCOMPARE(model.waitingCount(), 3000);
    QTRY_COMPARE(m_slow->pending.size(), size_t(models::HostQueue::kAtOnce));
    QCOMPARE(model.waitingCount(), 3000 - models::HostQueue::kAtOnce);
    model.cancelWaiting();
    QTRY_COMPARE(model.waitingCount(), 0);
    QCOMPARE(model.runningCount(), models::HostQueue::kAtOnce);
    for (vmm::Promise<void>& promise : m_slow->pending)
        promise.finish({});
    QTRY_COMPARE(model.runningCount(), 0);
    QCOMPARE(m_slow->asked, models::HostQueue::kAtOnce);
    QCOMPARE(model.rowCount(), models::TaskModel::kHistory);
}

void tst_HostCommands::bulkOnAHostThatGoes_isCancelled()
{
    const QVector<VmRef> vms = addSlowHost(10);
    const auto tasks
        = m_space->commands.perform(m_space->commands.plan(vms, VmAction::Start), VmAction::Start);
    QTRY_COMPARE(m_slow->pending.size(), size_t(models::HostQueue::kAtOnce));
    m_space->hosts.remove(m_slow);
    QTRY_COMPARE(m_space->tasks.runningCount(), 0);
    for (const models::TaskId task : tasks)
        QVERIFY(stateOf(task) == TaskState::Cancelled);
}

void tst_HostCommands::canPerformAny_agreesWithThePlan()
{
    const VmRef off { m_host, m_host->addVm(QStringLiteral("off")) };
    const VmRef on { m_host, m_host->addVm(QStringLiteral("on"), VmState::Running) };
    for (const VmAction action : vmm::kAllVmActions) {
        for (const QVector<VmRef>& vms : { QVector<VmRef> {}, { off }, { on }, { off, on } }) {
            QCOMPARE(m_space->commands.canPerformAny(vms, action),
                !m_space->commands.plan(vms, action).allowed.isEmpty());
        }
    }
}

void tst_HostCommands::job_tellsItsProgressAndIsReallyCancelled()
{
    const VmId vm = m_host->addVm(QStringLiteral("x"));
    m_host->holdJobsAt(50);
    m_host->setJobStep(50); // QFuture tells no more than 25 values a second
    const models::TaskId task = m_space->commands.run(m_host, hosts::CreateSnapshot { vm }).task;
    QVERIFY(m_space->tasks.find(task)->canCancel);
    QTRY_COMPARE(m_space->tasks.find(task)->progress, 50);
    QVERIFY(m_space->tasks.cancel(task));
    QTRY_VERIFY(stateOf(task) == TaskState::Cancelled);
    m_host->holdJobsAt(-1);
    const models::TaskId second = m_space->commands.run(m_host, hosts::CreateSnapshot { vm }).task;
    QTRY_VERIFY(stateOf(second) == TaskState::Succeeded);
    QCOMPARE(m_host->vm(vm).snapshots, 1); // the first left nothing behind
}

void tst_HostCommands::stepThatCannotBeStopped_offersNoCancel()
{
    const VmId vm = m_host->addVm(QStringLiteral("x"));
    const models::TaskId task = m_space->commands.perform(m_host, vm, VmAction::Start);
    QVERIFY(!m_space->tasks.find(task)->canCancel);
    QVERIFY(!m_space->tasks.cancel(task));
}

void tst_HostCommands::bulkJob_canBeCancelledWhileItRuns()
{
    const VmRef vm { m_host, m_host->addVm(QStringLiteral("x"), VmState::Running) };
    m_host->holdJobsAt(25);
    const auto tasks
        = m_space->commands.perform(m_space->commands.plan({ vm }, VmAction::Save), VmAction::Save);
    QTRY_COMPARE(m_space->tasks.find(tasks.first())->progress, 25);
    QVERIFY(m_space->tasks.find(tasks.first())->canCancel);
    QVERIFY(m_space->tasks.cancel(tasks.first()));
    QTRY_VERIFY(stateOf(tasks.first()) == TaskState::Cancelled);
    QCOMPARE(stateOf(vm.vm), VmState::Running);
}

void tst_HostCommands::removal_canBeUndoneWhereThereIsATrash()
{
    const VmId vm = m_host->addVm(QStringLiteral("x"));
    const models::TaskId task = m_space->commands.perform(m_host, vm, VmAction::Undefine);
    QTRY_VERIFY(m_space->tasks.find(task)->canUndo);
    QVERIFY(m_space->tasks.undo(task));
    QVERIFY(!m_space->tasks.undo(task));
    QTRY_VERIFY(m_space->inventory.find(m_host, vm));
    QCOMPARE(m_space->tasks.index(0).data().toString(), QStringLiteral("x"));
    m_host->setMissing(Feature::Trash, QStringLiteral("none"));
    const models::TaskId last = m_space->commands.perform(m_host, vm, VmAction::Undefine);
    QTRY_VERIFY(stateOf(last) == TaskState::Succeeded);
    QVERIFY(!m_space->tasks.find(last)->canUndo);
}

void tst_HostCommands::template_isNotStarted()
{
    const VmId vm = m_host->addVm(QStringLiteral("x"));
    hosts::VmInfo info = m_host->vm(vm);
    info.isTemplate = true;
    m_host->addKnownVm(info);
    QCOMPARE(m_space->commands.canPerform(m_host, vm, VmAction::Start).error().kind,
        ErrorKind::WrongState);
}

QTEST_GUILESS_MAIN(tst_HostCommands)
#include "tst_HostCommands.moc"
