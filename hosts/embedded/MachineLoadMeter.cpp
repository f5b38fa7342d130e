// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/MachineLoadMeter.h"

#include "hosts/embedded/Rates.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QThreadPool>

#include <unistd.h>

namespace hosts::embedded {

namespace {

using namespace std::chrono_literals;

constexpr auto kAnswerDeadline = 1500ms;
constexpr auto kIdleAfter = 30s;
constexpr int kGuestPeriodSeconds = 2;
// The kernel walks through all pages of the process for it.
constexpr qint64 kProportionalIntervalNs = 10'000'000'000;
constexpr qint64 kMostNetDev = 1 << 20;
constexpr qint64 kUs = 1000; // in ns
constexpr qint64 kLatencyBounds[] = { 100 * kUs, 200 * kUs, 500 * kUs, 1000 * kUs, 2000 * kUs,
    5000 * kUs, 10'000 * kUs, 20'000 * kUs, 50'000 * kUs, 100'000 * kUs, 200'000 * kUs,
    500'000 * kUs, 1'000'000 * kUs };

QJsonObject balloonProperty(const char* name)
{
    return { { QStringLiteral("path"), QStringLiteral("/machine/peripheral/balloon") },
        { QStringLiteral("property"), QLatin1StringView(name) } };
}

QJsonObject guestPeriod(int seconds)
{
    QJsonObject arguments = balloonProperty("guest-stats-polling-interval");
    arguments[QStringLiteral("value")] = seconds;
    return arguments;
}

vmm::Future<vmm::Bytes> readProportional(qint64 pid)
{
    auto promise = std::make_shared<vmm::Promise<vmm::Bytes>>();
    const auto future = promise->future();
    QThreadPool::globalInstance()->start([promise, pid] {
        const auto pss
            = parseMemoryField(readProc(QStringLiteral("/proc/%1/smaps_rollup").arg(pid)), "Pss");
        promise->finish(pss.value_or(vmm::Bytes()));
    });
    return future;
}

} // namespace

MachineLoadMeter& MachineLoadMeter::of(vmm::Machine& machine)
{
    auto* meter = machine.findChild<MachineLoadMeter*>(QString(), Qt::FindDirectChildrenOnly);
    return meter ? *meter : *new MachineLoadMeter(machine);
}

MachineLoadMeter::MachineLoadMeter(vmm::Machine& machine)
    : QObject(&machine)
    , m_machine(machine)
{
    m_clock.start();
    m_idleTimer.setSingleShot(true);
    m_idleTimer.setInterval(kIdleAfter);
    connect(&m_idleTimer, &QTimer::timeout, this, &MachineLoadMeter::rest);
}

vmm::Future<vmm::LoadDetail> MachineLoadMeter::measure()
{
    if (!m_machine.process().isValid())
        return vmm::async::failed<vmm::LoadDetail>({ vmm::ErrorKind::WrongState, m_machine.name(),
            QStringLiteral("load while ") + vmm::nameOf(m_machine.state()) });
    m_idleTimer.start();
    const bool isSame = m_process == m_machine.process();
    if (isSame && m_waiting.empty() && m_before.cpuTimeNs >= 0
        && m_clock.nsecsElapsed() - m_before.cpuTimeNs < kShortestIntervalNs)
        return vmm::async::ready<vmm::LoadDetail>(m_last);
    m_waiting.emplace_back();
    vmm::Future<vmm::LoadDetail> future = m_waiting.back().future();
    if (m_waiting.size() == 1)
        begin();
    return future;
}

void MachineLoadMeter::begin()
{
    if (m_process != m_machine.process()) {
        rest();
        m_process = m_machine.process();
    }
    m_now = { .proportional = m_before.proportional };
    m_unanswered = 1; // so that nothing completes it before all have been asked
    ask(QStringLiteral("query-cpus-fast"), {},
        [this](const QJsonValue& answer) { m_vcpuThreads = parseVcpuThreads(answer); });
    ask(QStringLiteral("query-blockstats"), {}, [this](const QJsonValue& answer) {
        m_now.diskTimeNs = m_clock.nsecsElapsed();
        m_now.disks = parseDiskCounters(answer);
        haveLatenciesCounted();
    });
    ask(QStringLiteral("query-balloon"), {},
        [this](const QJsonValue& answer) { m_now.balloon = parseBalloon(answer); });
    ask(QStringLiteral("qom-get"), balloonProperty("guest-stats"),
        [this](const QJsonValue& answer) { m_now.guest = parseGuestMemory(answer); });
    askProportional();
    if (!std::exchange(m_isGuestAsked, true))
        haveGuestCount();
    finishOne();
}

void MachineLoadMeter::ask(const QString& command, const QJsonObject& arguments,
    std::function<void(const QJsonValue&)> take)
{
    ++m_unanswered;
    vmm::async::onFinished(m_machine.execute(command, arguments, kAnswerDeadline), this,
        [this, take = std::move(take)](const vmm::Result<QJsonValue>& answer) {
            if (answer)
                take(*answer);
            finishOne();
        });
}

void MachineLoadMeter::askProportional()
{
    const qint64 now = m_clock.nsecsElapsed();
    if (m_proportionalTimeNs >= 0 && now - m_proportionalTimeNs < kProportionalIntervalNs)
        return;
    m_proportionalTimeNs = now;
    ++m_unanswered;
    vmm::async::onFinished(
        readProportional(m_process.pid), this, [this](const vmm::Result<vmm::Bytes>& pss) {
            m_now.proportional = pss.value_or(vmm::Bytes());
            finishOne();
        });
}

// The guest tells its memory only if it is asked to, again and again. If somebody else has seen to
// that (the definition says a period), it stays as it is.
void MachineLoadMeter::haveGuestCount()
{
    ask(QStringLiteral("qom-get"), balloonProperty("guest-stats-polling-interval"),
        [this](const QJsonValue& answer) {
            if (answer.toInteger(-1) != 0)
                return;
            m_isGuestCountOurs = true;
            (void)m_machine.execute(QStringLiteral("qom-set"), guestPeriod(kGuestPeriodSeconds));
        });
}

void MachineLoadMeter::haveLatenciesCounted()
{
    QJsonArray bounds;
    for (const qint64 bound : kLatencyBounds)
        bounds.append(bound);
    for (const DiskCounter& disk : std::as_const(m_now.disks)) {
        if (m_countedDisks.contains(disk.device))
            continue;
        m_countedDisks.insert(disk.device);
        (void)m_machine.execute(QStringLiteral("block-latency-histogram-set"),
            { { QStringLiteral("id"), disk.device }, { QStringLiteral("boundaries"), bounds } });
    }
}

void MachineLoadMeter::finishOne()
{
    if (--m_unanswered > 0)
        return;
    if (m_process != m_machine.process()) {
        // It was stopped meanwhile; what was read is of two lives.
        for (auto& promise : std::exchange(m_waiting, {}))
            promise.finish(vmm::Error { vmm::ErrorKind::WrongState, m_machine.name(),
                QStringLiteral("load while ") + vmm::nameOf(m_machine.state()) });
        return;
    }
    readProcess();
    readCards();
    if (m_before.cpuTimeNs >= 0 && m_now.cpuTimeNs - m_before.cpuTimeNs > kLongestIntervalNs)
        m_before = {};
    static const auto ticksPerSecond = static_cast<double>(::sysconf(_SC_CLK_TCK));
    m_last = loadBetween(m_before, m_now, ticksPerSecond);
    m_last.timeMs = QDateTime::currentMSecsSinceEpoch();
    m_before = m_now;
    for (auto& promise : std::exchange(m_waiting, {}))
        promise.finish(m_last);
}

void MachineLoadMeter::readProcess()
{
    const qint64 pid = m_process.pid;
    const auto stat = vmm::ProcStat::read(pid);
    if (!stat || stat->startTicks != m_process.startTicks)
        return; // it has just ended
    m_now.cpuTimeNs = m_clock.nsecsElapsed();
    m_now.cpuTicks = stat->userTicks + stat->systemTicks;
    for (const qint64 thread : std::as_const(m_vcpuThreads)) {
        const auto ofThread = vmm::ProcStat::parse(
            readProc(QStringLiteral("/proc/%1/task/%2/stat").arg(pid).arg(thread)));
        m_now.vcpuTicks.append(ofThread ? ofThread->userTicks + ofThread->systemTicks : 0);
    }
    static const auto pageSize = static_cast<quint64>(::sysconf(_SC_PAGESIZE));
    m_now.resident = parseResident(readProc(QStringLiteral("/proc/%1/statm").arg(pid)), pageSize)
                         .value_or(vmm::Bytes());
}

void MachineLoadMeter::readCards()
{
    m_now.cards = matchTaps(
        m_machine.runningDefinition().devices<vmm::NetworkInterface>(), readTaps(m_process.pid));
    m_now.cardTimeNs = m_clock.nsecsElapsed();
    const QVector<NetworkCounters> networks
        = parseNetworks(readProc(QStringLiteral("/proc/net/dev"), kMostNetDev));
    for (CardCounter& card : m_now.cards) {
        for (const NetworkCounters& network : networks) {
            if (!card.device.isEmpty() && network.name == card.device)
                card.counters = network;
        }
    }
}

/// Nobody looks any more, or QEMU is another one.
void MachineLoadMeter::rest()
{
    if (m_process == m_machine.process() && m_process.isValid()) {
        for (const QString& device : std::as_const(m_countedDisks))
            (void)m_machine.execute(QStringLiteral("block-latency-histogram-set"),
                { { QStringLiteral("id"), device } });
        if (m_isGuestCountOurs)
            (void)m_machine.execute(QStringLiteral("qom-set"), guestPeriod(0));
    }
    m_before = {};
    m_vcpuThreads.clear();
    m_countedDisks.clear();
    m_proportionalTimeNs = -1;
    m_isGuestAsked = false;
    m_isGuestCountOurs = false;
}

} // namespace hosts::embedded
