// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Mailbox.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace hosts::libvirt {

std::shared_ptr<Mailbox> Mailbox::create()
{
    // The last holder may be a worker; a QObject dies in its own thread.
    return std::shared_ptr<Mailbox>(new Mailbox, [](Mailbox* mailbox) { mailbox->deleteLater(); });
}

void Mailbox::post(Letter letter)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed)
        return;
    m_letters.push_back(std::move(letter));
    if (m_letters.size() == 1)
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

void Mailbox::close()
{
    std::deque<Letter> dropped; // destroyed outside of the lock: letters may own connections
    const std::lock_guard lock(m_mutex);
    m_isClosed = true;
    dropped.swap(m_letters);
}

bool Mailbox::event(QEvent* event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    deliver();
    return true;
}

void Mailbox::deliver()
{
    std::deque<Letter> letters;
    {
        const std::lock_guard lock(m_mutex);
        letters.swap(m_letters);
    }
    for (const Letter& letter : letters) {
        // A letter may close the mailbox; only this thread does, so it may look without the lock.
        if (m_isClosed)
            return;
        letter();
    }
}

} // namespace hosts::libvirt
