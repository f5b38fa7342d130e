// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>

#include <chrono>
#include <utility>

namespace console {

/// Whose guest goes away types on before they notice, and means no command of the window. Only
/// after a pause do keys mean the window.
class TypingOn {
public:
    static constexpr std::chrono::milliseconds kPause { 1'500 };

    /// Whether keys reach a guest now.
    void setHeard(bool isHeard)
    {
        if (std::exchange(m_isHeard, isHeard) && !isHeard)
            m_pause.setRemainingTime(kPause);
    }
    /// Whether a key that was pressed just now is a guest's, be there one or not.
    bool takesKey()
    {
        if (m_isHeard || m_pause.hasExpired())
            return m_isHeard;
        m_pause.setRemainingTime(kPause);
        return true;
    }

private:
    bool m_isHeard = false;
    QDeadlineTimer m_pause; ///< expired at first
};

} // namespace console
