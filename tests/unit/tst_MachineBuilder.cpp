// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Golden.h"
#include "tests/support/TestNames.h"
#include "vmm/definition/EmbeddedSupport.h"
#include "vmm/definition/MachineBuilder.h"
#include "vmm/qemu/CommandLine.h"

#include <QTest>

using namespace vmm;

namespace {

NewMachine wish()
{
    return NewMachine {
        .name = QStringLiteral("new one"),
        .memory = Bytes::fromMiB(2048),
        .vcpus = 2,
        .newDisk = Bytes::fromGiB(20),
        .isoImage = QStringLiteral("/srv/iso/install, first.iso"),
    };
}

BuildDefaults defaults()
{
    return BuildDefaults { .emulator = QStringLiteral("/usr/bin/qemu-system-x86_64"),
        .newDiskPath = QStringLiteral("/srv/machines/new one/disk.qcow2") };
}

} // namespace

class TestMachineBuilder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void newMachine_isTheGoldenOne()
    {
        Definition definition = buildDefinition(wish(), defaults()).value();
        // What is made up anew each time.
        definition.setUuid(QUuid(QStringLiteral("00000000-1111-4222-8333-444444444444")));
        NetworkInterface card = definition.devices<NetworkInterface>().first();
        card.mac = QStringLiteral("52:54:00:12:34:56");
        definition.replaceDevice(0, card);
        const QString difference
            = tests::golden::difference(QStringLiteral("new-machine.xml"), definition.toXml());
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    void newMachine_runsOnTheEmbeddedCore_data()
    {
        QTest::addColumn<QString>("machineType");
        QTest::newRow("q35") << QStringLiteral("q35");
        QTest::newRow("pc") << QStringLiteral("pc");
    }

    void newMachine_runsOnTheEmbeddedCore()
    {
        QFETCH(QString, machineType);
        BuildDefaults with = defaults();
        with.machineType = machineType;
        const Definition definition = buildDefinition(wish(), with).value();
        QVERIFY(checkSupportedByEmbedded(definition));
        const auto arguments
            = buildCommandLine(definition, tests::golden::context(QStringLiteral("any")));
        QVERIFY2(arguments, qPrintable(arguments ? QString() : arguments.error().toString()));
    }

    void twoNewMachines_differInUuidAndMac()
    {
        const Definition first = buildDefinition(wish(), defaults()).value();
        const Definition second = buildDefinition(wish(), defaults()).value();
        QVERIFY(first.uuid() != second.uuid());
        QVERIFY(first.devices<NetworkInterface>().first().mac
            != second.devices<NetworkInterface>().first().mac);
    }

    void hostWithNetworks_getsOne()
    {
        BuildDefaults with = defaults();
        with.networkType = QStringLiteral("network");
        with.networkName = QStringLiteral("lan");
        const Definition definition = buildDefinition(wish(), with).value();
        const NetworkInterface card = definition.devices<NetworkInterface>().first();
        QCOMPARE(card.type, QStringLiteral("network"));
        QCOMPARE(card.sourceNetwork, QStringLiteral("lan"));
        with.networkType = QStringLiteral("none");
        QVERIFY(buildDefinition(wish(), with)->devices<NetworkInterface>().isEmpty());
    }

    void networkThatIsChosen_isWhatTheCardIsIn()
    {
        NewMachine machine = wish();
        machine.networkType = QStringLiteral("network");
        machine.network = QStringLiteral("lab");
        NetworkInterface card
            = buildDefinition(machine, defaults())->devices<NetworkInterface>().first();
        QCOMPARE(card.type, QStringLiteral("network"));
        QCOMPARE(card.sourceNetwork, QStringLiteral("lab"));
        BuildDefaults with = defaults();
        with.networkType = QStringLiteral("network");
        machine.networkType = QStringLiteral("user");
        machine.network.clear();
        card = buildDefinition(machine, with)->devices<NetworkInterface>().first();
        QCOMPARE(card.type, QStringLiteral("user"));
        QCOMPARE(card.sourceNetwork, QString());
        machine.networkType = QStringLiteral("none");
        QVERIFY(buildDefinition(machine, with)->devices<NetworkInterface>().isEmpty());
    }

    void furtherCards_comeAfterTheFirst()
    {
        NewMachine machine = wish();
        machine.networkType = QStringLiteral("bridge");
        machine.network = QStringLiteral("br0");
        machine.furtherCards = { { QStringLiteral("network"), QStringLiteral("lab") },
            { QStringLiteral("user"), {} } };
        const auto cards = buildDefinition(machine, defaults())->devices<NetworkInterface>();
        QCOMPARE(cards.size(), 3);
        QCOMPARE(cards[0].type, QStringLiteral("bridge"));
        QCOMPARE(cards[0].sourceBridge, QStringLiteral("br0"));
        QCOMPARE(cards[1].sourceNetwork, QStringLiteral("lab"));
        QCOMPARE(cards[2].type, QStringLiteral("user"));
        QVERIFY(cards[0].mac != cards[1].mac);
    }

    void existingImage_isUsedAsItIs()
    {
        NewMachine machine { .name = QStringLiteral("m"),
            .diskImage = QStringLiteral("/srv/a.img") };
        BuildDefaults with = defaults();
        with.diskImageFormat = QStringLiteral("raw");
        const Disk disk = buildDefinition(machine, with)->devices<Disk>().first();
        QCOMPARE(disk.sourceFile, QStringLiteral("/srv/a.img"));
        QCOMPARE(disk.format, QStringLiteral("raw"));
    }

    void kernelAlone_isEnough()
    {
        const NewMachine machine { .name = QStringLiteral("m"),
            .kernel = QStringLiteral("/k"),
            .kernelCommandLine = QStringLiteral("console=ttyS0") };
        const Definition definition = buildDefinition(machine, defaults()).value();
        QCOMPARE(definition.kernel(), QStringLiteral("/k"));
        QVERIFY(definition.devices<Disk>().isEmpty());
    }

    void badField_isNamed_data()
    {
        QTest::addColumn<NewMachine>("machine");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* name, const char* field, auto change) {
            NewMachine machine = wish();
            change(machine);
            QTest::newRow(name) << machine << QString::fromLatin1(field);
        };
        row("no name", "name", [](NewMachine& m) { m.name.clear(); });
        row("slash", "name", [](NewMachine& m) { m.name = QStringLiteral("../../etc"); });
        row("no memory", "memory", [](NewMachine& m) { m.memory = {}; });
        row("little memory", "memory", [](NewMachine& m) { m.memory = Bytes::fromMiB(15); });
        row("absurd memory", "memory", [](NewMachine& m) { m.memory = Bytes::fromGiB(1 << 20); });
        row("no vcpu", "vcpus", [](NewMachine& m) { m.vcpus = 0; });
        row("absurd vcpus", "vcpus", [](NewMachine& m) { m.vcpus = 100'000; });
        row("tiny disk", "newDisk", [](NewMachine& m) { m.newDisk = Bytes::fromBytes(1); });
        row("two disks", "diskImage",
            [](NewMachine& m) { m.diskImage = QStringLiteral("/srv/a.img"); });
        row("relative ISO", "isoImage",
            [](NewMachine& m) { m.isoImage = QStringLiteral("a.iso"); });
        row("URL for ISO", "isoImage",
            [](NewMachine& m) { m.isoImage = QStringLiteral("http://x/a.iso"); });
        row("new line in path", "isoImage",
            [](NewMachine& m) { m.isoImage = QStringLiteral("/a\n.iso"); });
        row("initrd alone", "initrd", [](NewMachine& m) { m.initrd = QStringLiteral("/i"); });
        row("words alone", "kernelCommandLine",
            [](NewMachine& m) { m.kernelCommandLine = QStringLiteral("quiet"); });
        row("odd network", "networkType",
            [](NewMachine& m) { m.networkType = QStringLiteral("carrier pigeon"); });
        row("no network", "network",
            [](NewMachine& m) { m.networkType = QStringLiteral("network"); });
        row("no bridge", "network",
            [](NewMachine& m) { m.networkType = QStringLiteral("bridge"); });
        row("odd further card", "networkType", [](NewMachine& m) {
            m.furtherCards = { { QStringLiteral("none"), {} } };
        });
        row("further card in no network", "network", [](NewMachine& m) {
            m.furtherCards = { { QStringLiteral("network"), {} } };
        });
        row("network alone", "network", [](NewMachine& m) { m.network = QStringLiteral("lab"); });
    }

    void firmwareAndTpm_areWhatWasAskedFor()
    {
        const auto built = buildDefinition({ .name = QStringLiteral("safe"),
                                               .firmware = vmm::FirmwareKind::UefiSecureBoot,
                                               .hasTpm = true },
            defaults());
        QVERIFY(built.has_value());
        QCOMPARE(built->value("os@firmware"), QStringLiteral("efi"));
        QCOMPARE(built->value("os/loader@secure"), QStringLiteral("yes"));
        QCOMPARE(built->value("features/smm@state"), QStringLiteral("on"));
        QCOMPARE(built->value("devices/tpm/backend@version"), QStringLiteral("2.0"));
        const auto plain = buildDefinition({ .name = QStringLiteral("plain") }, defaults());
        QVERIFY(!plain->has("os/loader"));
        QVERIFY(!plain->has("devices/tpm"));
        QCOMPARE(plain->value("os@firmware"), QString());
    }

    void badField_isNamed()
    {
        QFETCH(NewMachine, machine);
        QFETCH(QString, field);
        const auto built = buildDefinition(machine, defaults());
        QVERIFY(!built);
        QCOMPARE(built.error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(built.error().subject, field);
        QVERIFY(!built.error().detail.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMachineBuilder)
#include "tst_MachineBuilder.moc"
