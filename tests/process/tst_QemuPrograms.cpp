// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeProgram.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/QemuPrograms.h"

#include <QTest>

using namespace vmm;
using tests::FakeProgram;

namespace {

constexpr const char* kWithSpice = R"(
case "$1" in
-version) echo 'QEMU emulator version 8.1.3 (Some 1:8.1+dfsg)';;
-spice) echo '  disable-ticketing=<bool (on/off)>';;
esac)";

constexpr const char* kWithoutSpice = R"(
case "$1" in
-version) echo 'QEMU emulator version 8.1.3';;
-spice) echo 'qemu: -spice help: spice support is disabled' >&2; exit 1;;
esac)";

} // namespace

class TestQemuPrograms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_cache = m_folder->filePath(QStringLiteral("cache/qemu.json"));
    }

    void noQemu_failsWithQemuMissing_andSaysWhereItWasSought()
    {
        const auto found = find();
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::NotFound);
        QCOMPARE(found.error().cause, ErrorCause::QemuMissing);
        QCOMPARE(found.error().subject, QStringLiteral("qemu-system-x86_64"));
        QVERIFY(found.error().detail.contains(m_folder->path()));
    }

    void qemu_tellsVersionAndSpice()
    {
        const FakeProgram qemu(*m_folder, kWithSpice);
        const FakeProgram tool(*m_folder, "", QStringLiteral("qemu-img"));
        const auto found = find();
        QCOMPARE(found->emulator, qemu.path());
        QCOMPARE(found->imageTool, tool.path());
        QCOMPARE(found->version, QStringLiteral("8.1.3"));
        QVERIFY(requireSpice(*found));
    }

    void qemuWithoutSpice_isFound_andRefusedWhereSpiceIsNeeded()
    {
        const FakeProgram qemu(*m_folder, kWithoutSpice);
        const auto found = find();
        QVERIFY(found && !found->hasSpice);
        QCOMPARE(requireSpice(*found).error().cause, ErrorCause::QemuLacksSpice);
        QCOMPARE(requireSpice(*found).error().subject, qemu.path());
    }

    void answer_isRemembered_untilTheProgramChanges()
    {
        const FakeProgram qemu(*m_folder, kWithSpice);
        const auto first = find();
        QCOMPARE(find(), first);
        QCOMPARE(qemu.runs(), 2); // version and SPICE, once
        const FakeProgram changed(*m_folder, QByteArray(kWithSpice).replace("8.1.3", "9.0.10"));
        QCOMPARE(find()->version, QStringLiteral("9.0.10"));
    }

    void spiceInstalledLater_isNoticed()
    {
        // SPICE comes and goes with a file beside the program; the program itself stays the same.
        const FakeProgram qemu(*m_folder, R"(
case "$1" in
-version) echo 'QEMU emulator version 8.1.3';;
-spice) [ -e "$0.spice" ] && echo disable-ticketing || exit 1;;
esac)");
        QVERIFY(!find()->hasSpice);
        QFile module(qemu.path() + QStringLiteral(".spice"));
        QVERIFY(module.open(QIODevice::WriteOnly));
        QVERIFY(find()->hasSpice);
    }

    void programThatIsNoQemu_failsWithProcessFailed()
    {
        const FakeProgram qemu(*m_folder, "echo 'I am no QEMU'");
        QCOMPARE(find().error().kind, ErrorKind::ProcessFailed);
    }

    void programThatHangs_failsWithTimedOut()
    {
        const FakeProgram qemu(*m_folder, "exec sleep 60");
        QCOMPARE(find().error().kind, ErrorKind::TimedOut);
    }

    void fileThatIsNotExecutable_isNotFound()
    {
        const FakeProgram qemu(*m_folder, kWithSpice);
        QFile::setPermissions(qemu.path(), QFile::ReadOwner);
        QCOMPARE(find().error().cause, ErrorCause::QemuMissing);
    }

private:
    Result<QemuInstallation> find()
    {
        const auto future = findQemu(this, m_cache, { m_folder->path() });
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000))
            return Error { ErrorKind::TimedOut, {}, QStringLiteral("the future never finished") };
        return future.result();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_cache;
};

QTEST_GUILESS_MAIN(TestQemuPrograms)
#include "tst_QemuPrograms.moc"
