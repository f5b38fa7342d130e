// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

namespace models {

/// Asks hosts and hands on the answer to the newest question alone: a view that has moved on hears
/// nothing of what it asked before. A member of the view, which is the context of its answers.
class LatestAnswer {
public:
    /// `use` gets the Result of the operation's reply, never after `context` died.
    template <typename Op, typename F>
    void ask(hosts::Host* host, const Op& operation, QObject* context, F use)
    {
        const quint64 mine = ++m_question;
        m_isAsking = true;
        vmm::async::onFinished(host->call(operation), context,
            [this, mine, use = std::move(use)](vmm::Result<typename Op::Reply> reply) mutable {
                if (mine != m_question)
                    return;
                m_isAsking = false;
                use(std::move(reply));
            });
    }

    void forget()
    {
        ++m_question;
        m_isAsking = false;
    }
    bool isAsking() const { return m_isAsking; }

private:
    quint64 m_question = 0;
    bool m_isAsking = false;
};

} // namespace models
