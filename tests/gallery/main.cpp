// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shows the main window with invented hosts, to look at it in every state, size, theme and
// language; with --screenshot it writes a picture and ends.
#include "tests/gui/SilentTransport.h"
#include "tests/support/FakeHost.h"
#include "ui/Languages.h"
#include "ui/MainWindow.h"
#include "ui/dialogs/AboutDialog.h"
#include "ui/dialogs/AddConnectionDialog.h"
#include "ui/dialogs/NewMachineDialog.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QScrollBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

using tests::FakeHost;

namespace {

struct Stage {
    models::Workspace workspace;
    QVector<FakeHost*> hosts;
};

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

FakeHost* addHost(Stage& stage, const QString& uri)
{
    auto host = std::make_unique<FakeHost>(uri);
    FakeHost* raw = host.get();
    stage.hosts.append(raw);
    stage.workspace.hosts.add(std::move(host));
    raw->open();
    return raw;
}

void addSmallSet(FakeHost& host)
{
    host.setInfo({ .name = text("deck"),
        .hypervisor = text("QEMU 7.2.22"),
        .accelerator = text("TCG"),
        .acceleratorReason = text("/dev/kvm opens, but a test guest did not run under it."),
        .cpuModel = text("AMD EPYC 7B13"),
        .architecture = text("x86_64"),
        .cpus = 8,
        .memory = vmm::Bytes::fromGiB(32),
        .dataFolder = text("/home/ada/.local/share/virtdeck") });
    host.addVm(text("web-01"), vmm::VmState::Running);
    host.addVm(text("db"), vmm::VmState::ShutOff);
    host.addVm(text("build-runner"), vmm::VmState::Paused);
}

hosts::VmInfo changed(
    const FakeHost& host, hosts::VmId id, const std::function<void(hosts::VmInfo& info)>& change)
{
    hosts::VmInfo info = host.vm(id);
    change(info);
    return info;
}

// One of everything that can be told of a machine.
void addLab(FakeHost& host)
{
    addSmallSet(host);
    host.seedResources();
    const hosts::VmId golden = host.addVm(text("debian-golden"), vmm::VmState::Paused);
    host.addKnownVm(changed(host, golden, [](auto& info) { info.isTemplate = true; }));
    const hosts::VmId twin = host.addVm(text("shop-1"), vmm::VmState::Running);
    host.addKnownVm(changed(host, twin, [](hosts::VmInfo& info) {
        info.parentName = text("debian-golden");
        info.location = text("Munich / Cluster 1 / Shop");
        info.isAutostart = true;
        info.vcpus = 4;
        info.snapshots = 3;
        info.description = text("The shop's front end. Ask Ada before a restart.");
    }));
    host.setGuestFacts(twin,
        { .agentVersion = text("7.2.0"),
            .hostName = text("shop-1"),
            .system = text("Debian GNU/Linux 12 (bookworm)"),
            .kernel = text("6.1.0-40-amd64"),
            .networkCards = { { text("enp1s0"), text("52:54:00:12:34:56"),
                { text("192.0.2.17/24"), text("2001:db8::17/64") } } },
            .fileSystems
            = { { text("/"), text("ext4"), vmm::Bytes::fromGiB(19), vmm::Bytes::fromGiB(7) } },
            .users = { { text("ada"), QDateTime::currentDateTimeUtc() } } });
    const hosts::VmId saved = host.addVm(text("ci-saved"), vmm::VmState::ShutOff);
    host.addKnownVm(changed(host, saved, [](hosts::VmInfo& info) {
        info.hasSavedMemory = true;
        info.reason = vmm::StateReason::Saved;
    }));
    const hosts::VmId dead = host.addVm(text("mail"), vmm::VmState::Crashed);
    host.addKnownVm(changed(host, dead, [](hosts::VmInfo& info) {
        info.reason = vmm::StateReason::ProcessDied;
        info.reasonDetail = text("ended by signal 11 (SIGSEGV)\n"
                                 "qemu-system-x86_64: virtio: bogus descriptor or out of "
                                 "resources\n"
                                 "qemu-system-x86_64: terminating");
    }));
    const hosts::VmId full = host.addVm(text("archive"), vmm::VmState::Paused);
    host.addKnownVm(
        changed(host, full, [](hosts::VmInfo& info) { info.reason = vmm::StateReason::DiskFull; }));
}

void runInTurn(models::HostCommands& commands, FakeHost& host, QVector<hosts::Operation> operations)
{
    if (operations.isEmpty())
        return;
    const auto first = commands.run(&host, operations.takeFirst()).answer;
    vmm::async::onFinished(first, &host,
        [&commands, &host, operations](const auto&) { runInTurn(commands, host, operations); });
}

// What takes operations: snapshots, overlays, a removed machine, a change that waits.
void workInLab(Stage& stage)
{
    FakeHost* host = stage.hosts.first();
    models::HostCommands& commands = stage.workspace.commands;
    hosts::VmId shop;
    hosts::VmId web;
    for (const hosts::VmInfo& vm : host->vms()) {
        if (vm.name == text("shop-1"))
            shop = vm.id;
        if (vm.name == text("web-01"))
            web = vm.id;
    }
    const auto snapshot = [shop](const char* name, const char* description) -> hosts::Operation {
        return hosts::CreateSnapshot { shop,
            { .name = text(name), .description = text(description) } };
    };
    runInTurn(commands, *host,
        { snapshot("installed", "Straight from the installer"),
            snapshot("before 2.4", "Shop 2.3 with last week's data"),
            hosts::RevertSnapshot { shop, text("installed") }, snapshot("try-out", "") });
    for (const char* name : { "sunday", "monday" })
        commands.run(host,
            hosts::CreateCheckpoint {
                shop, { .name = text(name), .description = text("Full backup on nas-2") } });
    commands.run(host,
        hosts::CreateImage { { .path = text("/images/web-01-overlay.qcow2"),
            .backingFile = text("/images/web-01.qcow2"),
            .backingFormat = text("qcow2") } });
    commands.run(host,
        hosts::CreateImage {
            { .path = text("/images/spare.qcow2"), .size = vmm::Bytes::fromGiB(64) } });
    const hosts::VmId old = host->addVm(text("old-wiki"));
    commands.perform(host, old, vmm::VmAction::Undefine);
    vmm::async::onFinished(host->definition(web), host, [=, &commands](const auto& xml) {
        commands.run(host,
            hosts::Define { QString(*xml).replace(text("<model type='virtio'/>\n    </interface>"),
                text("<model type='e1000e'/>\n    </interface>")) });
    });
    QTimer::singleShot(400, host, [=, &commands] {
        host->holdJobsAt(60);
        commands.run(host, hosts::CloneMachine { web, { .name = text("web-02") } });
    });
}

void addAllStates(FakeHost& host)
{
    for (const vmm::VmState state : vmm::kAllVmStates)
        host.addVm(text("vm-") + vmm::nameOf(state), state);
    host.addVm(text("a-machine-whose-name-is-much-longer-than-any-sidebar-could-ever-show-at-once"),
        vmm::VmState::Running);
}

void feedMetrics(Stage& stage, int seconds)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (FakeHost* host : stage.hosts) {
        if (host->connectionState() != hosts::ConnectionState::Connected)
            continue;
        for (int i = seconds; i >= 0; --i) {
            if (i > 100 && i < 130)
                continue; // a gap
            host->emitMetrics(host->inventMetrics(now - i * 1000));
        }
    }
}

// Machines that can go from this computer to a libvirt host, and back.
void addTravellers(Stage& stage)
{
    FakeHost* here = addHost(stage, text("embedded:///"));
    addSmallSet(*here);
    const hosts::VmId shop = here->addVm(text("shop"));
    here->addKnownVm(changed(*here, shop, [](auto& info) { info.snapshots = 2; }));
    FakeHost* there = addHost(stage, text("qemu+ssh://root@a2/system"));
    there->seedResources();
    const hosts::VmId spare = there->addVm(text("spare"));
    there->addKnownVm(
        changed(*there, spare, [](auto& info) { info.disks = { text("/images/spare.img") }; }));
}

void applyScene(Stage& stage, const QString& scene)
{
    if (scene == text("empty"))
        return;
    if (scene == text("one"))
        addHost(stage, text("embedded:///"))->addVm(text("web-01"), vmm::VmState::Running);
    else if (scene == text("novms"))
        addHost(stage, text("embedded:///"));
    else if (scene == text("states"))
        addAllStates(*addHost(stage, text("embedded:///")));
    else if (scene == text("many"))
        addHost(stage, text("qemu+ssh://root@a2/system"))->addVms(1000);
    else if (scene == text("huge"))
        addHost(stage, text("qemu+ssh://root@a2/system"))->addVms(10'000);
    else if (scene == text("lab") || scene == text("silent") || scene == text("refusing"))
        addLab(*addHost(stage, text("embedded:///")));
    else if (scene == text("lacking"))
        addLab(*addHost(stage, text("embedded:///")));
    else if (scene == text("moving"))
        addTravellers(stage);
    else
        addSmallSet(*addHost(stage, text("embedded:///")));
    if (scene == text("hosts") || scene == text("gone") || scene == text("failed")) {
        FakeHost* second = addHost(stage, text("qemu+ssh://root@a2/system"));
        second->addVms(6, text("node-"));
        addHost(stage, text("xen+ssh://root@rack-7/system"))->addVms(4, text("xen-"));
    }
}

void spoil(Stage& stage, const QString& scene)
{
    if (scene == text("lab"))
        workInLab(stage);
    if (scene == text("silent"))
        stage.hosts.first()->setSilent(true);
    if (scene == text("refusing"))
        stage.hosts.first()->failAll(
            { vmm::ErrorKind::TimedOut, text("deck"), text("no answer within 10 s") });
    if (scene == text("lacking")) {
        for (int i = static_cast<int>(hosts::Feature::Reboot);
             i <= static_cast<int>(hosts::Feature::HostLoad); ++i)
            stage.hosts.first()->setMissing(static_cast<hosts::Feature>(i),
                text("This VMware host does not offer it through libvirt."));
    }
    if (scene == text("gone") && stage.hosts.size() > 1)
        stage.hosts[1]->setConnection(hosts::ConnectionState::Reconnecting,
            vmm::Error { vmm::ErrorKind::Disconnected, text("qemu+ssh://root@a2/system"),
                text("ssh: connect to host a2 port 22: No route to host") });
    if (scene == text("failed") && stage.hosts.size() > 1)
        stage.hosts[1]->setConnection(hosts::ConnectionState::Failed,
            vmm::Error { vmm::ErrorKind::PermissionDenied, text("qemu+ssh://root@a2/system"),
                text("Permission denied (publickey)."), vmm::ErrorCause::AuthenticationFailed });
}

// Selects "host N", "vm NAME", "all" (machines of the first host) or nothing.
void select(Stage& stage, ui::MainWindow& window, const QString& what)
{
    const QString rest = what.section(QLatin1Char(':'), 1);
    if (what.startsWith(text("host:")) && rest.toInt() < stage.hosts.size())
        window.selection().setHost(stage.hosts[rest.toInt()]);
    QVector<models::VmRef> refs;
    for (FakeHost* host : stage.hosts) {
        for (const hosts::VmInfo& vm : host->vms()) {
            if ((what.startsWith(text("vm:")) && vm.name == rest) || what == text("all"))
                refs.append({ host, vm.id });
        }
    }
    if (!refs.isEmpty())
        window.selection().setVms(refs);
}

QImage guestScreen()
{
    QImage screen(1024, 768, QImage::Format_RGB32);
    QLinearGradient sky(0, 0, 0, 768);
    sky.setColorAt(0, QColor(0x243b6b));
    sky.setColorAt(1, QColor(0x0d1424));
    QPainter painter(&screen);
    painter.fillRect(screen.rect(), sky);
    painter.setPen(Qt::white);
    painter.setFont(QFont(text("monospace"), 16));
    painter.drawText(QPoint(40, 80), text("Debian GNU/Linux 12 web-01 tty1"));
    painter.drawText(QPoint(40, 130), text("web-01 login: _"));
    return screen;
}

QWidget* openDialog(ui::MainWindow& window, const QString& name)
{
    if (name == text("new"))
        window.openNewMachineDialog();
    else if (name == text("connect"))
        window.openAddConnectionDialog();
    else if (name == text("palette"))
        window.openPalette();
    else if (auto* action = window.findChild<QAction*>(name))
        action->trigger();
    return window.findChild<QDialog*>();
}

void save(QWidget& window, QWidget* dialog, const QString& file)
{
    QPixmap picture = window.grab();
    if (dialog) {
        QPainter painter(&picture);
        painter.fillRect(QRect(QPoint(), window.size()), QColor(0, 0, 0, 70));
        const QPixmap top = dialog->grab();
        const QPoint place = dialog->windowFlags().testFlag(Qt::Popup)
            ? window.mapFromGlobal(dialog->pos())
            : QPoint(
                (window.width() - dialog->width()) / 2, (window.height() - dialog->height()) / 2);
        painter.drawPixmap(place, top);
    }
    picture.save(file);
}

// Scrolls the tree from top to bottom and tells what a frame costs the GUI thread.
void measureScrolling(ui::MainWindow& window)
{
    auto* tree = window.findChild<QAbstractItemView*>(text("inventoryTree"));
    QScrollBar* bar = tree->verticalScrollBar();
    constexpr int kFrames = 200;
    qint64 worst = 0;
    QElapsedTimer whole;
    whole.start();
    for (int i = 0; i < kFrames; ++i) {
        QElapsedTimer frame;
        frame.start();
        bar->setValue(bar->maximum() * i / kFrames);
        tree->viewport()->repaint();
        worst = std::max(worst, frame.nsecsElapsed());
    }
    QTextStream(stdout) << "scrolling: " << whole.elapsed() / double(kFrames)
                        << " ms a frame, worst " << static_cast<double>(worst) / 1e6 << " ms\n";
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    const auto option = [&](const char* name, const char* help, const char* fallback) {
        parser.addOption({ text(name), text(help), text(name), text(fallback) });
    };
    option("scene",
        "empty, novms, one, three, states, hosts, gone, failed, many, huge, lab, silent, "
        "refusing, lacking, moving",
        "three");
    option("theme", "light, dark or system", "light");
    option("size", "WIDTHxHEIGHT", "1280x800");
    option("select", "host:N, vm:NAME, all", "");
    option("tab", "0 overview, 1 console, 2 performance, 3 hardware, 4 snapshots, 5 backups", "0");
    option("host-tab",
        "0 machines, 1 performance, 2 images, 3 trash, 4 storage, 5 networks, 6 devices", "0");
    option("part", "row of the list of hardware", "0");
    option("press", "name of a button to press", "");
    option("language", "de or en", "en");
    option("font", "points", "0");
    option("filter", "text of the filter", "");
    option("fail", "name of a machine whose start fails", "");
    option("dialog", "new, connect, palette, or the name of an action", "");
    option("type", "NAME=TEXT: text for a line edit of the dialog", "");
    option("screenshot", "FILE to write, then end", "");
    parser.addOption({ text("measure"), text("time the scrolling of the tree, then end") });
    parser.addOption({ text("rtl"), text("mirror the window") });
    parser.addOption({ text("dense"), text("dense rows") });
    parser.process(application);

    ui::Languages::install(application, parser.value(text("language")));
    if (parser.isSet(text("rtl")))
        QApplication::setLayoutDirection(Qt::RightToLeft);
    if (const double points = parser.value(text("font")).toDouble(); points > 0) {
        QFont font = QApplication::font();
        font.setPointSizeF(points);
        QApplication::setFont(font);
    }
    QTemporaryDir folder;
    QSettings store(folder.filePath(text("ui.ini")), QSettings::IniFormat);
    ui::Settings settings(store);
    settings.setView(text("vm-tab"), parser.value(text("tab")).toInt());
    settings.setView(text("host-tab"), parser.value(text("host-tab")).toInt());
    settings.setDense(parser.isSet(text("dense")));
    ui::Theme theme;
    const QString scheme = parser.value(text("theme"));
    theme.setScheme(scheme == text("dark") ? ui::Theme::Scheme::Dark
            : scheme == text("light")      ? ui::Theme::Scheme::Light
                                           : ui::Theme::Scheme::System);
    Stage stage { .workspace = models::Workspace([](const hosts::HostUri& uri) {
                     return std::make_unique<FakeHost>(uri.toString());
                 }),
        .hosts = {} };
    ui::MainWindow window(
        { stage.workspace, theme, settings, tests::SilentTransport::factory(guestScreen()) });
    const QStringList size = parser.value(text("size")).split(QLatin1Char('x'));
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.show();

    const QString scene = parser.value(text("scene"));
    applyScene(stage, scene);
    const QString screenshot = parser.value(text("screenshot"));
    QTimer::singleShot(50, &window, [&] {
        feedMetrics(stage, 330);
        spoil(stage, scene);
        select(stage, window, parser.value(text("select")));
        if (auto* filter = window.findChild<QLineEdit*>(text("filterEdit")))
            filter->setText(parser.value(text("filter")));
        if (const QString name = parser.value(text("fail")); !name.isEmpty()) {
            stage.hosts[0]->failNext({ vmm::ErrorKind::NotFound, text("/images/db.qcow2"),
                text("Could not open '/images/db.qcow2': No such file or directory"),
                vmm::ErrorCause::ImageMissing });
            select(stage, window, text("vm:") + name);
            window.actions().action(vmm::VmAction::Start)->trigger();
        }
    });
    QTimer live;
    QObject::connect(&live, &QTimer::timeout, &window, [&] { feedMetrics(stage, 0); });
    live.start(1000);
    if (parser.isSet(text("measure"))) {
        QTimer::singleShot(2000, &window, [&] {
            measureScrolling(window);
            QApplication::quit();
        });
    }
    if (!screenshot.isEmpty()) {
        QTimer::singleShot(1400, &window, [&] {
            if (auto* list = window.findChild<QListWidget*>(text("hardwareList")))
                list->setCurrentRow(parser.value(text("part")).toInt());
            if (auto* button = window.findChild<QAbstractButton*>(parser.value(text("press"))))
                button->click();
            const QString name = parser.value(text("dialog"));
            QWidget* dialog
                = name.isEmpty() ? window.findChild<QDialog*>() : openDialog(window, name);
            const QString typed = parser.value(text("type"));
            if (dialog && !typed.isEmpty()) {
                if (auto* edit
                    = dialog->findChild<QLineEdit*>(typed.section(QLatin1Char('='), 0, 0)))
                    edit->setText(typed.section(QLatin1Char('='), 1));
            }
            // Some dialogs look for things once nobody has typed for a moment.
            const int patienceMs = dialog ? 1500 : 150;
            QTimer::singleShot(patienceMs, &window, [&, dialog] {
                save(window, dialog, screenshot);
                QApplication::quit();
            });
        });
    }
    return QApplication::exec();
}
