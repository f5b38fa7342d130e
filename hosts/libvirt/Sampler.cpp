// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Sampler.h"

#include "hosts/libvirt/Library.h"

#include <QLoggingCategory>

#include <algorithm>

namespace hosts::libvirt {

using vmm::Result;

namespace {

Q_LOGGING_CATEGORY(logSampler, "vm.libvirt.stats")

constexpr int kPauseAfterFailure = 10; // ticks
constexpr int kLooksAfterFailure = 5; // readings; a machine counts as hanging after 2 seconds
constexpr std::chrono::milliseconds kDeadlinePerVm { 10 };

/// Machines of the test driver live in the connection (and in one node file's case in it alone).
bool livesInConnection(const HostUri& uri)
{
    return uri.toString().startsWith(QStringLiteral("test:"));
}

} // namespace

struct Sampler::Worker {
    Connection shared {};
    std::unique_ptr<StatsReader> reader {};

    Result<CounterReading> read(const HostUri& uri, const StatsReader::Request& request)
    {
        if (!reader) {
            const Connection connection = shared ? shared : TRY(openConnection(uri));
            reader = std::make_unique<StatsReader>(connection);
        }
        auto reading = reader->read(request);
        if (!reading.has_value())
            reader.reset(); // with its connection
        return reading;
    }
};

Sampler::Sampler(HostUri uri, const Inventory& inventory, Timing timing, QObject* parent)
    : QObject(parent)
    , m_uri(std::move(uri))
    , m_inventory(inventory)
    , m_timing(timing)
{
    m_tick.setInterval(m_timing.visibleTick);
    connect(&m_tick, &QTimer::timeout, this, &Sampler::tick);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Sampler::giveUpReading);
}

Sampler::~Sampler()
{
    stop();
}

void Sampler::start(const Connection& main)
{
    stop();
    if (livesInConnection(m_uri))
        m_shared = main;
    m_ticks = 0;
    m_pause = 0;
    m_looks = 0;
    renewWorker();
    m_tick.start();
    tick();
}

void Sampler::stop()
{
    m_tick.stop();
    m_deadline.stop();
    m_isReading = false;
    m_shared = {};
    m_meter.clear();
    m_hanging.clear();
    if (m_mail)
        m_mail->close();
    if (m_lane) // the connection is closed where that may take its time
        m_lane->close([worker = std::exchange(m_worker, nullptr)]() mutable { worker.reset(); });
    m_lane.reset();
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
    if (m_isReading || m_pause-- > 0)
        return;
    m_pause = 0;
    const StatsReader::Request request = nextRequest();
    const auto vms = request.visible.size() + request.others.size();
    m_isReading = true;
    m_deadline.start(m_timing.sample + kDeadlinePerVm * vms);
    m_lane->post([this, mail = m_mail, worker = m_worker, uri = m_uri, request] {
        const auto reading = worker->read(uri, request);
        mail->post([this, reading] { finishReading(reading); });
    });
}

StatsReader::Request Sampler::nextRequest()
{
    const bool isWide = m_ticks++ % m_timing.ticksPerFullSample == 0;
    StatsReader::Request request { .looksForHanging = m_looks > 0 };
    m_looks = std::max(0, m_looks - 1);
    for (const VmInfo& vm : m_inventory.all()) {
        if (!vmm::isActive(vm.state) || vm.state == vmm::VmState::Starting)
            continue;
        if (m_visible.contains(vm.id))
            request.visible.append(vm.id);
        else if (isWide)
            request.others.append(vm.id);
    }
    return request;
}

void Sampler::giveUpReading()
{
    qCInfo(logSampler) << "a reading of statistics does not come back; going on without it";
    m_mail->close();
    renewWorker();
    m_isReading = false;
    m_looks = kLooksAfterFailure;
    tick();
}

void Sampler::renewWorker()
{
    m_mail = Mailbox::create();
    m_worker = std::make_shared<Worker>();
    m_worker->shared = m_shared;
    m_lane = std::make_unique<Lane>("libvirt-stats", 1);
}

void Sampler::finishReading(const Result<CounterReading>& reading)
{
    m_isReading = false;
    m_deadline.stop();
    if (!reading.has_value()) {
        qCInfo(logSampler).noquote() << "reading statistics:" << reading.error().toString();
        m_pause = kPauseAfterFailure;
        return;
    }
    const QSet<VmId> hanging(reading->hanging.keyBegin(), reading->hanging.keyEnd());
    if (!hanging.isEmpty() || !m_hanging.isEmpty())
        Q_EMIT hangingFound(reading->hanging);
    m_hanging = hanging;
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
