// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/vsphere/Reader.h"
#include "tests/process/vsphere/ScriptedServer.h"
#include "tests/support/TestNames.h"

#include <QTest>

#include <cmath>

using hosts::Feature;
using hosts::HostMetric;
using hosts::HostUri;
using hosts::MetricsBatch;
using hosts::VmId;
using hosts::VmMetric;
using hosts::vsphere::Login;
using hosts::vsphere::Reader;
using hosts::vsphere::Timing;
using tests::ScriptedServer;
using Answer = ScriptedServer::Answer;

namespace {

constexpr int kPatienceMs = 20'000;
const char* const kPassword = "s3cret";

QString text(const char* literal)
{
    return QString::fromUtf8(literal);
}

const VmId kWeb = VmId::fromString(text("11111111-2222-3333-4444-555555555555"));
const VmId kOff = VmId::fromString(text("11111111-2222-3333-4444-666666666666"));

QByteArray valued(const char* name, const QByteArray& value, const char* type = "")
{
    const QByteArray of = *type == 0 ? QByteArray() : QByteArray(" type=\"") + type + '"';
    return QByteArray("<propSet><name>") + name + "</name><val" + of + '>' + value
        + "</val></propSet>";
}

QByteArray object(const char* type, const char* ref, const QByteArray& properties)
{
    return QByteArray("<objects><obj type=\"") + type + "\">" + ref + "</obj>" + properties
        + "</objects>";
}

Answer page(const QByteArray& objects, const QByteArray& token = {})
{
    return ScriptedServer::response("<RetrievePropertiesExResponse xmlns=\"urn:vim25\"><returnval>"
        + (token.isEmpty() ? QByteArray() : "<token>" + token + "</token>") + objects
        + "</returnval></RetrievePropertiesExResponse>");
}

QByteArray places()
{
    const auto place = [](const char* type, const char* ref, const char* name, const char* parent,
                           const char* parentType) {
        return object(type, ref, valued("name", name) + valued("parent", parent, parentType));
    };
    return object("Folder", "root", valued("name", "Datacenters"))
        + place("Datacenter", "dc", "DC", "root", "Folder")
        + place("Folder", "vms", "vm", "dc", "Datacenter")
        + place("Folder", "shop", "Shop", "vms", "Folder")
        + place("Folder", "hosts", "host", "dc", "Datacenter")
        + place("ComputeResource", "cr", "esx", "hosts", "Folder")
        + place("HostSystem", "host-1", "esx", "cr", "ComputeResource");
}

QByteArray machine(const char* ref, VmId id, const char* power, const char* host = "host-1")
{
    return object("VirtualMachine", ref,
        valued("config.uuid", id.toByteArray(QUuid::WithoutBraces))
            + valued("parent", "shop", "Folder") + valued("runtime.powerState", power)
            + valued("runtime.host", host, "HostSystem"));
}

QByteArray machines()
{
    return machine("vm-1", kWeb, "poweredOn") + machine("vm-2", kOff, "poweredOff")
        + machine("vm-3", VmId::createUuid(), "poweredOn", "host-2");
}

Answer counters()
{
    QByteArray list;
    int key = 0;
    for (const char* name : { "cpu.usage", "mem.consumed", "virtualDisk.read", "virtualDisk.write",
             "net.received", "net.transmitted" }) {
        const QByteArrayList parts = QByteArray(name).split('.');
        list += "<PerfCounterInfo><key>" + QByteArray::number(++key) + "</key><nameInfo><key>"
            + parts[1] + "</key></nameInfo><groupInfo><key>" + parts[0]
            + "</key></groupInfo><rollupType>average</rollupType></PerfCounterInfo>";
    }
    return page(object("PerformanceManager", "pm", valued("perfCounter", list)));
}

/// `count` samples for the entities of the request, the last one `ageMs` ago.
Answer samples(const QByteArray& request, int count, qint64 ageMs, qint64 clockAheadMs)
{
    QByteArray all;
    for (const char* ref : { "host-1", "vm-1" }) {
        if (!request.contains(QByteArray(">") + ref + '<'))
            continue;
        all += QByteArray("<returnval><entity type=\"X\">") + ref + "</entity>";
        all.replace("type=\"X\"",
            *ref == 'h' ? QByteArray("type=\"HostSystem\"")
                        : QByteArray("type=\"VirtualMachine\""));
        for (int i = 0; i < count; ++i)
            all += "<sampleInfo><timestamp>"
                + QDateTime::currentDateTimeUtc()
                      .addMSecs(clockAheadMs - ageMs - 20'000 * (count - 1 - i))
                      .toString(Qt::ISODateWithMs)
                      .toLatin1()
                + "</timestamp><interval>20</interval></sampleInfo>";
        for (int key = 1; key <= 6; ++key) {
            all += "<value><id><counterId>" + QByteArray::number(key) + "</counterId></id>";
            for (int i = 0; i < count; ++i)
                all += "<value>" + QByteArray::number(1000 * key + i) + "</value>";
            all += "</value>";
        }
        all += "</returnval>";
    }
    return ScriptedServer::response("<QueryPerfResponse>" + all + "</QueryPerfResponse>");
}

Timing quickTiming()
{
    using Milliseconds = std::chrono::milliseconds;
    return { .figures = Milliseconds(100),
        .machines = Milliseconds(300),
        .firstRetry = Milliseconds(50),
        .longestRetry = Milliseconds(200),
        .deadline = Milliseconds(3'000) };
}

} // namespace

/// The reader of what VMware tells beside libvirt, on a server that answers what it must and what
/// it must not.
class tst_VsphereReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void figuresAndPlaces_areTold();
    void samplesAreToldOnce_theOldestFirst();
    void serversClock_doesNotMatter();
    void expiredSession_isBegunAnew();
    void refusedPassword_isToldAndNotRepeated();
    void unknownPassword_isTold();
    void redirection_isNotFollowed();
    void withoutSamples_summariesAreRead_data();
    void withoutSamples_summariesAreRead();
    void absurdAnswers_areToldAndTriedAgain_data();
    void absurdAnswers_areToldAndTriedAgain();
    void pages_areFollowedToTheirEnd();
    void machinesOfOneUuid_areNotGuessed();
    void figuresThatStop_leaveAGap();
    void end_logsOutAndSaysNoMore();

private:
    void begin(const QString& query = QStringLiteral("transport=http"));
    bool isWhole() const { return m_missing && m_missing->isEmpty() && !m_batches.isEmpty(); }
    double value(qsizetype batch, VmMetric metric) const
    {
        for (const auto& vm : m_batches.value(batch).vms) {
            if (vm.id == kWeb)
                return vm.values[metric];
        }
        return hosts::kNotOffered;
    }

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Reader> m_reader;
    std::optional<Login> m_login;
    QVector<MetricsBatch> m_batches;
    QHash<VmId, QString> m_places;
    std::optional<QHash<Feature, QString>> m_missing;
};

void tst_VsphereReader::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_login = Login { text("root"), QString::fromLatin1(kPassword) };
    m_server->on("RetrieveServiceContent",
        ScriptedServer::response(
            "<RetrieveServiceContentResponse><returnval><rootFolder type=\"Folder\">root"
            "</rootFolder><propertyCollector type=\"PropertyCollector\">pc</propertyCollector>"
            "<viewManager type=\"ViewManager\">views</viewManager><about><fullName>vCenter"
            "</fullName><apiType>VirtualCenter</apiType></about>"
            "<sessionManager type=\"SessionManager\">sm</sessionManager>"
            "<perfManager type=\"PerformanceManager\">pm</perfManager></returnval>"
            "</RetrieveServiceContentResponse>"));
    m_server->on("Login", [](const QByteArray& request) -> Answer {
        if (!request.contains(QByteArray("<password>") + kPassword + "</password>"))
            return ScriptedServer::fault("InvalidLogin", "Cannot complete login.");
        Answer answer = ScriptedServer::response("<LoginResponse><returnval/></LoginResponse>");
        answer.headers = "Set-Cookie: vmware_soap_session=\"one\"; Path=/; HttpOnly\r\n";
        return answer;
    });
    m_server->on("CurrentTime", [](const QByteArray&) {
        return ScriptedServer::response("<CurrentTimeResponse><returnval>"
            + QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1()
            + "</returnval></CurrentTimeResponse>");
    });
    m_server->on("Logout", ScriptedServer::response("<LogoutResponse/>"));
    m_server->on("CreateContainerView", [](const QByteArray& request) {
        const QByteArray view = request.contains("VirtualMachine") ? "machines" : "places";
        return ScriptedServer::response(
            "<CreateContainerViewResponse><returnval type=\"ContainerView\">" + view
            + "</returnval></CreateContainerViewResponse>");
    });
    m_server->on("DestroyView", ScriptedServer::response("<DestroyViewResponse/>"));
    m_server->on("RetrievePropertiesEx", [](const QByteArray& request) {
        if (request.contains("perfCounter"))
            return counters();
        return page(request.contains(">machines<") ? machines() : places());
    });
    m_server->on(
        "QueryPerf", [](const QByteArray& request) { return samples(request, 1, 1'000, 0); });
}

void tst_VsphereReader::cleanup()
{
    m_reader.reset();
    m_server.reset();
    m_batches.clear();
    m_places.clear();
    m_missing.reset();
}

void tst_VsphereReader::begin(const QString& query)
{
    const QString uri
        = QStringLiteral("vpx://root@127.0.0.1:%1/DC/esx?%2").arg(m_server->port()).arg(query);
    m_reader = std::make_unique<Reader>(
        HostUri::parse(uri).value(), [this] { return m_login; }, quickTiming());
    connect(m_reader.get(), &Reader::sampled, this,
        [this](const MetricsBatch& batch) { m_batches.append(batch); });
    connect(m_reader.get(), &Reader::placed, this,
        [this](const QHash<VmId, QString>& locations) { m_places = locations; });
    connect(m_reader.get(), &Reader::offered, this,
        [this](const QHash<Feature, QString>& missing) { m_missing = missing; });
    m_reader->begin();
}

void tst_VsphereReader::figuresAndPlaces_areTold()
{
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(), kPatienceMs);
    QCOMPARE(m_places.value(kWeb), text("DC / Shop"));
    QCOMPARE(m_places.size(), 2); // not the one of another host
    QCOMPARE(value(0, VmMetric::CpuLoad), 0.1);
    QCOMPARE(value(0, VmMetric::MemoryUsed), 2000.0 * 1024);
    QCOMPARE(value(0, VmMetric::DiskRead), 3000.0 * 1024);
    QCOMPARE(value(0, VmMetric::DiskWrite), 4000.0 * 1024);
    QCOMPARE(value(0, VmMetric::NetworkReceive), 5000.0 * 1024);
    QCOMPARE(value(0, VmMetric::NetworkSend), 6000.0 * 1024);
    QCOMPARE(m_batches[0].vms.size(), 1); // the other one is off
    QCOMPARE(m_batches[0].host[HostMetric::CpuLoad], 0.1);
    QCOMPARE(m_batches[0].host[HostMetric::MemoryUsed], 2000.0 * 1024);
    QVERIFY(std::abs(QDateTime::currentMSecsSinceEpoch() - m_batches[0].timeMs) < 15'000);
    // The cookie goes along, the password in one call alone.
    QVERIFY(m_server->lastRequest().contains("vmware_soap_session=\"one\""));
    QVERIFY(!m_server->lastRequest().contains(kPassword));
    QCOMPARE(m_server->count("Login"), 1);
}

void tst_VsphereReader::samplesAreToldOnce_theOldestFirst()
{
    int queries = 0;
    m_server->on("QueryPerf", [&](const QByteArray& request) {
        ++queries;
        return samples(request, request.contains("<maxSample>15<") ? 15 : 3, 2'000, 0);
    });
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(queries >= 4, kPatienceMs);
    QCOMPARE(m_batches.size(), 15); // nothing new since
    for (qsizetype i = 1; i < m_batches.size(); ++i) {
        QCOMPARE(m_batches[i].timeMs - m_batches[i - 1].timeMs, 20'000);
        QVERIFY(value(i, VmMetric::CpuLoad) > value(i - 1, VmMetric::CpuLoad));
        QVERIFY(!std::isnan(m_batches[i].host[HostMetric::CpuLoad]));
    }
}

void tst_VsphereReader::serversClock_doesNotMatter()
{
    constexpr qint64 kAheadMs = 3'600'000;
    m_server->on("CurrentTime", [](const QByteArray&) {
        return ScriptedServer::response("<CurrentTimeResponse><returnval>"
            + QDateTime::currentDateTimeUtc()
                  .addMSecs(kAheadMs)
                  .toString(Qt::ISODateWithMs)
                  .toLatin1()
            + "</returnval></CurrentTimeResponse>");
    });
    m_server->on("QueryPerf",
        [](const QByteArray& request) { return samples(request, 1, 1'000, kAheadMs); });
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(), kPatienceMs);
    const qint64 age = QDateTime::currentMSecsSinceEpoch() - m_batches[0].timeMs;
    QVERIFY2(age >= 0 && age < 15'000, qPrintable(QString::number(age)));
}

void tst_VsphereReader::expiredSession_isBegunAnew()
{
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(), kPatienceMs);
    const auto query = m_server->script("QueryPerf");
    bool isExpired = true;
    m_server->on("QueryPerf", [&, query](const QByteArray& request) {
        return std::exchange(isExpired, false) ? ScriptedServer::fault("NotAuthenticated")
                                               : query(request);
    });
    QTRY_COMPARE_WITH_TIMEOUT(m_server->count("Login"), 2, kPatienceMs);
    const int queries = m_server->count("QueryPerf");
    QTRY_VERIFY_WITH_TIMEOUT(m_server->count("QueryPerf") > queries + 1, kPatienceMs);
    QCOMPARE(m_server->count("Login"), 2);
    QVERIFY(isWhole()); // nobody noticed
}

void tst_VsphereReader::refusedPassword_isToldAndNotRepeated()
{
    m_login->password = text("wrong");
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(m_missing, kPatienceMs);
    for (const Feature feature : { Feature::VmCpuLoad, Feature::VmMemoryUse, Feature::VmDiskRates,
             Feature::VmNetworkRates, Feature::HostLoad }) {
        const QString reason = m_missing->value(feature);
        QVERIFY2(reason.endsWith(text("Cannot complete login.")), qPrintable(reason));
    }
    QTest::qWait(500);
    QCOMPARE(m_server->count("Login"), 1); // it would lock the account
    QVERIFY(m_batches.isEmpty());
}

void tst_VsphereReader::unknownPassword_isTold()
{
    m_login.reset();
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(m_missing, kPatienceMs);
    QVERIFY(m_missing->value(Feature::VmCpuLoad).contains(text("password")));
    QVERIFY(m_server->methods().isEmpty());
}

void tst_VsphereReader::redirection_isNotFollowed()
{
    ScriptedServer elsewhere;
    m_server->on("Login",
        Answer { .status = 307,
            .headers
            = "Location: http://127.0.0.1:" + QByteArray::number(elsewhere.port()) + "/sdk\r\n" });
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(m_missing, kPatienceMs);
    QVERIFY(m_missing->value(Feature::HostLoad).contains(text("307")));
    QVERIFY(elsewhere.methods().isEmpty());
}

void tst_VsphereReader::withoutSamples_summariesAreRead_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("kind");
    QTest::newRow("no such call") << QByteArray("QueryPerf") << QByteArray("MethodNotFound");
    QTest::newRow("not for us") << QByteArray("QueryPerf") << QByteArray("NoPermission");
    QTest::newRow("refused") << QByteArray("QueryPerf") << QByteArray("InvalidArgument");
}

void tst_VsphereReader::withoutSamples_summariesAreRead()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, kind);
    m_server->on(method.constData(), ScriptedServer::fault(kind.constData(), "Not here."));
    m_server->on("RetrievePropertiesEx", [](const QByteArray& request) {
        if (request.contains("perfCounter"))
            return counters();
        if (!request.contains("quickStats"))
            return page(request.contains(">machines<") ? machines() : places());
        if (request.contains("overallMemoryUsage"))
            return page(object("HostSystem", "host-1",
                valued("summary.quickStats.overallCpuUsage", "500")
                    + valued("summary.hardware.cpuMhz", "1000")
                    + valued("summary.hardware.numCpuCores", "2")));
        return page(object("VirtualMachine", "vm-1",
                        valued("summary.quickStats.overallCpuUsage", "300")
                            + valued("runtime.maxCpuUsage", "1200")
                            + valued("summary.quickStats.hostMemoryUsage", "64"))
            + object("VirtualMachine", "vm-2", valued("runtime.maxCpuUsage", "1200")));
    });
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(m_missing && !m_batches.isEmpty(), kPatienceMs);
    QCOMPARE(value(0, VmMetric::CpuLoad), 0.25);
    QCOMPARE(value(0, VmMetric::MemoryUsed), 64.0 * 1024 * 1024);
    QVERIFY(std::isnan(value(0, VmMetric::DiskRead)));
    QCOMPARE(m_batches[0].vms.size(), 1);
    QCOMPARE(m_batches[0].host[HostMetric::CpuLoad], 0.25);
    QCOMPARE(m_missing->size(), 2);
    QVERIFY(m_missing->value(Feature::VmDiskRates).endsWith(text("Not here.")));
    QVERIFY(m_missing->contains(Feature::VmNetworkRates));
}

void tst_VsphereReader::absurdAnswers_areToldAndTriedAgain_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("manner"); // 1: silent, 2: cut off
    const auto row = [](const char* name, const char* method, int status, const QByteArray& body,
                         int manner = 0) {
        QTest::newRow(name) << QByteArray(method) << status << body << manner;
    };
    row("no XML", "RetrieveServiceContent", 200, "Welcome");
    row("HTML", "Login", 200, "<html><body>Sign in</body></html>");
    row("not found", "RetrieveServiceContent", 404, "Not here");
    row("bad gateway", "QueryPerf", 502, "<html/>");
    row("other answer", "CreateContainerView", 200, ScriptedServer::envelope("<LoginResponse/>"));
    row("no hosts", "RetrievePropertiesEx", 200,
        ScriptedServer::envelope("<RetrievePropertiesExResponse/>"));
    row("no time", "CurrentTime", 200, ScriptedServer::envelope("<CurrentTimeResponse/>"));
    row("too long", "QueryPerf", 200, QByteArray(70 * 1024 * 1024, ' '));
    row("cut off", "QueryPerf", 200, QByteArray(100'000, ' '), 2);
    row("silent", "Login", 200, {}, 1);
    row("broken", "RetrievePropertiesEx", 200,
        ScriptedServer::envelope("<RetrievePropertiesExResponse><returnval><objects>"));
}

void tst_VsphereReader::absurdAnswers_areToldAndTriedAgain()
{
    QFETCH(QByteArray, method);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, manner);
    const auto right = m_server->script(method.constData());
    m_server->on(method.constData(),
        Answer { .status = status, .body = body, .isSilent = manner == 1, .isCut = manner == 2 });
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(m_missing, kPatienceMs);
    QVERIFY(m_missing->value(Feature::VmCpuLoad).endsWith(QLatin1Char('.')));
    QVERIFY(!m_missing->value(Feature::VmCpuLoad).contains(QString::fromLatin1(kPassword)));
    QVERIFY(m_batches.isEmpty());
    m_server->on(method.constData(), right);
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(), kPatienceMs);
}

void tst_VsphereReader::pages_areFollowedToTheirEnd()
{
    m_server->on("RetrievePropertiesEx", [](const QByteArray& request) {
        if (request.contains("perfCounter"))
            return counters();
        return request.contains(">machines<") ? page(machine("vm-1", kWeb, "poweredOn"), "more")
                                              : page(places());
    });
    bool isEndless = true;
    m_server->on("ContinueRetrievePropertiesEx", [&](const QByteArray& request) {
        Q_ASSERT(request.contains("<token>more</token>"));
        Answer answer = isEndless ? page({}, "more") : page(machine("vm-2", kOff, "poweredOff"));
        answer.body.replace("RetrievePropertiesExResponse", "ContinueRetrievePropertiesExResponse");
        return answer;
    });
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(m_missing, kPatienceMs);
    QVERIFY(m_missing->value(Feature::HostLoad).contains(text("no end")));
    isEndless = false;
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(), kPatienceMs);
    QCOMPARE(m_places.size(), 2);
}

void tst_VsphereReader::machinesOfOneUuid_areNotGuessed()
{
    m_server->on("RetrievePropertiesEx", [](const QByteArray& request) {
        if (request.contains("perfCounter"))
            return counters();
        return page(request.contains(">machines<")
                ? machine("vm-1", kWeb, "poweredOn") + machine("vm-2", kWeb, "poweredOn")
                : places());
    });
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(), kPatienceMs);
    QVERIFY(m_batches[0].vms.isEmpty());
    QVERIFY(m_places.isEmpty());
    QVERIFY(!std::isnan(m_batches[0].host[HostMetric::CpuLoad]));
}

void tst_VsphereReader::figuresThatStop_leaveAGap()
{
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(), kPatienceMs);
    QCOMPARE(m_batches.size(), 1);
    m_server->on("QueryPerf", ScriptedServer::fault("HostNotConnected", "Lost."));
    m_server->on("RetrievePropertiesEx", Answer { .status = 503 });
    QTRY_COMPARE_WITH_TIMEOUT(m_missing->size(), 5, kPatienceMs);
    QTest::qWait(300); // told once, however often it is tried
    QCOMPARE(m_batches.size(), 2);
    QVERIFY(std::isnan(value(1, VmMetric::CpuLoad)));
    QVERIFY(std::isnan(m_batches[1].host[HostMetric::CpuLoad]));
}

void tst_VsphereReader::end_logsOutAndSaysNoMore()
{
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(), kPatienceMs);
    m_reader.reset();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->count("Logout"), 1, kPatienceMs);
    const qsizetype told = m_batches.size();
    QTest::qWait(300);
    QCOMPARE(m_batches.size(), told);
    QCOMPARE(m_server->methods().last(), text("Logout"));
}

QTEST_GUILESS_MAIN(tst_VsphereReader)
#include "tst_VsphereReader.moc"
