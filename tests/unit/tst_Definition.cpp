// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Golden.h"
#include "tests/support/TestNames.h"
#include "vmm/definition/Definition.h"
#include "vmm/definition/DefinitionChecks.h"
#include "vmm/definition/LibvirtUnits.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace vmm;

namespace {

const char* const kSmall = R"(<domain type='kvm'>
  <name>small</name>
  <uuid>7f6d6c3c-4c1f-4bd2-9c0e-3d7f0c9be0a1</uuid>
  <memory unit='MiB'>64</memory>
  <devices>
    <disk type='file' device='disk' snapshot='no'>
      <!-- the good one -->
      <source file='/a.img'><other:x xmlns:other='urn:o' y='1'/></source>
      <target dev='vda' bus='virtio'/>
    </disk>
  </devices>
</domain>
)";

Definition small()
{
    return Definition::fromXml(QString::fromLatin1(kSmall)).value();
}

// Everything an XML reader sees, white space included: what must not get lost.
QStringList tokens(const QString& xml)
{
    QXmlStreamReader reader(xml);
    QStringList all;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartDocument() || reader.isEndDocument())
            continue;
        QStringList attributes;
        for (const QXmlStreamAttribute& attribute : reader.attributes())
            attributes.append(attribute.qualifiedName().toString() + QLatin1Char('=')
                + attribute.value().toString());
        all.append(QStringLiteral("%1|%2|%3|%4|%5")
                       .arg(reader.tokenString(), reader.qualifiedName().toString(),
                           attributes.join(QLatin1Char(';')), reader.text().toString())
                       .arg(reader.isCDATA()));
    }
    return all;
}

} // namespace

class TestDefinition : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void anyMachine_comesOutAsItWentIn_data()
    {
        QTest::addColumn<QString>("xml");
        for (const QString& name : tests::golden::machines())
            QTest::newRow(qPrintable(name)) << tests::golden::xml(name);
        QTest::newRow("text and elements mixed")
            << QStringLiteral("<domain><uuid>7f6d6c3c-4c1f-4bd2-9c0e-3d7f0c9be0a1</uuid><metadata>"
                              "<a:n xmlns:a='urn:a'>x <b>y</b> <i>z</i><?pi some data?>"
                              "<![CDATA[<&>]]>&lt;&amp;&quot; \u00fc\u4e2d\U0001f600</a:n>"
                              "</metadata></domain>");
        QTest::newRow("one line") << QStringLiteral(
            "<domain type='kvm'><name>x</name><uuid>"
            "7f6d6c3c-4c1f-4bd2-9c0e-3d7f0c9be0a1</uuid></domain>");
    }

    void anyMachine_comesOutAsItWentIn()
    {
        QFETCH(QString, xml);
        const auto definition = Definition::fromXml(xml);
        QVERIFY2(definition, qPrintable(definition ? QString() : definition.error().toString()));
        QCOMPARE(tokens(definition->toXml()), tokens(xml));
        QCOMPARE(Definition::fromXml(definition->toXml())->toXml(), definition->toXml());
    }

    void change_touchesNothingElse()
    {
        Definition definition = small();
        definition.setMemory(Bytes::fromMiB(128));
        QString expected = QString::fromLatin1(kSmall);
        expected.replace(QStringLiteral("'MiB'>64"), QStringLiteral("'KiB'>131072"));
        QCOMPARE(tokens(definition.toXml()), tokens(expected));
    }

    void replacedDevice_keepsWhatNobodyKnows()
    {
        Definition definition = small();
        Disk disk = definition.devices<Disk>().first();
        disk.sourceFile = QStringLiteral("/b.img");
        disk.cache = QStringLiteral("none");
        QVERIFY(definition.replaceDevice(0, disk));
        QCOMPARE(definition.devices<Disk>().first(), disk);
        const QString xml = definition.toXml();
        for (const char* kept : { "snapshot=\"no\"", "<!-- the good one -->", "<other:x" })
            QVERIFY2(xml.contains(QLatin1StringView(kept)), kept);
        QVERIFY(!definition.replaceDevice(1, disk));
    }

    void removedDevice_takesItsLineAlong()
    {
        Definition definition = small();
        QVERIFY(definition.removeDevice<Disk>(0));
        QVERIFY(definition.devices<Disk>().isEmpty());
        QVERIFY(definition.toXml().contains(QLatin1StringView("<devices/>")));
        QVERIFY(!definition.removeDevice<Disk>(0));
    }

    void addedDevice_standsOnALineOfItsOwn_besideItsLike()
    {
        Definition definition = small();
        definition.addDevice(Video {});
        definition.addDevice(
            Disk { .sourceFile = QStringLiteral("/c.img"), .target = QStringLiteral("vdb") });
        const QString xml = definition.toXml();
        QVERIFY2(
            xml.contains(QLatin1StringView("    </disk>\n    <disk type=\"file\" "
                                           "device=\"disk\">\n      <source file=\"/c.img\"/>")),
            qPrintable(xml));
        QVERIFY(
            xml.indexOf(QLatin1StringView("/c.img")) < xml.indexOf(QLatin1StringView("<video")));
        QVERIFY(xml.endsWith(QLatin1StringView("  </devices>\n</domain>\n")));
    }

    void copy_isIndependent()
    {
        const Definition original = small();
        Definition copy = original;
        copy.setName(QStringLiteral("copy"));
        copy.removeDevice<Disk>(0);
        QCOMPARE(original.name(), QStringLiteral("small"));
        QCOMPARE(original.devices<Disk>().size(), 1);
    }

    void everyDevice_survivesWritingAndReading()
    {
        const Disk disk { .device = QStringLiteral("cdrom"),
            .sourceFile = QStringLiteral("/a&b\"<c>.iso"),
            .format = QStringLiteral("raw"),
            .target = QStringLiteral("sda"),
            .bus = QStringLiteral("sata"),
            .serial = QStringLiteral("1 2"),
            .isReadOnly = true,
            .bootOrder = 3 };
        const Graphics screen { .port = 5901,
            .listenType = QStringLiteral("address"),
            .listenAddress = QStringLiteral("::1"),
            .imageCompression = QStringLiteral("off") };
        const Channel channel { .targetName = QStringLiteral("org.qemu.guest_agent.0") };
        Definition definition;
        definition.addDevice(disk);
        definition.addDevice(screen);
        definition.addDevice(channel);
        const Definition again = Definition::fromXml(definition.toXml()).value();
        QCOMPARE(again.devices<Disk>().value(0), disk);
        QCOMPARE(again.devices<Graphics>().value(0), screen);
        QCOMPARE(again.devices<Channel>().value(0), channel);
    }

    void flagAndNumber_canBeTakenBack()
    {
        Definition definition;
        definition.addDevice(Disk { .isReadOnly = true, .bootOrder = 1 });
        Disk disk = definition.devices<Disk>().first();
        disk.isReadOnly = false;
        disk.bootOrder = 0;
        definition.replaceDevice(0, disk);
        QCOMPARE(definition.devices<Disk>().first(), disk);
    }

    void missingUuidAndMac_areMadeUp_andKept()
    {
        const auto definition = Definition::fromXml(
            QStringLiteral("<domain><devices><interface type='user'/></devices></domain>"));
        QVERIFY(!definition->uuid().isNull());
        const QString mac = definition->devices<NetworkInterface>().first().mac;
        QVERIFY(mac.startsWith(QLatin1StringView("52:54:00:")));
        const auto again = Definition::fromXml(definition->toXml());
        QCOMPARE(again->uuid(), definition->uuid());
        QCOMPARE(again->devices<NetworkInterface>().first().mac, mac);
    }

    void brokenXml_failsAndSaysWhere_data()
    {
        QTest::addColumn<QString>("xml");
        QTest::addColumn<QString>("where");
        const auto row = [](const char* name, const QString& xml, const char* where) {
            QTest::newRow(name) << xml << QString::fromLatin1(where);
        };
        row("nothing", QString(), "line 1, column 0");
        row("no XML", QStringLiteral("[machine]\nname=x"), "line 1");
        row("unclosed", QStringLiteral("<domain>\n  <name>x</nam>\n</domain>"), "line 2");
        row("cut off", QStringLiteral("<domain>\n<devices>"), "line 2");
        row("two roots", QStringLiteral("<domain/>\n<domain/>"), "line 2");
        row("doubled attribute", QStringLiteral("<domain type='a' type='b'/>"), "line 1");
        row("other root", QStringLiteral("<network/>"), "<network> where <domain> is expected");
        row("unknown entity", QStringLiteral("<domain><name>&who;</name></domain>"), "line 1");
        row("control character", QStringLiteral("<domain><name>\x01</name></domain>"), "line 1");
        row("bad UUID", QStringLiteral("<domain><uuid>1234</uuid></domain>"), "no UUID: 1234");
        row("document type",
            QStringLiteral("<!DOCTYPE domain [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
                           "<domain><name>&a;</name></domain>"),
            "document type declaration");
        row("billion laughs",
            QStringLiteral("<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b "
                           "'&a;&a;&a;&a;&a;&a;&a;&a;'>]><domain><name>&b;</name></domain>"),
            "document type declaration");
        row("deep", QStringLiteral("<domain>") + QStringLiteral("<a>").repeated(100'000),
            "more than 64 elements in one another");
        row("large",
            QStringLiteral("<domain><!--%1--></domain>").arg(QString(2'000'000, QLatin1Char('x'))),
            "larger than");
    }

    void brokenXml_failsAndSaysWhere()
    {
        QFETCH(QString, xml);
        QFETCH(QString, where);
        const auto definition = Definition::fromXml(xml);
        QVERIFY(!definition);
        QCOMPARE(definition.error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(definition.error().cause, ErrorCause::DefinitionBroken);
        QVERIFY2(definition.error().detail.contains(where), qPrintable(definition.error().detail));
    }

    void damagedXml_neverCrashes()
    {
        // Each golden with each of its parts knocked out in turn: parse, read and write whatever
        // still parses.
        int parsed = 0;
        for (const QString& name : tests::golden::machines()) {
            const QString whole = tests::golden::xml(name);
            for (qsizetype at = 0; at < whole.size(); at += 97) {
                QString damaged = whole;
                damaged.remove(at, 1 + at % 40);
                const auto definition = Definition::fromXml(damaged);
                if (!definition)
                    continue;
                ++parsed;
                (void)definition->validate();
                (void)definition->devices<Disk>();
                QVERIFY(Definition::fromXml(definition->toXml()));
            }
        }
        QVERIFY(parsed > 20);
    }

    void memoryUnits_areLibvirts_data()
    {
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<quint64>("bytes");
        const auto row = [](const char* number, const char* unit, quint64 bytes) {
            QTest::addRow("%s %s", number, unit)
                << QString::fromLatin1(number) << QString::fromLatin1(unit) << bytes;
        };
        row("1", "", 1024);
        row("1", "KiB", 1024);
        row("2", "k", 2048);
        row("1024", "b", 1024);
        row("1025", "bytes", 2048);
        row("1000", "KB", 1'000'448); // rounded up to whole KiB
        row("1", "MiB", 1 << 20);
        row("1", "M", 1 << 20);
        row("1", "GB", 1'000'000'512);
        row("1", "gib", 1 << 30);
        row(" 3 ", "G", 3ULL << 30);
        row("1", "T", 1ULL << 40);
        row("0", "GiB", 0);
    }

    void memoryUnits_areLibvirts()
    {
        QFETCH(QString, number);
        QFETCH(QString, unit);
        QFETCH(quint64, bytes);
        QCOMPARE(parseMemory(number, unit).value(), Bytes::fromBytes(bytes));
    }

    void unreadableMemory_isNone_data()
    {
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("unit");
        QTest::newRow("word") << QStringLiteral("much") << QString();
        QTest::newRow("negative") << QStringLiteral("-1") << QString();
        QTest::newRow("fraction") << QStringLiteral("1.5") << QStringLiteral("GiB");
        QTest::newRow("unit") << QStringLiteral("1") << QStringLiteral("parsec");
        QTest::newRow("overflow") << QStringLiteral("18446744073709551615")
                                  << QStringLiteral("TiB");
    }

    void unreadableMemory_isNone()
    {
        QFETCH(QString, number);
        QFETCH(QString, unit);
        QVERIFY(!parseMemory(number, unit));
    }

    void name_isChecked_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("plain") << QStringLiteral("web-1") << true;
        QTest::newRow("words") << QStringLiteral("Büro, 2. Stock (alt)") << true;
        QTest::newRow("emoji") << QStringLiteral("\U0001f600") << true;
        QTest::newRow("longest") << QString(100, QLatin1Char('x')) << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("slash") << QStringLiteral("../x") << false;
        QTest::newRow("dot dot") << QStringLiteral("..") << false;
        QTest::newRow("new line") << QStringLiteral("a\nb") << false;
        QTest::newRow("zero") << QString(QChar(0)) << false;
        QTest::newRow("blank end") << QStringLiteral("a ") << false;
        QTest::newRow("too long") << QString(51, QChar(0xfc)) << false; // two bytes each
    }

    void name_isChecked()
    {
        QFETCH(QString, name);
        QFETCH(bool, isGood);
        QCOMPARE(nameProblem(name).isEmpty(), isGood);
    }

    void validate_namesTheBadElement_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("subject");
        const auto row = [](const char* path, const char* value, const char* subject) {
            QTest::addRow("%s=%s", path, value)
                << QString::fromLatin1(path) << QString::fromLatin1(value)
                << QString::fromLatin1(subject);
        };
        row("name", "a/b", "name");
        row("memory", "0", "memory");
        row("memory@unit", "furlong", "memory");
        row("currentMemory", "999999999", "currentMemory");
        row("vcpu", "many", "vcpu");
        row("vcpu", "-1", "vcpu");
        row("vcpu@current", "7", "vcpu@current");
        row("os/initrd", "/x", "os/initrd");
        row("os/kernel", "vmlinuz", "os/kernel");
        row("devices/emulator", "qemu", "devices/emulator");
        row("devices/disk/source@file", "a.img", "devices/disk/source");
        row("devices/disk/source@file", "", "devices/disk/source");
        row("devices/disk/target@dev", "", "devices/disk/target");
        row("devices/disk/target@dev", "v\",x", "devices/disk/target");
    }

    void validate_namesTheBadElement()
    {
        QFETCH(QString, path);
        QFETCH(QString, value);
        QFETCH(QString, subject);
        Definition definition = small();
        definition.setValue("vcpu", QStringLiteral("2"));
        QVERIFY(definition.validate());
        definition.setValue(path.toLatin1().constData(), value);
        QCOMPARE(definition.validate().error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(definition.validate().error().subject, subject);
    }

    void twoDisksOfOneTarget_areRefused()
    {
        Definition definition = small();
        definition.addDevice(definition.devices<Disk>().first());
        QCOMPARE(definition.validate().error().subject, QStringLiteral("devices/disk/target"));
    }

    void scalars_readWhatWasSet()
    {
        Definition definition;
        definition.setName(QStringLiteral("<&>"));
        definition.setTitle(QStringLiteral("T"));
        definition.setDescription(QStringLiteral("two\nlines"));
        definition.setCurrentMemory(Bytes::fromMiB(1));
        definition.setMemory(Bytes::fromMiB(2));
        definition.setVcpus(3);
        definition.setCpu(QStringLiteral("custom"), QStringLiteral("qemu64"));
        definition.setKernel(
            QStringLiteral("/k"), QStringLiteral("/i"), QStringLiteral("a=\"b c\""));
        definition.setBootDevices({ QStringLiteral("hd"), QStringLiteral("network") });
        definition.setFeature(QStringLiteral("acpi"), true);
        definition.setFeature(QStringLiteral("apic"), true);
        definition.setFeature(QStringLiteral("apic"), false);
        definition = Definition::fromXml(definition.toXml()).value();
        QCOMPARE(definition.name(), QStringLiteral("<&>"));
        QCOMPARE(definition.title(), QStringLiteral("T"));
        QCOMPARE(definition.description(), QStringLiteral("two\nlines"));
        QCOMPARE(definition.currentMemory(), Bytes::fromMiB(1));
        QCOMPARE(definition.memory(), Bytes::fromMiB(2));
        QCOMPARE(definition.vcpus(), 3);
        QCOMPARE(definition.cpuMode(), QStringLiteral("custom"));
        QCOMPARE(definition.cpuModel(), QStringLiteral("qemu64"));
        QCOMPARE(definition.kernelCommandLine(), QStringLiteral("a=\"b c\""));
        QCOMPARE(definition.bootDevices(),
            QStringList({ QStringLiteral("hd"), QStringLiteral("network") }));
        QVERIFY(definition.hasFeature(QStringLiteral("acpi")));
        QVERIFY(!definition.hasFeature(QStringLiteral("apic")));
    }

    void title_canBeRemoved()
    {
        Definition definition = small();
        definition.setTitle(QStringLiteral("T"));
        definition.setTitle({});
        QCOMPARE(tokens(definition.toXml()), tokens(QString::fromLatin1(kSmall)));
    }

    void parsing_isCheap()
    {
        const QString xml = tests::golden::xml(QStringLiteral("virt-manager-q35"));
        QBENCHMARK
        {
            (void)Definition::fromXml(xml);
        }
    }
};

QTEST_GUILESS_MAIN(TestDefinition)
#include "tst_Definition.moc"
