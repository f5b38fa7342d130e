// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/MachineLog.h"

#include <QFile>
#include <QTest>

#include <fcntl.h>

using namespace vmm;
using tests::TempHome;

class TestMachineLog : public QObject {
    Q_OBJECT

private:
    TempHome m_home;

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void overgrownLog_keepsItsEnd_andGoesOn()
    {
        QByteArray content;
        for (int i = 0; i < 1000; ++i)
            content += "line " + QByteArray::number(i) + '\n';
        const MachineLog log(m_home.write(QStringLiteral("qemu.log"), content));
        // QEMU's own descriptor.
        const FileDescriptor writer(
            ::open(QFile::encodeName(log.path()).constData(), O_WRONLY | O_APPEND | O_CLOEXEC));
        log.trim(Bytes::fromBytes(4000));
        const QByteArray more = "said later\n";
        QCOMPARE(::write(writer.get(), more.constData(), static_cast<size_t>(more.size())),
            ssize_t(more.size()));

        QFile file(log.path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray kept = file.readAll();
        QVERIFY(kept.size() < 1100);
        QVERIFY(!kept.contains('\0'));
        QVERIFY(kept.startsWith("[older lines were cut off]\nline "));
        QVERIFY(kept.endsWith("line 999\nsaid later\n"));
    }

    void smallLog_isLeftAlone()
    {
        const MachineLog log(m_home.write(QStringLiteral("small.log"), "one\ntwo\n"));
        log.trim(Bytes::fromBytes(4000));
        QCOMPARE(log.lastLines(), QStringLiteral("one\ntwo"));
    }
};

QTEST_GUILESS_MAIN(TestMachineLog)
#include "tst_MachineLog.moc"
