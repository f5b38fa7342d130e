// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/WireThread.h"

#include <QLoggingCategory>
#include <QSet>

namespace hosts::wire {

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
            quitWhenEmpty();
        });
        link->start();
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
    void quitWhenEmpty()
    {
        if (m_isEnding && m_links.isEmpty())
            thread()->quit();
    }

    QSet<QObject*> m_links;
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
