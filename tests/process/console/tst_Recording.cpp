// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Films of a real server's screen, made by the real helper and played back by GStreamer.

#include "console/ConsoleSession.h"
#include "console/HelperProcess.h"
#include "console/SpiceHelperTransport.h"
#include "console/helper/ScreenRecorder.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/RfbTestServer.h"
#include "tests/support/console/SpiceTestServer.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <fcntl.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <signal.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

using namespace console;
using tests::RfbTestServer;
using tests::SpiceTestServer;

namespace {

const QString kBin = QStringLiteral(VIRTDECK_BIN_DIR);
constexpr int kPatience = 60'000;

struct Film {
    int pictures = 0;
    qint64 lastMs = 0; ///< when the last picture comes
    QImage first {};
    QImage last {};
};

/// Plays a file to its end; no pictures: it can't be played.
Film play(const QString& path)
{
    gst_init(nullptr, nullptr);
    const QByteArray line = "filesrc location=\"" + path.toUtf8()
        + "\" ! matroskademux ! vp8dec ! videoconvert ! video/x-raw,format=BGRx"
          " ! appsink name=out sync=false";
    GstElement* pipeline = gst_parse_launch(line.constData(), nullptr);
    Film film;
    if (!pipeline)
        return film;
    GstElement* out = gst_bin_get_by_name(GST_BIN(pipeline), "out");
    gst_element_set_state(pipeline, GST_STATE_PLAYING);
    while (GstSample* sample = gst_app_sink_try_pull_sample(GST_APP_SINK(out), 10 * GST_SECOND)) {
        int width = 0;
        int height = 0;
        const GstStructure* form = gst_caps_get_structure(gst_sample_get_caps(sample), 0);
        gst_structure_get_int(form, "width", &width);
        gst_structure_get_int(form, "height", &height);
        GstBuffer* buffer = gst_sample_get_buffer(sample);
        GstMapInfo map;
        gst_buffer_map(buffer, &map, GST_MAP_READ);
        film.last = QImage(map.data, width, height, width * 4, QImage::Format_RGB32).copy();
        gst_buffer_unmap(buffer, &map);
        if (film.first.isNull())
            film.first = film.last;
        ++film.pictures;
        film.lastMs = qint64(GST_BUFFER_PTS(buffer) / 1'000'000);
        gst_sample_unref(sample);
    }
    gst_element_set_state(pipeline, GST_STATE_NULL);
    gst_object_unref(out);
    gst_object_unref(pipeline);
    return film;
}

/// A screen that shows what time it is, as a bar that grows to the right for ten seconds.
class ScreenOfTime {
public:
    ScreenOfTime()
    {
        relay.setVisible(false); // there is no window
        m_image.fill(Qt::black);
        m_since.start();
        relay.show({ .width = m_image.width(),
            .height = m_image.height(),
            .stride = m_image.bytesPerLine(),
            .pixels = m_image.constBits() });
    }

    qint64 time() const { return m_since.elapsed(); }
    void run(int milliseconds)
    {
        const qint64 end = time() + milliseconds;
        while (time() < end) {
            const int width = int(std::min<qint64>(time() / kPerPixel, m_image.width()));
            for (int y = 0; y < m_image.height(); ++y) {
                auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(y));
                std::fill(line, line + width, qRgb(255, 255, 255));
            }
            relay.damageAll();
            QTest::qWait(30);
        }
    }
    /// That of a picture; give or take what the encoder blurs.
    static qint64 timeIn(const QImage& picture)
    {
        int width = 0;
        while (width < picture.width() && qGray(picture.pixel(width, picture.height() / 2)) > 127)
            ++width;
        return width * kPerPixel;
    }

private:
    static constexpr qint64 kPerPixel = 25; ///< ms
    protocol::Fd pair()
    {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
            qFatal("no sockets");
        m_window = protocol::Fd(ends[1]);
        return protocol::Fd(ends[0]);
    }

    protocol::Fd m_window;
    QImage m_image { 640, 64, QImage::Format_RGB32 };
    QElapsedTimer m_since;

public:
    helper::WindowLink link { pair() };
    helper::FrameRelay relay { link };
};

bool isAlmost(QColor colour, QColor wanted)
{
    const auto near = [](int a, int b) { return std::abs(a - b) < 40; };
    return near(colour.red(), wanted.red()) && near(colour.green(), wanted.green())
        && near(colour.blue(), wanted.blue());
}

/// Whether its index and its length were written, which is the last that happens to it.
bool isWhole(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray bytes = file.readAll();
    const auto duration = bytes.indexOf("\x44\x89\x88"); // with a double after it
    if (duration < 0 || !bytes.contains("\x1c\x53\xbb\x6b")) // Cues
        return false;
    const quint64 raw = qFromBigEndian<quint64>(bytes.constData() + duration + 3);
    double milliseconds = 0;
    std::memcpy(&milliseconds, &raw, sizeof raw);
    return milliseconds > 0;
}

} // namespace

class tst_Recording : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<SpiceTestServer>(kBin);
        QVERIFY(m_server->start());
        m_session = std::make_unique<ConsoleSession>([this] {
            auto transport = std::make_unique<SpiceHelperTransport>(
                kBin + QStringLiteral("/virtdeck-console"));
            m_transport = transport.get();
            return transport;
        });
        m_session->open(m_server->endpoint());
        QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    }
    void cleanup()
    {
        m_session.reset();
        m_server.reset();
    }

    void film_showsWhatTheScreenShowed()
    {
        QSignalSpy saved(&recording(), &ScreenRecording::saved);
        recording().start(file("film.webm"));
        QVERIFY(recording().isRecording());
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(file("film.webm")).size() > 0, kPatience);
        m_server->say(QStringLiteral("fill 0 0 1024 768 0000ff"));
        QTRY_COMPARE_WITH_TIMEOUT(
            m_session->frame().pixelColor(500, 400), QColor(Qt::blue), kPatience);
        QTest::qWait(1'500); // the film needs some length
        recording().stop();
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, kPatience);
        QVERIFY(!recording().isRecording());
        const Film film = play(file("film.webm"));
        QVERIFY(film.pictures >= 2);
        QVERIFY(film.lastMs >= 300);
        QCOMPARE(film.last.size(), QSize(1024, 768));
        QVERIFY2(isAlmost(film.last.pixelColor(500, 400), Qt::blue),
            qPrintable(film.last.pixelColor(500, 400).name()));
    }

    void hiddenConsole_isFilmedToo()
    {
        m_session->setVisible(false, this);
        QSignalSpy saved(&recording(), &ScreenRecording::saved);
        recording().start(file("hidden.webm"));
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(file("hidden.webm")).size() > 0, kPatience);
        m_server->say(QStringLiteral("fill 0 0 1024 768 ff0000"));
        QTest::qWait(1000);
        recording().stop();
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, kPatience);
        QVERIFY(isAlmost(play(file("hidden.webm")).last.pixelColor(10, 10), Qt::red));
    }

    /// A VNC server sends only what it is asked for, and a hidden console asks for nothing.
    void hiddenVncConsole_isFilmedToo()
    {
        RfbTestServer server;
        m_session->open(server.endpoint());
        QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
        m_session->setVisible(false, this);
        QTest::qWait(300); // the request that was under way is answered, and none follows
        server.show(0x00ff00);
        QSignalSpy saved(&recording(), &ScreenRecording::saved);
        recording().start(file("vnc.webm"));
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(file("vnc.webm")).size() > 0, kPatience);
        for (const quint32 colour : { 0x0000ffu, 0xff0000u }) {
            server.show(colour);
            QTest::qWait(700);
        }
        recording().stop();
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, kPatience);
        const QColor last = play(file("vnc.webm")).last.pixelColor(10, 10);
        QVERIFY2(isAlmost(last, Qt::red), qPrintable(last.name()));
    }

    void lastMinute_isSavedAfterTheFact()
    {
        QSignalSpy saved(&recording(), &ScreenRecording::saved);
        QSignalSpy failed(&recording(), &ScreenRecording::failed);
        recording().setKeepsPast(true);
        m_server->say(QStringLiteral("fill 0 0 1024 768 00ff00"));
        QTest::qWait(1500);
        recording().savePast(file("past.webm"));
        QTRY_VERIFY_WITH_TIMEOUT(saved.size() + failed.size() == 1, kPatience);
        QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed[0][2].toString()));
        const Film film = play(file("past.webm"));
        QVERIFY(film.pictures >= 1);
        QVERIFY(isAlmost(film.last.pixelColor(10, 10), Qt::green));
        // Once it is not kept any more there is nothing to save.
        recording().setKeepsPast(false);
        recording().savePast(file("none.webm"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    }

    /// Eight seconds pass, the last three are wanted; a film can begin each second.
    void keptPast_isTheLastOfIt()
    {
        ScreenOfTime screen;
        helper::ScreenRecorder recorder(
            screen.link, [&] { return &screen.relay; }, [](bool) {},
            { .kept = 3 * GST_SECOND, .keyUs = 1'000'000 });
        const auto command = [&](protocol::RecordCommand what, protocol::Fd into = {}) {
            recorder.take({ .command = what }, std::move(into));
        };
        command(protocol::RecordCommand::KeepPast);
        screen.run(8'000);
        const QByteArray path = file("kept.webm").toLocal8Bit();
        command(protocol::RecordCommand::SavePast,
            protocol::Fd(::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)));
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(file("kept.webm")), kPatience);

        const Film film = play(file("kept.webm"));
        const qint64 first = screen.timeIn(film.first);
        const qint64 last = screen.timeIn(film.last);
        const QByteArray what = QStringLiteral("%1 pictures, from %2 to %3 ms, the last at %4")
                                    .arg(film.pictures)
                                    .arg(first)
                                    .arg(last)
                                    .arg(film.lastMs)
                                    .toLatin1();
        QVERIFY2(last >= screen.time() - 1'000, what.constData());
        QVERIFY2(last - first >= 2'500 && last - first <= 5'000, what.constData());
        QVERIFY2(std::abs(film.lastMs - (last - first)) < 500, what.constData());
        QVERIFY2(film.pictures > 10 && film.pictures <= 5 * 15 + 1, what.constData());

        // What was kept begins anew when nobody wanted it for a while.
        command(protocol::RecordCommand::ForgetPast);
        command(protocol::RecordCommand::KeepPast);
        screen.run(1'000);
        const QByteArray anew = file("anew.webm").toLocal8Bit();
        command(protocol::RecordCommand::SavePast,
            protocol::Fd(::open(anew.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)));
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(file("anew.webm")), kPatience);
        QVERIFY(screen.timeIn(play(file("anew.webm")).first) >= last - 500);
    }

    void connectionThatEnds_leavesAWholeFile()
    {
        startFilm("cut.webm");
        QSignalSpy saved(&recording(), &ScreenRecording::saved);
        m_session->close();
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, kPatience);
        QVERIFY(!recording().isRecording());
        QVERIFY(isWhole(file("cut.webm"))); // by then, not soon
        QVERIFY(play(file("cut.webm")).pictures >= 1);
    }

    void serverThatDies_leavesAWholeFile()
    {
        startFilm("died.webm");
        QSignalSpy saved(&recording(), &ScreenRecording::saved);
        m_server->kill();
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, kPatience);
        QVERIFY(isWhole(file("died.webm")));
    }

    void helperThatDies_isNoSavedFilm()
    {
        startFilm("broken.webm");
        QSignalSpy saved(&recording(), &ScreenRecording::saved);
        QSignalSpy failed(&recording(), &ScreenRecording::failed);
        ::kill(pid_t(m_transport->helperPid()), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
        QCOMPARE(failed[0][1].value<FilmEnd>(), FilmEnd::HelperEnded);
        QVERIFY(failed[0][2].toString().contains(QStringLiteral("killed")));
        QVERIFY(saved.isEmpty());
    }

    /// What ends with the application is its children, once the windows are gone.
    void applicationThatEnds_waitsForTheFile()
    {
        startFilm("quit.webm");
        m_session.reset();
        const auto retired = qApp->findChildren<HelperProcess*>();
        QVERIFY(!retired.isEmpty());
        qDeleteAll(retired);
        QVERIFY(isWhole(file("quit.webm")));
    }

    void fullDisk_isTold()
    {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            QSKIP("no /dev/full here");
        QSignalSpy failed(&recording(), &ScreenRecording::failed);
        recording().start(QStringLiteral("/dev/full"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
        QCOMPARE(failed.first()[1].value<FilmEnd>(), FilmEnd::NoSpace);
        QVERIFY(!recording().isRecording());
        QCOMPARE(m_session->state(), SessionState::Live);
    }

    void folderThatIsNotThere_isToldAndNothingRecorded()
    {
        QSignalSpy failed(&recording(), &ScreenRecording::failed);
        recording().start(file("nowhere/film.webm"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
        QVERIFY(!recording().isRecording());
    }

    void screenThatChangesItsSize_isFittedIn()
    {
        QSignalSpy saved(&recording(), &ScreenRecording::saved);
        recording().start(file("resized.webm"));
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(file("resized.webm")).size() > 0, kPatience);
        m_server->say(QStringLiteral("mode 800 600"));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->frame().size(), QSize(800, 600), kPatience);
        m_server->say(QStringLiteral("fill 0 0 800 600 0000ff"));
        QTest::qWait(1000);
        recording().stop();
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, kPatience);
        const Film film = play(file("resized.webm"));
        QCOMPARE(film.last.size(), QSize(1024, 768));
        QVERIFY(isAlmost(film.last.pixelColor(512, 384), Qt::blue));
    }

    /// Whoever keeps the past since the firmware's screen gets the desktop's size all the same.
    void screenThatChangesItsSize_isKeptInItsOwn()
    {
        QSignalSpy saved(&recording(), &ScreenRecording::saved);
        QSignalSpy failed(&recording(), &ScreenRecording::failed);
        recording().setKeepsPast(true);
        QTest::qWait(500);
        showBlue({ 1280, 800 });
        recording().savePast(file("past.webm"));
        QTRY_VERIFY_WITH_TIMEOUT(saved.size() + failed.size() == 1, kPatience);
        QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed[0][2].toString()));
        QCOMPARE(play(file("past.webm")).last.size(), QSize(1280, 800));

        startFilm("film.webm");
        showBlue({ 800, 600 });
        recording().stop();
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 2, kPatience);
        QCOMPARE(play(file("film.webm")).last.size(), QSize(1280, 800));
        startFilm("next.webm"); // and the next one is of the size that the screen has by now
        recording().stop();
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 3, kPatience);
        QCOMPARE(play(file("next.webm")).last.size(), QSize(800, 600));
    }

    void keptSeconds_countFromTheLastSize()
    {
        recording().setKeepsPast(true);
        QTRY_VERIFY_WITH_TIMEOUT(recording().keptSeconds() >= 2, kPatience);
        m_server->say(QStringLiteral("mode 800 600"));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->frame().size(), QSize(800, 600), kPatience);
        QVERIFY(recording().keptSeconds() < 2);
    }

private:
    void showBlue(QSize size)
    {
        m_server->say(QStringLiteral("mode %1 %2").arg(size.width()).arg(size.height()));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->frame().size(), size, kPatience);
        m_server->say(QStringLiteral("fill 0 0 %1 %2 0000ff").arg(size.width()).arg(size.height()));
        QTest::qWait(1000);
    }
    void startFilm(const char* name)
    {
        recording().start(file(name));
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(file(name)).size() > 0, kPatience);
        QTest::qWait(500);
    }
    ScreenRecording& recording() { return m_session->recording(); }
    QString file(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SpiceTestServer> m_server;
    std::unique_ptr<ConsoleSession> m_session;
    QPointer<SpiceHelperTransport> m_transport;
};

QTEST_MAIN(tst_Recording)
#include "tst_Recording.moc"
