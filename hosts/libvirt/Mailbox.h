// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace hosts::libvirt {

/// The way back from worker threads and libvirt's callbacks into the thread that made the mailbox.
/// Letters arrive in the order in which they were posted, many in one round of the event loop.
/// Those not delivered before close() are dropped, so a call that returns after its host has gone
/// harms nobody. Held by shared_ptr from both ends.
class Mailbox : public QObject {
    Q_OBJECT

public:
    using Letter = std::function<void()>;

    static std::shared_ptr<Mailbox> create();

    void post(Letter letter); ///< any thread
    void close(); ///< the mailbox's thread

    bool event(QEvent* event) override;

private:
    Mailbox() = default;
    void deliver();

    std::mutex m_mutex;
    std::deque<Letter> m_letters;
    bool m_isClosed = false;
};

} // namespace hosts::libvirt
