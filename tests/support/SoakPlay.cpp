// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/SoakPlay.h"

#include "tests/support/Await.h"

#include <QRegularExpression>
#include <QTimer>

namespace tests {

using hosts::Patience;
using hosts::VmInfo;
using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;
using vmm::VmAction;

namespace {

constexpr int kMaxActive = 4; // on each side: two cores translate for all of them
// RemoteHost's deadlines, and what a busy computer adds. A job has none of its own; what is copied
// here are some megabytes, and libvirt gives up waiting for a lock or a monitor after 30 seconds.
constexpr int kSlackMs = 10'000;
constexpr int kQuestionMs = 15'000;
constexpr int kStepMs = 60'000;
constexpr int kJobMs = 120'000;
constexpr int kVirshMs = 100'000;
constexpr int kAfterFaultMs = 45'000; // so long a silence may be the fault's

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

int limitOf(Patience patience)
{
    switch (patience) {
    case Patience::Question:
        return kQuestionMs;
    case Patience::Step:
        return kStepMs;
    case Patience::Job:
        break;
    }
    return kJobMs;
}

QString idOf(const VmInfo& vm)
{
    return vm.id.toString(QUuid::WithoutBraces);
}

QString diskXml(const QString& fileName, const QString& target)
{
    return QStringLiteral("<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"
                          "<source file='%1/%2'/><target dev='%3' bus='virtio'/></disk>")
        .arg(SoakSide::kImages, fileName, target);
}

} // namespace

SoakPlay::SoakPlay(SoakSide& first, SoakSide& second, const TestGuest& guest, quint32 seed)
    : m_sides { &first, &second }
    , m_guest(guest)
    , m_random(seed)
{
}

QString SoakPlay::nameOf(Fault fault)
{
    switch (fault) {
    case Fault::DaemonRestarted:
        return text("libvirtd restarted");
    case Fault::DaemonStopped:
        return text("libvirtd stopped for a while");
    case Fault::DaemonStoppedLong:
        return text("libvirtd stopped for long");
    case Fault::QemuKilled:
        return text("a QEMU killed");
    case Fault::HostKilled:
        return text("virtdeck-host killed");
    }
    return {};
}

/// Each third one has a guest; the others show their BIOS.
QString SoakPlay::machineXml(int index) const
{
    const QString name = QStringLiteral("soak-%1").arg(index);
    const QString devices = diskXml(name + text(".qcow2"), text("vda"))
        + text("<interface type='network'><source network='base'/><model type='virtio'/>"
               "</interface>");
    if (index % 3 == 0)
        return m_guest.domainXml(name, text("qemu"),
            text("<controller type='pci' index='0' model='pcie-root'/>")
                + text("<controller type='pci' model='pcie-root-port'/>").repeated(8) + devices);
    return QStringLiteral("<domain type='qemu'><name>%1</name><memory unit='MiB'>32</memory>"
                          "<vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os>"
                          "<features><acpi/></features><devices>%2"
                          "<graphics type='spice'><listen type='none'/></graphics>"
                          "<video><model type='vga'/></video></devices></domain>")
        .arg(name, devices);
}

bool SoakPlay::defineMachines(int count)
{
    for (int i = 0; i < count; ++i) {
        SoakSide& side = *m_sides[static_cast<size_t>(i % 2)];
        const QString xml = machineXml(i);
        const auto defined = side.makeImage(QStringLiteral("soak-%1.qcow2").arg(i))
            ? waitFor(side.host().define(xml), kStepMs)
            : Result<hosts::VmId>(Error { ErrorKind::Io, text("qemu-img") });
        if (!defined) {
            m_problems << defined.error().toString();
            return false;
        }
        QString whole = xml;
        whole.replace(text("</name>"),
            QStringLiteral("</name><uuid>%1</uuid>").arg(defined->toString(QUuid::WithoutBraces)));
        m_machines.append({ .id = *defined, .xml = whole });
    }
    return true;
}

void SoakPlay::run(int operations, bool isBurst, std::optional<Fault> fault)
{
    m_log.clear();
    m_losses.clear();
    const int faultAt = chance(operations);
    for (int i = 0; i < operations; ++i) {
        actByChance();
        if (fault && i == faultAt)
            strike(*fault);
        if (!isBurst)
            QTest::qWait(chance(1200));
    }
    awaitAll();
    if (!reviveDaemons())
        m_problems += m_losses;
}

/// libvirtd 9.0 itself does not survive all of this; on a computer systemd would start it again.
bool SoakPlay::reviveDaemons()
{
    bool haveDied = false;
    for (SoakSide* side : m_sides) {
        const QByteArray before = side->daemon().daemonMark();
        if (!side->daemon().startDaemon())
            m_problems << side->name() + text(": libvirtd did not come back");
        if (side->daemon().daemonMark() == before)
            continue;
        haveDied = true;
        ++m_daemonDeaths;
        m_sinceFault.start();
        m_log << QStringLiteral("        *** %1: libvirtd has died by itself").arg(side->name());
    }
    return haveDied;
}

void SoakPlay::actByChance()
{
    struct Choice {
        Act act;
        int weight;
    };
    static const Choice choices[] = { { &SoakPlay::changeState, 34 }, { &SoakPlay::rename, 5 },
        { &SoakPlay::note, 5 }, { &SoakPlay::toggleAutostart, 4 }, { &SoakPlay::edit, 5 },
        { &SoakPlay::plugDisk, 6 }, { &SoakPlay::plugCard, 6 }, { &SoakPlay::takeSnapshot, 6 },
        { &SoakPlay::revertSnapshot, 4 }, { &SoakPlay::deleteSnapshot, 5 },
        { &SoakPlay::migrate, 8 }, { &SoakPlay::defineAnew, 3 }, { &SoakPlay::changeNetworks, 6 },
        { &SoakPlay::changeVolumes, 6 }, { &SoakPlay::lookAt, 10 },
        { &SoakPlay::actBehindOurBack, 14 } };
    SoakSide& side = anySide();
    const QVector<VmInfo> vms = side.host().vms();
    if (vms.isEmpty())
        return;
    const VmInfo vm = vms.at(chance(static_cast<int>(vms.size())));
    int sum = 0;
    for (const Choice& choice : choices)
        sum += choice.weight;
    int drawn = chance(sum);
    for (const Choice& choice : choices) {
        drawn -= choice.weight;
        if (drawn < 0)
            return (this->*choice.act)(side, vm);
    }
}

int SoakPlay::activeMachines(const SoakSide& side) const
{
    const auto vms = const_cast<SoakSide&>(side).host().vms();
    return static_cast<int>(std::count_if(
        vms.begin(), vms.end(), [](const VmInfo& vm) { return vmm::isActive(vm.state); }));
}

/// Mostly what makes sense in its state, now and then anything.
void SoakPlay::changeState(SoakSide& side, const VmInfo& vm)
{
    constexpr std::array actions { VmAction::Start, VmAction::Start, VmAction::Start,
        VmAction::Pause, VmAction::Resume, VmAction::Resume, VmAction::ShutDown, VmAction::Reboot,
        VmAction::Reset, VmAction::ForceOff, VmAction::Save, VmAction::DiscardSave };
    VmAction action = VmAction::Start;
    for (int i = 0; i < 6; ++i) {
        action = actions[static_cast<size_t>(chance(static_cast<int>(actions.size())))];
        if (vmm::isAllowed(action, vm.state))
            break;
    }
    if (action == VmAction::Start && activeMachines(side) >= kMaxActive)
        return lookAt(side, vm);
    ask(side, vmm::nameOf(action) + QLatin1Char(' ') + vm.name, hosts::Perform { vm.id, action });
}

void SoakPlay::rename(SoakSide& side, const VmInfo& vm)
{
    const QString name
        = QStringLiteral("%1-r%2").arg(vm.name.section(text("-r"), 0, 0)).arg(++m_serial);
    ask(side, vm.name + QLatin1Char(' ') + name, hosts::Rename { vm.id, name });
}

void SoakPlay::note(SoakSide& side, const VmInfo& vm)
{
    const QString title = chance(4) == 0 ? QString() : QStringLiteral("t%1 & co").arg(++m_serial);
    ask(side, vm.name,
        hosts::SetNotes { .vm = vm.id, .title = title, .description = vm.description });
}

void SoakPlay::toggleAutostart(SoakSide& side, const VmInfo& vm)
{
    ask(side, vm.name, hosts::SetAutostart { vm.id, !vm.isAutostart });
}

void SoakPlay::edit(SoakSide& side, const VmInfo& vm)
{
    const QString memory = QString::number((32 + 8 * chance(8)) * 1024);
    const bool isGuest = vm.memory >= vmm::Bytes::fromMiB(128);
    const auto edited = vmm::async::andThen(side.host().definition(vm.id), &side.host(),
        [host = &side.host(), memory, isGuest](QString xml) {
            static const QRegularExpression amount(text("(<(?:currentM|m)emory[^>]*>)\\d+(<)"));
            static const QRegularExpression vcpus(text("(<vcpu[^>]*>)\\d+(<)"));
            if (!isGuest)
                xml.replace(amount, text("\\1") + memory + text("\\2"));
            else
                xml.replace(vcpus,
                    xml.contains(text(">2</vcpu>")) ? text("\\1%1\\2").arg(1)
                                                    : text("\\1%1\\2").arg(2));
            return host->define(xml);
        });
    follow(QStringLiteral("%1: define %2").arg(side.name(), vm.name), Patience::Step, edited);
}

void SoakPlay::plugDisk(SoakSide& side, const VmInfo& vm)
{
    const QString xml = diskXml(
        QStringLiteral("spare-%1.qcow2").arg(chance(SoakSide::kSpareImages)), text("vdb"));
    const bool isMore = vm.disks.size() < 2;
    if (isMore || chance(4) == 0)
        ask(side, vm.name + text(" disk"), hosts::AttachDevice { .vm = vm.id, .xml = xml });
    else
        ask(side, vm.name + text(" disk"),
            hosts::DetachDevice { .vm = vm.id,
                .xml
                = diskXml(QString(vm.disks.value(1)).section(QLatin1Char('/'), -1), text("vdb")) });
}

void SoakPlay::plugCard(SoakSide& side, const VmInfo& vm)
{
    const QString xml
        = QStringLiteral("<interface type='network'><mac address='52:54:00:77:00:%1'/>"
                         "<source network='base'/><model type='virtio'/></interface>")
              .arg(qHash(vm.id) % 200 + 16, 2, 16, QLatin1Char('0'));
    if (vm.networkCards < 2 || chance(4) == 0)
        ask(side, vm.name + text(" card"), hosts::AttachDevice { .vm = vm.id, .xml = xml });
    else
        ask(side, vm.name + text(" card"), hosts::DetachDevice { .vm = vm.id, .xml = xml });
}

void SoakPlay::takeSnapshot(SoakSide& side, const VmInfo& vm)
{
    ask(side, vm.name,
        hosts::CreateSnapshot { vm.id,
            { .name = QStringLiteral("s%1").arg(chance(3)), .withMemory = chance(2) == 0 } });
}

void SoakPlay::revertSnapshot(SoakSide& side, const VmInfo& vm)
{
    ask(side, vm.name, hosts::RevertSnapshot { vm.id, QStringLiteral("s%1").arg(chance(3)) });
}

void SoakPlay::deleteSnapshot(SoakSide& side, const VmInfo& vm)
{
    ask(side, vm.name, hosts::DeleteSnapshot { vm.id, QStringLiteral("s%1").arg(chance(3)) });
}

/// Its images are left behind by libvirt, and would be in the way when it comes back.
void SoakPlay::migrate(SoakSide& side, const VmInfo& vm)
{
    SoakSide& there = otherThan(side);
    if (vmm::isActive(vm.state) && activeMachines(there) >= kMaxActive)
        return;
    for (const QString& disk : vm.disks) {
        const QString file = disk.section(QLatin1Char('/'), -1);
        if (!file.startsWith(text("spare")) && !there.isThere(vm.id))
            QFile::remove(there.imagePath(file));
    }
    ask(side, vm.name,
        hosts::MigrateMachine { vm.id,
            { .target = there.daemon().uri().toString(),
                .storage = hosts::StorageCopy::Full,
                .dataAddress = text("tcp://") + there.address() } });
}

void SoakPlay::defineAnew(SoakSide& side, const VmInfo& vm)
{
    const auto known = std::find_if(m_machines.begin(), m_machines.end(),
        [&](const Machine& machine) { return machine.id == vm.id; });
    if (known == m_machines.end())
        return;
    const qsizetype index = known - m_machines.begin();
    const auto defined = vmm::async::andThen(side.host().definition(vm.id), &side.host(),
        [this, index, host = &side.host(), id = vm.id](const QString& xml) {
            // Whatever comes back, it may be gone from now on.
            m_machines[index].isUndefined = true;
            return vmm::async::eitherWay(host->perform(id, VmAction::Undefine), host,
                [this, index, host, xml](const Result<void>& done) {
                    if (!done) {
                        if (done.error().kind != ErrorKind::Disconnected
                            && done.error().kind != ErrorKind::TimedOut)
                            m_machines[index].isUndefined = false;
                        return vmm::async::failed<hosts::VmId>(done.error());
                    }
                    return vmm::async::transformed<hosts::VmId>(
                        host->define(xml), host, [this, index](const Result<hosts::VmId>& again) {
                            m_machines[index].isUndefined = !again.has_value();
                            return again;
                        });
                });
        });
    follow(QStringLiteral("%1: undefine-and-define %2").arg(side.name(), vm.name), Patience::Step,
        defined);
}

void SoakPlay::changeNetworks(SoakSide& side, const VmInfo&)
{
    const int number = chance(3);
    const QString name = QStringLiteral("net-%1").arg(number);
    switch (chance(4)) {
    case 0:
    case 1:
        return ask(side, name,
            hosts::DefineNetwork { { .name = name,
                .mode = text("isolated"),
                .addresses = { { .address = QStringLiteral("10.78.%1.1/24").arg(number) } },
                .isStarted = chance(2) == 0,
                .isAutostart = chance(2) == 0 } });
    case 2:
        return ask(side, name, hosts::DeleteNetwork { name });
    default:
        return ask(side, name,
            hosts::ChangeNetwork { name,
                chance(2) == 0 ? hosts::ResourceAction::Start : hosts::ResourceAction::Stop });
    }
}

void SoakPlay::changeVolumes(SoakSide& side, const VmInfo&)
{
    const QString name = QStringLiteral("volume-%1").arg(chance(5));
    switch (chance(6)) {
    case 0:
        return ask(
            side, QString(), hosts::ChangePool { SoakSide::kPool, hosts::ResourceAction::Refresh });
    case 1:
    case 2:
        return ask(side, name, hosts::DeleteVolume { SoakSide::kPool, name });
    case 3:
        return ask(side, name,
            hosts::CloneVolume { SoakSide::kPool, name, {},
                { .name = QStringLiteral("volume-%1").arg(chance(5)) } });
    default:
        return ask(side, name,
            hosts::CreateVolume { SoakSide::kPool,
                { .name = name, .capacity = vmm::Bytes::fromMiB(1 + chance(4)) } });
    }
}

void SoakPlay::lookAt(SoakSide& side, const VmInfo& vm)
{
    switch (chance(4)) {
    case 0:
        return ask(side, vm.name, hosts::GetScreenshot { .vm = vm.id });
    case 1:
        return ask(side, vm.name, hosts::GetLoadDetail { vm.id });
    case 2:
        return side.host().setVisibleVms({ vm.id });
    default:
        return ask(side, vm.name, hosts::GetConsole { vm.id });
    }
}

void SoakPlay::actBehindOurBack(SoakSide& side, const VmInfo& vm)
{
    const QString id = idOf(vm);
    const QString title = QStringLiteral("behind %1").arg(++m_serial);
    const QString snapshot = QStringLiteral("s%1").arg(chance(3));
    const QString volume = QStringLiteral("volume-%1").arg(chance(5));
    const QString network = QStringLiteral("net-%1").arg(chance(3));
    const QVector<QStringList> lines { { text("start"), id }, { text("destroy"), id },
        { text("suspend"), id }, { text("resume"), id }, { text("shutdown"), id },
        { text("managedsave"), id }, { text("desc"), id, text("--title"), title },
        { text("autostart"), id },
        { text("domrename"), id, vm.name.section(text("-r"), 0, 0) + text("-r") + title.mid(7) },
        { text("snapshot-create-as"), id, snapshot }, { text("snapshot-delete"), id, snapshot },
        { text("snapshot-revert"), id, snapshot },
        { text("setvcpus"), id, text("1"), text("--config") },
        { text("vol-create-as"), SoakSide::kPool, volume, text("1M") },
        { text("vol-delete"), volume, text("--pool"), SoakSide::kPool },
        { text("net-undefine"), network }, { text("net-start"), network },
        { text("net-destroy"), network }, { text("pool-refresh"), SoakSide::kPool } };
    const QStringList line = lines.at(chance(static_cast<int>(lines.size())));
    if (line.first() == text("start") && activeMachines(side) >= kMaxActive)
        return;
    virsh(side, line);
}

void SoakPlay::strike(Fault fault)
{
    SoakSide& side = anySide();
    m_log << QStringLiteral("        *** %1: %2").arg(side.name(), nameOf(fault));
    m_sinceFault.start();
    switch (fault) {
    case Fault::DaemonRestarted:
        if (!side.daemon().killDaemon() || !side.daemon().startDaemon())
            m_problems << side.name() + text(": libvirtd did not come back");
        return;
    case Fault::DaemonStopped:
        return standStill(side, std::chrono::milliseconds(2'000 + chance(8'000)));
    case Fault::DaemonStoppedLong:
        return standStill(side, std::chrono::milliseconds(25'000));
    case Fault::QemuKilled:
        for (const VmInfo& vm : side.host().vms()) {
            if (vmm::isActive(vm.state) && side.daemon().killQemu(vm.name))
                return;
        }
        return;
    case Fault::HostKilled:
        (void)side.killHost();
        return;
    }
}

void SoakPlay::standStill(SoakSide& side, std::chrono::milliseconds time)
{
    if (!side.daemon().stopDaemon())
        return;
    m_steps.append({ .what = side.name() + text(": libvirtd stands still"), .limitMs = kStepMs });
    m_steps.last().since.start();
    QTimer::singleShot(time, this, [this, &side, id = m_steps.size() - 1] {
        m_sinceFault.start();
        finish(id, side.daemon().continueDaemon() ? text("goes on") : text("did not go on"));
    });
}

template <typename Op> void SoakPlay::ask(SoakSide& side, const QString& about, const Op& operation)
{
    follow(QStringLiteral("%1: %2 %3").arg(side.name(), hosts::nameOf(operation), about),
        hosts::patienceFor(operation), side.host().call(operation));
}

template <typename T>
void SoakPlay::follow(const QString& what, Patience patience, const vmm::Future<T>& future)
{
    m_steps.append({ .what = what, .limitMs = limitOf(patience) });
    m_steps.last().since.start();
    vmm::async::onFinished(future, this, [this, id = m_steps.size() - 1](const Result<T>& result) {
        auto& [done, refused] = m_counts[m_steps.at(id).what.section(QLatin1Char(' '), 1, 1)];
        ++(result ? done : refused);
        if (!result) {
            judge(m_steps.at(id).what, result.error());
            ++m_refusals[m_steps.at(id).what.section(QLatin1Char(' '), 1, 1) + text(": ")
                + vmm::nameOf(result.error().kind) + text(": ") + result.error().detail.left(60)];
        }
        finish(id, result ? text("done") : result.error().toString());
    });
}

/// A refusal says why, and nobody waits in vain for a host that is well.
void SoakPlay::judge(const QString& what, const Error& error)
{
    if (error.detail.isEmpty() && error.cause == vmm::ErrorCause::None)
        m_problems << QStringLiteral("%1: refused without a word: %2").arg(what, error.toString());
    const bool isFaultNear = m_sinceFault.isValid() && !m_sinceFault.hasExpired(kAfterFaultMs);
    const bool isLoss = error.kind == ErrorKind::TimedOut || error.kind == ErrorKind::Disconnected
        || error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::ProtocolViolation;
    if (isLoss && !isFaultNear)
        m_losses
            << QStringLiteral("%1: nothing had happened to it: %2").arg(what, error.toString());
}

void SoakPlay::virsh(SoakSide& side, const QStringList& arguments)
{
    m_steps.append({ .what = side.name() + text(": virsh ") + arguments.join(QLatin1Char(' ')),
        .limitMs = kVirshMs });
    m_steps.last().since.start();
    auto* process = new QProcess(this);
    process->setProcessChannelMode(QProcess::MergedChannels);
    connect(process, &QProcess::finished, this, [this, process, id = m_steps.size() - 1] {
        auto& [done, refused] = m_counts[text("virsh")];
        ++(process->exitCode() == 0 ? done : refused);
        finish(id, QString::fromUtf8(process->readAll()).simplified());
        process->deleteLater();
    });
    process->start(text("virsh"),
        QStringList { text("-q"), text("-c"), side.daemon().uri().toString() } + arguments);
}

void SoakPlay::finish(StepId id, const QString& outcome)
{
    Step& step = m_steps[id];
    step.isDone = true;
    m_log << QStringLiteral("%1 ms  %2: %3").arg(step.since.elapsed(), 6).arg(step.what, outcome);
    if (step.since.hasExpired(step.limitMs + kSlackMs) && !step.isTold)
        m_problems << QStringLiteral("%1: took %2 ms").arg(step.what).arg(step.since.elapsed());
}

void SoakPlay::watchDeadlines()
{
    for (Step& step : m_steps) {
        if (step.isDone || step.isTold || !step.since.hasExpired(step.limitMs + kSlackMs))
            continue;
        step.isTold = true;
        m_problems
            << QStringLiteral("%1: not done after %2 ms").arg(step.what).arg(step.since.elapsed());
    }
}

void SoakPlay::awaitAll()
{
    const auto areDone = [this] {
        watchDeadlines();
        return std::all_of(m_steps.begin(), m_steps.end(),
            [](const Step& step) { return step.isDone || step.isTold; });
    };
    (void)QTest::qWaitFor(areDone, kJobMs + kVirshMs);
}

QStringList SoakPlay::restoreMissing()
{
    QStringList known;
    for (const SoakSide* side : m_sides) {
        const auto found = side->machines();
        if (!found)
            return { side->name() + text(": virsh is silent") };
        known += *found;
    }
    QStringList lost;
    for (qsizetype i = 0; i < m_machines.size(); ++i) {
        Machine& machine = m_machines[i];
        if (known.contains(machine.id.toString(QUuid::WithoutBraces))) {
            machine.isUndefined = false;
            continue;
        }
        if (!machine.isUndefined)
            lost << machine.id.toString(QUuid::WithoutBraces) + text(" is nowhere");
        const QString image = QStringLiteral("soak-%1.qcow2").arg(i);
        if (!QFile::exists(m_sides[0]->imagePath(image)))
            m_sides[0]->makeImage(image);
        machine.isUndefined = !waitFor(m_sides[0]->host().define(machine.xml), kStepMs).has_value();
    }
    return lost;
}

QString SoakPlay::summary() const
{
    QStringList parts;
    for (auto count = m_counts.cbegin(); count != m_counts.cend(); ++count)
        parts << QStringLiteral("%1 %2+%3")
                     .arg(count.key())
                     .arg(count.value().first)
                     .arg(count.value().second);
    QStringList often;
    for (auto refusal = m_refusals.cbegin(); refusal != m_refusals.cend(); ++refusal) {
        if (refusal.value() > 2)
            often << QStringLiteral("%1 x %2").arg(refusal.value()).arg(refusal.key());
    }
    parts << QStringLiteral("refused most:\n") + often.join(QLatin1Char('\n'));
    parts << QStringLiteral("libvirtd died by itself %1 times").arg(m_daemonDeaths);
    return parts.join(text(", "));
}

} // namespace tests
