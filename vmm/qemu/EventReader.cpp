// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/EventReader.h"

#include "vmm/qemu/Complaints.h"

#include <csignal>

namespace vmm {

namespace {

QString field(const QmpEvent& event, const char* name)
{
    return event.data.value(QLatin1StringView(name)).toString();
}

// How sure it is.
QString describe(OomVictim victim)
{
    switch (victim) {
    case OomVictim::Itself:
        return QStringLiteral("the kernel's log says that it was for lack of memory");
    case OomVictim::OfItsGroup:
        return QStringLiteral("the kernel's count of processes killed for lack of memory in its "
                              "control group rose");
    case OomVictim::Somebody:
        return QStringLiteral(
            "the kernel's count of processes killed for lack of memory on this computer rose");
    case OomVictim::None:
        break;
    }
    return {};
}

QString joined(const QString& first, const QString& rest)
{
    return rest.isEmpty() ? first : first + QLatin1Char('\n') + rest;
}

} // namespace

std::optional<VmStatus> EventReader::read(const QmpEvent& event, VmState now)
{
    if (event.name == QLatin1StringView("STOP")) {
        // On its way out a machine stops too; that is no pause.
        if (!m_shutdownReason.isEmpty())
            return std::nullopt;
        const StateReason cause = m_stopCause.value_or(ours());
        m_stopCause.reset();
        return VmStatus { VmState::Paused, cause, std::exchange(m_stopDetail, {}) };
    }
    if (event.name == QLatin1StringView("RESUME")) {
        m_stopCause.reset();
        m_shutdownReason.clear(); // what goes on does not end
        return VmStatus { VmState::Running, ours() };
    }
    if (event.name == QLatin1StringView("RESET")) {
        m_hasWatchdogActed = false;
        // A guest that was asked to power off and reboots instead is running.
        if (now == VmState::ShuttingDown && m_shutdownReason.isEmpty())
            return VmStatus { VmState::Running, StateReason::GuestRequest };
        return std::nullopt;
    }
    if (event.name == QLatin1StringView("SHUTDOWN")) {
        m_shutdownReason = field(event, "reason");
        const bool isByGuest = event.data.value(QLatin1StringView("guest")).toBool();
        return VmStatus { VmState::ShuttingDown,
            isByGuest ? StateReason::GuestRequest : StateReason::HostRequest };
    }
    if (event.name == QLatin1StringView("BLOCK_IO_ERROR")
        && field(event, "action") == QLatin1StringView("stop")) {
        const bool isFull = event.data.value(QLatin1StringView("nospace")).toBool();
        m_stopCause = isFull ? StateReason::DiskFull : StateReason::IoError;
        // Only disks of the old -drive have a device name; ours have a node.
        const QString device = field(event, "device");
        m_stopDetail = (device.isEmpty() ? field(event, "node-name") : device)
            + QStringLiteral(": ") + field(event, "reason");
    }
    if (event.name == QLatin1StringView("GUEST_PANICKED")) {
        m_stopCause = StateReason::GuestPanicked;
        m_stopDetail = QStringLiteral("the guest panicked");
    }
    if (event.name == QLatin1StringView("WATCHDOG")) {
        const QString action = field(event, "action");
        m_hasWatchdogActed = true;
        if (action == QLatin1StringView("pause") || action == QLatin1StringView("debug"))
            m_stopCause = StateReason::Watchdog;
        else if (action == QLatin1StringView("reset"))
            return VmStatus { now, StateReason::Watchdog, QStringLiteral("the watchdog reset it") };
    }
    return std::nullopt;
}

void EventReader::takeUp(const QString& runState)
{
    if (runState == QLatin1StringView("shutdown"))
        m_shutdownReason = QStringLiteral("guest-shutdown");
}

StateReason EventReader::ours()
{
    return std::exchange(m_expected, std::nullopt).value_or(StateReason::HostRequest);
}

std::optional<VmStatus> EventReader::readRunState(const QString& runState)
{
    if (runState == QLatin1StringView("running") || runState == QLatin1StringView("suspended"))
        return VmStatus { VmState::Running };
    if (runState == QLatin1StringView("prelaunch") || runState == QLatin1StringView("inmigrate"))
        return std::nullopt;
    if (runState == QLatin1StringView("io-error"))
        return VmStatus { VmState::Paused, StateReason::IoError };
    if (runState == QLatin1StringView("guest-panicked"))
        return VmStatus { VmState::Paused, StateReason::GuestPanicked };
    if (runState == QLatin1StringView("watchdog"))
        return VmStatus { VmState::Paused, StateReason::Watchdog };
    if (runState == QLatin1StringView("shutdown"))
        return VmStatus { VmState::ShuttingDown, StateReason::GuestRequest };
    if (runState == QLatin1StringView("paused"))
        return VmStatus { VmState::Paused };
    return VmStatus { VmState::Paused, StateReason::Other, runState };
}

VmStatus EventReader::readExit(
    const ProcessExit& exit, const ExitClues& clues, const QString& lastWords) const
{
    if (m_shutdownReason == QLatin1StringView("guest-panic")
        || m_stopCause == StateReason::GuestPanicked)
        return { VmState::Crashed, StateReason::GuestPanicked,
            joined(QStringLiteral("the guest panicked"), lastWords) };
    if (clues.isForcedOff)
        return { VmState::ShutOff, m_expected.value_or(StateReason::HostRequest) };
    // A status that went to somebody else is taken for good if QEMU had said that it would end.
    const bool isOrderly = !m_shutdownReason.isEmpty() && (exit.isClean() || !exit.isKnown);
    const bool isKilled = exit.signal == SIGKILL || !exit.isKnown;
    if (!isOrderly && isKilled && clues.oomVictim != OomVictim::None)
        return { VmState::Crashed, StateReason::OutOfMemory,
            joined(QStringLiteral("QEMU %1; %2").arg(exit.describe(), describe(clues.oomVictim)),
                lastWords) };
    if (m_hasWatchdogActed && (exit.isClean() || !exit.isKnown) && m_shutdownReason.isEmpty())
        return { VmState::ShutOff, StateReason::Watchdog };
    if (!isOrderly && !exit.isClean())
        return { VmState::Crashed, StateReason::ProcessDied,
            joined(QStringLiteral("QEMU ") + exit.describe(), lastWords) };
    if (m_shutdownReason.startsWith(QLatin1StringView("guest-")))
        return { VmState::ShutOff, StateReason::GuestRequest };
    if (m_shutdownReason == QLatin1StringView("host-signal"))
        return { VmState::ShutOff, StateReason::Other,
            QStringLiteral("a signal told QEMU to end") };
    if (m_shutdownReason.isEmpty())
        return { VmState::ShutOff, StateReason::Other, QStringLiteral("QEMU ended by itself") };
    return { VmState::ShutOff, StateReason::HostRequest };
}

Error classifyStartFailure(
    const QString& machineName, const ProcessExit& exit, const QString& lastWords)
{
    const auto known = complaintError(lastWords, machineName);
    const bool isOfAFile
        = known && (known->cause == ErrorCause::None || known->cause == ErrorCause::ImageMissing);
    // That something is missing or forbidden says much of an image, and nothing of who knows what.
    if (known && (!isOfAFile || known->subject != machineName))
        return *known;
    return { ErrorKind::ProcessFailed, machineName,
        joined(QStringLiteral("QEMU ") + exit.describe(), lastWords), ErrorCause::QemuDied };
}

} // namespace vmm
