// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/HostServer.h"
#include "hosts/wire/MessageCodec.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestNames.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <memory>

using namespace hosts;
using namespace hosts::wire;

namespace {

/// The other end, in the test's hands: reads when it is told to, and only then.
class Peer {
public:
    explicit Peer(int fd)
        : m_fd(fd)
    {
    }
    ~Peer() { hangUp(); }

    void hangUp()
    {
        if (m_fd >= 0)
            ::close(std::exchange(m_fd, -1));
    }

    void sendRaw(const QByteArray& bytes)
    {
        QCOMPARE(::write(m_fd, bytes.constData(), size_t(bytes.size())), ssize_t(bytes.size()));
    }

    bool trySend(const QByteArray& bytes)
    {
        return ::send(m_fd, bytes.constData(), size_t(bytes.size()), MSG_DONTWAIT) == bytes.size();
    }

    void send(const Message& message) { sendRaw(framed(encode(message))); }

    /// Takes what there is, without waiting; returns how many bytes that was.
    qsizetype read(qsizetype most = 1 << 20)
    {
        QByteArray bytes(most, Qt::Uninitialized);
        const ssize_t count = ::recv(m_fd, bytes.data(), size_t(most), MSG_DONTWAIT);
        if (count <= 0)
            return 0;
        m_frames.feed(bytes.left(count));
        for (;;) {
            const auto frame = m_frames.next();
            if (!frame || !frame->has_value())
                break;
            const auto message = decode(**frame);
            [&] { QVERIFY(message.has_value()); }();
            m_messages.append(*message);
        }
        return count;
    }

    template <typename T> QVector<T> all()
    {
        while (read() > 0) { }
        QVector<T> found;
        for (const Message& message : std::as_const(m_messages)) {
            if (const auto* wanted = std::get_if<T>(&message))
                found.append(*wanted);
        }
        return found;
    }

    const QVector<Message>& messages() const { return m_messages; }

private:
    int m_fd;
    FrameReader m_frames;
    QVector<Message> m_messages;
};

/// Never answers what it is asked, unless it has been given the answer.
class StubbornHost : public tests::FakeHost {
public:
    using FakeHost::answer;
    vmm::Future<QString> answer(const hosts::GetDefinition&) override
    {
        if (!m_answer.isEmpty())
            return vmm::async::ready<QString>(m_answer);
        m_promises.push_back(std::make_unique<vmm::Promise<QString>>());
        return m_promises.back()->future();
    }

    QString m_answer;
    std::vector<std::unique_ptr<vmm::Promise<QString>>> m_promises;
};

} // namespace

class tst_HostServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }

    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
        m_host = std::make_unique<StubbornHost>();
        m_peer = std::make_unique<Peer>(ends[0]);
        m_server = std::make_unique<HostServer>(*m_host, ends[1], ends[1],
            HostServerOptions { .slowPeerBytes = 64 << 10, .stuckPeerBytes = 1 << 20 });
        m_finished = std::make_unique<QSignalSpy>(m_server.get(), &HostServer::finished);
        m_server->start();
    }

    void cleanup()
    {
        m_finished.reset();
        m_server.reset();
        m_peer.reset();
        m_host.reset();
    }

    void greetedServer_opensTheHostAndTellsAllInOrder()
    {
        const VmId vm = m_host->addVm(QStringLiteral("one"));
        QTRY_COMPARE(m_peer->all<Hello>().size(), 1);
        QCOMPARE(m_peer->all<Hello>().first().uri, QStringLiteral("test:///fake"));
        QCOMPARE(m_host->connectionState(), ConnectionState::Disconnected);
        m_peer->send(Hello {});
        QTRY_VERIFY(!m_peer->all<ConnectionEvent>().isEmpty()
            && m_peer->all<ConnectionEvent>().last().state == ConnectionState::Connected);
        const auto inventory = m_peer->all<InventoryEvent>();
        QCOMPARE(inventory.size(), 1);
        QVERIFY(inventory.first().change.isComplete);
        QCOMPARE(inventory.first().change.changed.first().id, vm);
        QVERIFY(std::holds_alternative<Hello>(m_peer->messages().first()));
        QVERIFY(std::holds_alternative<ConnectionEvent>(m_peer->messages().last()));
        QCOMPARE(m_peer->all<InfoEvent>().size(), 1);
    }

    void openHost_isToldToALatePeer()
    {
        m_host->addVm(QStringLiteral("one"));
        m_host->open();
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Connected);
        greet();
        QCOMPARE(m_peer->all<InfoEvent>().size(), 1);
        QCOMPARE(m_peer->all<InventoryEvent>().size(), 1);
    }

    void peerThatHangsUp_finishesTheServer()
    {
        greet();
        m_peer->hangUp();
        QTRY_COMPARE(m_finished->size(), 1);
    }

    void nonsense_finishesTheServer_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("an impossible frame") << QByteArray("GET / HTTP/1.1\r\n\r\n");
        QTest::newRow("no CBOR") << framed("\xff\xff\xff");
        QTest::newRow("a ping before hello") << framed(encode(Ping {}));
        QTest::newRow("two hellos") << framed(encode(Hello {})) + framed(encode(Hello {}));
        QTest::newRow("another version") << framed(encode(Hello { .protocol = 99 }));
        QTest::newRow("what only a host says")
            << framed(encode(Hello {})) + framed(encode(InfoEvent {}));
        const QByteArray request
            = framed(encode(Request { .id = 1, .operation = GetDefinition {} }));
        QTest::newRow("an id in use") << framed(encode(Hello {})) + request + request;
    }

    void nonsense_finishesTheServer()
    {
        QFETCH(QByteArray, bytes);
        m_peer->sendRaw(bytes);
        QTRY_COMPARE(m_finished->size(), 1);
        QVERIFY(!m_finished->first().first().toString().isEmpty());
    }

    void ping_isAnsweredWhileOperationsPend()
    {
        greet();
        m_peer->send(Request { .id = 1, .operation = GetDefinition {} });
        m_peer->send(Ping { .serial = 77 });
        QTRY_COMPARE(m_peer->all<Pong>().size(), 1);
        QCOMPARE(m_peer->all<Pong>().first().serial, 77u);
        QVERIFY(m_peer->all<Reply>().isEmpty());
    }

    void cancel_reachesTheHost()
    {
        greet();
        m_peer->send(Request { .id = 5, .operation = GetDefinition {} });
        QTRY_COMPARE(m_host->m_promises.size(), size_t(1));
        m_peer->send(Cancel { .id = 4 }); // unknown: harmless
        m_peer->send(Cancel { .id = 5 });
        QTRY_VERIFY(m_host->m_promises[0]->isCancelRequested());
        m_host->m_promises.clear();
        QTRY_COMPARE(m_peer->all<Reply>().size(), 1);
        QCOMPARE(m_peer->all<Reply>().first().answer.error().kind, vmm::ErrorKind::Cancelled);
    }

    void peerThatDoesNotRead_costsBoundedMemory()
    {
        const VmId vm = m_host->addVm(QStringLiteral("busy"), vmm::VmState::Running);
        m_host->addVms(200);
        greet();
        for (int i = 0; i < 3000; ++i) {
            m_host->emitMetrics(m_host->inventMetrics(1000 + i));
            m_host->setState(vm, i % 2 == 0 ? vmm::VmState::Paused : vmm::VmState::Running);
        }
        QVERIFY(m_server->unsent() > 0);
        QVERIFY2(m_server->unsent() < 256 << 10, qPrintable(QString::number(m_server->unsent())));

        // What is left to tell is the last of it, once the peer reads again.
        QTRY_VERIFY(!m_peer->all<MetricsEvent>().isEmpty()
            && m_peer->all<MetricsEvent>().last().batch.timeMs == 3999);
        QVERIFY(m_peer->all<MetricsEvent>().size() < 100);
        QCOMPARE(m_peer->all<InventoryEvent>().last().change.changed.last().state,
            vmm::VmState::Running);
    }

    void replies_areAllKeptForAPeerThatReadsLate()
    {
        const VmId vm = m_host->addVm(QStringLiteral("one"));
        greet();
        for (quint32 id = 1; id <= 500; ++id) {
            m_peer->send(Request { .id = id, .operation = GetConsole { .vm = vm } });
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(m_peer->all<Reply>().size(), 500);
    }

    // It asks and asks and never reads: then it is not listened to any more, and what is kept for
    // it stays bounded.
    void peerThatOnlyAsks_isMadeToWait()
    {
        m_host->m_answer = QString(10'000, u'x');
        greet();
        quint32 asked = 0;
        for (int round = 0; round < 2'000; ++round) {
            const QByteArray bytes
                = framed(encode(Request { .id = 0x10000 + asked, .operation = GetDefinition {} }));
            if (!m_peer->trySend(bytes))
                break;
            ++asked;
            QCoreApplication::processEvents();
        }
        QVERIFY2(m_server->unsent() < 4 << 20, qPrintable(QString::number(m_server->unsent())));
        QVERIFY(asked > 20);
        QTRY_COMPARE(m_peer->all<Reply>().size(), qsizetype(asked)); // all the same
    }

private:
    void greet()
    {
        m_peer->send(Hello {});
        QTRY_VERIFY(!m_peer->all<ConnectionEvent>().isEmpty()
            && m_peer->all<ConnectionEvent>().last().state == ConnectionState::Connected);
    }

    std::unique_ptr<StubbornHost> m_host;
    std::unique_ptr<Peer> m_peer;
    std::unique_ptr<HostServer> m_server;
    std::unique_ptr<QSignalSpy> m_finished;
};

QTEST_GUILESS_MAIN(tst_HostServer)
#include "tst_HostServer.moc"
