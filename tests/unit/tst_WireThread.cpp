// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/MessageCodec.h"
#include "hosts/wire/WireThread.h"

#include <QSemaphore>
#include <QTest>

#include <map>

using namespace hosts::wire;
using namespace std::chrono_literals;

namespace {

const QString kUri = QStringLiteral("test:///quiet");

/// Another side that says only what it is told to.
class QuietCarrier : public Carrier {
public:
    void start() override { }
    void write(const QByteArray&) override { }
    void hangUp() override { kill(); }
    void kill() override
    {
        if (std::exchange(m_isKilled, true))
            return;
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT ended(vmm::Error { vmm::ErrorKind::Disconnected }); },
            Qt::QueuedConnection);
    }

private:
    bool m_isKilled = false;
};

} // namespace

/// In which order, and how many at once, host programs are started.
class tst_WireThread : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_limit = 1h;
        m_thread = std::make_unique<WireThread>();
    }

    void cleanup()
    {
        for (WireLink* link : std::exchange(m_links, {}))
            in(link, [link] { link->release(0ms); });
        m_thread.reset();
        m_carriers.clear();
    }

    void known_givesItsPlaceToTheNext()
    {
        runLinks(mostStarting() + 2);
        QCOMPARE(started(), mostStarting());
        say(0, Hello { .uri = kUri });
        QCOMPARE(started(), mostStarting()); // it has only begun
        say(0, InventoryEvent { .change = { .isComplete = true }, .hasMore = true });
        QCOMPARE(started(), mostStarting());
        say(0, InventoryEvent { .change = { .isComplete = true } });
        QCOMPARE(started(), mostStarting() + 1);
        say(0, InventoryEvent {}); // its place is given away already
        QCOMPARE(started(), mostStarting() + 1);
    }

    void ended_givesItsPlaceToTheNext()
    {
        runLinks(mostStarting() + 2);
        in(m_links[0], [carrier = m_carriers[0]] { carrier->kill(); });
        QTRY_COMPARE(started(), mostStarting() + 1);
        in(m_links[1], [link = m_links[1]] { link->release(0ms); });
        m_links.removeAt(1);
        QTRY_COMPARE(started(), mostStarting() + 2);
    }

    void releasedWhileWaiting_isNeverStarted()
    {
        runLinks(mostStarting() + 2);
        WireLink* waiting = m_links.takeAt(mostStarting());
        in(waiting, [waiting] { waiting->release(0ms); });
        in(m_links[0], [carrier = m_carriers[0]] { carrier->kill(); });
        QTRY_COMPARE(started(), mostStarting() + 1);
        QVERIFY(!m_carriers.contains(mostStarting()));
        QVERIFY(m_carriers.contains(mostStarting() + 1));
    }

    void silent_holdsNobodyUp()
    {
        m_limit = 20ms;
        runLinks(3 * mostStarting());
        QTRY_COMPARE(started(), 3 * mostStarting());
    }

private:
    void runLinks(int count)
    {
        for (int i = 0; i < count; ++i) {
            auto* link = new WireLink(
                [this, i] {
                    auto carrier = std::make_unique<QuietCarrier>();
                    m_carriers[i] = carrier.get();
                    return carrier;
                },
                { .uri = kUri, .settleLimit = m_limit });
            m_links.append(link);
            m_thread->run(link);
        }
        catchUp();
    }

    void say(int index, const Message& message)
    {
        in(m_links[index], [carrier = m_carriers[index], message] {
            Q_EMIT carrier->received(framed(encode(message)));
        });
    }

    /// Runs a job in the wire thread, and waits for it and for what it has set off.
    template <typename Job> void in(QObject* inThread, const Job& job)
    {
        QMetaObject::invokeMethod(inThread, job, Qt::BlockingQueuedConnection);
        if (m_thread)
            catchUp();
    }

    void catchUp()
    {
        QSemaphore done;
        m_thread->post([&done] { done.release(); });
        done.acquire();
    }

    int started()
    {
        int count = 0;
        m_thread->post([&count, this] { count = int(m_carriers.size()); });
        catchUp();
        return count;
    }

    std::chrono::milliseconds m_limit {};
    std::unique_ptr<WireThread> m_thread;
    QList<WireLink*> m_links;
    std::map<int, QuietCarrier*> m_carriers; ///< those that were started; the wire thread's
};

QTEST_GUILESS_MAIN(tst_WireThread)
#include "tst_WireThread.moc"
