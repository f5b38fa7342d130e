// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaObject>
#include <QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace hosts::libvirt {

/// The way back from worker threads and libvirt's callbacks into the thread of a QObject. Letters
/// that arrive after close() are dropped, so a call that returns after its host has gone harms
/// nobody. Held by shared_ptr from both ends; post() from any thread, close() in the owner's.
class Mailbox : public std::enable_shared_from_this<Mailbox> {
public:
    explicit Mailbox(QObject* owner)
        : m_owner(owner)
    {
    }

    void post(std::function<void()> letter)
    {
        const std::lock_guard lock(m_mutex);
        if (m_owner == nullptr)
            return;
        QMetaObject::invokeMethod(
            m_owner,
            [self = shared_from_this(), letter = std::move(letter)] {
                if (self->m_owner != nullptr) // only the owner's thread writes it
                    letter();
            },
            Qt::QueuedConnection);
    }

    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_owner = nullptr;
    }

private:
    std::mutex m_mutex;
    QObject* m_owner = nullptr;
};

} // namespace hosts::libvirt
