// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ActionTally.h"
#include "models/Workspace.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestNames.h"

#include <QRandomGenerator>
#include <QTest>

using hosts::ConnectionState;
using hosts::VmId;
using hosts::VmInfo;
using models::VmRef;
using tests::FakeHost;

class tst_ActionTally : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingCounted_allowsNothing();
    void randomChanges_agreeWithThePlan();
    void removedHost_isCountedNoMore();

private:
    static FakeHost* addHost(models::Workspace& space, const char* name)
    {
        auto made
            = std::make_unique<FakeHost>(QStringLiteral("test://%1/fake").arg(QLatin1String(name)));
        FakeHost* host = made.get();
        space.hosts.add(std::move(made));
        host->setConnection(ConnectionState::Connected);
        return host;
    }
};

void tst_ActionTally::nothingCounted_allowsNothing()
{
    models::Workspace space;
    const models::ActionTally tally(space.inventory);
    addHost(space, "a")->addVms(3);
    QVERIFY(tally.hosts().isEmpty());
    QCOMPARE(tally.counts(vmm::VmAction::Start), models::BulkCounts {});
}

void tst_ActionTally::randomChanges_agreeWithThePlan()
{
    QRandomGenerator random(3);
    const auto below = [&random](qsizetype bound) { return int(random.bounded(int(bound))); };
    models::Workspace space;
    models::ActionTally tally(space.inventory);
    const QVector<FakeHost*> hosts { addHost(space, "a"), addHost(space, "b"),
        addHost(space, "c") };
    QVector<VmRef> counted;
    for (int step = 0; step < 400; ++step) {
        FakeHost* host = hosts.at(below(hosts.size()));
        hosts::InventoryChange change { .isComplete = below(10) == 0 };
        const auto known = space.inventory.vms(host);
        for (const models::VmRecord* vm : known) {
            VmInfo info = vm->info;
            if (below(3) == 0) {
                info.state = vmm::kAllVmStates[size_t(below(vmm::kAllVmStates.size()))];
                info.isTemplate = below(4) == 0;
                info.hasSavedMemory = below(3) == 0;
                change.changed.append(info);
            } else if (below(20) == 0) {
                change.removed.append(info.id);
            }
        }
        for (int i = below(4); i > 0; --i)
            change.changed.append({ .id = VmId::createUuid(),
                .name = QStringLiteral("new"),
                .state = vmm::kAllVmStates[size_t(below(vmm::kAllVmStates.size()))] });
        Q_EMIT host->inventoryChanged(change);
        if (below(6) == 0)
            host->setConnection(
                below(3) == 0 ? ConnectionState::Reconnecting : ConnectionState::Connected);
        if (below(10) == 0)
            host->setMissing(hosts::Feature::Pause, QStringLiteral("no"));
        counted.removeIf([&space](const VmRef& ref) {
            return space.inventory.find(ref.host, ref.vm) == nullptr;
        });
        if (below(5) == 0) {
            counted.clear();
            for (FakeHost* each : hosts) {
                const auto vms = space.inventory.vms(each);
                for (const models::VmRecord* vm : vms) {
                    if (below(2) == 0)
                        counted.append({ each, vm->info.id });
                }
            }
            tally.count(counted);
        }
        for (const vmm::VmAction action : vmm::kAllVmActions)
            QCOMPARE(tally.counts(action), space.commands.plan(counted, action).counts());
    }
}

void tst_ActionTally::removedHost_isCountedNoMore()
{
    models::Workspace space;
    models::ActionTally tally(space.inventory);
    FakeHost* first = addHost(space, "a");
    FakeHost* second = addHost(space, "b");
    const VmRef one { first, first->addVm(QStringLiteral("x")) };
    const VmRef other { second, second->addVm(QStringLiteral("y")) };
    tally.count({ one, other });
    QCOMPARE(tally.counts(vmm::VmAction::Start).allowed, 2);
    space.hosts.remove(first);
    QCOMPARE(tally.hosts(), QVector<hosts::Host*> { second });
    QCOMPARE(tally.counts(vmm::VmAction::Start).allowed, 1);
    // Its slot is used again, by a machine that nobody counts.
    addHost(space, "c")->addVm(QStringLiteral("z"));
    QCOMPARE(tally.counts(vmm::VmAction::Start).allowed, 1);
}

QTEST_GUILESS_MAIN(tst_ActionTally)
#include "tst_ActionTally.moc"
