// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleTypes.h"

#include "vmm/base/EnumNames.h"

namespace console {

namespace {

constexpr std::array kSessionStateNames {
    vmm::EnumName { SessionState::Idle, "Idle" },
    vmm::EnumName { SessionState::Connecting, "Connecting" },
    vmm::EnumName { SessionState::Authenticating, "Authenticating" },
    vmm::EnumName { SessionState::Live, "Live" },
    vmm::EnumName { SessionState::GuestOff, "GuestOff" },
    vmm::EnumName { SessionState::TakenOver, "TakenOver" },
    vmm::EnumName { SessionState::Lost, "Lost" },
    vmm::EnumName { SessionState::HelperCrashed, "HelperCrashed" },
    vmm::EnumName { SessionState::Closed, "Closed" },
};

constexpr std::array kEndReasonNames {
    vmm::EnumName { EndReason::None, "None" },
    vmm::EnumName { EndReason::ConnectFailed, "ConnectFailed" },
    vmm::EnumName { EndReason::AuthenticationFailed, "AuthenticationFailed" },
    vmm::EnumName { EndReason::TlsFailed, "TlsFailed" },
    vmm::EnumName { EndReason::ServerClosed, "ServerClosed" },
    vmm::EnumName { EndReason::TakenOver, "TakenOver" },
    vmm::EnumName { EndReason::TimedOut, "TimedOut" },
    vmm::EnumName { EndReason::UnsupportedDisplay, "UnsupportedDisplay" },
    vmm::EnumName { EndReason::DisplayDropped, "DisplayDropped" },
    vmm::EnumName { EndReason::ServerViolation, "ServerViolation" },
    vmm::EnumName { EndReason::ProtocolViolation, "ProtocolViolation" },
    vmm::EnumName { EndReason::HelperMissing, "HelperMissing" },
    vmm::EnumName { EndReason::HelperCrashed, "HelperCrashed" },
};

} // namespace

QString nameOf(SessionState state)
{
    return vmm::enumName<SessionState>(kSessionStateNames, state);
}

QString nameOf(EndReason reason)
{
    return vmm::enumName<EndReason>(kEndReasonNames, reason);
}

} // namespace console
