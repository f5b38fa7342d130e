// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/EventReader.h"

#include <QRegularExpression>

#include <array>
#include <string_view>

namespace vmm {

namespace {

QString field(const QmpEvent& event, const char* name)
{
    return event.data.value(QLatin1StringView(name)).toString();
}

QString joined(const QString& first, const QString& rest)
{
    return rest.isEmpty() ? first : first + QLatin1Char('\n') + rest;
}

/// The text between the quotes or brackets of the first capture that matched.
QString firstMatch(const QString& text, std::initializer_list<const char*> patterns)
{
    for (const char* pattern : patterns) {
        const auto match = QRegularExpression(QString::fromLatin1(pattern)).match(text);
        if (match.hasMatch())
            return match.captured(1);
    }
    return {};
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
        m_stopCause = StateReason::IoError;
        m_stopDetail = field(event, "device") + QStringLiteral(": ") + field(event, "reason");
    }
    if (event.name == QLatin1StringView("GUEST_PANICKED")) {
        m_stopCause = StateReason::GuestPanicked;
        m_stopDetail = QStringLiteral("the guest panicked");
    }
    return std::nullopt;
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
    if (runState == QLatin1StringView("shutdown"))
        return VmStatus { VmState::ShuttingDown, StateReason::GuestRequest };
    if (runState == QLatin1StringView("paused"))
        return VmStatus { VmState::Paused };
    return VmStatus { VmState::Paused, StateReason::Other, runState };
}

VmStatus EventReader::readExit(
    const ProcessExit& exit, bool isForcedOff, const QString& lastWords) const
{
    if (m_shutdownReason == QLatin1StringView("guest-panic")
        || m_stopCause == StateReason::GuestPanicked)
        return { VmState::Crashed, StateReason::GuestPanicked,
            joined(QStringLiteral("the guest panicked"), lastWords) };
    if (isForcedOff)
        return { VmState::ShutOff, m_expected.value_or(StateReason::HostRequest) };
    // A status that went to somebody else is taken for good if QEMU had said that it would end.
    const bool isOrderly = !m_shutdownReason.isEmpty() && (exit.isClean() || !exit.isKnown);
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
    const auto says
        = [&lastWords](const char* words) { return lastWords.contains(QLatin1StringView(words)); };
    if (says("Failed to get") && says("lock"))
        return { ErrorKind::Busy,
            firstMatch(lastWords, { "using the image \\[(.+?)\\]", "file=([^,:]+)" }), lastWords,
            ErrorCause::ImageLocked };
    if (says("no option group 'spice'") || says("-spice: invalid option")
        || says("is not compiled in") || says("spice is not supported"))
        return { ErrorKind::HostLacksFeature, machineName, lastWords, ErrorCause::QemuLacksSpice };
    const QString image = firstMatch(lastWords, { "Could not open '(.+?)'" });
    if (!image.isEmpty() && says("No such file or directory"))
        return { ErrorKind::NotFound, image, lastWords, ErrorCause::ImageMissing };
    if (!image.isEmpty() && says("Permission denied"))
        return { ErrorKind::PermissionDenied, image, lastWords };
    if (says("No space left on device"))
        return { ErrorKind::Io, machineName, lastWords, ErrorCause::DiskFull };
    return { ErrorKind::ProcessFailed, machineName,
        joined(QStringLiteral("QEMU ") + exit.describe(), lastWords), ErrorCause::QemuDied };
}

} // namespace vmm
