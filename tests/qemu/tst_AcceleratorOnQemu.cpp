// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestNames.h"
#include "vmm/qemu/Accelerator.h"
#include "vmm/qemu/AcceleratorTrial.h"
#include "vmm/qemu/ProgramRun.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vmm;

namespace {

template <typename T> Result<T> waitFor(const Future<T>& future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 60'000))
        return Error { ErrorKind::TimedOut, {}, QStringLiteral("the future never finished") };
    return future.resultAt(0);
}

} // namespace

/// The trial machine and the search, on the QEMU of this computer.
class TestAcceleratorOnQemu : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto found = waitFor(findQemu(this));
        if (!found)
            QSKIP("QEMU is not installed");
        m_qemu = *found;
    }

    void installedQemu_tellsWhatItIs()
    {
        QVERIFY(QFile::exists(m_qemu.emulator));
        QVERIFY(m_qemu.version.count(QLatin1Char('.')) >= 1);
        QVERIFY(m_qemu.modified.isValid());
    }

    // The firmware is right if the translator gets through it: then only KVM is to blame.
    void trialMachine_getsThroughUnderTranslation()
    {
        const QByteArray firmware = trial::firmware();
        if (firmware.isEmpty())
            QSKIP("no trial machine for this architecture");
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("trial.rom")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(firmware) == firmware.size());
        file.close();
        QElapsedTimer timer;
        timer.start();
        const auto output = waitFor(runProgram(this, m_qemu.emulator,
            trial::arguments(file.fileName(), QStringLiteral("tcg"), QStringLiteral("max")),
            std::chrono::seconds(30)));
        QVERIFY(output);
        QVERIFY2(output->exitCode == trial::kPassed, qPrintable(output->lastWords()));
        qInfo("trial machine under translation: %lld ms", timer.elapsed());
    }

    void verdict_comesInTime_withAReasonIfItIsNotKvm_data()
    {
        QTest::addColumn<QString>("cpu");
        QTest::newRow("host") << QStringLiteral("host");
        QTest::newRow("qemu64") << QStringLiteral("qemu64");
    }

    void verdict_comesInTime_withAReasonIfItIsNotKvm()
    {
        QFETCH(QString, cpu);
        QTemporaryDir folder;
        const AcceleratorCheck check { .cacheFile = folder.filePath(QStringLiteral("kvm.json")),
            .cpuModel = cpu };
        QElapsedTimer timer;
        timer.start();
        const auto first = waitFor(checkAccelerator(this, m_qemu, check));
        const qint64 firstTime = timer.restart();
        QVERIFY(first);
        QVERIFY(firstTime < check.deadline.count() + 1'500);
        QCOMPARE(first->reason.isEmpty(), first->isKvmUsable);
        const auto again = waitFor(checkAccelerator(this, m_qemu, check));
        QCOMPARE(again->isKvmUsable, first->isKvmUsable);
        qInfo("%s in %lld ms, again in %lld ms. %s", qPrintable(first->kind), firstTime,
            timer.elapsed(), qPrintable(first->reason));
    }

private:
    QemuInstallation m_qemu;
};

QTEST_GUILESS_MAIN(TestAcceleratorOnQemu)
#include "tst_AcceleratorOnQemu.moc"
