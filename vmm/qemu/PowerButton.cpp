// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/PowerButton.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/qemu/GuestAgent.h"
#include "vmm/qemu/Machine.h"

#include <QFile>

namespace vmm {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 2min;

Future<void> withoutValue(const Future<QJsonValue>& future, QObject* context)
{
    return async::andThen(
        future, context, [](const QJsonValue&) { return async::ready<void>({}); });
}

} // namespace

PowerButton::PowerButton(Machine& machine)
    : m_machine(machine)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, &PowerButton::losePatience);
    connect(&machine, &Machine::qmpEvent, this, &PowerButton::handleEvent);
}

Future<void> PowerButton::shutDown()
{
    return ask(VmAction::ShutDown);
}

Future<void> PowerButton::reboot()
{
    return ask(VmAction::Reboot);
}

Future<void> PowerButton::ask(VmAction action)
{
    if (const auto refusal = m_machine.refuse(action))
        return async::failed<void>(*refusal);
    GuestAgent* agent = m_machine.agent();
    if (!agent || m_machine.state() == VmState::ShuttingDown)
        return press(action);
    const Future<void> asked = async::andThen(agent->ping(), agent, [this, agent, action] {
        noteAsked(); // before, for it may be done before the agent has said anything
        return action == VmAction::Reboot ? agent->reboot() : agent->powerDown();
    });
    auto promise = std::make_shared<Promise<void>>();
    Future<void> future = promise->future();
    async::onFinished(asked, this, [this, action, promise](const Result<void>& result) {
        if (result || !isActive(m_machine.state())) { // a quick one is off by now
            promise->finish({});
            return;
        }
        async::onFinished(press(action), this,
            [promise](const Result<void>& pressed) { promise->finish(pressed); });
    });
    return future;
}

Future<void> PowerButton::press(VmAction action)
{
    if (const auto refusal = m_machine.refuse(action))
        return async::failed<void>(*refusal);
    return async::andThen(holdAtPowerOff(action == VmAction::Reboot), this, [this] {
        const auto pressed
            = withoutValue(m_machine.execute(QStringLiteral("system_powerdown")), this);
        return async::andThen(pressed, this, [this] {
            noteAsked();
            return async::ready<void>({});
        });
    });
}

/// Whether QEMU ends when the guest powers off, or waits for what we do. Source: QMP `set-action`.
Future<void> PowerButton::holdAtPowerOff(bool isHeld)
{
    if (m_isRebooting == isHeld)
        return async::ready<void>({});
    if (isHeld) {
        const Result<void> noted = replaceFile(m_machine.places().rebootNote(), "\n");
        if (!noted)
            return async::failed<void>(noted.error());
    }
    m_isRebooting = isHeld;
    if (!isHeld)
        QFile::remove(m_machine.places().rebootNote());
    return setActionAtPowerOff(isHeld ? QStringLiteral("pause") : QStringLiteral("poweroff"));
}

Future<void> PowerButton::setActionAtPowerOff(const QString& action)
{
    return withoutValue(
        m_machine.execute(QStringLiteral("set-action"), { { QStringLiteral("shutdown"), action } }),
        this);
}

void PowerButton::takeUp(const QString& runState)
{
    const bool isNoted = QFile::exists(m_machine.places().rebootNote());
    m_isHeld = runState == QLatin1StringView("shutdown");
    m_isRebooting = m_isHeld || isNoted;
    if (m_isRebooting)
        noteAsked();
    // What was noted may not have been said.
    if (!m_isHeld)
        (void)setActionAtPowerOff(isNoted ? QStringLiteral("pause") : QStringLiteral("poweroff"));
    if (m_isHeld)
        (void)m_machine.execute(QStringLiteral("system_reset"));
    else if (isNoted && runState == QLatin1StringView("prelaunch")) // was reset already
        (void)m_machine.execute(QStringLiteral("cont"));
}

void PowerButton::noteAsked()
{
    if (m_machine.state() == VmState::Running)
        m_machine.changeTo({ VmState::ShuttingDown, StateReason::HostRequest });
    if (m_machine.state() == VmState::ShuttingDown)
        m_patience.start();
}

void PowerButton::rest()
{
    m_patience.stop();
    m_isHeld = false;
    if (isActive(m_machine.state()))
        (void)holdAtPowerOff(false);
    m_isRebooting = false;
}

void PowerButton::handleEvent(const QmpEvent& event)
{
    if (!m_isRebooting)
        return;
    const bool isByGuest = event.data.value(QLatin1StringView("guest")).toBool();
    if (event.name == QLatin1StringView("SHUTDOWN") && isByGuest) {
        m_isHeld = true;
        (void)m_machine.execute(QStringLiteral("system_reset"));
    }
    if (event.name != QLatin1StringView("RESET"))
        return;
    // Either ours, or the guest rebooted by itself meanwhile: the same for whoever asked.
    (void)holdAtPowerOff(false);
    if (std::exchange(m_isHeld, false))
        (void)m_machine.execute(QStringLiteral("cont"));
}

void PowerButton::losePatience()
{
    (void)holdAtPowerOff(false);
    async::onFinished(m_machine.execute(QStringLiteral("query-status")), this,
        [this](const Result<QJsonValue>& answer) {
            const bool isRunning
                = answer && answer->toObject().value(QLatin1StringView("running")).toBool();
            if (isRunning && m_machine.state() == VmState::ShuttingDown)
                m_machine.changeTo({ VmState::Running, StateReason::Other,
                    QStringLiteral("the guest did not react to the request to shut down") });
        });
}

} // namespace vmm
