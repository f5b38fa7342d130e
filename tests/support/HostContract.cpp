// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/HostContract.h"

#include "tests/support/Await.h"
#include "tests/support/TestNames.h"

#include <cmath>

namespace tests {

using hosts::ConnectionState;
using hosts::Feature;
using hosts::VmId;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::VmAction;
using vmm::VmState;

namespace {

constexpr auto kProbeNamespace = "urn:virtdeck:contract";
constexpr auto kProbeText = "kept by the host";

QString withProbe(QString xml)
{
    const QString probe
        = QStringLiteral("<metadata><probe:note xmlns:probe=\"%1\">%2</probe:note>"
                         "</metadata></domain>")
              .arg(QLatin1StringView(kProbeNamespace), QLatin1StringView(kProbeText));
    return xml.replace(QStringLiteral("</domain>"), probe);
}

} // namespace

#define SKIP_IF_MISSING(feature)                                                                   \
    if (lacks(feature))                                                                            \
    QSKIP(qPrintable(                                                                              \
        hosts::nameOf(feature) + QStringLiteral(": ") + m_host->info().missing.value(feature)))

#define RETURN_IF_FAILED()                                                                         \
    if (QTest::currentTestFailed())                                                                \
    return

template <typename T> vmm::Result<T> HostContract::wait(const vmm::Future<T>& future)
{
    vmm::Result<T> result
        = vmm::Error { ErrorKind::TimedOut, {}, QStringLiteral("never finished") };
    bool isDone = false;
    QObject context;
    vmm::async::onFinished(future, &context, [&](vmm::Result<T> answer) {
        result = std::move(answer);
        isDone = true;
    });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(isDone, patienceMs()); }();
    return result;
}

template <typename Op> auto HostContract::ask(const Op& operation)
{
    return wait(m_host->call(operation));
}

void HostContract::init()
{
    m_host = makeHost();
    QVERIFY(m_host);
    m_seen = std::make_unique<HostRecorder>(*m_host);
}

void HostContract::cleanup()
{
    if (!m_host)
        return;
    if (m_host->connectionState() != ConnectionState::Connected && !m_defined.isEmpty())
        openHost();
    for (const VmId vm : std::as_const(m_defined))
        removeMachine(vm);
    m_defined.clear();
    const QString forbidden = m_seen->forbiddenStep();
    m_host.reset();
    m_seen.reset();
    QVERIFY2(forbidden.isEmpty(), qPrintable(forbidden));
}

void HostContract::openHost()
{
    m_host->open();
    QTRY_VERIFY_WITH_TIMEOUT(m_host->connectionState() == ConnectionState::Connected
            || m_host->connectionState() == ConnectionState::Failed,
        patienceMs());
    QVERIFY2(m_host->connectionState() == ConnectionState::Connected,
        qPrintable(m_host->lastError().value_or(vmm::Error {}).toString()));
}

bool HostContract::lacks(Feature feature) const
{
    return !m_host->info().has(feature);
}

QUuid HostContract::defineMachine(const QString& name)
{
    const QUuid id = QUuid::createUuid();
    const auto defined = wait(m_host->define(withProbe(domainXml(name, id))));
    if (!defined) {
        [&] { QFAIL(qPrintable(defined.error().toString())); }();
        return {};
    }
    m_defined.append(*defined);
    [&] { QCOMPARE(*defined, id); }();
    return *defined;
}

void HostContract::startMachine(VmId vm)
{
    const auto started = wait(m_host->perform(vm, VmAction::Start));
    QVERIFY2(started.has_value(), qPrintable(started ? QString() : started.error().toString()));
    expectState(vm, VmState::Running);
}

void HostContract::removeMachine(VmId vm)
{
    if (const auto* info = m_seen->vm(vm); info && vmm::isAllowed(VmAction::ForceOff, info->state))
        (void)wait(m_host->perform(vm, VmAction::ForceOff));
    if (m_seen->vm(vm)) {
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_seen->vm(vm) || !vmm::isActive(m_seen->vm(vm)->state), patienceMs());
        (void)wait(m_host->perform(vm, VmAction::Undefine));
    }
}

void HostContract::expectState(VmId vm, VmState state)
{
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->vm(vm), patienceMs());
    QTRY_COMPARE_WITH_TIMEOUT(m_seen->vm(vm)->state, state, patienceMs());
    for (const hosts::VmInfo& known : m_host->vms()) {
        if (known.id == vm)
            QCOMPARE(known.state, state);
    }
}

ErrorKind HostContract::errorOf(VmId vm, VmAction action)
{
    const auto done = wait(m_host->perform(vm, action));
    if (!done)
        return done.error().kind;
    [&] { QFAIL(qPrintable(vmm::nameOf(action) + QStringLiteral(" was not refused"))); }();
    return ErrorKind::Io;
}

void HostContract::expectDisconnected()
{
    const VmId vm = QUuid::createUuid();
    QCOMPARE(errorOf(vm, VmAction::Start), ErrorKind::Disconnected);
    QCOMPARE(wait(m_host->define(domainXml(QStringLiteral("contract-none"), vm))).error().kind,
        ErrorKind::Disconnected);
    QCOMPARE(wait(m_host->createMachine({ .name = QStringLiteral("contract-none") })).error().kind,
        ErrorKind::Disconnected);
    QCOMPARE(wait(m_host->definition(vm)).error().kind, ErrorKind::Disconnected);
    QCOMPARE(wait(m_host->consoleEndpoint(vm)).error().kind, ErrorKind::Disconnected);
}

void HostContract::newHost_isDisconnectedAndEmpty()
{
    QCOMPARE(m_host->connectionState(), ConnectionState::Disconnected);
    QVERIFY(m_host->vms().isEmpty());
    QVERIFY(!m_host->uri().toString().isEmpty());
    QVERIFY(m_seen->events().isEmpty());
}

void HostContract::open_deliversInfoAndInventoryBeforeConnected()
{
    openHost();
    RETURN_IF_FAILED();
    const QStringList& events = m_seen->events();
    const auto connected = events.indexOf(QStringLiteral("connected"));
    QVERIFY(connected >= 0);
    QVERIFY2(events.indexOf(QStringLiteral("info")) >= 0
            && events.indexOf(QStringLiteral("info")) < connected,
        qPrintable(events.join(QLatin1Char(' '))));
    QVERIFY2(events.indexOf(QStringLiteral("inventory")) >= 0
            && events.indexOf(QStringLiteral("inventory")) < connected,
        qPrintable(events.join(QLatin1Char(' '))));
    QCOMPARE(events.count(QStringLiteral("connected")), 1);
    QVERIFY(!m_host->lastError().has_value());
    QVERIFY(!m_host->info().hypervisor.isEmpty());
    for (const hosts::VmInfo& vm : m_host->vms())
        QVERIFY(m_seen->vm(vm.id));
}

void HostContract::openTwice_changesNothing()
{
    m_host->open();
    openHost();
    RETURN_IF_FAILED();
    m_host->open();
    QCOMPARE(m_host->connectionState(), ConnectionState::Connected);
    QCOMPARE(m_seen->events().count(QStringLiteral("connected")), 1);
}

void HostContract::closeAndOpen_deliversWholeInventoryAgain()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    const VmId vm = defineMachine(QStringLiteral("contract-reopen"));
    RETURN_IF_FAILED();
    m_host->close();
    QCOMPARE(m_host->connectionState(), ConnectionState::Disconnected);
    m_seen->clear();
    openHost();
    RETURN_IF_FAILED();
    QVERIFY(m_seen->events().contains(QStringLiteral("inventory")));
    // A host may keep its machines in memory alone (libvirt's test driver): then they are gone.
    if (const auto* info = m_seen->vm(vm))
        QCOMPARE(info->name, QStringLiteral("contract-reopen"));
    else
        m_defined.clear();
    const auto known = m_host->vms();
    QCOMPARE(std::any_of(known.begin(), known.end(), [vm](const auto& v) { return v.id == vm; }),
        m_seen->vm(vm) != nullptr);
}

void HostContract::operationsBeforeOpen_failWithDisconnected()
{
    expectDisconnected();
}

void HostContract::operationsAfterClose_failWithDisconnected()
{
    openHost();
    RETURN_IF_FAILED();
    m_host->close();
    QCOMPARE(m_host->connectionState(), ConnectionState::Disconnected);
    expectDisconnected();
}

void HostContract::destroyedHost_finishesItsFutures()
{
    openHost();
    RETURN_IF_FAILED();
    const auto definition = m_host->definition(QUuid::createUuid());
    const auto action = m_host->perform(QUuid::createUuid(), VmAction::Start);
    m_host.reset();
    QVERIFY(!wait(definition).has_value());
    QVERIFY(!wait(action).has_value());
}

void HostContract::define_addsAMachineThatIsShutOff()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    const VmId vm = defineMachine(QStringLiteral("contract-define"));
    RETURN_IF_FAILED();
    expectState(vm, VmState::ShutOff);
    RETURN_IF_FAILED();
    QCOMPARE(m_seen->vm(vm)->name, QStringLiteral("contract-define"));
    QVERIFY(m_seen->vm(vm)->vcpus > 0);
    QVERIFY(m_seen->vm(vm)->memory > vmm::Bytes());
    QVERIFY(!m_seen->vm(vm)->since.isValid());
}

void HostContract::defineBrokenXml_failsWithDefinitionBroken()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    for (const auto& xml : { QString(), QStringLiteral("no XML"),
             QStringLiteral("<domain><name>contract-broken</domain>") }) {
        const auto defined = wait(m_host->define(xml));
        QVERIFY2(!defined.has_value(), qPrintable(xml));
        QCOMPARE(defined.error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(defined.error().cause, ErrorCause::DefinitionBroken);
    }
}

void HostContract::defineSomethingElse_failsWithInvalidConfig()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    if (unsupportedXml().isEmpty())
        QSKIP("this host takes any XML");
    const auto defined = wait(m_host->define(unsupportedXml()));
    QVERIFY(!defined.has_value());
    QCOMPARE(defined.error().kind, ErrorKind::InvalidConfig);
}

void HostContract::defineWithNameInUse_failsWithNameInUse()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    const VmId vm = defineMachine(QStringLiteral("contract-twin"));
    RETURN_IF_FAILED();
    const auto twin
        = wait(m_host->define(domainXml(QStringLiteral("contract-twin"), QUuid::createUuid())));
    QVERIFY(!twin.has_value());
    QCOMPARE(twin.error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(twin.error().cause, ErrorCause::NameInUse);
    expectState(vm, VmState::ShutOff);
}

void HostContract::defineAgain_replacesTheDefinition()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    const VmId vm = defineMachine(QStringLiteral("contract-again"));
    RETURN_IF_FAILED();
    const auto before = wait(m_host->definition(vm));
    QVERIFY(before.has_value());
    QString xml = *before;
    xml.replace(QLatin1StringView(kProbeText), QStringLiteral("changed since"));
    const auto again = wait(m_host->define(xml));
    QVERIFY2(again.has_value(), qPrintable(again ? QString() : again.error().toString()));
    QCOMPARE(*again, vm);
    const auto after = wait(m_host->definition(vm));
    QVERIFY(after.has_value());
    QVERIFY(after->contains(QStringLiteral("changed since")));
    QVERIFY(!after->contains(QLatin1StringView(kProbeText)));
}

void HostContract::defineFromAnOldDefinition_isRefused()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    const VmId vm = defineMachine(QStringLiteral("contract-old"));
    RETURN_IF_FAILED();
    const auto base = wait(m_host->definition(vm));
    QVERIFY(base.has_value());
    const auto changedTo = [&base](const char* text) {
        return QString(*base).replace(QLatin1StringView(kProbeText), QLatin1StringView(text));
    };
    const hosts::Define first { .xml = changedTo("changed first"), .base = *base };
    const auto done = wait(m_host->call(first));
    QVERIFY2(done.has_value(), qPrintable(done ? QString() : done.error().toString()));
    const hosts::Define second { .xml = changedTo("changed too late"), .base = *base };
    const auto late = wait(m_host->call(second));
    QVERIFY(!late.has_value());
    QCOMPARE(late.error().kind, ErrorKind::Busy);
    QCOMPARE(late.error().cause, ErrorCause::DefinitionChanged);
    QVERIFY(wait(m_host->definition(vm))->contains(QStringLiteral("changed first")));
}

void HostContract::definition_keepsWhatIsNotUnderstood()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    const VmId vm = defineMachine(QStringLiteral("contract-keeps"));
    RETURN_IF_FAILED();
    const auto xml = wait(m_host->definition(vm));
    QVERIFY2(xml.has_value(), qPrintable(xml ? QString() : xml.error().toString()));
    QVERIFY2(xml->contains(QLatin1StringView(kProbeNamespace)), qPrintable(*xml));
    QVERIFY2(xml->contains(QLatin1StringView(kProbeText)), qPrintable(*xml));
    QVERIFY(xml->contains(vm.toString(QUuid::WithoutBraces)));
}

void HostContract::createMachine_addsWhatWasAsked()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Create);
    const vmm::NewMachine asked {
        .name = QStringLiteral("contract-made"), .memory = vmm::Bytes::fromMiB(64), .vcpus = 2
    };
    const auto made = wait(m_host->createMachine(asked));
    QVERIFY2(made.has_value(), qPrintable(made ? QString() : made.error().toString()));
    m_defined.append(*made);
    expectState(*made, VmState::ShutOff);
    RETURN_IF_FAILED();
    QCOMPARE(m_seen->vm(*made)->name, asked.name);
    QCOMPARE(m_seen->vm(*made)->vcpus, asked.vcpus);
    QCOMPARE(m_seen->vm(*made)->memory.count(), asked.memory.count());
    const auto twin = wait(m_host->createMachine(asked));
    QVERIFY(!twin.has_value());
    QCOMPARE(twin.error().cause, ErrorCause::NameInUse);
}

void HostContract::createMachineWithoutName_failsWithInvalidConfig()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Create);
    const auto made = wait(m_host->createMachine({}));
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().kind, ErrorKind::InvalidConfig);
}

void HostContract::startAndForceOff_passAllowedStates()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Start);
    SKIP_IF_MISSING(Feature::Define);
    const VmId vm = defineMachine(QStringLiteral("contract-start"));
    startMachine(vm);
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::ForceOff);
    QVERIFY(wait(m_host->perform(vm, VmAction::ForceOff)).has_value());
    expectState(vm, VmState::ShutOff);
    RETURN_IF_FAILED();
    QVERIFY2(m_seen->forbiddenStep().isEmpty(), qPrintable(m_seen->forbiddenStep()));
    startMachine(vm); // and it can be started again
}

void HostContract::pauseAndResume_passAllowedStates()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::Pause);
    const VmId vm = defineMachine(QStringLiteral("contract-pause"));
    startMachine(vm);
    RETURN_IF_FAILED();
    QVERIFY(wait(m_host->perform(vm, VmAction::Pause)).has_value());
    expectState(vm, VmState::Paused);
    RETURN_IF_FAILED();
    QVERIFY(wait(m_host->perform(vm, VmAction::Resume)).has_value());
    expectState(vm, VmState::Running);
}

void HostContract::reset_keepsTheMachineRunning()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::Reset);
    const VmId vm = defineMachine(QStringLiteral("contract-reset"));
    startMachine(vm);
    RETURN_IF_FAILED();
    const auto done = wait(m_host->perform(vm, VmAction::Reset));
    QVERIFY2(done.has_value(), qPrintable(done ? QString() : done.error().toString()));
    expectState(vm, VmState::Running);
}

void HostContract::shutDown_isAcceptedOrObeyed()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::ShutDown);
    const VmId vm = defineMachine(QStringLiteral("contract-down"));
    startMachine(vm);
    RETURN_IF_FAILED();
    const auto done = wait(m_host->perform(vm, VmAction::ShutDown));
    QVERIFY2(done.has_value(), qPrintable(done ? QString() : done.error().toString()));
    if (guestObeysShutDown())
        expectState(vm, VmState::ShutOff);
}

void HostContract::undefine_removesTheMachine()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::Undefine);
    const VmId vm = defineMachine(QStringLiteral("contract-gone"));
    RETURN_IF_FAILED();
    QVERIFY(wait(m_host->perform(vm, VmAction::Undefine)).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(!m_seen->vm(vm), patienceMs());
    QCOMPARE(wait(m_host->definition(vm)).error().kind, ErrorKind::NotFound);
}

void HostContract::actionsOfAnotherState_failWithWrongState()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    const VmId vm = defineMachine(QStringLiteral("contract-wrong"));
    RETURN_IF_FAILED();
    for (const VmAction action : vmm::kAllVmActions) {
        if (!vmm::isAllowed(action, VmState::ShutOff) && !lacks(hosts::featureFor(action)))
            QCOMPARE(errorOf(vm, action), ErrorKind::WrongState);
    }
    startMachine(vm);
    RETURN_IF_FAILED();
    for (const VmAction action : vmm::kAllVmActions) {
        if (!vmm::isAllowed(action, VmState::Running) && !lacks(hosts::featureFor(action)))
            QCOMPARE(errorOf(vm, action), ErrorKind::WrongState);
    }
    expectState(vm, VmState::Running);
}

void HostContract::unknownMachine_failsWithNotFound()
{
    openHost();
    RETURN_IF_FAILED();
    const VmId vm = QUuid::createUuid();
    for (const VmAction action : vmm::kAllVmActions) {
        if (!lacks(hosts::featureFor(action)))
            QCOMPARE(errorOf(vm, action), ErrorKind::NotFound);
    }
    QCOMPARE(wait(m_host->definition(vm)).error().kind, ErrorKind::NotFound);
    if (!lacks(Feature::Console))
        QCOMPARE(wait(m_host->consoleEndpoint(vm)).error().kind, ErrorKind::NotFound);
    m_host->setVisibleVms({ vm }); // harmless
}

void HostContract::notes_areKeptAndTold()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::Notes);
    const VmId vm = defineMachine(QStringLiteral("contract-notes"));
    RETURN_IF_FAILED();
    const QStringList tags { QStringLiteral("blue"), QStringLiteral("gr\u00fcn") };
    const hosts::SetNotes notes { vm, QStringLiteral("T\u00eftle"), QStringLiteral("two\nlines"),
        tags };
    VERIFY_OK(ask(notes));
    QTRY_COMPARE_WITH_TIMEOUT(m_seen->vm(vm)->title, notes.title, patienceMs());
    QCOMPARE(m_seen->vm(vm)->description, notes.description);
    QCOMPARE(m_seen->vm(vm)->tags, tags);
    const auto xml = wait(m_host->definition(vm));
    QVERIFY(xml->contains(QLatin1StringView(kProbeText))); // nobody else's metadata is touched
    QCOMPARE(
        ask(hosts::SetNotes { vm, QStringLiteral("a\nb") }).error().kind, ErrorKind::InvalidConfig);
    VERIFY_OK(ask(hosts::SetNotes { vm, {}, {}, {} }));
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->vm(vm)->tags.isEmpty(), patienceMs());
}

void HostContract::autostart_isKeptAndTold()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::Autostart);
    const VmId vm = defineMachine(QStringLiteral("contract-auto"));
    RETURN_IF_FAILED();
    VERIFY_OK(ask(hosts::SetAutostart { vm, true }));
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->vm(vm)->isAutostart, patienceMs());
    VERIFY_OK(ask(hosts::SetAutostart { vm, false }));
    QTRY_VERIFY_WITH_TIMEOUT(!m_seen->vm(vm)->isAutostart, patienceMs());
}

void HostContract::rename_isTold()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::Rename);
    const VmId vm = defineMachine(QStringLiteral("contract-named"));
    const VmId other = defineMachine(QStringLiteral("contract-other"));
    RETURN_IF_FAILED();
    VERIFY_OK(ask(hosts::Rename { vm, QStringLiteral("contract-renamed") }));
    QTRY_COMPARE_WITH_TIMEOUT(
        m_seen->vm(vm)->name, QStringLiteral("contract-renamed"), patienceMs());
    QCOMPARE(ask(hosts::Rename { other, QStringLiteral("contract-renamed") }).error().cause,
        ErrorCause::NameInUse);
    QCOMPARE(ask(hosts::Rename { vm, {} }).error().kind, ErrorKind::InvalidConfig);
}

void HostContract::storedDevice_comesAndGoes()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::HotPlug);
    const VmId vm = defineMachine(QStringLiteral("contract-plug"));
    RETURN_IF_FAILED();
    const QString card = QStringLiteral("<interface type='user'>"
                                        "<mac address='52:54:00:12:00:01'/>"
                                        "<model type='virtio'/></interface>");
    const auto has = [&] {
        return wait(m_host->definition(vm))->contains(QStringLiteral("52:54:00:12:00:01"));
    };
    const auto plugged = ask(hosts::AttachDevice { vm, card });
    if (!plugged && plugged.error().kind == ErrorKind::HostLacksFeature)
        QSKIP(qPrintable(plugged.error().toString())); // only asking tells what a driver lacks
    VERIFY_OK(plugged);
    QVERIFY(has());
    QTRY_VERIFY_WITH_TIMEOUT(m_seen->vm(vm)->networkCards > 0, patienceMs());
    QCOMPARE(ask(hosts::AttachDevice { vm, card }).error().kind, ErrorKind::AlreadyExists);
    VERIFY_OK(ask(hosts::DetachDevice { vm, card }));
    QVERIFY(!has());
    QCOMPARE(ask(hosts::DetachDevice { vm, card }).error().kind, ErrorKind::NotFound);
    QCOMPARE(ask(hosts::AttachDevice { vm, card, hosts::DeviceScope::Running }).error().kind,
        ErrorKind::WrongState);
}

void HostContract::snapshot_isListedAndDeleted()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::Snapshots);
    const VmId vm = defineMachine(QStringLiteral("contract-snap"));
    RETURN_IF_FAILED();
    const auto made = ask(hosts::CreateSnapshot { vm, { .name = QStringLiteral("first") } });
    if (!made && made.error().kind == ErrorKind::HostLacksFeature)
        QSKIP(qPrintable(made.error().toString())); // its machine has no disk to keep one in
    VERIFY_OK(made);
    const auto all = ask(hosts::ListSnapshots { vm });
    VERIFY_OK(all);
    QCOMPARE(all->size(), 1);
    QCOMPARE(all->first().name, QStringLiteral("first"));
    QVERIFY(all->first().isCurrent);
    QTRY_COMPARE_WITH_TIMEOUT(m_seen->vm(vm)->snapshots, 1, patienceMs());
    VERIFY_OK(ask(hosts::RevertSnapshot { vm, QStringLiteral("first") }));
    VERIFY_OK(ask(hosts::DeleteSnapshot { vm, QStringLiteral("first") }));
    QVERIFY(ask(hosts::ListSnapshots { vm })->isEmpty());
    QCOMPARE(ask(hosts::DeleteSnapshot { vm, QStringLiteral("first") }).error().kind,
        ErrorKind::NotFound);
}

void HostContract::keysOfMachineThatIsOff_failWithWrongState()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::SendKeys);
    const VmId vm = defineMachine(QStringLiteral("contract-keys"));
    RETURN_IF_FAILED();
    const hosts::SendKeys keys { vm, { QStringLiteral("ctrl"), QStringLiteral("c") } };
    QCOMPARE(ask(keys).error().kind, ErrorKind::WrongState);
    startMachine(vm);
    RETURN_IF_FAILED();
    VERIFY_OK(ask(keys));
    QCOMPARE(ask(hosts::SendKeys { vm, { QStringLiteral("no-key") } }).error().kind,
        ErrorKind::InvalidConfig);
}

void HostContract::loadOfRunningMachine_isTold()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::LoadDetail);
    const VmId vm = defineMachine(QStringLiteral("contract-detail"));
    RETURN_IF_FAILED();
    QCOMPARE(ask(hosts::GetLoadDetail { vm }).error().kind, ErrorKind::WrongState);
    startMachine(vm);
    RETURN_IF_FAILED();
    const auto first = ask(hosts::GetLoadDetail { vm });
    VERIFY_OK(first);
    QVERIFY(first->timeMs > 0);
    // A rate is between two readings. CPU by CPU it is known only where the hypervisor tells.
    const auto isMeasured = [&] {
        const auto next = ask(hosts::GetLoadDetail { vm });
        return next && next->timeMs > first->timeMs && !std::isnan(next->cpu);
    };
    QTRY_VERIFY_WITH_TIMEOUT(isMeasured(), patienceMs());
}

void HostContract::operationsOnUnknownMachine_failWithNotFound()
{
    openHost();
    RETURN_IF_FAILED();
    const VmId vm = QUuid::createUuid();
    const auto expect = [&](const auto& operation) {
        if (!lacks(hosts::featureFor(hosts::Operation(operation))))
            QCOMPARE(ask(operation).error().kind, ErrorKind::NotFound);
    };
    expect(hosts::GetRunningDefinition { vm });
    expect(hosts::SetAutostart { vm, true });
    expect(hosts::Rename { vm, QStringLiteral("contract-nobody") });
    expect(hosts::SetNotes { vm });
    expect(hosts::SetMemory { vm, vmm::Bytes::fromMiB(32) });
    expect(hosts::ListSnapshots { vm });
    expect(hosts::ListCheckpoints { vm });
    expect(hosts::BackUpMachine { vm, { .folder = QStringLiteral("/nowhere") } });
    expect(hosts::CloneMachine { vm, { .name = QStringLiteral("contract-twin") } });
    expect(hosts::GetGuestFacts { vm });
    expect(hosts::GetLoadDetail { vm });
    expect(hosts::SendKeys { vm, { QStringLiteral("a") } });
    expect(hosts::InjectNmi { vm });
}

void HostContract::consoleOfRunningMachine_hasAnEndpoint()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::Console);
    const VmId vm = defineMachine(QStringLiteral("contract-screen"));
    startMachine(vm);
    RETURN_IF_FAILED();
    const auto endpoint = wait(m_host->consoleEndpoint(vm));
    if (!m_seen->vm(vm)->hasScreen) {
        QVERIFY(!endpoint.has_value());
        QCOMPARE(endpoint.error().kind, ErrorKind::HostLacksFeature);
        return;
    }
    QVERIFY2(endpoint.has_value(), qPrintable(endpoint ? QString() : endpoint.error().toString()));
    QVERIFY(!endpoint->unixSocket.isEmpty()
        || (!endpoint->host.isEmpty() && (endpoint->port != 0 || endpoint->tlsPort != 0)));
}

void HostContract::consoleOfMachineThatIsOff_failsWithWrongState()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    SKIP_IF_MISSING(Feature::Console);
    const VmId vm = defineMachine(QStringLiteral("contract-dark"));
    RETURN_IF_FAILED();
    const auto endpoint = wait(m_host->consoleEndpoint(vm));
    QVERIFY(!endpoint.has_value());
    QCOMPARE(endpoint.error().kind, ErrorKind::WrongState);
}

void HostContract::visibleMachine_isMeasured()
{
    openHost();
    RETURN_IF_FAILED();
    SKIP_IF_MISSING(Feature::Define);
    const VmId vm = defineMachine(QStringLiteral("contract-load"));
    startMachine(vm);
    RETURN_IF_FAILED();
    m_host->setVisibleVms({ vm });
    const auto expectMetric = [&](Feature feature, hosts::VmMetric metric) {
        if (lacks(feature))
            return;
        QTRY_VERIFY2_WITH_TIMEOUT(!std::isnan(m_seen->values(vm)[metric]),
            qPrintable(hosts::nameOf(feature)), 2 * patienceMs());
        QVERIFY(m_seen->values(vm)[metric] >= 0);
    };
    expectMetric(Feature::VmCpuLoad, hosts::VmMetric::CpuLoad);
    expectMetric(Feature::VmMemoryUse, hosts::VmMetric::MemoryUsed);
    if (!lacks(Feature::HostLoad)) {
        QTRY_VERIFY_WITH_TIMEOUT(
            !std::isnan(m_seen->hostValues()[hosts::HostMetric::CpuLoad]), 2 * patienceMs());
        QVERIFY(m_seen->hostValues()[hosts::HostMetric::MemoryUsed] > 0);
    }
}

} // namespace tests
