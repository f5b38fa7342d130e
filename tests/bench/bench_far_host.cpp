// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-far-host: a libvirt host with many machines behind a wire of a given length (a proxy that
// delays each direction), and one whose QEMU hangs. Needs root, as tests/support/LibvirtdFixture.
#include "hosts/wire/RemoteHost.h"
#include "models/StallMeter.h"
#include "models/Workspace.h"
#include "tests/bench/Figure.h"
#include "tests/support/LibvirtdFixture.h"
#include "tests/support/SlowProxy.h"
#include "ui/MainWindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

using namespace std::chrono_literals;
using hosts::ConnectionState;

namespace {

void report(const char* metric, double value, const char* unit, const char* goal)
{
    bench::print({ .bench = QStringLiteral("far-host"),
        .metric = QString::fromUtf8(metric),
        .value = value,
        .unit = QString::fromUtf8(unit),
        .goal = QString::fromUtf8(goal) });
}

bool spinUntil(const std::function<bool()>& isDone, std::chrono::milliseconds limit = 120s)
{
    // Asked between events, as the window itself would: a loop that asks all the time takes a core
    // from what is measured.
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (isDone())
            loop.quit();
    });
    look.start(5ms);
    QTimer::singleShot(limit, &loop, &QEventLoop::quit);
    loop.exec();
    return isDone();
}

/// A node file of libvirt's test driver.
QByteArray nodeFile(int count)
{
    QByteArray text = "<node><cpu><mhz>2600</mhz><model>x86_64</model><active>64</active>"
                      "<nodes>1</nodes><sockets>2</sockets><cores>16</cores><threads>2</threads>"
                      "</cpu><memory>67108864</memory>";
    for (int i = 0; i < count; ++i)
        text += "<domain type='test'><name>vm" + QByteArray::number(i).rightJustified(5, '0')
            + "</name><memory>524288</memory><vcpu>2</vcpu><os><type>hvm</type></os></domain>";
    return text + "</node>";
}

/// The window with one host in a process of its own.
class Stage {
public:
    explicit Stage(const QString& uri)
        : m_store(m_folder.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat)
        , m_settings(m_store)
        , m_workspace([this](const hosts::HostUri& of) {
            return std::make_unique<hosts::wire::RemoteHost>(of, m_thread,
                hosts::wire::RemoteHostOptions {
                    .program = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host") });
        })
        , m_window(ui::Context { m_workspace, m_theme, m_settings, {} })
    {
        m_window.resize(1200, 800);
        m_window.show();
        m_host = m_workspace.hosts.connectTo(uri).value();
    }

    hosts::Host& host() { return *m_host; }
    bool isConnected() const { return m_host->connectionState() == ConnectionState::Connected; }
    qsizetype described() const
    {
        const auto vms = m_host->vms();
        return std::count_if(
            vms.begin(), vms.end(), [](const hosts::VmInfo& vm) { return vm.vcpus > 0; });
    }

private:
    QTemporaryDir m_folder;
    QSettings m_store;
    hosts::wire::WireThread m_thread;
    ui::Settings m_settings;
    ui::Theme m_theme;
    models::Workspace m_workspace;
    ui::MainWindow m_window;
    hosts::Host* m_host = nullptr;
};

void measureConnect(const tests::LibvirtdFixture& libvirtd)
{
    constexpr int kMachines = 500;
    const QString path = libvirtd.imageFolder() + QStringLiteral("/node.xml");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(nodeFile(kMachines)) < 0 || !file.flush())
        qFatal("can't write %s", qPrintable(path));
    tests::SlowProxy proxy(libvirtd.socketPath(), 25ms);
    Stage stage(QStringLiteral("test+tcp://127.0.0.1:%1%2").arg(proxy.port()).arg(path));
    spinUntil([&] { return proxy.connections() > 0; });
    QElapsedTimer clock;
    clock.start();
    spinUntil([&] { return stage.isConnected() && stage.host().vms().size() == kMachines; });
    report("500 machines at 50 ms round trip: first call to all in the list",
        double(clock.elapsed()) / 1000, "s", "<= 2");
    spinUntil([&] { return stage.described() == kMachines; });
    report("the same, to all described", double(clock.elapsed()) / 1000, "s", "");
}

void measureBurst(tests::LibvirtdFixture& libvirtd)
{
    constexpr int kMachines = 50;
    tests::SlowProxy proxy(libvirtd.socketPath(), 10ms);
    Stage stage(QStringLiteral("qemu+tcp://127.0.0.1:%1/system").arg(proxy.port()));
    spinUntil([&] { return stage.isConnected(); });
    QProcess script; // as another client: all in one go
    QByteArray lines;
    for (int i = 0; i < kMachines; ++i)
        lines += "desc many-" + QByteArray::number(i) + " --title --config burst\n";
    models::StallMeter meter;
    meter.start();
    QElapsedTimer clock;
    clock.start();
    script.start(QStringLiteral("virsh"),
        { QStringLiteral("-q"), QStringLiteral("-c"), libvirtd.uri().toString() });
    script.write(lines);
    script.closeWriteChannel();
    spinUntil([&] {
        const auto vms = stage.host().vms();
        return std::count_if(vms.begin(), vms.end(), [](const hosts::VmInfo& vm) {
            return vm.title == QStringLiteral("burst");
        }) >= kMachines;
    });
    const auto stalls = meter.stop();
    report("50 events at 20 ms round trip: all seen", double(clock.elapsed()) / 1000, "s", "");
    report("the same: stalls of the window above 16 ms", stalls.above16ms, "stalls", "0");
    script.waitForFinished();
}

void measureHung(tests::LibvirtdFixture& libvirtd)
{
    constexpr int kMachines = 50;
    for (int i = 0; i < kMachines; ++i)
        libvirtd.virsh({ QStringLiteral("start"), QStringLiteral("many-%1").arg(i) });
    Stage stage(libvirtd.uri().toString());
    spinUntil([&] { return stage.isConnected(); });
    QSet<hosts::VmId> all;
    hosts::VmId hung;
    const auto vms = stage.host().vms();
    for (const hosts::VmInfo& vm : vms) {
        all.insert(vm.id);
        if (vm.name == QStringLiteral("many-25"))
            hung = vm.id;
    }
    stage.host().setVisibleVms(all);
    QElapsedTimer sinceFull;
    double longest = 0;
    int batches = 0;
    QObject::connect(&stage.host(), &hosts::Host::metricsSampled, &stage.host(),
        [&](const hosts::MetricsBatch& batch) {
            if (batch.vms.size() < kMachines - 1)
                return;
            if (batches++ > 0)
                longest = std::max(longest, double(sinceFull.elapsed()));
            sinceFull.start();
        });
    spinUntil([&] { return batches >= 5; });
    report("50 running machines: longest time between two figures", longest / 1000, "s", "");
    longest = 0;
    QElapsedTimer clock;
    clock.start();
    tests::StoppedProcess stopped(libvirtd.qemuPid(QStringLiteral("many-25")));
    const auto isMarked = [&] {
        const auto now = stage.host().vms();
        return std::any_of(now.begin(), now.end(), [&](const hosts::VmInfo& vm) {
            return vm.id == hung && vm.reasonDetail.contains(QStringLiteral("not answered"));
        });
    };
    spinUntil(isMarked, 30s);
    report("one QEMU hangs: its row says so", double(clock.elapsed()) / 1000, "s", "<= 3");
    const int before = batches;
    spinUntil([&] { return batches >= before + 10; }, 30s);
    report("the same: longest time without the figures of the others", longest / 1000, "s", "<= 2");
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (const QString why = tests::LibvirtdFixture::missing(); !why.isEmpty())
        qFatal("%s", qPrintable(why));
    tests::LibvirtdFixture libvirtd;
    if (!libvirtd.start())
        qFatal("%s", qPrintable(libvirtd.problem()));
    for (int i = 0; i < 50; ++i)
        libvirtd.virshDefine(
            tests::LibvirtdFixture::smallMachine(QStringLiteral("many-%1").arg(i)));
    measureConnect(libvirtd);
    measureBurst(libvirtd);
    measureHung(libvirtd);
    return 0;
}
