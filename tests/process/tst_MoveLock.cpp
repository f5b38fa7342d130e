// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/moving/MoveLock.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using hosts::VmId;
using hosts::moving::MoveLock;
using vmm::ErrorKind;

/// The lock that keeps two programs from moving one machine.
class tst_MoveLock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void secondOne_isRefused_untilTheFirstIsDone()
    {
        auto first = take(m_vm);
        QVERIFY(first.has_value());
        const auto refused = take(m_vm);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Busy);
        QCOMPARE(refused.error().subject, QStringLiteral("web"));
        QVERIFY(take(QUuid::createUuid()).has_value()); // another machine
        first->reset();
        QVERIFY(take(m_vm).has_value());
        QVERIFY(QDir(m_folder.filePath(QStringLiteral("moving"))).isEmpty());
    }

    void killedProgram_letsGo()
    {
        const pid_t child = ::fork();
        if (child == 0) {
            auto held = take(m_vm);
            while (!held.has_value()) // its parent looks whether it has it
                held = take(m_vm);
            ::pause();
        }
        QTRY_VERIFY(!take(m_vm).has_value());
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        QVERIFY(take(m_vm).has_value());
    }

    void folderThatCanNotBeWritten_isSaid()
    {
        const auto refused = MoveLock::take(QStringLiteral("/proc/none"), m_vm, {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Io);
        QVERIFY(!refused.error().detail.isEmpty());
    }

private:
    vmm::Result<std::shared_ptr<MoveLock>> take(VmId vm) const
    {
        return MoveLock::take(m_folder.path(), vm, QStringLiteral("web"));
    }

    QTemporaryDir m_folder;
    const VmId m_vm = QUuid::createUuid();
};

QTEST_GUILESS_MAIN(tst_MoveLock)
#include "tst_MoveLock.moc"
