// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeProgram.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Accelerator.h"
#include "vmm/qemu/AcceleratorTrial.h"

#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace vmm;
using tests::FakeProgram;

class TestAccelerator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_check = { .cacheFile = m_folder->filePath(QStringLiteral("cache/kvm.json")),
            .device = QStringLiteral("/dev/null") }; // opens, like a /dev/kvm one may use
    }

    void noDevice_isTranslatorAtOnce()
    {
        FakeProgram qemu(*m_folder, "exit 171");
        m_check.device = m_folder->filePath(QStringLiteral("no-kvm"));
        const AcceleratorReport report = check(qemu);
        QCOMPARE(report.kind, QStringLiteral("TCG"));
        QVERIFY(report.reason.startsWith(QLatin1StringView("There is no ")));
        QCOMPARE(qemu.runs(), 0);
    }

    void noPermission_saysWhichGroup()
    {
        m_check.device = m_folder->filePath(QStringLiteral("kvm"));
        QFile device(m_check.device);
        QVERIFY(device.open(QIODevice::WriteOnly));
        QVERIFY(device.setPermissions(QFile::ReadGroup | QFile::WriteGroup));
        const bool isRoot = ::geteuid() == 0;
        if (isRoot) { // whom no permission stops: be somebody else meanwhile
            QCOMPARE(::chmod(qPrintable(m_folder->path()), 0755), 0);
            QCOMPARE(::chown(qPrintable(m_check.device), 0, 1), 0);
            QCOMPARE(::seteuid(65534), 0);
        }
        FakeProgram qemu(*m_folder, "exit 171");
        const AcceleratorReport report = check(qemu);
        if (isRoot)
            QCOMPARE(::seteuid(0), 0);
        QVERIFY2(report.reason.contains(QLatin1StringView("add yourself to the group")),
            qPrintable(report.reason));
        QCOMPARE(qemu.runs(), 0);
    }

    void trialThatGetsThrough_isKvm()
    {
        FakeProgram qemu(*m_folder, "exit 171");
        const AcceleratorReport report = check(qemu);
        QVERIFY(report.isKvmUsable);
        QCOMPARE(report.accelerator(), QStringLiteral("kvm"));
        QVERIFY(report.reason.isEmpty());
    }

    void goodAnswer_isRemembered()
    {
        FakeProgram qemu(*m_folder, "exit 171");
        const AcceleratorReport first = check(qemu);
        QCOMPARE(check(qemu), first);
        QCOMPARE(qemu.runs(), 1);
    }

    void badAnswer_isRememberedWithItsReason()
    {
        FakeProgram qemu(*m_folder, "echo 'qemu: error: failed to set MSR' >&2; kill -ABRT $$");
        const AcceleratorReport first = check(qemu);
        QVERIFY(!first.isKvmUsable);
        QVERIFY2(first.reason.contains(QLatin1StringView("failed to set MSR")),
            qPrintable(first.reason));
        QCOMPARE(check(qemu), first);
        QCOMPARE(qemu.runs(), 1);
    }

    void otherQemu_isTriedAgain()
    {
        FakeProgram qemu(*m_folder, "exit 171");
        check(qemu);
        m_version = QStringLiteral("9.9");
        check(qemu);
        QCOMPARE(qemu.runs(), 2);
    }

    void brokenCache_isTriedAgain()
    {
        FakeProgram qemu(*m_folder, "exit 171");
        check(qemu);
        QFile cache(m_check.cacheFile);
        QVERIFY(cache.open(QIODevice::WriteOnly | QIODevice::Truncate));
        cache.write("{\"for\": 3, ");
        cache.close();
        QVERIFY(check(qemu).isKvmUsable);
        QCOMPARE(qemu.runs(), 2);
    }

    void hangingTrial_endsAtTheDeadline_andIsNotHeldAgainstABusyComputer()
    {
        FakeProgram qemu(*m_folder, "exec sleep 60");
        m_check.deadline = std::chrono::milliseconds(300);
        const AcceleratorReport report = check(qemu);
        QVERIFY(!report.isKvmUsable);
        QVERIFY(report.reason.contains(QLatin1StringView("did not get through")));
        check(qemu);
        QCOMPARE(qemu.runs(), 2); // slept, so it used no processor: asked again
    }

    void trialThatWorksInVain_isRemembered()
    {
        FakeProgram qemu(*m_folder, "while :; do :; done");
        m_check.deadline = std::chrono::milliseconds(4'000);
        QVERIFY(!check(qemu).isKvmUsable);
        check(qemu);
        QCOMPARE(qemu.runs(), 1);
    }

    void ordinaryExit_isNotTakenForSuccess()
    {
        FakeProgram qemu(*m_folder, "exit 0");
        QVERIFY(!check(qemu).isKvmUsable);
    }

    void qemuThatIsGone_isReportedNotThrown()
    {
        const QemuInstallation gone { .emulator = m_folder->filePath(QStringLiteral("gone")) };
        const auto future = checkAccelerator(this, gone, m_check);
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.result()->reason.startsWith(QLatin1StringView("KVM could not be tried")));
    }

    void askerThatDies_getsCancelled()
    {
        FakeProgram qemu(*m_folder, "exec sleep 60");
        auto asker = std::make_unique<QObject>();
        const auto future = checkAccelerator(asker.get(), { .emulator = qemu.path() }, m_check);
        asker.reset();
        QVERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
    }

    void firmware_startsAtItsResetVector()
    {
        const QByteArray firmware = trial::firmware();
#if defined(__x86_64__)
        QCOMPARE(firmware.size(), 0x10000);
        QCOMPARE(firmware.at(0xfff0), char(0xe9));
        QCOMPARE(firmware.at(0xf000), char(0xfa)); // cli
#else
        QVERIFY(firmware.isEmpty());
#endif
    }

private:
    AcceleratorReport check(const FakeProgram& qemu)
    {
        const auto future
            = checkAccelerator(this, { .emulator = qemu.path(), .version = m_version }, m_check);
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000))
            return {};
        return future.result().value();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    AcceleratorCheck m_check;
    QString m_version = QStringLiteral("7.2");
};

QTEST_GUILESS_MAIN(TestAccelerator)
#include "tst_Accelerator.moc"
