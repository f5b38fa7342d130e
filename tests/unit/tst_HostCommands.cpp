// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HostCommands.h"
#include "models/Workspace.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestNames.h"

#include <QSignalSpy>
#include <QTest>

using hosts::ConnectionState;
using hosts::Feature;
using hosts::VmId;
using models::TaskState;
using models::VmRef;
using tests::FakeHost;
using vmm::ErrorKind;
using vmm::VmAction;
using vmm::VmState;

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
    void brokenDefinition_failsItsTask();
    void canPerform_saysWhyNot();
    void plan_partsWhatCanFromWhatCannot();
    void bulk_leavesOutWhatVanishedMeanwhile();

private:
    FakeHost* addHost(const QString& uri)
    {
        auto host = std::make_unique<FakeHost>(uri);
        FakeHost* added = host.get();
        m_space->hosts.add(std::move(host));
        added->setConnection(ConnectionState::Connected);
        return added;
    }

    TaskState stateOf(models::TaskId task) const { return m_space->tasks.find(task)->state; }
    VmState stateOf(VmId vm) const { return m_space->inventory.find(m_host, vm)->info.state; }

    std::unique_ptr<models::Workspace> m_space;
    FakeHost* m_host = nullptr;
};

void tst_HostCommands::start_becomesATaskAndTheMachineRuns()
{
    const VmId vm = m_host->addVm(QStringLiteral("x"));
    const models::TaskId task = m_space->commands.perform(m_host, vm, VmAction::Start);
    const models::TaskInfo info = m_space->tasks.find(task)->info;
    QVERIFY(info.action == models::TaskAction::Start);
    QCOMPARE(info.vm, vm);
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
    QCOMPARE(plan.skipped.at(0).reason.kind, ErrorKind::WrongState);
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

QTEST_GUILESS_MAIN(tst_HostCommands)
#include "tst_HostCommands.moc"
