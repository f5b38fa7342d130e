// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Sampler.h"

#include "hosts/libvirt/HangProbe.h"
#include "hosts/libvirt/Overlapped.h"

#include <QLoggingCategory>

#include <algorithm>

namespace hosts::libvirt {

using vmm::Result;

namespace {

Q_LOGGING_CATEGORY(logSampler, "vm.libvirt.stats")

constexpr int kPauseAfterFailure = 10; // ticks
constexpr std::chrono::milliseconds kDeadlinePerVm { 10 };
// A monitor command takes milliseconds. Who needs longer is left out, so that the others have their
// figures in time; whether it hangs is said later.
constexpr std::chrono::milliseconds kSuspectAfter { 100 };
constexpr std::chrono::milliseconds kHangsAfter { 1'500 };
constexpr std::chrono::milliseconds kEarliestProbe { 150 };
constexpr int kWideShare = 6; ///< of a tick; so much of it may go to a reading of all

/// Machines of the test driver live in the connection (and in one node file's case in it alone).
bool livesInConnection(const HostUri& uri)
{
    return uri.toString().startsWith(QStringLiteral("test:"));
}

} // namespace

struct Sampler::Worker {
    Connection shared {};
    std::shared_ptr<Lifeline> lifeline {};
    std::unique_ptr<StatsReader> reader {};

    Result<CounterReading> read(const Target& target, const StatsReader::Request& request)
    {
        if (!reader) {
            const Connection connection
                = shared ? shared : TRY(openConnection(target, lifeline.get()));
            reader = std::make_unique<StatsReader>(connection, widthFor(target.uri));
        }
        auto reading = reader->read(request);
        if (!reading.has_value()) {
            reader.reset(); // with its connection
            lifeline->letGo();
        }
        return reading;
    }
};

Sampler::Sampler(const Inventory& inventory, Timing timing, QObject* parent)
    : QObject(parent)
    , m_inventory(inventory)
    , m_timing(timing)
{
    m_tick.setInterval(m_timing.visibleTick);
    connect(&m_tick, &QTimer::timeout, this, &Sampler::tick);
    m_late.setSingleShot(true);
    connect(&m_late, &QTimer::timeout, this, [this] { probe(m_asked, true); });
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Sampler::giveUpReading);
}

Sampler::~Sampler()
{
    stop();
}

void Sampler::start(const Target& target, const Connection& main)
{
    stop();
    m_target = target;
    m_main = main;
    if (livesInConnection(m_target.uri))
        m_shared = main;
    m_ticksToWide = 0;
    m_wide = {};
    m_pause = 0;
    m_usual = {};
    renewWorker();
    m_probeMail = Mailbox::create();
    m_probeLane = std::make_unique<Lane>("libvirt-probe", 1);
    m_tick.start();
    tick();
}

void Sampler::stop()
{
    m_tick.stop();
    m_late.stop();
    m_deadline.stop();
    m_isReading = false;
    m_isProbing = false;
    m_shared = {};
    m_meter.clear();
    m_suspects.clear();
    m_hanging.clear();
    for (const auto& mail : { m_mail, m_probeMail }) {
        if (mail)
            mail->close();
    }
    if (m_lifeline)
        m_lifeline->cut();
    if (m_lane) // the connection is closed where that may take its time
        m_lane->close([worker = std::exchange(m_worker, nullptr)]() mutable { worker.reset(); });
    if (m_probeLane)
        m_probeLane->close([main = std::exchange(m_main, {})]() mutable { main = {}; });
    m_lane.reset();
    m_probeLane.reset();
}

void Sampler::setVisible(const QSet<VmId>& vms)
{
    const bool isMore = !(vms - m_visible).isEmpty();
    m_visible = vms;
    if (isMore && m_tick.isActive() && !m_isReading)
        tick();
}

void Sampler::tick()
{
    if (!m_suspects.isEmpty())
        probe(m_suspects.keys().toVector(), false);
    if (m_isReading || m_pause-- > 0)
        return;
    m_pause = 0;
    const StatsReader::Request request = nextRequest();
    m_asked = request.visible + request.others;
    m_isWide = !request.others.isEmpty();
    m_isReading = true;
    m_since.start();
    m_deadline.start(m_timing.sample + kDeadlinePerVm * m_asked.size());
    if (!m_shared)
        m_late.start(std::max(kEarliestProbe, 2 * m_usual));
    m_lane->post([this, mail = m_mail, worker = m_worker, target = m_target, request] {
        const auto reading = worker->read(target, request);
        mail->post([this, reading] { finishReading(reading); });
    });
}

StatsReader::Request Sampler::nextRequest()
{
    const bool isWide = m_ticksToWide-- <= 0;
    if (isWide)
        m_ticksToWide = m_timing.ticksPerFullSample - 1; // unless it turns out to be cheap
    StatsReader::Request request;
    for (const VmInfo& vm : m_inventory.all()) {
        if (!vmm::isActive(vm.state) || vm.state == vmm::VmState::Starting
            || m_suspects.contains(vm.id))
            continue;
        if (m_visible.contains(vm.id))
            request.visible.append(vm.id);
        else if (isWide)
            request.others.append(vm.id);
    }
    return request;
}

/// While somebody looks, the others are read as often as that is cheap: with a few dozen machines
/// all have their figures every tick, and one that hangs is found at once.
int Sampler::ticksBetweenWide() const
{
    const int most = m_timing.ticksPerFullSample;
    if (m_visible.isEmpty())
        return most;
    return std::clamp(static_cast<int>(m_wide * kWideShare / m_timing.visibleTick), 1, most);
}

void Sampler::probe(const QVector<VmId>& vms, bool readingIsLate)
{
    if (std::exchange(m_isProbing, true))
        return;
    m_probeLane->post([this, mail = m_probeMail, main = m_main, vms, readingIsLate,
                          width = widthFor(m_target.uri)] {
        const auto occupied = findOccupied(main, vms, width);
        mail->post([this, occupied, readingIsLate] { takeOccupied(occupied, readingIsLate); });
    });
}

void Sampler::takeOccupied(const Occupied& occupied, bool readingIsLate)
{
    m_isProbing = false;
    if (!readingIsLate) { // it was about the suspects
        m_suspects = occupied;
        return tellHanging();
    }
    if (!m_isReading)
        return; // it did come back
    bool isNews = false;
    for (auto vm = occupied.cbegin(); vm != occupied.cend(); ++vm) {
        if (vm.value() < kSuspectAfter)
            continue;
        isNews = true;
        m_suspects.insert(vm.key(), vm.value());
    }
    if (!isNews)
        return m_late.start(kEarliestProbe);
    tellHanging();
    if (m_isWide)
        m_ticksToWide = 0; // the others, which it was about, too, have not had their figures
    giveUpReading();
}

void Sampler::tellHanging()
{
    QHash<VmId, QString> hanging;
    for (auto vm = m_suspects.cbegin(); vm != m_suspects.cend(); ++vm) {
        if (vm.value() >= kHangsAfter)
            hanging.insert(vm.key(),
                QStringLiteral("QEMU has not answered for %1 seconds")
                    .arg(vm.value().count() / 1000));
    }
    if (!hanging.isEmpty() || !m_hanging.isEmpty())
        Q_EMIT hangingFound(hanging);
    m_hanging = QSet<VmId>(hanging.keyBegin(), hanging.keyEnd());
}

void Sampler::giveUpReading()
{
    qCInfo(logSampler) << "a reading of statistics does not come back; going on without it";
    m_late.stop();
    m_deadline.stop();
    m_mail->close();
    m_lifeline->cut();
    renewWorker();
    m_isReading = false;
    tick();
}

void Sampler::renewWorker()
{
    m_mail = Mailbox::create();
    m_worker = std::make_shared<Worker>();
    m_worker->shared = m_shared;
    m_lifeline = std::make_shared<Lifeline>();
    m_worker->lifeline = m_lifeline;
    m_lane = std::make_unique<Lane>("libvirt-stats", 1);
}

void Sampler::finishReading(const Result<CounterReading>& reading)
{
    m_isReading = false;
    m_late.stop();
    m_deadline.stop();
    if (!reading.has_value()) {
        qCInfo(logSampler).noquote() << "reading statistics:" << reading.error().toString();
        m_pause = kPauseAfterFailure;
        return;
    }
    const std::chrono::milliseconds took(m_since.elapsed());
    m_usual = m_usual.count() == 0 ? took : (3 * m_usual + took) / 4;
    if (m_isWide) {
        m_wide = took;
        m_ticksToWide = ticksBetweenWide() - 1;
    }
    if (!reading->missing.isEmpty())
        Q_EMIT missingFound(reading->missing);
    QHash<VmId, int> vcpus;
    for (auto vm = reading->vms.keyBegin(); vm != reading->vms.keyEnd(); ++vm) {
        if (const VmInfo* info = m_inventory.find(*vm))
            vcpus.insert(*vm, info->vcpus);
    }
    Q_EMIT sampled(m_meter.measure(*reading, vcpus));
}

} // namespace hosts::libvirt
