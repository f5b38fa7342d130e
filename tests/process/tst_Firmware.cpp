// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/QemuImg.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Firmware.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace vmm;
using tests::qemuImg;
using tests::TempHome;

namespace {

QByteArray descriptor(const QString& code, const char* machines, const char* features)
{
    return QStringLiteral(R"({"interface-types":["uefi"],"mapping":{"device":"flash",
        "executable":{"filename":"%1","format":"raw"},
        "nvram-template":{"filename":"%1.vars","format":"raw"}},
        "targets":[{"architecture":"x86_64","machines":[%2]}],"features":[%3]})")
        .arg(code, QLatin1StringView(machines), QLatin1StringView(features))
        .toUtf8();
}

Definition machine(const QString& os, const QString& type = QStringLiteral("q35"))
{
    return Definition::fromXml(
        QStringLiteral("<domain type='qemu'><name>m</name><memory>65536</memory>"
                       "<os firmware='efi'><type machine='%1'>hvm</type>%2</os></domain>")
            .arg(type, os))
        .value();
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestFirmware : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;

    QString write(const QString& name, const QByteArray& content)
    {
        return m_home->write(name, content);
    }

    // Two firmwares as a distribution has them: one with Secure Boot, preferred, and one for all.
    QVector<FirmwareDescriptor> both()
    {
        const QString secure = write(QStringLiteral("secure.fd"), "s");
        const QString plain = write(QStringLiteral("plain.fd"), "p");
        write(QStringLiteral("vendor/40-secure.json"),
            descriptor(secure, R"("pc-q35-*")", R"("secure-boot","enrolled-keys","requires-smm")"));
        write(QStringLiteral("vendor/60-plain.json"),
            descriptor(plain, R"("pc-q35-*","pc-i440fx-*")", ""));
        return readFirmwareDescriptors({ m_home->path(QStringLiteral("vendor")) });
    }

    static Definition withTemplate(const QString& code, const QString& vars)
    {
        return Definition::fromXml(
            QStringLiteral("<domain type='qemu'><name>m</name><memory>65536</memory><os>"
                           "<type machine='q35'>hvm</type><loader type='pflash'>%1</loader>"
                           "<nvram template='%2' templateFormat='qcow2'/></os></domain>")
                .arg(code, vars))
            .value();
    }

    QString chosen(const Definition& definition)
    {
        const auto found = chooseFirmware(definition, both());
        return found ? QFileInfo(found->code).baseName() : QString();
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_home = std::make_unique<TempHome>();
    }
    void cleanup() { m_home.reset(); }

    void firstThatFits_isChosen()
    {
        QCOMPARE(chosen(machine({})), QStringLiteral("secure"));
        QCOMPARE(chosen(machine({}, QStringLiteral("pc"))), QStringLiteral("plain"));
        QCOMPARE(chosen(machine({}, QStringLiteral("pc-i440fx-2.8"))), QStringLiteral("plain"));
        QCOMPARE(chosen(machine(QStringLiteral("<firmware><feature enabled='no' "
                                               "name='secure-boot'/></firmware>"))),
            QStringLiteral("plain"));
        QCOMPARE(chosen(machine(QStringLiteral("<loader secure='no'/>"))), QStringLiteral("plain"));
        // No firmware for an i440fx has Secure Boot.
        QCOMPARE(chosen(machine(QStringLiteral("<loader secure='yes'/>"), QStringLiteral("pc"))),
            QString());
    }

    void administratorsFile_takesThePlaceOfTheVendors()
    {
        both();
        const QString own = write(QStringLiteral("own.fd"), "o");
        write(QStringLiteral("etc/60-plain.json"), descriptor(own, R"("pc-q35-*")", ""));
        write(QStringLiteral("etc/40-secure.json"), ""); // hidden
        write(QStringLiteral("etc/10-broken.json"), "{");
        const auto found = readFirmwareDescriptors(
            { m_home->path(QStringLiteral("vendor")), m_home->path(QStringLiteral("etc")) });
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().code, own);
    }

    void formatsOfADescriptor_areKnown()
    {
        const QString code = write(QStringLiteral("code.qcow2"), "c");
        QByteArray json = descriptor(code, R"("pc-q35-*")", "");
        json.replace("\"raw\"", "\"qcow2\"");
        write(QStringLiteral("vendor/30-edk2.json"), json);
        const auto found = readFirmwareDescriptors({ m_home->path(QStringLiteral("vendor")) });
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().codeFormat, QStringLiteral("qcow2"));
        QCOMPARE(found.first().templateFormat, QStringLiteral("qcow2"));
        QCOMPARE(both().last().templateFormat, QStringLiteral("raw"));
    }

    void templateThatIsNotRaw_isToBeConverted_andNeverCopied()
    {
        const QString code = write(QStringLiteral("code.fd"), "c");
        const QString vars = m_home->path(QStringLiteral("vars.qcow2"));
        QVERIFY(qemuImg(QStringLiteral("create -q -f qcow2 %1 1M"), { vars }));
        const Definition definition = withTemplate(code, vars);
        const MachinePlaces places { .folder = m_home->path(QStringLiteral("machine")) };
        QVERIFY(QDir().mkpath(places.folder));
        QCOMPARE(missingNvram(definition, places),
            std::optional(NvramConversion { .source = vars,
                .sourceFormat = QStringLiteral("qcow2"),
                .unfinished = places.folder + QStringLiteral("/.nvram-new"),
                .target = places.nvramFile() }));
        QCOMPARE(prepareFirmware(definition, places).error().cause, ErrorCause::FirmwareMissing);
        QVERIFY(!QFile::exists(places.nvramFile()));
        write(QStringLiteral("machine/nvram.fd"), "made");
        QCOMPARE(missingNvram(definition, places), std::nullopt);
        VERIFY_OK(prepareFirmware(definition, places));
    }

    void firmwareThatLeadsToOtherFiles_isRefused()
    {
        const QString secret = write(QStringLiteral("secret"), QByteArray(4096, 's'));
        const QString evil = m_home->path(QStringLiteral("evil.qcow2"));
        QVERIFY(qemuImg(QStringLiteral("create -q -f qcow2 -F raw -b %1 %2"), { secret, evil }));
        const MachinePlaces places { .folder = m_home->path(QStringLiteral("machine")) };
        QVERIFY(QDir().mkpath(places.folder));
        Definition definition = withTemplate(evil, write(QStringLiteral("vars.fd"), "v"));
        definition.setValue("os/loader@format", QStringLiteral("qcow2"));
        definition.setValue("os/nvram@templateFormat", {});
        QCOMPARE(prepareFirmware(definition, places).error().cause, ErrorCause::ImageUntrusted);
        QCOMPARE(missingNvram(withTemplate(secret, evil), places), std::nullopt);
    }

    void variables_areMadeOnce_andKept()
    {
        const QString code = write(QStringLiteral("code.fd"), "c");
        const QString vars = write(QStringLiteral("vars.fd"), "template");
        const Definition definition = Definition::fromXml(
            QStringLiteral("<domain type='qemu'><name>m</name><memory>65536</memory><os>"
                           "<type machine='q35'>hvm</type><loader readonly='yes' secure='yes' "
                           "type='pflash'>%1</loader><nvram template='%2'/></os></domain>")
                .arg(code, vars))
                                          .value();
        const MachinePlaces places { .folder = m_home->path(QStringLiteral("machine")) };
        QVERIFY(QDir().mkpath(places.folder));
        const auto first = prepareFirmware(definition, places);
        VERIFY_OK(first);
        QCOMPARE(first->variables, places.nvramFile());
        QVERIFY(first->needsSmm);
        QCOMPARE(contentOf(first->variables), QByteArray("template"));

        write(QStringLiteral("machine/nvram.fd"), "written by the firmware");
        VERIFY_OK(prepareFirmware(definition, places));
        QCOMPARE(contentOf(places.nvramFile()), QByteArray("written by the firmware"));
    }

    void machineWithoutUefi_needsNothing()
    {
        const Definition definition = Definition::fromXml(
            QStringLiteral("<domain type='qemu'><name>m</name><os><type>hvm</type></os></domain>"))
                                          .value();
        QCOMPARE(*prepareFirmware(definition, {}), Firmware {});
    }

    void missingTemplate_isNamed()
    {
        const QString code = write(QStringLiteral("code.fd"), "c");
        const Definition definition = Definition::fromXml(
            QStringLiteral("<domain type='qemu'><name>m</name><os><type>hvm</type><loader "
                           "type='pflash'>%1</loader><nvram template='/nowhere'/></os></domain>")
                .arg(code))
                                          .value();
        const auto prepared = prepareFirmware(definition, { .folder = m_home->path(QString()) });
        QCOMPARE(prepared.error().cause, ErrorCause::FirmwareMissing);
        QCOMPARE(prepared.error().subject, QStringLiteral("/nowhere"));
    }
};

QTEST_GUILESS_MAIN(TestFirmware)
#include "tst_Firmware.moc"
