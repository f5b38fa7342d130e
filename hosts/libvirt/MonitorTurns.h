// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"

#include <QHash>

#include <chrono>
#include <memory>

namespace hosts::libvirt {

/// Which questions are with the QEMUs of which machines. A QEMU that does not answer keeps the
/// thread that asks it for as long as it likes, even if nobody waits any more; so it is asked no
/// second time before it has answered, or a few such questions would stop all actions on its host.
///
/// Thread: its owner's; turns end on any.
class MonitorTurns {
public:
    /// Held by the call itself, until it has returned or is dropped.
    using Turn = std::shared_ptr<void>;

    /// Nothing if a question of this kind is with this machine, or any one for longer than
    /// `patience`.
    Turn begin(VmId vm, Feature question, std::chrono::milliseconds patience = kPatience);

private:
    static constexpr std::chrono::milliseconds kPatience { 1'000 };
    struct Question {
        Feature kind {};
        std::chrono::steady_clock::time_point since {};
        std::weak_ptr<void> turn {}; ///< over: it was answered
    };

    QHash<VmId, QVector<Question>> m_asked;
};

} // namespace hosts::libvirt
