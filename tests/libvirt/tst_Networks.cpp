// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/libvirt/QemuHostFixture.h"
#include "tests/support/TestGuest.h"

#include <QSignalSpy>
#include <QStandardPaths>

using namespace tests;
using hosts::ChangeNetwork;
using hosts::DefineNetwork;
using hosts::DeleteNetwork;
using hosts::ListNetworks;
using hosts::NetworkInfo;
using hosts::NewNetwork;
using hosts::ResourceAction;
using hosts::ResourceKind;
using hosts::VmId;
using vmm::ErrorKind;

namespace {

const auto kNetwork = QStringLiteral("lab");

} // namespace

/// Networks and devices of a real libvirtd that has a network of its own for them.
class tst_Networks : public QemuHostTest {
    Q_OBJECT

protected Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(
                QStringLiteral("dnsmasq"), { QStringLiteral("/usr/sbin") })
                .isEmpty())
            QSKIP("dnsmasq is not installed");
        m_libvirtd.isolateNetwork();
        QemuHostTest::initTestCase();
    }

    void cleanup()
    {
        QemuHostTest::cleanup(); // its machines are in them
        m_libvirtd.virsh({ QStringLiteral("net-destroy"), kNetwork });
        m_libvirtd.virsh({ QStringLiteral("net-undefine"), kNetwork });
    }

private Q_SLOTS:
    void network_isMadeChangedAndForgotten_data()
    {
        QTest::addColumn<QString>("mode");
        for (const char* mode : { "nat", "route", "open", "isolated" })
            QTest::newRow(mode) << QString::fromLatin1(mode);
    }

    void network_isMadeChangedAndForgotten()
    {
        QFETCH(QString, mode);
        VERIFY_DONE(ask(DefineNetwork { wanted(mode) }));
        NetworkInfo network = networkNamed(kNetwork);
        QCOMPARE(network.mode, mode);
        QVERIFY(network.isActive && network.isAutostart && network.isPersistent);
        QVERIFY(!network.bridge.isEmpty()); // libvirt chose one
        QCOMPARE(network.addresses, wanted(mode).addresses);
        VERIFY_FAILED(ask(DefineNetwork { wanted(mode) }), ErrorKind::AlreadyExists);
        VERIFY_DONE(ask(ChangeNetwork { kNetwork, ResourceAction::Stop }));
        VERIFY_DONE(ask(ChangeNetwork { kNetwork, ResourceAction::DisableAutostart }));
        network = networkNamed(kNetwork);
        QVERIFY(!network.isActive && !network.isAutostart);
        VERIFY_FAILED(ask(ChangeNetwork { kNetwork, ResourceAction::Stop }), ErrorKind::WrongState);
        VERIFY_DONE(ask(ChangeNetwork { kNetwork, ResourceAction::Start }));
        VERIFY_DONE(ask(DeleteNetwork { kNetwork }));
        QVERIFY(networkNamed(kNetwork).name.isEmpty());
        VERIFY_FAILED(ask(DeleteNetwork { kNetwork }), ErrorKind::NotFound);
    }

    void bridgeOfTheHost_isUsedAsItIs()
    {
        const NewNetwork bridged {
            .name = kNetwork, .mode = QStringLiteral("bridge"), .bridge = QStringLiteral("br7")
        };
        VERIFY_DONE(ask(DefineNetwork { bridged }));
        QCOMPARE(networkNamed(kNetwork).mode, QStringLiteral("bridge"));
        QCOMPARE(networkNamed(kNetwork).bridge, QStringLiteral("br7"));
    }

    void wrongAddresses_areRefused()
    {
        NewNetwork network = wanted(QStringLiteral("nat"));
        network.addresses[0].address = QStringLiteral("192.168.177.1");
        VERIFY_FAILED(ask(DefineNetwork { network }), ErrorKind::InvalidConfig);
        network = wanted(QStringLiteral("nat"));
        network.addresses[0].dhcpLast = QStringLiteral("192.168.178.9");
        VERIFY_FAILED(ask(DefineNetwork { network }), ErrorKind::InvalidConfig);
        QVERIFY(networkNamed(kNetwork).name.isEmpty());
    }

    void xml_isReadAndStored()
    {
        VERIFY_DONE(ask(DefineNetwork { wanted(QStringLiteral("nat")) }));
        QString xml = ask(hosts::GetNetworkXml { kNetwork }).value_or(QString());
        QVERIFY(xml.contains(QStringLiteral("192.168.177.1")));
        xml.replace(
            QStringLiteral("</network>"), QStringLiteral("<domain name='d.test'/></network>"));
        VERIFY_DONE(
            ask(DefineNetwork { { .xml = xml, .isStarted = false, .isAutostart = false } }));
        QVERIFY(ask(hosts::GetNetworkXml { kNetwork })->contains(QStringLiteral("d.test")));
    }

    void xmlOfAnOldOne_isRefused()
    {
        VERIFY_DONE(ask(DefineNetwork { wanted(QStringLiteral("nat")) }));
        const QString base = ask(hosts::GetNetworkXml { kNetwork }).value_or(QString());
        const auto define = [&](const char* domain) {
            QString xml = base;
            xml.replace(QStringLiteral("</network>"),
                QStringLiteral("<domain name='%1'/></network>").arg(QString::fromLatin1(domain)));
            return ask(
                DefineNetwork { { .xml = xml, .isStarted = false, .isAutostart = false }, base });
        };
        VERIFY_DONE(define("mine.test"));
        const auto late = define("theirs.test");
        VERIFY_FAILED(late, ErrorKind::Busy);
        QCOMPARE(late.error().cause, vmm::ErrorCause::DefinitionChanged);
        QVERIFY(ask(hosts::GetNetworkXml { kNetwork })->contains(QStringLiteral("mine.test")));
    }

    void changesByOthers_areTold()
    {
        VERIFY_DONE(ask(DefineNetwork { wanted(QStringLiteral("nat")) }));
        VERIFY_DONE(ask(ListNetworks {}));
        QSignalSpy told(m_host.get(), &hosts::Host::resourcesChanged);
        const auto stopped = [&] {
            return std::any_of(told.begin(), told.end(), [](const auto& each) {
                return each.first().template value<ResourceKind>() == ResourceKind::Networks;
            });
        };
        m_libvirtd.virsh({ QStringLiteral("net-destroy"), kNetwork });
        QTRY_VERIFY_WITH_TIMEOUT(stopped(), kPatienceMs);
        QVERIFY(!networkNamed(kNetwork).isActive);
    }

    void guest_getsALease()
    {
        const auto guest = TestGuest::find();
        if (!guest)
            QSKIP("the test guest is not built (./dev guest)");
        VERIFY_DONE(ask(DefineNetwork { wanted(QStringLiteral("nat")) }));
        const QString name = QStringLiteral("leased");
        QString xml = guest->domainXml(name);
        xml.replace(QStringLiteral("</devices>"),
            QStringLiteral("<interface type='network'><source network='lab'/>"
                           "<mac address='52:54:00:77:00:01'/><model type='virtio'/></interface>"
                           "</devices>"));
        const VmId vm = define(xml, name);
        start(vm);
        QCOMPARE(networkNamed(kNetwork).machines, QStringList { name });
        QVector<hosts::DhcpLease> leases;
        const auto hasLease = [&] {
            leases = ask(hosts::ListLeases { kNetwork }).value_or(QVector<hosts::DhcpLease> {});
            return !leases.isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasLease(), 3 * kPatienceMs);
        QCOMPARE(leases.first().mac, QStringLiteral("52:54:00:77:00:01"));
        QVERIFY(leases.first().address.startsWith(QStringLiteral("192.168.177.")));
        QVERIFY(leases.first().expires > QDateTime::currentDateTimeUtc());
        QCOMPARE(leases.first().machine, name);
    }

    /// Without udev there are none, which is an answer, too.
    void hostDevices_areListedOrMissing()
    {
        const auto devices = ask(hosts::ListHostDevices {});
        if (!devices)
            QVERIFY2(devices.error().kind == ErrorKind::HostLacksFeature,
                qPrintable(devices.error().toString()));
    }

private:
    static NewNetwork wanted(const QString& mode)
    {
        return { .name = kNetwork,
            .mode = mode,
            .addresses = { { QStringLiteral("192.168.177.1/24"), QStringLiteral("192.168.177.10"),
                QStringLiteral("192.168.177.99") } } };
    }

    NetworkInfo networkNamed(const QString& name)
    {
        const auto networks = ask(ListNetworks {});
        for (const NetworkInfo& network : networks.value_or(QVector<NetworkInfo> {})) {
            if (network.name == name)
                return network;
        }
        return {};
    }
};

QTEST_GUILESS_MAIN(tst_Networks)
#include "moc_QemuHostFixture.cpp"
#include "tst_Networks.moc"
