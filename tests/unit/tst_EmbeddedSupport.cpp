// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Golden.h"
#include "tests/support/TestNames.h"
#include "vmm/definition/EmbeddedSupport.h"

#include <QTest>

using namespace vmm;

namespace {

Definition machineWith(const QString& part)
{
    return Definition::fromXml(
        QStringLiteral("<domain type='kvm'><name>m</name><memory>65536</memory>"
                       "<os><type>hvm</type></os>%1</domain>")
            .arg(part))
        .value();
}

QStringList elementsOf(const QVector<Unsupported>& parts)
{
    QStringList elements;
    for (const Unsupported& part : parts)
        elements.append(part.element);
    return elements;
}

} // namespace

class TestEmbeddedSupport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void goldenMachine_isSupported_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString& name : tests::golden::machines() + tests::golden::libvirtMachines())
            QTest::newRow(qPrintable(name)) << name;
    }

    void goldenMachine_isSupported()
    {
        QFETCH(QString, name);
        const Definition definition = Definition::fromXml(tests::golden::xml(name)).value();
        QCOMPARE(elementsOf(unsupportedByEmbedded(definition)), QStringList());
        QVERIFY(checkSupportedByEmbedded(definition));
    }

    void whatTheCoreCannotDo_isRefusedByName_data()
    {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("element");
        const auto row = [](const char* part, const char* element) {
            QTest::newRow(part) << QString::fromLatin1(part) << QString::fromLatin1(element);
        };
        const auto device
            = [](const char* part, const char* element) {
                  QTest::newRow(part)
                      << QStringLiteral("<devices>%1</devices>").arg(QLatin1StringView(part))
                      << QStringLiteral("devices/") + QLatin1StringView(element);
              };
        row("<memoryBacking><source type='file'/></memoryBacking>", "memoryBacking/source@type");
        row("<memoryBacking><hugepages><page size='2048'/></hugepages></memoryBacking>",
            "memoryBacking/hugepages/page");
        row("<features><hyperv mode='passthrough'/></features>", "features/hyperv@mode");
        row("<cpu><cache mode='emulate'/></cpu>", "cpu/cache@mode");
        row("<cpu><numa/></cpu>", "cpu/numa");
        row("<cputune><shares>1</shares></cputune>", "cputune");
        row("<iothreads>2</iothreads>", "iothreads");
        row("<maxMemory slots='2'>1</maxMemory>", "maxMemory");
        row("<qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'/>",
            "qemu:commandline");
        row("<on_reboot>preserve</on_reboot>", "on_reboot");
        row("<cpu mode='host-model' match='minimum'/>", "cpu@match");
        row("<clock offset='variable'/>", "clock@offset");
        device("<filesystem type='block'/>", "filesystem@type");
        device("<filesystem type='mount'><binary path='/x'/></filesystem>", "filesystem/binary");
        device("<tpm model='tpm-spapr'/>", "tpm@model");
        device("<tpm model='tpm-crb'><backend type='passthrough'/></tpm>", "tpm/backend@type");
        device("<tpm><backend type='emulator'><encryption secret='x'/></backend></tpm>",
            "tpm/backend/encryption");
        device("<panic model='hyperv'/>", "panic@model");
        device("<hostdev mode='subsystem' type='pci'/>", "hostdev@type");
        device(
            "<interface type='network'><source network='default'/></interface>", "interface@type");
        device("<interface type='user'><bandwidth/></interface>", "interface/bandwidth");
        device("<disk type='volume'/>", "disk@type");
        device("<disk device='floppy'/>", "disk@device");
        device(
            "<disk><iotune><group_name>g</group_name></iotune></disk>", "disk/iotune/group_name");
        device("<disk><driver iothread='1'/></disk>", "disk/driver@iothread");
        device("<disk><driver type='vmdk'/></disk>", "disk/driver@type");
        device("<disk><encryption format='luks'/></disk>", "disk/encryption");
        device("<graphics type='spice' listen='0.0.0.0'/>", "graphics@listen");
        device("<graphics type='spice'><listen type='address' address='192.168.1.1'/></graphics>",
            "graphics/listen@address");
        device("<graphics type='sdl'/>", "graphics@type");
        device("<serial type='tcp'/>", "serial@type");
        device("<controller type='ccid'/>", "controller@type");
        device("<rng model='virtio'><backend model='egd'/></rng>", "rng/backend@model");
        QTest::newRow("firmware") << QStringLiteral("<os><loader stateless='yes'>/x</loader></os>")
                                  << QStringLiteral("os/loader@stateless");
        QTest::newRow("domain of another kind")
            << QStringLiteral("<os><type arch='aarch64'>hvm</type></os>")
            << QStringLiteral("os/type@arch");
    }

    void whatTheCoreCannotDo_isRefusedByName()
    {
        QFETCH(QString, part);
        QFETCH(QString, element);
        const Definition definition = machineWith(part);
        QVERIFY2(elementsOf(unsupportedByEmbedded(definition)).contains(element),
            qPrintable(elementsOf(unsupportedByEmbedded(definition)).join(QLatin1Char(' '))));
        const auto checked = checkSupportedByEmbedded(definition);
        QCOMPARE(checked.error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(checked.error().cause, ErrorCause::DefinitionUnsupported);
        QVERIFY(checked.error().detail.contains(element));
    }

    void refusal_namesAllParts_firstOneFirst()
    {
        const auto checked = checkSupportedByEmbedded(machineWith(QStringLiteral(
            "<iothreads>1</iothreads><devices><iommu/><iommu/><disk type='volume'/></devices>")));
        QCOMPARE(checked.error().subject, QStringLiteral("iothreads"));
        QCOMPARE(checked.error().detail,
            QStringLiteral("iothreads, devices/iommu, devices/disk@type=\"volume\""));
    }

    void partsOfOtherPrograms_areLeftAlone()
    {
        QVERIFY(checkSupportedByEmbedded(
            machineWith(QStringLiteral("<metadata><x:a xmlns:x='urn:x'><hostdev/></x:a></metadata>"
                                       "<resource><partition>/machine</partition></resource>"
                                       "<seclabel type='dynamic'/>"))));
    }

    void domainOfAnotherHypervisor_isRefused()
    {
        Definition definition = machineWith({});
        definition.setDomainType(QStringLiteral("xen"));
        QCOMPARE(checkSupportedByEmbedded(definition).error().subject, QStringLiteral("@type"));
    }
};

QTEST_GUILESS_MAIN(TestEmbeddedSupport)
#include "tst_EmbeddedSupport.moc"
