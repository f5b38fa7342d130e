// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Golden.h"
#include "tests/support/TestNames.h"
#include "vmm/definition/MachineBuilder.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace vmm;

/// What we write is libvirt's domain XML: its own schema says so.
class TestDefinitionSchema : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_xmllint = QStandardPaths::findExecutable(QStringLiteral("xmllint"));
        if (m_xmllint.isEmpty())
            QSKIP("xmllint is not installed");
        if (!QFile::exists(m_schema))
            QSKIP("libvirt's schemas are not installed");
    }

    void goldenMachine_isValid_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString& name : tests::golden::machines())
            QTest::newRow(qPrintable(name)) << name;
    }

    void goldenMachine_isValid()
    {
        QFETCH(QString, name);
        if (name.startsWith(QLatin1StringView("newer-")))
            QSKIP("younger than libvirt 9.0");
        // Through our own reader and writer.
        const auto definition = Definition::fromXml(tests::golden::xml(name));
        QCOMPARE(complaints(definition->toXml()), QString());
    }

    void newMachine_isValid_data()
    {
        QTest::addColumn<BuildDefaults>("defaults");
        QTest::newRow("test") << BuildDefaults { .domainType = QStringLiteral("test"),
            .networkType = QStringLiteral("network") };
        QTest::newRow("qemu, pc") << BuildDefaults { .domainType = QStringLiteral("qemu"),
            .machineType = QStringLiteral("pc"),
            .spiceListen = QStringLiteral("address") };
        QTest::newRow("no network") << BuildDefaults { .networkType = QStringLiteral("none") };
    }

    void newMachine_isValid()
    {
        QFETCH(BuildDefaults, defaults);
        const NewMachine machine { .name = QStringLiteral("Büro 2"),
            .diskImage = QStringLiteral("/srv/a.qcow2"),
            .isoImage = QStringLiteral("/srv/a.iso"),
            .kernel = QStringLiteral("/srv/vmlinuz"),
            .initrd = QStringLiteral("/srv/initrd"),
            .kernelCommandLine = QStringLiteral("a=\"b\" <c>") };
        QCOMPARE(complaints(buildDefinition(machine, defaults)->toXml()), QString());
    }

    void schema_refusesWhatIsWrong()
    {
        QVERIFY(!complaints(QStringLiteral("<domain type='kvm'><nonsense/></domain>")).isEmpty());
    }

private:
    QString complaints(const QString& xml)
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("domain.xml")));
        if (!file.open(QIODevice::WriteOnly) || file.write(xml.toUtf8()) < 0)
            return QStringLiteral("can't write ") + file.fileName();
        file.close();
        QProcess process;
        process.start(m_xmllint,
            { QStringLiteral("--noout"), QStringLiteral("--relaxng"), m_schema, file.fileName() });
        if (!process.waitForFinished())
            return QStringLiteral("xmllint does not end");
        return process.exitCode() == 0 ? QString()
                                       : QString::fromUtf8(process.readAllStandardError());
    }

    QString m_xmllint;
    const QString m_schema = QStringLiteral("/usr/share/libvirt/schemas/domain.rng");
};

QTEST_GUILESS_MAIN(TestDefinitionSchema)
#include "tst_DefinitionSchema.moc"
