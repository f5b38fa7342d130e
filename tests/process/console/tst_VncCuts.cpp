// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// VNC connections that are cut, or spoilt, at a random byte, between a server that sends all kinds
// of pictures and the real helper. VIRTDECK_CUTS says how often (40); VIRTDECK_SEED repeats a run.
// And what is said of a connection that its server closed, or that broke on its way.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/console/ChannelProxy.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/CuttingProxy.h"
#include "tests/support/console/RfbEncoder.h"
#include "tests/support/console/RfbTestServer.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <random>

using namespace console;
using tests::ChannelProxy;
using tests::CuttingProxy;
using tests::RfbEncoder;
using tests::RfbTestServer;

namespace {

const QString kHelper = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console");
constexpr int kPatience = 60'000;

/// A server whose screen never rests: pictures in each encoding, cursors, sizes, lights, texts.
class RestlessServer {
public:
    explicit RestlessServer(quint32 seed)
        : m_random(seed)
    {
        m_server.show(picture({ 320, 240 }));
    }

    RfbTestServer& rfb() { return m_server; }

    /// Goes on if what it said last was fetched.
    void goOn()
    {
        if (!m_server.isLive()) {
            m_encoder = std::make_unique<RfbEncoder>(); // the next client knows no streams
            return;
        }
        if (m_server.hasUpdates())
            return;
        if (m_random() % 8 == 0)
            m_server.cutText("from the guest");
        if (m_random() % 8 == 0)
            m_server.setLights(int(m_random() % 8));
        if (m_random() % 16 == 0)
            resize();
        else
            m_server.update({ rectangle(), rectangle(), cursor() });
    }

private:
    QImage picture(QSize size)
    {
        QImage out(size, QImage::Format_RGB32);
        const int seed = int(m_random() % 256);
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x)
                out.setPixel(x, y, qRgb(x / 9 * 40 & 255, y / 7 * 90 & 255, seed));
        }
        m_size = size;
        return out;
    }

    void resize()
    {
        const QSize size(100 + int(m_random() % 300), 100 + int(m_random() % 200));
        m_server.resize(picture(size),
            { m_random() % 2 ? RfbEncoder::desktopSize(size)
                             : RfbEncoder::extendedDesktopSize(size) });
    }

    QByteArray rectangle()
    {
        using Tile = RfbEncoder::ZrleTile;
        const QSize whole = m_size;
        const QImage part = picture({ 90, 80 });
        m_size = whole;
        const QPoint at(int(m_random() % 10), int(m_random() % 20));
        switch (m_random() % 8) {
        case 0:
            return m_encoder->raw(part, at);
        case 1:
            return m_encoder->rre(part, at);
        case 2:
            return m_encoder->hextile(part, at);
        case 3:
            return m_encoder->zrle(part, at, Tile(m_random() % 4));
        case 4:
            return m_encoder->tightCopy(part, at, 0);
        case 5:
            return m_encoder->tightGradient(part, at, 1);
        case 6:
            return m_encoder->tightJpeg(part, at, 80);
        default:
            return RfbEncoder::copyRect({ at, part.size() }, { 5, 15 });
        }
    }

    QByteArray cursor()
    {
        return RfbEncoder::richCursor(
            QImage(1 + int(m_random() % 32), 16, QImage::Format_ARGB32), { 0, 0 });
    }

    std::mt19937 m_random;
    QSize m_size;
    std::unique_ptr<RfbEncoder> m_encoder = std::make_unique<RfbEncoder>();
    RfbTestServer m_server;
};

} // namespace

class tst_VncCuts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void connectionThatEnds_isToldAsWhatItIs_data()
    {
        QTest::addColumn<bool>("isReset");
        QTest::addColumn<EndReason>("reason");
        QTest::newRow("closed by the server") << false << EndReason::TakenOver;
        QTest::newRow("reset on its way") << true << EndReason::ServerClosed;
    }
    void connectionThatEnds_isToldAsWhatItIs()
    {
        QFETCH(bool, isReset);
        QFETCH(EndReason, reason);
        RfbTestServer server;
        server.show(0x102030);
        vmm::ConsoleEndpoint endpoint = server.endpoint();
        ChannelProxy proxy(endpoint.unixSocket);
        endpoint.unixSocket.clear();
        endpoint.host = QStringLiteral("127.0.0.1");
        endpoint.port = proxy.port();
        ConsoleSession session(SpiceHelperTransport::factory(kHelper));
        session.open(endpoint);
        QTRY_VERIFY_WITH_TIMEOUT(session.firstFrameMs() >= 0, kPatience);
        if (isReset)
            proxy.end(0, ChannelProxy::End::Reset);
        else
            server.hangUp();
        QTRY_VERIFY_WITH_TIMEOUT(session.state() != SessionState::Live, kPatience);
        QCOMPARE(session.endReason(), reason);
    }

    void everyCut_endsInAStateWithAReason()
    {
        const auto [count, seed] = tests::CutPlan(20261130u);
        std::mt19937 random(seed);
        QTemporaryDir folder;
        RestlessServer server(random());
        const vmm::ConsoleEndpoint direct = server.rfb().endpoint();
        vmm::ConsoleEndpoint endpoint = direct;
        endpoint.unixSocket = folder.filePath(QStringLiteral("proxy"));
        CuttingProxy proxy(endpoint.unixSocket, direct.unixSocket);
        QVERIFY(proxy.isListening());
        int spoilt = 0;
        int crashes = 0;
        int pictures = 0;
        for (int i = 0; i < count; ++i) {
            // Half of them in the greetings and the first picture; the others while it lives.
            const qint64 at = random() % 2 ? random() % 400 : random() % 1'000'000;
            const bool spoils = random() % 3 == 0;
            proxy.arm(at, spoils, random());
            ConsoleSession session(SpiceHelperTransport::factory(kHelper));
            int helpers = 0;
            connect(&session, &ConsoleSession::stateChanged, this,
                [&](SessionState state) { helpers += state == SessionState::Connecting; });
            session.open(endpoint);
            const auto isOver = [&session] {
                return session.state() == SessionState::Lost
                    || session.state() == SessionState::TakenOver
                    || session.state() == SessionState::HelperCrashed;
            };
            int afterwards = 0;
            // What is spoilt may be a pixel: then it goes on, and that is right, too.
            const bool isDecided = QTest::qWaitFor(
                [&] {
                    server.goOn();
                    afterwards += proxy.hasStruck();
                    return isOver() || (spoils && afterwards > 200);
                },
                kPatience);
            const QByteArray where = QStringLiteral("seed %1, cut %2 at byte %3%4: %5, %6")
                                         .arg(seed)
                                         .arg(i)
                                         .arg(at)
                                         .arg(spoils ? QStringLiteral(" (spoilt)") : QString(),
                                             nameOf(session.state()), session.endDetail())
                                         .toUtf8();
            QVERIFY2(isDecided, where);
            // Bytes that lie may crash the library, but in the helper only; a mere cut never.
            QVERIFY2(helpers == 1 || spoils, where);
            crashes += helpers > 1;
            if (isOver())
                QVERIFY2(session.endReason() != EndReason::None && !session.endDetail().isEmpty(),
                    where);
            spoilt += spoils;
            pictures += session.firstFrameMs() >= 0;
        }
        qInfo("%d cuts, seed %u, %d of them spoilt, %d after the first picture, %d helpers crashed",
            count, seed, spoilt, pictures, crashes);
        ConsoleSession last(SpiceHelperTransport::factory(kHelper));
        last.open(direct);
        QTRY_COMPARE_WITH_TIMEOUT(last.state(), SessionState::Live, kPatience);
    }
};

QTEST_GUILESS_MAIN(tst_VncCuts)
#include "tst_VncCuts.moc"
