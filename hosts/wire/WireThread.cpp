// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/WireThread.h"

#include <QLoggingCategory>
#include <QQueue>
#include <QSet>

#include <algorithm>

namespace hosts::wire {

int mostStarting()
{
    // A start is a second of work or less. More at once than there are processors would end no
    // sooner, and leave the window the smaller a part of one.
    static const int most = std::max(2, QThread::idealThreadCount());
    return most;
}

namespace {

Q_LOGGING_CATEGORY(lcThread, "host.wire", QtInfoMsg)

constexpr std::chrono::milliseconds kLastGrace { 1000 };
constexpr std::chrono::milliseconds kLastWait { 2000 };

} // namespace

/// Lives in the thread and knows its links, so that the end can be awaited.
class WireThread::Keeper : public QObject {
public:
    void adopt(WireLink* link)
    {
        m_links.insert(link);
        connect(link, &QObject::destroyed, this, [this](QObject* gone) {
            m_links.remove(gone);
            m_waiting.removeOne(gone);
            noteSettled(gone);
            quitWhenEmpty();
        });
        connect(link, &WireLink::settled, this, [this, link] { noteSettled(link); });
        m_waiting.enqueue(link);
        startNext();
    }

    void endAll()
    {
        m_isEnding = true;
        const auto links = m_links;
        for (QObject* link : links)
            static_cast<WireLink*>(link)->release(kLastGrace);
        quitWhenEmpty();
    }

private:
    void noteSettled(QObject* link)
    {
        if (m_starting.remove(link))
            startNext();
    }

    void startNext()
    {
        while (!m_waiting.isEmpty() && m_starting.size() < mostStarting()) {
            QObject* link = m_waiting.dequeue();
            m_starting.insert(link);
            static_cast<WireLink*>(link)->start();
        }
    }

    void quitWhenEmpty()
    {
        if (m_isEnding && m_links.isEmpty())
            thread()->quit();
    }

    QSet<QObject*> m_links;
    QQueue<QObject*> m_waiting; ///< to be started
    QSet<QObject*> m_starting;
    bool m_isEnding = false;
};

WireThread::WireThread()
    : m_thread(new QThread)
    , m_keeper(new Keeper)
{
    m_thread->setObjectName(QStringLiteral("wire"));
    m_keeper->moveToThread(m_thread);
    m_thread->start();
}

WireThread::~WireThread()
{
    QMetaObject::invokeMethod(m_keeper, [keeper = m_keeper] { keeper->endAll(); });
    if (!m_thread->wait(QDeadlineTimer(kLastWait))) {
        // A process that even SIGKILL doesn't end (stuck in the kernel). Better a leak at the end
        // of the program than a program that doesn't end.
        qCWarning(lcThread) << "a host program could not be ended";
        return;
    }
    delete m_keeper;
    delete m_thread;
}

void WireThread::post(std::function<void()> job)
{
    QMetaObject::invokeMethod(m_keeper, std::move(job));
}

void WireThread::run(WireLink* link)
{
    link->moveToThread(m_thread);
    QMetaObject::invokeMethod(m_keeper, [keeper = m_keeper, link] { keeper->adopt(link); });
}

} // namespace hosts::wire
