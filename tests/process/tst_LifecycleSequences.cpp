// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/SavedMemory.h"

#include <QDir>
#include <QTest>

#include <array>
#include <random>

using namespace vmm;
using tests::smallDomainXml;
using tests::TempHome;
using tests::waitFor;

namespace {

constexpr int kMachines = 5;
constexpr int kSequences = 200;
constexpr int kStepsOfASequence = 5;

constexpr std::array kActions { VmAction::Start, VmAction::Pause, VmAction::Resume,
    VmAction::ShutDown, VmAction::Reboot, VmAction::Reset, VmAction::ForceOff, VmAction::Save,
    VmAction::DiscardSave, VmAction::Undefine };

/// What a test knows of a machine without asking the core.
struct Expected {
    VmState state = VmState::ShutOff;
    bool isSaved = false;
    bool wasPaused = false; ///< when it was saved
    bool isRebooting = false; ///< if it is shutting down
};

/// Where an allowed action leads with a guest that ignores every request.
VmState stateAfter(VmAction action, const Expected& before)
{
    switch (action) {
    case VmAction::Start:
        return before.isSaved && before.wasPaused ? VmState::Paused : VmState::Running;
    case VmAction::Pause:
        return VmState::Paused;
    case VmAction::Resume:
        return VmState::Running;
    case VmAction::ShutDown:
    case VmAction::Reboot:
        return VmState::ShuttingDown;
    case VmAction::Reset:
        return before.state == VmState::ShuttingDown ? VmState::Running : before.state;
    case VmAction::ForceOff:
    case VmAction::Save:
    case VmAction::DiscardSave:
    case VmAction::Undefine:
        return VmState::ShutOff;
    }
    return VmState::Unknown;
}

} // namespace

/// Whatever is done with machines, in whatever order: the table of the states holds.
class TestLifecycleSequences : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<Core> m_core;
    std::array<QUuid, kMachines> m_ids;
    std::array<Expected, kMachines> m_expected;

    void open()
    {
        m_core.reset();
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open()));
        connect(m_core.get(), &Core::machineChanged, this, [this](const QUuid& id, VmState from) {
            const VmState to = m_core->machine(id)->state();
            QVERIFY2(from == to || canTransition(from, to),
                qPrintable(nameOf(from) + QStringLiteral(" -> ") + nameOf(to)));
        });
    }

    /// The core dies and comes again: all machines are as they were, but nobody remembers that a
    /// guest was asked to shut down.
    void reopen()
    {
        open();
        for (Expected& expected : m_expected) {
            if (expected.state == VmState::ShuttingDown && !expected.isRebooting)
                expected.state = VmState::Running;
        }
    }

    void takeStep(int index, VmAction action)
    {
        const QUuid id = m_ids[index];
        Expected& expected = m_expected[index];
        const bool isAllowedNow = isAllowed(action, expected.state)
            && (action != VmAction::DiscardSave || expected.isSaved);
        const auto result = waitFor(m_core->perform(id, action));
        if (!isAllowedNow) {
            QVERIFY2(!result.has_value(), qPrintable(nameOf(action)));
            QCOMPARE(result.error().kind, ErrorKind::WrongState);
        } else {
            VERIFY_OK(result);
            const VmState after = stateAfter(action, expected);
            if (action == VmAction::Save)
                expected.wasPaused = expected.state == VmState::Paused;
            if (action == VmAction::Save || action == VmAction::Start
                || action == VmAction::DiscardSave)
                expected.isSaved = action == VmAction::Save;
            if (action == VmAction::ShutDown || action == VmAction::Reboot)
                expected.isRebooting = action == VmAction::Reboot;
            expected.state = after;
            if (action == VmAction::Undefine) {
                QVERIFY(!m_core->machine(id));
                VERIFY_OK(m_core->restoreTrashed(id));
            }
        }
        check(index);
    }

    void check(int index)
    {
        const Machine* machine = m_core->machine(m_ids[index]);
        const Expected& expected = m_expected[index];
        QVERIFY(machine);
        QCOMPARE(machine->state(), expected.state);
        QCOMPARE(machine->hasSavedMemory(), expected.isSaved);
        QCOMPARE(SavedMemory(machine->places().folder).exists(), expected.isSaved);
        QCOMPARE(machine->process().isValid(), isActive(expected.state));
        QVERIFY(!machine->occupation());
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<TempHome>();
        m_expected = {};
        open();
        for (int i = 0; i < kMachines; ++i)
            m_ids[i] = *waitFor(m_core->define(smallDomainXml(QStringLiteral("vm%1").arg(i))));
    }

    void cleanup()
    {
        const auto machines = m_core->machines();
        for (Machine* machine : machines) {
            if (isAllowed(VmAction::ForceOff, machine->state()))
                VERIFY_OK(waitFor(machine->forceOff()));
        }
        m_core.reset();
        m_home.reset();
    }

    void randomSequences_keepToTheTable()
    {
        const auto seed = qEnvironmentVariableIntValue("VIRTDECK_TEST_SEED");
        std::mt19937 random(seed != 0 ? static_cast<unsigned>(seed) : 20'261'122u);
        const auto below = [&random](int limit) {
            return static_cast<int>(random() % static_cast<unsigned>(limit));
        };
        int performed = 0;
        for (int sequence = 0; sequence < kSequences; ++sequence) {
            const int index = below(kMachines);
            QString told = QStringLiteral("sequence %1, vm%2:").arg(sequence).arg(index);
            for (int step = 0; step < kStepsOfASequence; ++step) {
                const VmAction action = kActions[static_cast<size_t>(below(int(kActions.size())))];
                told += QLatin1Char(' ') + nameOf(action);
                takeStep(index, action);
                if (QTest::currentTestFailed())
                    QFAIL(qPrintable(told));
                ++performed;
            }
            if (sequence % 20 == 19)
                reopen();
            for (int i = 0; i < kMachines; ++i)
                check(i);
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(told));
        }
        QCOMPARE(performed, kSequences * kStepsOfASequence);
    }
};

QTEST_GUILESS_MAIN(TestLifecycleSequences)
#include "tst_LifecycleSequences.moc"
