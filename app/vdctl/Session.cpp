// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/vdctl/Session.h"

#include "app/vdctl/Output.h"
#include "app/vdctl/Values.h"
#include "app/virtdeck/Programs.h"

#include <QFutureWatcher>

#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace vdctl {

using hosts::ConnectionState;
using hosts::VmId;
using hosts::VmInfo;
using vmm::Error;
using vmm::ErrorKind;

namespace {

constexpr int kPatientTicks = 3; // rates need a tick before
constexpr std::chrono::seconds kLongestTick { 15 }; // the slowest hosts are asked every ten

void writeError(const QByteArray& bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
}

Error notMeasurable(const VmInfo& vm)
{
    return { ErrorKind::WrongState, vm.name,
        QStringLiteral("metrics while ") + vmm::nameOf(vm.state) };
}

} // namespace

Session::Session(Invocation invocation, hosts::wire::WireThread& thread)
    : m_invocation(std::move(invocation))
    , m_thread(thread)
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &Session::takeNext);
}

vmm::Result<std::unique_ptr<hosts::Host>> Session::makeHost(const QString& text)
{
    const hosts::HostUri uri = TRY(hosts::HostUri::parse(text));
    hosts::wire::RemoteHostOptions options { .program = m_invocation.hostProgram,
        // A forwarded screen ends with this program.
        .reachesConsoles = m_invocation.call.has("hold"),
        .awaitsCancelled = true };
    if (options.program.isEmpty())
        options.program = app::programPath(QStringLiteral("virtdeck-host"));
    options.link.program = QStringLiteral("vdctl " VIRTDECK_VERSION);
    return std::unique_ptr<hosts::Host>(
        std::make_unique<hosts::wire::RemoteHost>(uri, m_thread, options));
}

vmm::Result<void> Session::start()
{
    m_host = TRY(makeHost(m_invocation.uri));
    connect(m_host.get(), &hosts::Host::connectionChanged, this, &Session::follow);
    m_host->open();
    return {};
}

void Session::interrupt()
{
    // Nothing is asked of the host then: there is nothing to stop but this program.
    const bool isIdle = !m_isRunning || m_isWaitingForOff || m_attachment || m_pause.isActive();
    if (m_isHolding)
        return end(); // that is how one ends it
    if (std::exchange(m_isInterrupted, true) || isIdle) {
        m_exitCode = exitCodeFor(ErrorKind::Cancelled);
        return end();
    }
    if (m_move)
        return m_move->cancel();
    if (m_invocation.command->sort != Sort::Plan)
        return end(); // that is how one ends it
    if (!m_steps.isEmpty() && m_exitCode == 0)
        m_exitCode = exitCodeFor(ErrorKind::Cancelled);
    m_steps.clear();
    m_current.cancel();
    if (::isatty(STDERR_FILENO)) {
        clearProgress();
        writeError("Cancelling; Ctrl+C once more leaves at once.\n");
    }
}

void Session::follow(ConnectionState state)
{
    switch (state) {
    case ConnectionState::Disconnected:
    case ConnectionState::Connecting:
        return;
    case ConnectionState::Connected:
        if (!std::exchange(m_isRunning, true))
            run();
        return;
    case ConnectionState::Reconnecting:
    case ConnectionState::Failed:
        // What was asked fails by itself; a script is told, and may try again.
        if (m_move)
            return;
        if (!m_isRunning || m_current.isFinished() || m_current.resultCount() > 0
            || m_invocation.command->sort != Sort::Plan)
            fail(m_host->lastError().value_or(Error { ErrorKind::Disconnected }));
        return;
    }
}

void Session::run()
{
    const auto plan = m_invocation.command->plan(m_invocation.call, *m_host);
    if (!plan)
        return fail(plan.error());
    const QVector<VmInfo> vms = m_host->vms();
    for (const VmInfo& vm : vms)
        m_known.insert(vm.id, vm);
    if (m_invocation.command->sort == Sort::Events) {
        connect(m_host.get(), &hosts::Host::inventoryChanged, this, &Session::showEvent);
        return;
    }
    connect(m_host.get(), &hosts::Host::inventoryChanged, this, &Session::learn);
    if (m_invocation.command->sort == Sort::Metrics)
        return runMetrics();
    if (m_invocation.command->sort == Sort::Move)
        return runMove();
    m_steps = plan->steps;
    if (m_steps.isEmpty())
        print(plan->shown);
    takeNext();
}

void Session::learn(const hosts::InventoryChange& change)
{
    if (change.isComplete)
        m_known.clear();
    for (const VmId& id : change.removed)
        m_known.remove(id);
    for (const VmInfo& vm : change.changed)
        m_known.insert(vm.id, vm);
}

bool Session::isRunning(const VmId& vm) const
{
    const auto known = m_known.constFind(vm);
    return known != m_known.cend() && vmm::isActive(known->state);
}

void Session::runMetrics()
{
    const Call& call = m_invocation.call;
    const auto count = call.has("count") ? parseNumber(call.value("count"), 0) : 1;
    if (!count)
        return fail(count.error());
    m_ticksLeft = *count;
    QVector<VmInfo> vms = call.arguments.isEmpty() ? m_host->vms() : QVector<VmInfo> {};
    const MachineIndex machines(*m_host);
    for (const QString& name : call.arguments) {
        const auto vm = machines.find(name);
        if (!vm)
            return fail(vm.error());
        vms.append(*vm);
    }
    for (const VmInfo& vm : std::as_const(vms)) {
        if (vmm::isActive(vm.state))
            m_measured.insert(vm.id);
        else if (!call.arguments.isEmpty())
            print(notMeasurable(vm));
    }
    if (m_measured.isEmpty())
        return end();
    m_patience.setSingleShot(true);
    m_patience.setInterval(kLongestTick);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        fail(Error { ErrorKind::TimedOut, m_host->uri().toString(),
            QStringLiteral("it tells no load of the machine") });
    });
    m_patience.start();
    connect(m_host.get(), &hosts::Host::metricsSampled, this, &Session::showMetrics);
    connect(m_host.get(), &hosts::Host::inventoryChanged, this, &Session::endIfNothingRuns);
    m_host->setVisibleVms(m_measured);
}

/// Of machines that are off nothing more will come.
void Session::endIfNothingRuns()
{
    QVector<VmInfo> off;
    for (const VmId& id : std::as_const(m_measured)) {
        if (isRunning(id))
            return;
        off.append(m_known.value(id, VmInfo { .id = id, .name = idText(id) }));
    }
    for (const VmInfo& vm : std::as_const(off)) {
        if (!m_hasEnded)
            print(notMeasurable(vm));
    }
    end();
}

void Session::runMove()
{
    const Call& call = m_invocation.call;
    if (!call.has("to"))
        return fail(Error { ErrorKind::InvalidConfig, QStringLiteral("--to"),
            QStringLiteral("say which host it is to move to") });
    auto target = makeHost(call.value("to"));
    if (!target)
        return fail(target.error());
    m_move = std::make_unique<MoveRun>(*m_host);
    connect(m_move.get(), &MoveRun::noticed, this, [this](const Shown& shown) {
        if (!m_invocation.isJson)
            writeError(shown.text.toLocal8Bit());
    });
    connect(m_move.get(), &MoveRun::progressed, this,
        [this, name = call.argument(0)](int percent) { showProgress(name, percent); });
    connect(m_move.get(), &MoveRun::failed, this, &Session::fail);
    connect(m_move.get(), &MoveRun::finished, this, [this](const Shown& shown) {
        clearProgress();
        print(shown);
        end();
    });
    if (const auto started = m_move->start(call, std::move(*target)); !started)
        fail(started.error());
}

void Session::takeNext()
{
    if (m_hasEnded)
        return;
    if (m_steps.isEmpty() && !m_goingOff.isEmpty() && !m_isInterrupted)
        return waitUntilOff();
    if (m_steps.isEmpty())
        return end();
    const Step step = m_steps.takeFirst();
    m_current = m_host->run(step.operation);
    auto* watcher = new QFutureWatcher<vmm::Result<hosts::Answer>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this,
        [this, label = step.label](int percent) { showProgress(label, percent); });
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(m_current);
    vmm::async::onFinished(m_current, this,
        [this, step](const vmm::Result<hosts::Answer>& answer) { take(step, answer); });
}

void Session::take(const Step& step, const vmm::Result<hosts::Answer>& answer)
{
    clearProgress();
    const bool goesOn = step.attaches || step.holds || step.next || step.secondsUntilOff > 0;
    if (!answer || (m_isInterrupted && goesOn)) {
        const Error error = answer ? Error { ErrorKind::Cancelled } : answer.error();
        const bool isLack = error.kind == ErrorKind::HostLacksFeature;
        print(error, isLack ? step.remedy : QString());
        return takeNext();
    }
    if (step.attaches)
        return attach(std::get<vmm::ConsoleEndpoint>(*answer));
    if (step.show)
        print(step.show(*answer));
    if (step.holds)
        return hold(hosts::vmOf(step.operation));
    if (step.next) {
        const auto more = step.next(*answer);
        if (!more)
            print(more.error());
        else
            m_steps = *more + m_steps;
    }
    if (step.secondsUntilOff > 0) {
        m_goingOff.insert(hosts::vmOf(step.operation), step.label);
        m_secondsUntilOff = step.secondsUntilOff;
    }
    if (step.pause.count() > 0)
        return m_pause.start(step.pause);
    takeNext();
}

void Session::hold(const VmId& vm)
{
    m_isHolding = true;
    connect(m_host.get(), &hosts::Host::inventoryChanged, this, [this, vm] {
        if (!isRunning(vm))
            end();
    });
}

void Session::attach(const vmm::ConsoleEndpoint& endpoint)
{
    m_attachment = std::make_unique<Attachment>(endpoint.unixSocket);
    connect(
        m_attachment.get(), &Attachment::ended, this,
        [this](const QString& problem) {
            m_attachment.reset();
            if (!problem.isEmpty())
                print(vmm::Error { ErrorKind::Io, QStringLiteral("the serial port"), problem });
            takeNext();
        },
        Qt::QueuedConnection);
    connect(m_attachment.get(), &Attachment::unwritable, this, &Session::failToWrite,
        Qt::QueuedConnection);
}

/// All have been asked: they go off beside each other.
void Session::waitUntilOff()
{
    m_isWaitingForOff = true;
    connect(m_host.get(), &hosts::Host::inventoryChanged, this, &Session::dropThoseThatAreOff);
    QTimer::singleShot(std::chrono::seconds(m_secondsUntilOff), this, [this] {
        QStringList late = m_goingOff.values();
        late.sort();
        for (const QString& label : std::as_const(late)) {
            if (!m_hasEnded)
                print(Error { ErrorKind::TimedOut, label, QStringLiteral("it is still running") });
        }
        end();
    });
    dropThoseThatAreOff();
}

void Session::dropThoseThatAreOff()
{
    m_goingOff.removeIf(
        [this](const QHash<VmId, QString>::iterator each) { return !isRunning(each.key()); });
    if (m_goingOff.isEmpty())
        end();
}

void Session::showEvent(const hosts::InventoryChange& change)
{
    const auto tell = [this](const char* event, const VmInfo& vm) {
        const QString name = QString::fromLatin1(event);
        QJsonObject object { { QStringLiteral("event"), name },
            { QStringLiteral("machine"), json(vm) } };
        print(Shown { .text = QDateTime::currentDateTime().toString(QStringLiteral("HH:mm:ss"))
                + QStringLiteral("  %1  %2  %3\n").arg(vm.name, name, vmm::nameOf(vm.state)),
            .json = document(object) });
    };
    QSet<VmId> gone(change.removed.begin(), change.removed.end());
    if (change.isComplete) {
        const QList<VmId> known = m_known.keys();
        gone.unite({ known.begin(), known.end() });
    }
    for (const VmInfo& vm : change.changed) {
        gone.remove(vm.id);
        const auto before = m_known.constFind(vm.id);
        if (before == m_known.cend())
            tell("added", vm);
        else if (before->state != vm.state)
            tell("state", vm);
        else if (*before != vm)
            tell("changed", vm);
        m_known.insert(vm.id, vm);
    }
    for (const VmId& id : gone) {
        if (m_known.contains(id))
            tell("removed", m_known.take(id));
    }
}

void Session::showMetrics(const hosts::MetricsBatch& batch)
{
    using hosts::VmMetric;
    QVector<QStringList> rows;
    QJsonArray all;
    bool isWhole = true;
    for (const hosts::VmSample& sample : batch.vms) {
        if (!m_measured.contains(sample.id))
            continue;
        const auto& values = sample.values;
        isWhole = isWhole && !std::isnan(values[VmMetric::CpuLoad]);
        const QString name = m_known.value(sample.id).name;
        const double memory = values[VmMetric::MemoryUsed];
        rows.append({ name, percentText(values[VmMetric::CpuLoad]),
            std::isnan(memory) ? QStringLiteral("-")
                               : sizeText(vmm::Bytes::fromBytes(static_cast<quint64>(memory))),
            rateText(values[VmMetric::DiskRead]), rateText(values[VmMetric::DiskWrite]),
            rateText(values[VmMetric::NetworkReceive]), rateText(values[VmMetric::NetworkSend]) });
        all.append(QJsonObject { { QStringLiteral("id"), idText(sample.id) },
            { QStringLiteral("name"), name }, { QStringLiteral("timeMs"), batch.timeMs },
            { QStringLiteral("cpu"), json(values[VmMetric::CpuLoad]) },
            { QStringLiteral("memory"), json(memory) },
            { QStringLiteral("diskRead"), json(values[VmMetric::DiskRead]) },
            { QStringLiteral("diskWrite"), json(values[VmMetric::DiskWrite]) },
            { QStringLiteral("networkReceive"), json(values[VmMetric::NetworkReceive]) },
            { QStringLiteral("networkSend"), json(values[VmMetric::NetworkSend]) } });
    }
    if (rows.isEmpty() || (!isWhole && ++m_ticks < kPatientTicks))
        return;
    rows.prepend({ QStringLiteral("NAME"), QStringLiteral("CPU"), QStringLiteral("MEMORY"),
        QStringLiteral("READ"), QStringLiteral("WRITTEN"), QStringLiteral("RECEIVED"),
        QStringLiteral("SENT") });
    print(Shown { .text = table(rows), .json = document(all) });
    m_patience.start();
    if (m_ticksLeft > 0 && --m_ticksLeft == 0)
        end();
}

void Session::print(const Shown& shown)
{
    if (shown.exitCode != 0 && m_exitCode == 0)
        m_exitCode = shown.exitCode;
    if (m_invocation.isJson) {
        if (!shown.json.isEmpty())
            put(shown.json + '\n');
        return;
    }
    put(shown.raw.isNull() ? shown.text.toUtf8() : shown.raw);
    writeError(shown.rawErrors);
    writeError(shown.notice.toLocal8Bit());
}

void Session::put(const QByteArray& bytes)
{
    if (m_hasEnded)
        return;
    if (const int error = writeOut(bytes))
        failToWrite(error);
}

/// Nobody gets to know any more what is still to be done.
void Session::failToWrite(int error)
{
    if (m_hasEnded)
        return;
    m_attachment.reset(); // the terminal is told in its usual ways
    clearProgress();
    const int exitCode = tellUnwritable(error, m_invocation.errorStyle());
    if (m_exitCode == 0)
        m_exitCode = exitCode;
    end();
}

void Session::print(const Error& error, const QString& remedy)
{
    clearProgress();
    if (m_exitCode == 0)
        m_exitCode = exitCodeFor(error.kind);
    tellError(error, m_invocation.errorStyle(), remedy);
}

void Session::showProgress(const QString& label, int percent)
{
    if (!::isatty(STDERR_FILENO))
        return;
    m_hasProgress = true;
    writeError(QStringLiteral("\r%1: %2 % ").arg(label).arg(percent).toLocal8Bit());
}

void Session::clearProgress()
{
    if (std::exchange(m_hasProgress, false))
        writeError("\r\x1b[K");
}

void Session::fail(const Error& error)
{
    if (m_hasEnded)
        return;
    print(error);
    end();
}

void Session::end()
{
    if (std::exchange(m_hasEnded, true))
        return;
    clearProgress();
    Q_EMIT finished(m_exitCode);
}

} // namespace vdctl
