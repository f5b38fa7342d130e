// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/Await.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/TestNames.h"
#include "tests/support/VmwareHostFixture.h"
#include "vmm/base/ScreenPicture.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

#include <cmath>
#include <csignal>

using hosts::ConnectionState;
using hosts::Feature;
using hosts::HostUri;
using hosts::Question;
using hosts::VmId;
using hosts::VmInfo;
using hosts::VmMetric;
using hosts::libvirt::LibvirtHost;
using hosts::libvirt::Timing;
using tests::VmwareHostFixture;
using vmm::ErrorCause;
using vmm::VmAction;
using vmm::VmState;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr Feature kFigures[] = { Feature::VmCpuLoad, Feature::VmMemoryUse, Feature::VmDiskRates,
    Feature::VmNetworkRates, Feature::HostLoad };

Timing quickTiming()
{
    Timing timing;
    timing.poll = Timing::Milliseconds(300);
    timing.visibleTick = Timing::Milliseconds(300);
    timing.firstBackoff = Timing::Milliseconds(200);
    timing.longestBackoff = Timing::Milliseconds(500);
    timing.vsphere.figures = Timing::Milliseconds(200);
    timing.vsphere.machines = Timing::Milliseconds(400);
    timing.vsphere.firstRetry = Timing::Milliseconds(200);
    timing.vsphere.longestRetry = Timing::Milliseconds(400);
    return timing;
}

/// Of the vCenter, as libvirt knows its hosts.
const QStringList kPaths { QStringLiteral("DC0/DC0_C0/DC0_C0_H0"),
    QStringLiteral("DC0/DC0_C0/DC0_C0_H1"), QStringLiteral("DC0/DC0_H0") };

/// libvirt's log of this process (hosts/libvirt/LibraryLog); empty if it goes elsewhere.
QString libraryLog()
{
    const QFileInfoList files
        = QDir(QStringLiteral("/proc/self/fd")).entryInfoList(QDir::Files | QDir::System);
    for (const QFileInfo& file : files) {
        if (file.symLinkTarget().contains(QStringLiteral("libvirt-log")))
            return file.filePath();
    }
    return {};
}

} // namespace

/// The libvirt host on VMware: libvirt's real ESX driver, on a simulated ESX host and vCenter. It
/// has no events, so changes are found by asking; and much that QEMU has it lacks, which is said.
class tst_VmwareHost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void password_isAskedForOnce();
    void wrongPassword_isAskedForThreeTimesAndRefused();
    void declinedPassword_endsTheAttempt();
    void closedWhileOpening_asksNobody();
    void unknownCertificate_isRefusedAndExplained();
    void wrongPath_isExplained();
    void inventory_data() { addKinds(); }
    void inventory();
    void lifeCycle_goesThroughItsStates_data() { addKinds(); }
    void lifeCycle_goesThroughItsStates();
    void snapshots_areTakenRevertedToAndDeleted_data() { addKinds(); }
    void snapshots_areTakenRevertedToAndDeleted();
    void brokenCall_neverMakesAShorterListOfSnapshots();
    void screenshot_isSentAndShrunk();
    void definitionAndConsole_areTold();
    void storageAndNetworks_areListed();
    void abilities_areToldWithReasons_data() { addKinds(); }
    void abilities_areToldWithReasons();
    void figures_areTheServersOwn_data() { addKinds(); }
    void figures_areTheServersOwn();
    void places_areTold_data() { addKinds(); }
    void places_areTold();
    void expiredSession_isBegunAnew();
    void serverWithoutSamples_tellsLess();
    void figuresThatFail_leaveTheHostAsItIs();
    void pathlessAddress_isAnsweredWithTheHosts();
    void changesBehindOurBack_areNoticed();
    void hostThatDies_isFoundAgain();
    void theLibrarysLog_doesNotGrow();

private:
    static void addKinds();
    VmwareHostFixture& vmware() { return *m_vmware; }
    void make(const HostUri& uri);
    void open();
    void expectConnected();
    const VmInfo* find(const QString& name) const;
    VmId idOf(const QString& name) const;
    VmState stateOf(VmId vm) const;
    void perform(VmId vm, VmAction action, VmState expected);

    std::unique_ptr<VmwareHostFixture> m_esx;
    std::unique_ptr<VmwareHostFixture> m_vcenter;
    VmwareHostFixture* m_vmware = nullptr;
    std::unique_ptr<LibvirtHost> m_host;
    std::unique_ptr<tests::HostRecorder> m_seen;
    QVector<Question> m_questions;
    QStringList m_answers; // one for each question; none left: declined
};

void tst_VmwareHost::addKinds()
{
    QTest::addColumn<bool>("isVCenter");
    QTest::newRow("esx") << false;
    QTest::newRow("vpx") << true;
}

void tst_VmwareHost::initTestCase()
{
    std::signal(SIGPIPE, SIG_IGN); // as whoever runs a wire has it
    if (const QString reason = VmwareHostFixture::missing(); !reason.isEmpty())
        QSKIP(qPrintable(reason));
    m_esx = std::make_unique<VmwareHostFixture>();
    QVERIFY2(m_esx->start(VmwareHostFixture::Kind::Esx), qPrintable(m_esx->problem()));
    m_vcenter = std::make_unique<VmwareHostFixture>();
    QVERIFY2(m_vcenter->start(VmwareHostFixture::Kind::VCenter), qPrintable(m_vcenter->problem()));
}

void tst_VmwareHost::init()
{
    m_vmware = m_esx.get();
    const auto tags = QByteArray(QTest::currentDataTag());
    if (tags == "vpx")
        m_vmware = m_vcenter.get();
    m_questions.clear();
    m_answers = { QString::fromLatin1(VmwareHostFixture::kPassword) };
}

void tst_VmwareHost::cleanup()
{
    if (m_seen)
        QVERIFY2(m_seen->forbiddenStep().isEmpty(), qPrintable(m_seen->forbiddenStep()));
    m_host.reset();
    m_seen.reset();
}

void tst_VmwareHost::make(const HostUri& uri)
{
    m_host = std::make_unique<LibvirtHost>(uri, nullptr, quickTiming());
    m_seen = std::make_unique<tests::HostRecorder>(*m_host);
    m_host->setAsker([this](const Question& question, const hosts::QuestionAnswer& answer) {
        m_questions.append(question);
        answer(m_answers.isEmpty() ? std::optional<QString>() : m_answers.takeFirst());
    });
}

void tst_VmwareHost::expectConnected()
{
    QTRY_VERIFY2_WITH_TIMEOUT(m_host->connectionState() == ConnectionState::Connected,
        qPrintable(m_host->lastError() ? m_host->lastError()->toString() : QString()), kPatienceMs);
}

void tst_VmwareHost::open()
{
    make(vmware().uri());
    m_host->open();
    expectConnected();
}

const VmInfo* tst_VmwareHost::find(const QString& name) const
{
    const auto vms = m_host->vms();
    for (const VmInfo& vm : vms) {
        if (vm.name == name)
            return m_seen->vm(vm.id);
    }
    return nullptr;
}

VmId tst_VmwareHost::idOf(const QString& name) const
{
    const VmInfo* vm = find(name);
    return vm != nullptr ? vm->id : VmId();
}

VmState tst_VmwareHost::stateOf(VmId vm) const
{
    const VmInfo* info = m_seen->vm(vm);
    return info != nullptr ? info->state : VmState::Unknown;
}

void tst_VmwareHost::perform(VmId vm, VmAction action, VmState expected)
{
    VERIFY_OK(tests::waitFor(m_host->perform(vm, action), kPatienceMs));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), expected, kPatienceMs);
}

void tst_VmwareHost::password_isAskedForOnce()
{
    open();
    QCOMPARE(m_questions.size(), 1);
    QCOMPARE(m_questions[0].kind, Question::Kind::Secret);
    QVERIFY(m_questions[0].prompt.contains(QStringLiteral("127.0.0.1")));
    QVERIFY(!m_questions[0].keyName.isEmpty());
    m_host->close();
    m_host->open();
    expectConnected();
    QCOMPARE(m_questions.size(), 1); // what was accepted is remembered
}

void tst_VmwareHost::wrongPassword_isAskedForThreeTimesAndRefused()
{
    m_answers = { QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"),
        QString::fromLatin1(VmwareHostFixture::kPassword) };
    make(vmware().uri());
    m_host->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
    QCOMPARE(m_host->lastError()->cause, ErrorCause::AuthenticationFailed);
    QCOMPARE(m_questions.size(), 3);
    QVERIFY(!m_questions[0].isRepeated);
    QVERIFY(m_questions[2].isRepeated);
    m_host->open(); // asked for again, it may be tried again
    expectConnected();
}

void tst_VmwareHost::declinedPassword_endsTheAttempt()
{
    m_answers.clear();
    make(vmware().uri());
    m_host->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
    QCOMPARE(m_host->lastError()->cause, ErrorCause::AuthenticationFailed);
    QCOMPARE(m_questions.size(), 1);
}

/// The thread that opens the connection goes on until its call returns.
void tst_VmwareHost::closedWhileOpening_asksNobody()
{
    make(vmware().uri());
    m_host->open();
    m_host->close();
    make(vmware().uri()); // the one before is gone
    QTest::qWait(1'000);
    QVERIFY(m_questions.isEmpty());
    m_host->open();
    expectConnected();
    QCOMPARE(m_questions.size(), 1);
}

void tst_VmwareHost::unknownCertificate_isRefusedAndExplained()
{
    make(vmware().uri({}));
    m_host->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
    const vmm::Error error = m_host->lastError().value();
    QCOMPARE(error.cause, ErrorCause::CertificateInvalid);
    QVERIFY2(error.detail.contains(QStringLiteral("certificate")), qPrintable(error.toString()));
}

void tst_VmwareHost::wrongPath_isExplained()
{
    m_vmware = m_vcenter.get();
    const QString address = vmware().uri().toString();
    const auto errorOf = [&](const QString& path, const QString& words) {
        m_answers = { QString::fromLatin1(VmwareHostFixture::kPassword) };
        make(HostUri::parse(QString(address).replace(QStringLiteral("/DC0/DC0_C0/DC0_C0_H0"), path))
                 .value());
        m_host->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
        const vmm::Error error = m_host->lastError().value();
        QVERIFY2(error.detail.contains(words), qPrintable(error.toString()));
        QCOMPARE(error.kind, vmm::ErrorKind::InvalidConfig);
        QCOMPARE(error.cause, ErrorCause::HostNotChosen);
        QCOMPARE(error.detail.split(QLatin1Char('\n')).mid(1), kPaths);
    };
    errorOf(QStringLiteral("/DC0/nowhere"), QStringLiteral("/DC0/nowhere"));
    errorOf(QStringLiteral("/elsewhere/DC0_C0/DC0_C0_H0"), QStringLiteral("elsewhere"));
}

void tst_VmwareHost::inventory()
{
    open();
    QCOMPARE(m_host->vms().size(), 3);
    QTRY_VERIFY_WITH_TIMEOUT(find(QStringLiteral("db"))->vcpus == 4, kPatienceMs);
    const VmInfo db = *find(QStringLiteral("db"));
    QCOMPARE(db.state, VmState::Running);
    QCOMPARE(db.memory, vmm::Bytes::fromGiB(2));
    QCOMPARE(db.description, QStringLiteral("Of the lab"));
    QCOMPARE(db.disks, QStringList { QStringLiteral("[LocalDS_0] db/db.vmdk") });
    QCOMPARE(db.networkCards, 1);
    QTRY_COMPARE_WITH_TIMEOUT(find(QStringLiteral("spare"))->vcpus, 1, kPatienceMs);
    QCOMPARE(find(QStringLiteral("spare"))->state, VmState::ShutOff);
    const hosts::HostInfo& info = m_host->info();
    QVERIFY2(info.hypervisor.startsWith(QStringLiteral("ESX")), qPrintable(info.hypervisor));
    QCOMPARE(info.architecture, QStringLiteral("x86_64"));
    QVERIFY(info.cpus > 0);
    QVERIFY(info.memory > vmm::Bytes::fromGiB(1));
}

void tst_VmwareHost::lifeCycle_goesThroughItsStates()
{
    open();
    const VmId vm = idOf(QStringLiteral("spare"));
    perform(vm, VmAction::Start, VmState::Running);
    perform(vm, VmAction::Pause, VmState::Paused);
    perform(vm, VmAction::Resume, VmState::Running);
    perform(vm, VmAction::ShutDown, VmState::ShutOff);
    perform(vm, VmAction::Start, VmState::Running);
    perform(vm, VmAction::ForceOff, VmState::ShutOff);
    const auto again = tests::waitFor(m_host->perform(vm, VmAction::ForceOff), kPatienceMs);
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().kind, vmm::ErrorKind::WrongState);
    VERIFY_OK(tests::waitFor(m_host->call(hosts::SetAutostart { vm, true }), kPatienceMs));
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->vm(vm)->isAutostart, kPatienceMs);
}

void tst_VmwareHost::snapshots_areTakenRevertedToAndDeleted()
{
    open();
    const VmId vm = idOf(QStringLiteral("web"));
    const auto list
        = [&] { return tests::waitFor(m_host->call(hosts::ListSnapshots { vm }), kPatienceMs); };
    VERIFY_OK(list());
    QVERIFY(list()->isEmpty());
    for (const char* name : { "first", "second" }) {
        const auto made = tests::waitFor(
            m_host->call(hosts::CreateSnapshot {
                vm, { .name = QString::fromLatin1(name), .description = QStringLiteral("why") } }),
            kPatienceMs);
        VERIFY_OK(made);
        QCOMPARE(*made, QString::fromLatin1(name));
    }
    auto found = list();
    VERIFY_OK(found);
    QCOMPARE(found->size(), 2);
    QCOMPARE(found->at(0).name, QStringLiteral("first"));
    QCOMPARE(found->at(0).description, QStringLiteral("why"));
    QCOMPARE(found->at(1).parent, QStringLiteral("first"));
    QVERIFY(found->at(1).isCurrent);
    QTRY_COMPARE_WITH_TIMEOUT(m_seen->vm(vm)->snapshots, 2, kPatienceMs);
    const auto twice = tests::waitFor(
        m_host->call(hosts::CreateSnapshot { vm, { .name = QStringLiteral("first") } }),
        kPatienceMs);
    QVERIFY(!twice.has_value());
    QCOMPARE(twice.error().kind, vmm::ErrorKind::AlreadyExists);

    VERIFY_OK(tests::waitFor(
        m_host->call(hosts::RevertSnapshot { vm, QStringLiteral("first") }), kPatienceMs));
    found = list();
    VERIFY_OK(found);
    QVERIFY(found->at(0).isCurrent);
    for (const char* name : { "second", "first" })
        VERIFY_OK(tests::waitFor(
            m_host->call(hosts::DeleteSnapshot { vm, QString::fromLatin1(name) }), kPatienceMs));
    found = list();
    VERIFY_OK(found);
    QVERIFY(found->isEmpty());
}

/// Whichever of the many questions behind it fails: an error is told, never a list with less in it.
void tst_VmwareHost::brokenCall_neverMakesAShorterListOfSnapshots()
{
    make(vmware().uri());
    m_host.reset(); // nothing else may ask meanwhile
    Timing timing;
    timing.poll = Timing::Milliseconds(600'000);
    timing.vsphere.figures = Timing::Milliseconds(600'000);
    m_host = std::make_unique<LibvirtHost>(vmware().uri(), nullptr, timing);
    m_seen = std::make_unique<tests::HostRecorder>(*m_host);
    m_host->setAsker([](const Question&, const hosts::QuestionAnswer& answer) {
        answer(QString::fromLatin1(VmwareHostFixture::kPassword));
    });
    m_host->open();
    expectConnected();
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->events().contains(QStringLiteral("metrics")), kPatienceMs);
    const VmId vm = idOf(QStringLiteral("db"));
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->vm(vm)->vcpus > 0, kPatienceMs);
    for (const char* name : { "one", "two" })
        VERIFY_OK(tests::waitFor(
            m_host->call(hosts::CreateSnapshot { vm, { .name = QString::fromLatin1(name) } }),
            kPatienceMs));
    QTest::qWait(500); // it is read anew after that
    int refused = 0;
    bool isWhole = false;
    for (int nth = 1; nth < 200 && !isWhole; ++nth) {
        QVERIFY(vmware().breakCall(nth));
        const auto found = tests::waitFor(m_host->call(hosts::ListSnapshots { vm }), kPatienceMs);
        if (found) {
            QVERIFY2(found->size() == 2, qPrintable(QString::number(nth)));
            isWhole = vmware().breakCall(0) && nth > 40;
        } else {
            ++refused;
            QVERIFY(!found.error().detail.isEmpty());
        }
    }
    QVERIFY(vmware().breakCall(0));
    QVERIFY2(refused > 5, qPrintable(QString::number(refused)));
    for (const char* name : { "two", "one" })
        VERIFY_OK(tests::waitFor(
            m_host->call(hosts::DeleteSnapshot { vm, QString::fromLatin1(name) }), kPatienceMs));
}

void tst_VmwareHost::screenshot_isSentAndShrunk()
{
    open();
    const auto taken = tests::waitFor(
        m_host->call(hosts::GetScreenshot { idOf(QStringLiteral("web")), 64, 64 }), kPatienceMs);
    VERIFY_OK(taken);
    QCOMPARE(taken->width, 320);
    QCOMPARE(taken->height, 200);
    const auto picture = vmm::ScreenPicture::read(taken->png);
    VERIFY_OK(picture);
    QVERIFY(picture->size().width() <= 64);
}

void tst_VmwareHost::definitionAndConsole_areTold()
{
    open();
    const VmId vm = idOf(QStringLiteral("web"));
    const auto xml = tests::waitFor(m_host->definition(vm), kPatienceMs);
    VERIFY_OK(xml);
    QVERIFY(xml->contains(QStringLiteral("[LocalDS_0] web/web.vmdk")));
    const auto console = tests::waitFor(m_host->consoleEndpoint(vm), kPatienceMs);
    VERIFY_OK(console);
    QCOMPARE(console->protocol, vmm::ConsoleEndpoint::Protocol::Vnc);
    QCOMPARE(console->host, QStringLiteral("127.0.0.1"));
    QCOMPARE(console->port, 5909);
}

void tst_VmwareHost::storageAndNetworks_areListed()
{
    open();
    const auto pools = tests::waitFor(m_host->call(hosts::ListPools {}), kPatienceMs);
    VERIFY_OK(pools);
    QCOMPARE(pools->size(), 1);
    QCOMPARE(pools->first().name, QStringLiteral("LocalDS_0"));
    QVERIFY(pools->first().capacity.count() > 0);
    const auto networks = tests::waitFor(m_host->call(hosts::ListNetworks {}), kPatienceMs);
    VERIFY_OK(networks);
    QVERIFY(!networks->isEmpty());
}

void tst_VmwareHost::abilities_areToldWithReasons()
{
    open();
    const hosts::HostInfo& info = m_host->info();
    QStringList wrong;
    for (const Feature lacking : { Feature::ExternalSnapshots, Feature::Checkpoints,
             Feature::Backup, Feature::Rename, Feature::SendKeys, Feature::InjectNmi,
             Feature::Reset, Feature::GuestAgent, Feature::Save, Feature::HotPlug, Feature::Notes,
             Feature::Trash, Feature::InstantClone, Feature::Templates, Feature::DumpMemory,
             Feature::HostDevices, Feature::Migration, Feature::LoadDetail, Feature::Define,
             Feature::Create, Feature::CreateDisk, Feature::Clone, Feature::RemoveStorage,
             Feature::PendingDefinition, Feature::Balloon, Feature::VcpuHotPlug }) {
        if (!info.missing.value(lacking).endsWith(QLatin1Char('.')))
            wrong.append(hosts::nameOf(lacking) + QLatin1Char(' ') + info.missing.value(lacking));
    }
    for (const Feature offered : { Feature::Start, Feature::ShutDown, Feature::Pause,
             Feature::ForceOff, Feature::Reboot, Feature::Snapshots, Feature::Autostart,
             Feature::Screenshot, Feature::Console, Feature::Storage, Feature::Networks }) {
        if (!info.has(offered))
            wrong.append(hosts::nameOf(offered) + QLatin1Char(' ') + info.missing.value(offered));
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void tst_VmwareHost::figures_areTheServersOwn()
{
    const int logins = vmware().callsOf("Login");
    open();
    const VmId web = idOf(QStringLiteral("web"));
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->isSampled(web), kPatienceMs);
    const hosts::VmValues values = m_seen->values(web);
    QVERIFY(values[VmMetric::CpuLoad] >= 0 && values[VmMetric::CpuLoad] <= 1);
    QVERIFY(values[VmMetric::MemoryUsed] > 0);
    for (const VmMetric metric : { VmMetric::DiskRead, VmMetric::DiskWrite,
             VmMetric::NetworkReceive, VmMetric::NetworkSend })
        QVERIFY(values[metric] >= 0);
    QVERIFY(m_seen->hostValues()[hosts::HostMetric::CpuLoad] >= 0);
    QVERIFY(m_seen->hostValues()[hosts::HostMetric::MemoryUsed] > 0);
    QVERIFY(m_seen->events().count(QStringLiteral("metrics")) >= 10); // what was before, too
    QVERIFY(!m_seen->isSampled(idOf(QStringLiteral("spare")))); // it is off
    for (const Feature figure : kFigures)
        QVERIFY2(m_host->info().has(figure), qPrintable(m_host->info().missing.value(figure)));
    QCOMPARE(m_questions.size(), 1);
    // libvirt's and ours; no second libvirt connection to measure with.
    QCOMPARE(vmware().callsOf("Login") - logins, 2);
    const int logouts = vmware().callsOf("Logout");
    m_host->close();
    QTRY_VERIFY_WITH_TIMEOUT(vmware().callsOf("Logout") >= logouts + 2, kPatienceMs);
}

void tst_VmwareHost::places_areTold()
{
    QFETCH(bool, isVCenter);
    open();
    const VmId web = idOf(QStringLiteral("web"));
    const VmId spare = idOf(QStringLiteral("spare"));
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->isSampled(web), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_seen->vm(web)->location,
        isVCenter ? QStringLiteral("DC0 / DC0_C0 / Shop / Front/End") : QString(), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_seen->vm(spare)->location,
        isVCenter ? QStringLiteral("DC0 / DC0_C0") : QString(), kPatienceMs);
    // libvirt, which does not know it, does not take it away.
    m_seen->clear();
    perform(spare, VmAction::Start, VmState::Running);
    QCOMPARE(m_seen->vm(spare)->location, isVCenter ? QStringLiteral("DC0 / DC0_C0") : QString());
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->isSampled(spare), kPatienceMs);
    perform(spare, VmAction::ForceOff, VmState::ShutOff);
}

void tst_VmwareHost::expiredSession_isBegunAnew()
{
    open();
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->isSampled(idOf(QStringLiteral("web"))), kPatienceMs);
    const int logins = vmware().callsOf("Login");
    QVERIFY(vmware().expireSessions());
    QTRY_COMPARE_WITH_TIMEOUT(vmware().callsOf("Login"), logins + 1, kPatienceMs);
    const int queries = vmware().callsOf("QueryPerf");
    QTRY_VERIFY_WITH_TIMEOUT(vmware().callsOf("QueryPerf") > queries + 1, kPatienceMs);
    QCOMPARE(m_host->connectionState(), ConnectionState::Connected);
    QVERIFY(m_host->info().has(Feature::VmCpuLoad));
    QCOMPARE(m_questions.size(), 1);
}

void tst_VmwareHost::serverWithoutSamples_tellsLess()
{
    QVERIFY(vmware().lack("QueryPerf"));
    open();
    const VmId web = idOf(QStringLiteral("web"));
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->isSampled(web), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_host->info().has(Feature::VmDiskRates), kPatienceMs);
    QVERIFY(m_host->info().missing.value(Feature::VmDiskRates).contains(QStringLiteral("samples")));
    QVERIFY(m_host->info().has(Feature::VmMemoryUse));
    QCOMPARE(m_seen->values(web)[VmMetric::MemoryUsed], 96.0 * 1024 * 1024);
    QVERIFY(std::isnan(m_seen->values(web)[VmMetric::DiskRead]));
    QVERIFY(m_seen->hostValues()[hosts::HostMetric::CpuLoad] > 0);
    QVERIFY(vmware().offer("QueryPerf"));
}

void tst_VmwareHost::figuresThatFail_leaveTheHostAsItIs()
{
    QVERIFY(vmware().lack("CreateContainerView"));
    open();
    const VmId spare = idOf(QStringLiteral("spare"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_host->info().has(Feature::VmCpuLoad), kPatienceMs);
    for (const Feature figure : kFigures)
        QVERIFY(
            m_host->info().missing.value(figure).contains(QStringLiteral("CreateContainerView")));
    perform(spare, VmAction::Start, VmState::Running);
    perform(spare, VmAction::ForceOff, VmState::ShutOff);
    QCOMPARE(m_host->connectionState(), ConnectionState::Connected);
    QVERIFY(!m_seen->isSampled(idOf(QStringLiteral("web"))));
    QVERIFY(vmware().offer("CreateContainerView"));
    QTRY_VERIFY_WITH_TIMEOUT(m_host->info().has(Feature::VmCpuLoad), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->isSampled(idOf(QStringLiteral("web"))), kPatienceMs);
}

void tst_VmwareHost::pathlessAddress_isAnsweredWithTheHosts()
{
    m_vmware = m_vcenter.get();
    for (const char* path : { "/", "" }) {
        m_answers = { QStringLiteral("wrong"), QString::fromLatin1(VmwareHostFixture::kPassword) };
        m_questions.clear();
        const QString address = vmware().uri().toString();
        make(HostUri::parse(QString(address).replace(
                                QStringLiteral("/DC0/DC0_C0/DC0_C0_H0"), QLatin1StringView(path)))
                 .value());
        m_host->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
        const vmm::Error error = m_host->lastError().value();
        QVERIFY2(error.cause == ErrorCause::HostNotChosen, qPrintable(error.toString()));
        QCOMPARE(error.detail.split(QLatin1Char('\n')).mid(1), kPaths);
        QCOMPARE(m_questions.size(), 2);
    }
}

void tst_VmwareHost::changesBehindOurBack_areNoticed()
{
    open();
    const VmId vm = idOf(QStringLiteral("db"));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::Running, kPatienceMs);
    bool isDone = false;
    QString said = vmware().virsh({ QStringLiteral("destroy"), QStringLiteral("db") }, &isDone);
    QVERIFY2(isDone, qPrintable(said));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::ShutOff, kPatienceMs);
    said = vmware().virsh({ QStringLiteral("start"), QStringLiteral("db") }, &isDone);
    QVERIFY2(isDone, qPrintable(said));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::Running, kPatienceMs);
}

void tst_VmwareHost::hostThatDies_isFoundAgain()
{
    open();
    const VmId vm = idOf(QStringLiteral("web"));
    QVERIFY(vmware().goDown());
    QTRY_COMPARE_WITH_TIMEOUT(
        m_host->connectionState(), ConnectionState::Reconnecting, kPatienceMs);
    QCOMPARE(m_host->vms().size(), 3); // what was known is kept
    const auto refused = tests::waitFor(m_host->definition(vm));
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, vmm::ErrorKind::Disconnected);
    QVERIFY(vmware().comeUp());
    expectConnected();
    QCOMPARE(m_questions.size(), 1); // the password is remembered
    QCOMPARE(stateOf(vm), VmState::Running);
}

/// ESX's driver warns of each field that it does not know, in each answer.
void tst_VmwareHost::theLibrarysLog_doesNotGrow()
{
    open();
    QFile log(libraryLog());
    if (log.fileName().isEmpty())
        QSKIP("libvirt's log goes elsewhere (LIBVIRT_LOG_OUTPUTS)");
    QVERIFY(log.open(QIODevice::ReadWrite | QIODevice::Append));
    QTRY_VERIFY_WITH_TIMEOUT(vmware().callsOf("RetrieveProperties") > 40, kPatienceMs);
    QVERIFY(log.seek(0));
    QVERIFY(!log.readAll().contains("Unexpected '"));
    log.write(QByteArray(300'000, 'x'));
    QVERIFY(log.flush());
    QTRY_VERIFY_WITH_TIMEOUT(log.size() < 100'000, kPatienceMs);
}

QTEST_GUILESS_MAIN(tst_VmwareHost)
#include "tst_VmwareHost.moc"
