// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/vsphere/Figures.h"
#include "hosts/vsphere/Places.h"
#include "tests/support/TestNames.h"

#include <QTest>

#include <cmath>

using namespace hosts::vsphere;
using hosts::HostMetric;
using hosts::VmMetric;
using vmm::ErrorCause;
using vmm::ErrorKind;

namespace {

QString text(const char* literal)
{
    return QString::fromUtf8(literal);
}

QByteArray answer(const QByteArray& response)
{
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soapenv:Envelope "
           "xmlns:soapenc=\"http://schemas.xmlsoap.org/soap/encoding/\" "
           "xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" "
           "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n<soapenv:Body>\n"
        + response + "\n</soapenv:Body>\n</soapenv:Envelope>";
}

Reply replyOf(const QByteArray& response)
{
    return parseReply(answer(response)).value();
}

MoRef ref(const char* type, const char* value)
{
    return { text(type), text(value) };
}

ManagedObject place(const char* type, const char* value, const char* name, const MoRef& parent)
{
    ManagedObject object { .ref = ref(type, value) };
    object.values.insert(text("name"), { text(name), {} });
    if (!parent.isNull())
        object.values.insert(text("parent"), { parent.value, parent.type });
    return object;
}

/// Root, a folder of datacenters, one datacenter with machines' folders and hosts' folders.
Places vcenter()
{
    const MoRef root = ref("Folder", "group-d1");
    const MoRef europe = ref("Folder", "group-d2");
    const MoRef datacenter = ref("Datacenter", "datacenter-3");
    const MoRef vmFolder = ref("Folder", "group-v4");
    const MoRef hostFolder = ref("Folder", "group-h5");
    return Places({
        place("Folder", "group-d1", "Datacenters", {}),
        place("Folder", "group-d2", "Europe", root),
        place("Datacenter", "datacenter-3", "Munich", europe),
        place("Folder", "group-v4", "vm", datacenter),
        place("Folder", "group-h5", "host", datacenter),
        place("Folder", "group-h6", "Rack 1", hostFolder),
        place("ClusterComputeResource", "domain-c7", "Blue", ref("Folder", "group-h6")),
        place("HostSystem", "host-8", "esx1.example", ref("ClusterComputeResource", "domain-c7")),
        place("HostSystem", "host-9", "esx2.example", ref("ClusterComputeResource", "domain-c7")),
        place("ComputeResource", "domain-s10", "lone.example", hostFolder),
        place("HostSystem", "host-11", "lone.example", ref("ComputeResource", "domain-s10")),
        place("Folder", "group-v12", "Shop", vmFolder),
        place("Folder", "group-v13", "Front%2fEnd 100%25", ref("Folder", "group-v12")),
    });
}

} // namespace

/// What we say to vSphere and what we read in its answers; no server.
class tst_VsphereAnswers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requests_areXmlWhateverIsInThem()
    {
        const QString password = text("<&>\"' ä\x01\r\n]]>");
        const QByteArray request = envelope(login(ref("SessionManager", "m\"&"), {}, password));
        pugi::xml_document document;
        QVERIFY(document.load_buffer(
            request.constData(), size_t(request.size()), pugi::parse_default & ~pugi::parse_eol));
        const pugi::xml_node call
            = document.child("soapenv:Envelope").child("soapenv:Body").child("Login");
        QCOMPARE(text(call.attribute("xmlns").value()), text("urn:vim25"));
        QCOMPARE(text(call.child("_this").attribute("type").value()), text("SessionManager"));
        QCOMPARE(text(call.child("_this").text().get()), text("m\"&"));
        QCOMPARE(text(call.child("password").text().get()), text("<&>\"' ä\r\n]]>"));
    }

    void answersThatAreNone_areRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no XML") << QByteArray("502 Bad Gateway");
        QTest::newRow("cut") << answer("<LoginResponse>").left(400);
        QTest::newRow("HTML") << QByteArray("<html><body><p>Hello</p></body></html>");
        QTest::newRow("empty body") << answer({});
        QTest::newRow("zeros") << QByteArray(10'000, '\0');
        QTest::newRow("other envelope") << QByteArray("<Envelope><Head/></Envelope>");
    }
    void answersThatAreNone_areRefused()
    {
        QFETCH(QByteArray, bytes);
        const auto reply = parseReply(bytes);
        QVERIFY(!reply.has_value());
        QCOMPARE(reply.error().kind, ErrorKind::ProtocolViolation);
        QVERIFY(!reply.error().detail.isEmpty());
    }

    void entities_areNotExpanded()
    {
        const auto reply = parseReply(
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
            "<Envelope><Body><CurrentTimeResponse><returnval>&b;&b;</returnval>"
            "</CurrentTimeResponse></Body></Envelope>");
        QVERIFY(reply.has_value());
        QCOMPARE(text(reply->response.child("returnval").text().get()), text("&b;&b;"));
    }

    void deepAnswers_doNoHarm()
    {
        QByteArray deep = "<Envelope><Body>";
        for (int i = 0; i < 100'000; ++i)
            deep += "<a>";
        QVERIFY(!parseReply(deep).has_value());
    }

    void faults_becomeErrors_data()
    {
        QTest::addColumn<QByteArray>("detail");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<ErrorCause>("cause");
        const auto row = [](const char* name, const char* detail, ErrorKind kind,
                             ErrorCause cause = ErrorCause::None) {
            QTest::newRow(name) << QByteArray(detail) << kind << cause;
        };
        row("login",
            "<detail><InvalidLoginFault xmlns=\"urn:vim25\" xsi:type=\"InvalidLogin\"/></detail>",
            ErrorKind::PermissionDenied, ErrorCause::AuthenticationFailed);
        row("session",
            "<detail><NotAuthenticatedFault xsi:type=\"vim25:NotAuthenticated\"><object "
            "type=\"Folder\">x</object></NotAuthenticatedFault></detail>",
            ErrorKind::Disconnected);
        row("untyped", "<detail>\n<NoPermissionFault/>\n</detail>", ErrorKind::PermissionDenied);
        row("method", "<detail><f xsi:type=\"MethodNotFound\"/></detail>",
            ErrorKind::HostLacksFeature);
        row("gone", "<detail><f xsi:type=\"ManagedObjectNotFound\"/></detail>",
            ErrorKind::NotFound);
        row("other", "<detail><f xsi:type=\"SystemError\"/></detail>", ErrorKind::Io);
        row("none", "", ErrorKind::Io);
    }
    void faults_becomeErrors()
    {
        QFETCH(QByteArray, detail);
        QFETCH(ErrorKind, kind);
        QFETCH(ErrorCause, cause);
        const Reply reply = replyOf("<soapenv:Fault><faultcode>ServerFaultCode</faultcode>"
                                    "<faultstring>No,\n  not now.</faultstring>"
            + detail + "</soapenv:Fault>");
        QVERIFY(reply.fault.has_value());
        const vmm::Error error = toError(*reply.fault, text("vc"));
        QCOMPARE(error.kind, kind);
        QCOMPARE(error.cause, cause);
        QCOMPARE(error.detail, text("No, not now."));
    }

    void serviceContent_isRead()
    {
        const auto content = parseServiceContent(
            replyOf("<RetrieveServiceContentResponse xmlns=\"urn:vim25\"><returnval>"
                    "<rootFolder type=\"Folder\">group-d1</rootFolder>"
                    "<propertyCollector type=\"PropertyCollector\">pc</propertyCollector>"
                    "<viewManager type=\"ViewManager\">vm</viewManager>"
                    "<about><fullName>VMware vCenter Server 6.5.0</fullName>"
                    "<apiType>VirtualCenter</apiType></about>"
                    "<sessionManager type=\"SessionManager\">sm</sessionManager>"
                    "<perfManager type=\"PerformanceManager\">pm</perfManager>"
                    "<unheardOf><x/></unheardOf>"
                    "</returnval></RetrieveServiceContentResponse>"));
        QVERIFY(content.has_value());
        QCOMPARE(content->rootFolder, ref("Folder", "group-d1"));
        QCOMPARE(content->perfManager, ref("PerformanceManager", "pm"));
        QVERIFY(content->isVCenter);
        const auto none = parseServiceContent(replyOf(
            "<RetrieveServiceContentResponse><returnval/></RetrieveServiceContentResponse>"));
        QCOMPARE(none.error().kind, ErrorKind::ProtocolViolation);
    }

    void pages_areReadAndMayBeEmpty()
    {
        const auto page = parsePage(replyOf(
            "<RetrievePropertiesExResponse xmlns=\"urn:vim25\"><returnval><token>12</token>"
            "<objects><obj type=\"VirtualMachine\">vm-1</obj>"
            "<propSet><name>config.uuid</name><val xsi:type=\"xsd:string\">564d</val></propSet>"
            "<propSet><name>runtime.host</name><val type=\"HostSystem\" "
            "xsi:type=\"ManagedObjectReference\">host-8</val></propSet>"
            "<propSet><name>n</name><val xsi:type=\"xsd:int\">42</val></propSet>"
            "<propSet><name>nan</name><val>NaN</val></propSet>"
            "<missingSet><path>parent</path></missingSet></objects>"
            "</returnval></RetrievePropertiesExResponse>"));
        QVERIFY(page.has_value());
        QCOMPARE(page->token, text("12"));
        QCOMPARE(page->objects.size(), 1);
        const ManagedObject& vm = page->objects.first();
        QCOMPARE(vm.ref, ref("VirtualMachine", "vm-1"));
        QCOMPARE(vm.text("config.uuid"), text("564d"));
        QCOMPARE(vm.reference("runtime.host"), ref("HostSystem", "host-8"));
        QCOMPARE(vm.number("n"), 42.0);
        QVERIFY(std::isnan(vm.number("nan")));
        QVERIFY(std::isnan(vm.number("parent")));
        const auto empty
            = parsePage(replyOf("<RetrievePropertiesExResponse xmlns=\"urn:vim25\"/>"));
        QVERIFY(empty.has_value());
        QVERIFY(empty->objects.isEmpty());
        QVERIFY(!parsePage(replyOf("<LoginResponse/>")).has_value());
    }

    void samples_becomeFigures()
    {
        const CounterIds ids { { text("cpu.usage.average"), 2 },
            { text("mem.consumed.average"), 98 }, { text("virtualDisk.read.average"), 180 },
            { text("net.received.average"), 148 } };
        const Counters counters(ids);
        QCOMPARE(counters.ofMachines().size(), 4);
        QCOMPARE(counters.ofHosts().size(), 2);
        const auto samples = parseSamples(replyOf(
            "<QueryPerfResponse xmlns=\"urn:vim25\"><returnval xsi:type=\"PerfEntityMetric\">"
            "<entity type=\"VirtualMachine\">vm-1</entity>"
            "<sampleInfo><timestamp>2026-11-28T10:00:20Z</timestamp><interval>20</interval>"
            "</sampleInfo><sampleInfo><timestamp>2026-11-28T10:00:40.123456Z</timestamp>"
            "<interval>20</interval></sampleInfo>"
            "<value xsi:type=\"PerfMetricIntSeries\"><id><counterId>2</counterId><instance/></id>"
            "<value>2550</value><value>12000</value></value>"
            "<value><id><counterId>98</counterId><instance></instance></id>"
            "<value>1024</value><value>none</value></value>"
            "<value><id><counterId>180</counterId><instance>scsi0:0</instance></id>"
            "<value>3</value><value>-1</value></value>"
            "<value><id><counterId>180</counterId><instance>scsi0:1</instance></id>"
            "<value>4</value><value>5</value></value>"
            "<value><id><counterId>148</counterId><instance/></id><value>7</value></value>"
            "</returnval></QueryPerfResponse>"));
        QVERIFY(samples.has_value());
        QCOMPARE(samples->size(), 1);
        const EntitySamples& of = samples->first();
        QCOMPARE(of.times.size(), 2);
        QVERIFY(of.times.at(0).isValid() && of.times.at(1).isValid());
        QCOMPARE(of.times.at(0).secsTo(of.times.at(1)), 20);
        const hosts::VmValues first = counters.machineValues(of, 0);
        QCOMPARE(first[VmMetric::CpuLoad], 0.255);
        QCOMPARE(first[VmMetric::MemoryUsed], 1024.0 * 1024);
        QCOMPARE(first[VmMetric::DiskRead], 7.0 * 1024);
        QVERIFY(std::isnan(first[VmMetric::DiskWrite])); // the server has no such counter
        QCOMPARE(first[VmMetric::NetworkReceive], 7.0 * 1024);
        const hosts::VmValues second = counters.machineValues(of, 1);
        QCOMPARE(second[VmMetric::CpuLoad], 1.0);
        QVERIFY(std::isnan(second[VmMetric::MemoryUsed])); // -1: not measured
        QCOMPARE(second[VmMetric::DiskRead], 5.0 * 1024);
        QVERIFY(std::isnan(second[VmMetric::NetworkReceive])); // a series that is too short
        QVERIFY(Counters(CounterIds {}).isEmpty());
    }

    void counters_areFoundByName()
    {
        const auto ids = parseCounters(replyOf(
            "<RetrievePropertiesExResponse xmlns=\"urn:vim25\"><returnval><objects>"
            "<obj type=\"PerformanceManager\">pm</obj><propSet><name>perfCounter</name>"
            "<val xsi:type=\"ArrayOfPerfCounterInfo\"><PerfCounterInfo><key>2</key>"
            "<nameInfo><label>Usage</label><key>usage</key></nameInfo>"
            "<groupInfo><key>cpu</key></groupInfo><rollupType>average</rollupType>"
            "</PerfCounterInfo><PerfCounterInfo><key>x</key></PerfCounterInfo></val></propSet>"
            "</objects></returnval></RetrievePropertiesExResponse>"));
        QVERIFY(ids.has_value());
        QCOMPARE(ids->value(text("cpu.usage.average")), 2);
        QCOMPARE(ids->size(), 1);
    }

    void summaries_becomeFigures()
    {
        ManagedObject vm;
        vm.values.insert(text("summary.quickStats.overallCpuUsage"), { text("600"), {} });
        vm.values.insert(text("runtime.maxCpuUsage"), { text("2400"), {} });
        vm.values.insert(text("summary.quickStats.hostMemoryUsage"), { text("96"), {} });
        const hosts::VmValues values = quickMachineValues(vm);
        QCOMPARE(values[VmMetric::CpuLoad], 0.25);
        QCOMPARE(values[VmMetric::MemoryUsed], 96.0 * 1024 * 1024);
        QVERIFY(std::isnan(values[VmMetric::DiskRead]));
        vm.values.insert(text("runtime.maxCpuUsage"), { text("0"), {} });
        QVERIFY(std::isnan(quickMachineValues(vm)[VmMetric::CpuLoad]));
        QVERIFY(std::isnan(quickMachineValues({})[VmMetric::MemoryUsed]));
        ManagedObject host;
        host.values.insert(text("summary.quickStats.overallCpuUsage"), { text("1000"), {} });
        host.values.insert(text("summary.hardware.cpuMhz"), { text("2000"), {} });
        host.values.insert(text("summary.hardware.numCpuCores"), { text("4"), {} });
        QCOMPARE(quickHostValues(host)[HostMetric::CpuLoad], 0.125);
        QVERIFY(std::isnan(quickHostValues(host)[HostMetric::MemoryUsed]));
    }

    void hosts_areFoundByTheirPath()
    {
        const Places places = vcenter();
        const QStringList paths { text("Europe/Munich/Rack%201/Blue/esx1.example"),
            text("Europe/Munich/Rack%201/Blue/esx2.example"), text("Europe/Munich/lone.example") };
        QCOMPARE(places.hostPaths(), paths);
        QCOMPARE(places.findHost(text("/Europe/Munich/Rack%201/Blue/esx2.example")),
            ref("HostSystem", "host-9"));
        QCOMPARE(places.findHost(text("Europe/Munich/Rack 1/Blue/esx1.example/")),
            ref("HostSystem", "host-8"));
        QCOMPARE(
            places.findHost(text("/Europe/Munich/lone.example")), ref("HostSystem", "host-11"));
        QVERIFY(places.findHost(text("/Munich/lone.example")).isNull());
        QVERIFY(places.findHost({}).isNull()); // which of three?
    }

    void machines_areSomewhere()
    {
        const Places places = vcenter();
        QCOMPARE(places.locationOf(ref("Folder", "group-v13"), ref("HostSystem", "host-8")),
            text("Europe / Munich / Rack 1 / Blue / Shop / Front/End 100%"));
        QCOMPARE(places.locationOf(ref("Folder", "group-v4"), ref("HostSystem", "host-11")),
            text("Europe / Munich"));
        // In an app, which is no folder; or nobody says where.
        QCOMPARE(places.locationOf({}, ref("HostSystem", "host-8")),
            text("Europe / Munich / Rack 1 / Blue"));
    }

    void placesInARing_areNoEnd()
    {
        const Places places({ place("Folder", "a", "A", ref("Folder", "b")),
            place("Folder", "b", "B", ref("Folder", "a")),
            place("HostSystem", "h", "H", ref("Folder", "a")) });
        QCOMPARE(places.findHost({}), ref("HostSystem", "h"));
        QVERIFY(places.locationOf(ref("Folder", "a"), ref("HostSystem", "h")).isEmpty());
    }
};

QTEST_APPLESS_MAIN(tst_VsphereAnswers)
#include "tst_VsphereAnswers.moc"
