// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestNames.h"
#include "vmm/base/VmState.h"

#include <QTest>

using namespace vmm;

// The tables of VmState.cpp, said a second time and in another form: one string a row, one letter a
// cell.
class tst_VmState : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void transitions_matchTheTable()
    {
        const char* expected[] = {
            // Unknown, ShutOff, Starting, Running, Paused, ShuttingDown, Crashed
            ".xxxxxx", // from Unknown
            "x.xxx..", // from ShutOff
            "xx.xxxx", // from Starting
            "xx..xxx", // from Running
            "xx.x.xx", // from Paused
            "xx.xx.x", // from ShuttingDown
            "xxxxx..", // from Crashed
        };
        for (size_t from = 0; from < kAllVmStates.size(); ++from) {
            for (size_t to = 0; to < kAllVmStates.size(); ++to) {
                QVERIFY2(canTransition(kAllVmStates[from], kAllVmStates[to])
                        == (expected[from][to] == 'x'),
                    qPrintable(nameOf(kAllVmStates[from]) + QStringLiteral(" -> ")
                        + nameOf(kAllVmStates[to])));
            }
        }
    }

    void actions_matchTheTable()
    {
        const char* expected[] = {
            ".x....x", // Start
            "...x.x.", // Pause
            "....x..", // Resume
            "...x.x.", // ShutDown
            "...x.x.", // Reboot
            "...xxx.", // Reset
            "..xxxx.", // ForceOff
            "...xx..", // Save
            ".x....x", // DiscardSave
            ".x....x", // Undefine
        };
        for (size_t action = 0; action < kAllVmActions.size(); ++action) {
            for (size_t state = 0; state < kAllVmStates.size(); ++state) {
                QVERIFY2(isAllowed(kAllVmActions[action], kAllVmStates[state])
                        == (expected[action][state] == 'x'),
                    qPrintable(nameOf(kAllVmActions[action]) + QStringLiteral(" while ")
                        + nameOf(kAllVmStates[state])));
            }
        }
    }

    void names_areDistinctAndReadBack()
    {
        for (const VmState state : kAllVmStates)
            QCOMPARE(vmStateFromString(nameOf(state)).value(), state);
        for (const VmAction action : kAllVmActions)
            QCOMPARE(vmActionFromString(nameOf(action)).value(), action);
        QVERIFY(!vmStateFromString(QStringLiteral("nonsense")).has_value());
    }

    void inactiveStates_offerNoStopping()
    {
        for (const VmState state : kAllVmStates) {
            if (!isActive(state))
                QVERIFY(!isAllowed(VmAction::ForceOff, state));
        }
    }
};

QTEST_APPLESS_MAIN(tst_VmState)
#include "tst_VmState.moc"
