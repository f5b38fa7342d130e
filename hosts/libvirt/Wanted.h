// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <atomic>
#include <functional>
#include <memory>

namespace hosts::libvirt {

/// Whether somebody still waits for a call. Asked before each step that can't be taken back: nobody
/// expects it to be done after the call was given up, or told to have failed. Any thread; copies
/// are about the same call.
class Wanted {
public:
    Wanted() = default;
    /// `isGivenUp`: whether the caller asked to stop; any thread.
    explicit Wanted(std::function<bool()> isGivenUp)
        : m_isGivenUp(std::move(isGivenUp))
    {
    }

    void end() const { *m_isOver = true; }
    /// Error: Cancelled.
    vmm::Result<void> check(const QString& subject) const
    {
        if (!*m_isOver && !(m_isGivenUp && m_isGivenUp()))
            return {};
        return vmm::Error { vmm::ErrorKind::Cancelled, subject,
            QStringLiteral("nobody waits for it any more") };
    }

private:
    std::function<bool()> m_isGivenUp;
    std::shared_ptr<std::atomic_bool> m_isOver = std::make_shared<std::atomic_bool>(false);
};

} // namespace hosts::libvirt
