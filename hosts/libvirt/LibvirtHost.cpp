// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"

#include "hosts/libvirt/Abilities.h"
#include "hosts/libvirt/DomainActions.h"
#include "hosts/libvirt/DomainLoad.h"
#include "hosts/libvirt/JobRunner.h"
#include "hosts/libvirt/Library.h"
#include "hosts/libvirt/MachineMaker.h"
#include "hosts/libvirt/OtherHost.h"
#include "hosts/libvirt/Overlapped.h"
#include "hosts/libvirt/Sampler.h"
#include "hosts/libvirt/Session.h"
#include "hosts/libvirt/TransferRoute.h"
#include "hosts/vsphere/Reader.h"

#include <QUrl>

#include <algorithm>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;
using vmm::VmAction;
using vmm::VmState;

namespace {

/// Why a machine did not start, in libvirt's words; empty if it did, or if that is not known: then
/// the next reading of its state tells.
QString startFailure(const Result<void>& result)
{
    if (result.has_value())
        return {};
    switch (result.error().kind) {
    case ErrorKind::TimedOut:
    case ErrorKind::Cancelled:
    case ErrorKind::Disconnected:
    case ErrorKind::WrongState: // somebody else was faster
    case ErrorKind::NotFound: // gone, or its image is; the cause tells
        return result.error().cause == ErrorCause::None ? QString() : result.error().detail;
    case ErrorKind::InvalidConfig:
    case ErrorKind::AlreadyExists:
    case ErrorKind::Busy:
    case ErrorKind::PermissionDenied:
    case ErrorKind::HostLacksFeature:
    case ErrorKind::ProcessFailed:
    case ErrorKind::ProtocolViolation:
    case ErrorKind::RefusedByGuest:
    case ErrorKind::Io:
        return result.error().detail;
    }
    return {};
}

/// Trying again is of use when nobody has to do something here first.
bool isWorthRetrying(const Error& error)
{
    return error.cause != ErrorCause::AuthenticationFailed && error.cause != ErrorCause::SshMissing
        && (error.kind == ErrorKind::Disconnected || error.kind == ErrorKind::TimedOut
            || error.cause == ErrorCause::HostUnreachable);
}

/// What libvirt is given. Without a path its vpx driver refuses before it has asked to log in; with
/// one that leads nowhere it says the same afterwards.
QByteArray addressOf(const HostUri& uri)
{
    QUrl url(uri.toString());
    const bool isPathless = url.path().isEmpty() || url.path() == QStringLiteral("/");
    if (uri.driver() != QStringLiteral("vpx") || !isPathless)
        return uri.toString().toUtf8();
    url.setPath(QStringLiteral("/none/chosen"));
    return url.toEncoded();
}

} // namespace

LibvirtHost::LibvirtHost(HostUri uri, QObject* parent, Timing timing, wire::SshOptions ssh)
    : Host(parent)
    , m_uri(std::move(uri))
    , m_timing(timing)
    , m_inventory(isOfThisComputer())
    , m_sampler(std::make_unique<Sampler>(m_inventory, timing))
    , m_transferRoute(std::make_shared<TransferRoute>(timing.connect))
    , m_loadMeter(std::make_unique<LoadMeter>())
    , m_backoff({ .first = timing.firstBackoff, .longest = timing.longestBackoff })
    , m_credentials(std::make_shared<Credentials>(keyNameOf(m_uri), m_uri.userName()))
    , m_doors(
          [this](VmId vm, unsigned int index, const auto& socket) { handOver(vm, index, socket); })
{
    prepareLibrary();
    if (!ssh.askpassProgram.isEmpty()) {
        ssh.ask = [this](const Question& question, const QuestionAnswer& answer) {
            asker() ? asker()(question, answer) : answer(std::nullopt);
        };
    }
    m_ssh = ssh;
    if (m_uri.isSshTunnel()) {
        m_tunnel = std::make_unique<wire::SshTunnel>(m_uri, std::move(ssh));
        connect(m_tunnel.get(), &wire::SshTunnel::lost, this, [this](const Error& reason) {
            m_tunnelSocket.clear();
            takeLoss(reason);
        });
    }
    connect(m_sampler.get(), &Sampler::sampled, this, &Host::metricsSampled);
    connect(m_sampler.get(), &Sampler::hangingFound, this,
        [this](const auto& hanging) { publish(m_inventory.markHanging(hanging)); });
    connect(m_sampler.get(), &Sampler::missingFound, this,
        qOverload<const QHash<Feature, QString>&>(&LibvirtHost::markMissing));
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &LibvirtHost::connectNow);
}

LibvirtHost::~LibvirtHost()
{
    m_credentials->setAsker({}); // a thread that still opens a connection may live on
}

void LibvirtHost::open()
{
    switch (m_state) {
    case ConnectionState::Connecting:
    case ConnectionState::Connected:
        return;
    case ConnectionState::Reconnecting: // the user does not want to wait for the next attempt
        if (m_retryTimer.isActive())
            connectNow();
        return;
    case ConnectionState::Disconnected:
    case ConnectionState::Failed:
        break;
    }
    m_backoff.reset();
    m_credentials->setAsker(asker());
    setState(ConnectionState::Connecting);
    connectNow();
}

void LibvirtHost::close()
{
    m_retryTimer.stop();
    m_credentials->setAsker({});
    dropSession(Error { ErrorKind::Cancelled, m_uri.toString() });
    m_transfers.reset();
    m_others.clear();
    if (m_tunnel)
        m_tunnel->close();
    m_tunnelSocket.clear();
    setState(ConnectionState::Disconnected);
}

void LibvirtHost::connectNow()
{
    m_retryTimer.stop();
    if (!m_tunnel)
        return openSession(addressOf(m_uri));
    if (m_tunnelSocket.isEmpty())
        return openTunnel();
    openSession(addressThrough(m_uri, m_tunnelSocket));
}

void LibvirtHost::openTunnel()
{
    vmm::async::onFinished(m_tunnel->open(), this, [this](const Result<QString>& socket) {
        if (!socket && socket.error().kind == ErrorKind::Cancelled)
            return; // closed meanwhile
        if (!socket)
            return takeOpenFailure(socket.error());
        m_tunnelSocket = *socket;
        openSession(addressThrough(m_uri, m_tunnelSocket));
    });
}

void LibvirtHost::setAsker(const Asker& asker)
{
    Host::setAsker(asker);
    m_credentials->setAsker(asker);
    for (const auto& [uri, other] : m_others)
        other->setAsker(asker);
}

void LibvirtHost::openSession(const QByteArray& address)
{
    const Target target { .uri = m_uri, .address = address, .credentials = m_credentials };
    m_session = std::make_unique<Session>(target, m_timing);
    Session* session = m_session.get();
    connect(session, &Session::opened, this,
        [this, target](const HostInfo& info, const QVector<DomainRecord>& records) {
            m_transferRoute->set(target);
            takeOpened(info, records);
            if (m_session) // a slot may have closed us
                startSampling(target);
        });
    connect(session, &Session::openFailed, this, &LibvirtHost::takeOpenFailure);
    connect(session, &Session::lost, this, &LibvirtHost::takeLoss);
    connect(session, &Session::domainsRead, this, [this](const DomainReading& reading) {
        for (const DomainRecord& record : reading.records) {
            if (!vmm::isActive(record.state)) // its QEMU does not say who went with it
                m_session->visitors().forget(record.id);
        }
        publish(m_inventory.update(reading));
    });
    connect(session, &Session::described, this,
        [this](const QVector<DomainRecord>& records) { publish(m_inventory.describe(records)); });
    connect(session, &Session::resourceChanged, this, &Host::resourcesChanged);
    connect(session, &Session::listed, this, [this](const QVector<DomainRecord>& records) {
        const InventoryChange change = m_inventory.compareAll(records);
        publish(change);
        QVector<VmId> touched;
        for (const VmInfo& vm : change.changed)
            touched.append(vm.id);
        m_session->touch(touched); // for their details
    });
    session->open();
}

void LibvirtHost::takeOpened(const HostInfo& info, const QVector<DomainRecord>& records)
{
    m_info = info;
    m_isProbed = std::any_of(records.begin(), records.end(),
        [](const DomainRecord& record) { return record.state == VmState::ShutOff; });
    if (vsphere::Reader::isFor(m_uri))
        m_info.missing.remove(Feature::HostLoad); // not libvirt's to say
    m_backoff.reset();
    m_jobs = std::make_unique<JobRunner>(m_session->connection());
    m_unplugs = std::make_unique<JobRunner>(m_session->connection());
    Q_EMIT infoChanged();
    Q_EMIT inventoryChanged(m_inventory.replaceAll(records));
    setState(ConnectionState::Connected);
}

void LibvirtHost::takeOpenFailure(const Error& error)
{
    if (triesRelay())
        return;
    if (m_tunnel && m_tunnel->isRelaying())
        m_tunnelSocket = m_tunnel->forwardAgain(); // that was not it: nobody listens there
    const Error why = explained(error);
    if (isWorthRetrying(why))
        return takeLoss(why);
    if (why.cause == ErrorCause::HostNotChosen && m_credentials->login())
        return offerHosts(why);
    fail(why);
}

void LibvirtHost::fail(const Error& why)
{
    dropSession(why);
    if (m_transfers)
        m_transfers->abandon(why);
    m_transfers.reset();
    setState(ConnectionState::Failed, why);
}

/// sshd lets us in, but does not forward: another way through the same connection.
bool LibvirtHost::triesRelay()
{
    if (!m_tunnel || !m_tunnel->isOpen() || m_tunnel->isRelaying() || !m_tunnel->hasForwardFailed())
        return false;
    const auto socket = m_tunnel->relayInstead();
    if (!socket)
        return false;
    dropSession(Error { ErrorKind::Cancelled, m_uri.toString() });
    m_tunnelSocket = *socket;
    openSession(addressThrough(m_uri, m_tunnelSocket));
    return true;
}

/// Through a tunnel libvirt only sees a connection that ends at once.
Error LibvirtHost::explained(Error error) const
{
    if (m_tunnel && m_tunnel->isOpen() && error.kind == ErrorKind::Disconnected
        && error.cause == ErrorCause::None)
        error.cause = ErrorCause::DaemonMissing;
    return error;
}

void LibvirtHost::takeLoss(const Error& error)
{
    dropSession(Error { ErrorKind::Disconnected, m_uri.toString(), error.detail });
    setState(ConnectionState::Reconnecting, error);
    m_retryTimer.start(m_backoff.next());
}

void LibvirtHost::dropSession(const Error& error)
{
    m_sampler->stop();
    if (m_vsphere) { // its signal may be what brought us here
        m_vsphere->disconnect(this);
        m_vsphere.release()->deleteLater();
    }
    m_loadMeter->clear();
    m_transferRoute->set(std::nullopt);
    for (auto* runner : { &m_jobs, &m_unplugs }) {
        if (*runner)
            (*runner)->abandon(error);
        runner->reset();
    }
    if (!m_session)
        return;
    Session* session = m_session.release(); // its signal may be what brought us here
    session->disconnect(this);
    session->abandon(error);
    session->deleteLater();
}

void LibvirtHost::setState(ConnectionState state, std::optional<Error> error)
{
    const bool isNews = m_state != state || (error && m_lastError != error);
    m_lastError = std::move(error);
    m_state = state;
    if (isNews)
        Q_EMIT connectionChanged(state);
}

void LibvirtHost::publish(const InventoryChange& change)
{
    if (!isEmpty(change))
        Q_EMIT inventoryChanged(change);
    if (!m_isProbed && m_session
        && std::any_of(change.changed.begin(), change.changed.end(),
            [](const VmInfo& vm) { return vm.state == VmState::ShutOff; }))
        probeDriver();
}

/// What a driver lacks is asked about a machine that is off (Abilities); there is one now.
void LibvirtHost::probeDriver()
{
    m_isProbed = true;
    const auto probed = m_session->call<QHash<Feature, QString>>(
        m_uri.toString(), m_timing.query, [width = widthFor(m_uri)](const Connection& connection) {
            return Result<QHash<Feature, QString>>(readMissing(connection, width));
        });
    vmm::async::onFinished(probed, this, [this](const Result<QHash<Feature, QString>>& missing) {
        if (missing)
            markMissing(*missing);
    });
}

std::optional<Error> LibvirtHost::refuse() const
{
    if (m_state == ConnectionState::Connected)
        return std::nullopt;
    return Error { ErrorKind::Disconnected, m_uri.toString(),
        QStringLiteral("the host is ") + nameOf(m_state) };
}

/// The inventory may not know yet what was defined a moment ago: whether a machine exists is always
/// the hypervisor's to say.
QString LibvirtHost::nameOfVm(VmId vm) const
{
    const VmInfo* info = m_inventory.find(vm);
    return info != nullptr ? info->name : vm.toString(QUuid::WithoutBraces);
}

vmm::Future<Answer> LibvirtHost::run(const Operation& operation)
{
    if (const auto error = refuse())
        return vmm::async::failed<Answer>(*error);
    return dispatch(*this, operation);
}

/// Templates, and machines that others stand on, would spoil those if their disks changed.
std::optional<Error> LibvirtHost::refuseAction(VmId vm, VmAction action) const
{
    const bool changes = action == VmAction::Start || action == VmAction::Undefine;
    const VmInfo* info = m_inventory.find(vm);
    if (action == VmAction::Start && info != nullptr && info->isTemplate)
        return Error { ErrorKind::WrongState, info->name,
            QStringLiteral("it is a template: clone it, or make it a machine again") };
    return changes ? refuseChange(vm) : std::nullopt;
}

std::optional<Error> LibvirtHost::refuseWhileRead(VmId vm) const
{
    if (!m_readings.contains(vm))
        return std::nullopt;
    return Error { ErrorKind::Busy, nameOfVm(vm),
        m_readings.value(vm)
            + QStringLiteral(", and its disks must stay as they are until that is done") };
}

std::optional<Error> LibvirtHost::refuseChange(VmId vm) const
{
    if (const auto error = refuseWhileRead(vm))
        return error;
    const QStringList standing = m_inventory.childrenOf(vm);
    if (standing.isEmpty())
        return std::nullopt;
    return Error { ErrorKind::Busy, nameOfVm(vm),
        QStringLiteral("the disks of %1 stand on its disks")
            .arg(standing.join(QStringLiteral(", "))),
        ErrorCause::ImageNeeded };
}

vmm::Future<void> LibvirtHost::answer(const Perform& operation)
{
    const auto [vm, action] = operation;
    if (const auto error = refuseAction(vm, action))
        return vmm::async::failed<void>(*error);
    const auto future = action == VmAction::Save
        ? m_jobs->run<void>([vm = vm](const Connection& connection, JobControl& control) {
              return saveMachine(connection, vm, control);
          })
        : m_session->call<void>(
            nameOfVm(vm), m_timing.action, [operation](const Connection& connection) {
                return performAction(connection, operation.vm, operation.action);
            });
    vmm::async::onFinished(future, this, [this, operation](const Result<void>& result) {
        finishAction(operation.vm, operation.action, result);
    });
    if (action == VmAction::Start)
        publish(m_inventory.beginStart(vm));
    return future;
}

void LibvirtHost::finishAction(VmId vm, VmAction action, const Result<void>& result)
{
    if (action == VmAction::Start)
        publish(m_inventory.endStart(vm, startFailure(result)));
    // Events tell the new state as well; drivers without them need the question.
    if (m_session)
        m_session->touch({ vm });
    if (!result.has_value() && isLack(result.error()))
        markMissing(featureFor(action), lackReason(result.error()));
}

/// libvirt can't be asked which calls a driver has, other than by making them.
void LibvirtHost::markMissing(Feature feature, const QString& reason)
{
    markMissing({ { feature, reason } });
}

void LibvirtHost::markMissing(const QHash<Feature, QString>& missing)
{
    const qsizetype before = m_info.missing.size();
    for (auto feature = missing.begin(); feature != missing.end(); ++feature) {
        if (!m_info.missing.contains(feature.key()))
            m_info.missing.insert(feature.key(), feature.value());
    }
    if (m_info.missing.size() > before)
        Q_EMIT infoChanged();
}

vmm::Future<VmId> LibvirtHost::storeMachine(
    std::function<Result<VmId>(const Connection&)> function, const QString& subject)
{
    const auto future = m_session->call<VmId>(subject, m_timing.action, std::move(function));
    vmm::async::onFinished(future, this, [this](const Result<VmId>& result) {
        if (result.has_value() && m_session)
            m_session->touch({ *result });
    });
    return future;
}

vmm::Future<VmId> LibvirtHost::answer(const Define& operation)
{
    return storeMachine(
        [operation](const Connection& connection) {
            return defineDomain(connection, operation.xml, operation.base);
        },
        QString());
}

vmm::Future<VmId> LibvirtHost::answer(const CreateMachine& operation)
{
    return storeMachine(
        [machine = operation.machine](
            const Connection& connection) { return makeMachine(connection, machine); },
        operation.machine.name);
}

vmm::Future<QString> LibvirtHost::answer(const GetDefinition& operation)
{
    return m_session->call<QString>(
        nameOfVm(operation.vm), m_timing.query, [vm = operation.vm](const Connection& connection) {
            return readDefinition(connection, vm);
        });
}

void LibvirtHost::setVisibleVms(const QSet<VmId>& vms)
{
    m_sampler->setVisible(vms);
}

} // namespace hosts::libvirt
