// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A console on a real X server: what is on its screen, not what a widget would paint.
#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "console/DirectPresenter.h"
#include "tests/support/console/FakeTransport.h"
#include "tests/support/console/XServer.h"

#include <QApplication>
#include <QLabel>
#include <QScreen>
#include <QScrollBar>
#include <QTest>
#include <QTimer>
#include <QVBoxLayout>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace console;

namespace {

constexpr int kPatience = 10'000;

/// A guest's screen in a memory file, as the helper makes it.
class SharedScreen {
public:
    explicit SharedScreen(QSize size)
        : m_size(size)
        , m_file(::memfd_create("screen", MFD_CLOEXEC | MFD_ALLOW_SEALING))
    {
        const qsizetype bytes = qsizetype(size.width()) * size.height() * 4;
        if (::ftruncate(m_file.get(), bytes) != 0
            || ::fcntl(m_file.get(), F_ADD_SEALS, F_SEAL_SHRINK) != 0)
            qFatal("no memory file");
        void* pixels
            = ::mmap(nullptr, size_t(bytes), PROT_READ | PROT_WRITE, MAP_SHARED, m_file.get(), 0);
        m_image = QImage(
            static_cast<uchar*>(pixels), size.width(), size.height(), QImage::Format_RGB32,
            [](void* start) { ::munmap(start, 1); }, pixels);
    }

    QImage& image() { return m_image; } ///< what is drawn into it is shared
    GuestPicture picture() const
    {
        const auto buffer = FrameBuffer::map(m_file.get(),
            { .format = protocol::PixelFormat::Xrgb32,
                .width = m_size.width(),
                .height = m_size.height(),
                .stride = m_size.width() * 4 });
        GuestPicture picture(FrameBuffer::image(*buffer));
        picture.memory = *buffer;
        return picture;
    }
    /// Other pixels everywhere each time.
    QRegion scribble(const QRect& area)
    {
        ++m_round;
        for (int y = area.top(); y <= area.bottom(); ++y) {
            for (int x = area.left(); x <= area.right(); ++x)
                m_image.setPixel(
                    x, y, qRgb((x + m_round * 40) & 255, (y * 3) & 255, (x * y + m_round) & 255));
        }
        return area;
    }

private:
    QSize m_size;
    protocol::Fd m_file;
    QImage m_image;
    int m_round = 0;
};

struct Paints : QObject {
    QRegion region;
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            region += static_cast<QPaintEvent*>(event)->region();
        return false;
    }
};

} // namespace

class tst_DirectPresenter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QGuiApplication::platformName() != QLatin1StringView("xcb"))
            QSKIP("no Xvfb");
    }

    void init()
    {
        m_fake = {};
        m_session = std::make_unique<ConsoleSession>(m_fake.factory());
        m_window = std::make_unique<QWidget>();
        m_view = new ConsoleView(m_window.get());
        m_below = new QLabel(QStringLiteral("below"), m_window.get());
        auto* column = new QVBoxLayout(m_window.get());
        column->setContentsMargins(5, 3, 0, 0);
        column->addWidget(m_view, 1);
        column->addWidget(m_below);
        m_view->setScaling(Scaling::OneToOne);
        m_view->setSession(m_session.get());
        m_presenter = m_view->findChild<DirectPresenter*>();
        m_window->setGeometry(20, 20, 400, 300);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_screen = std::make_unique<SharedScreen>(QSize(300, 200));
        m_session->open({ .unixSocket = QStringLiteral("/x") });
        m_fake.latest->goLive({ 300, 200 });
        show(m_screen->picture());
        settle();
    }
    void cleanup()
    {
        m_window.reset();
        m_session.reset();
    }

    void whatIsDrawn_isOnTheScreenWithoutAPaint()
    {
        Paints paints;
        m_view->viewport()->installEventFilter(&paints);
        for (const QRect& area :
            { QRect(0, 0, 300, 200), QRect(17, 33, 40, 50), QRect(299, 199, 1, 1) }) {
            draw(area);
            QVERIFY(isShown(m_screen->image()));
        }
        QCOMPARE(presented(), 3);
        QVERIFY(paints.region.isEmpty());
    }

    void backingStore_followsLater()
    {
        Paints paints;
        m_view->viewport()->installEventFilter(&paints);
        draw({ 10, 10, 100, 20 });
        const QImage presented = onScreen(m_window.get());
        QVERIFY(paints.region.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!paints.region.isEmpty(), kPatience);
        QVERIFY(paints.region.boundingRect().height() <= 24);
        QTest::qWait(0);
        QCOMPARE(onScreen(m_window.get()), presented); // no pixel goes elsewhere
    }

    void windowExposedAgain_showsWhatIsThere()
    {
        draw({ 0, 0, 300, 200 });
        QWidget cover(nullptr, Qt::ToolTip);
        cover.setGeometry(m_window->geometry());
        cover.show();
        QVERIFY(QTest::qWaitForWindowExposed(&cover));
        draw({ 0, 0, 300, 200 }); // under it
        QVERIFY(!isShown(m_screen->image()));
        m_presenter->findChild<QTimer*>()->stop(); // nothing but the exposure tells
        cover.hide();
        QTRY_VERIFY(isShown(m_screen->image()));
    }

    void windowShownAgain_showsWhatIsThere()
    {
        draw({ 0, 0, 300, 200 });
        m_window->hide();
        m_screen->scribble({ 0, 0, 300, 200 });
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QTRY_VERIFY(isShown(m_screen->image()));
    }

    void whatLiesOverThePicture_stays()
    {
        m_view->showHint(QStringLiteral("hint"));
        settle();
        auto* hint = m_view->findChild<QLabel*>(QStringLiteral("consoleHint"));
        const QImage before = onScreen(hint);
        draw({ 0, 0, 300, 200 });
        QCOMPARE(presented(), 0);
        settle();
        QCOMPARE(onScreen(hint), before);
        hint->hide();
        settle();
        draw({ 0, 0, 300, 200 });
        QCOMPARE(presented(), 1);
        QTRY_VERIFY(isShown(m_screen->image()));
        settle();

        auto* over = new QLabel(QStringLiteral("over"), m_window.get());
        over->setAutoFillBackground(true);
        over->setGeometry(30, 30, 100, 40);
        over->show();
        settle();
        const QImage label = onScreen(over);
        draw({ 0, 0, 300, 200 });
        QCOMPARE(presented(), 0);
        settle();
        QCOMPARE(onScreen(over), label);
    }

    void largerThanTheView_staysWithinIt()
    {
        m_screen = std::make_unique<SharedScreen>(QSize(900, 700));
        show(m_screen->picture());
        settle();
        const QImage below = onScreen(m_below);
        const QImage bar = onScreen(m_view->horizontalScrollBar());
        m_view->horizontalScrollBar()->setValue(31);
        m_view->verticalScrollBar()->setValue(77);
        settle();
        draw({ 0, 0, 900, 700 });
        QCOMPARE(presented(), 1);
        const QImage shown = onScreen(m_view->viewport());
        QVERIFY(!shown.isNull());
        // At the edges a pixel may belong to the neighbour, too.
        const QRect inner = QRect(QPoint(), shown.size()).adjusted(4, 4, -4, -4);
        QVERIFY(isPart(m_screen->image().copy(inner.translated(31, 77)), shown, inner.topLeft()));
        QCOMPARE(onScreen(m_below), below);
        QCOMPARE(onScreen(m_view->horizontalScrollBar()).size(), bar.size());
    }

    void monitorThatIsAPart_isShown()
    {
        m_screen = std::make_unique<SharedScreen>(QSize(600, 400));
        m_screen->scribble({ 0, 0, 600, 400 });
        const QRect monitor(250, 150, 300, 200);
        Q_EMIT m_fake.latest->surfaceChanged(m_screen->picture().part(monitor));
        Q_EMIT m_fake.latest->damaged(QRect(0, 0, 300, 200));
        settle();
        m_screen->scribble(monitor);
        Q_EMIT m_fake.latest->damaged(QRect(0, 0, 300, 200));
        QCOMPARE(presented(), 1);
        QTRY_VERIFY(isShown(m_screen->image().copy(monitor)));
    }

    void scaledPicture_isPainted()
    {
        m_view->setScaling(Scaling::FitWindow);
        settle();
        draw({ 0, 0, 300, 200 });
        QCOMPARE(presented(), 0);
        m_view->setScaling(Scaling::OneToOne);
        settle();
        draw({ 0, 0, 300, 200 });
        QCOMPARE(presented(), 1);
        QTRY_VERIFY(isShown(m_screen->image()));
    }

    void notice_isNotPaintedOver()
    {
        m_view->setNotice({ .title = QStringLiteral("notice") });
        draw({ 0, 0, 300, 200 });
        QCOMPARE(presented(), 0);
        m_view->setNotice({});
        settle();
        draw({ 0, 0, 300, 200 });
        QCOMPARE(presented(), 1);
        QTRY_VERIFY(isShown(m_screen->image()));
    }

    void manyInARow_allArriveInTheEnd()
    {
        for (int i = 0; i < 200; ++i)
            Q_EMIT m_fake.latest->damaged(m_screen->scribble({ i, i % 150, 60, 40 }));
        QVERIFY(presented() >= 1);
        QTRY_VERIFY(isShown(m_screen->image()));
    }

private:
    void show(const GuestPicture& picture)
    {
        Q_EMIT m_fake.latest->surfaceChanged(picture);
        Q_EMIT m_fake.latest->damaged(picture.image.rect());
    }
    /// Waits until all that is to be painted has been, and the next is the first that is presented.
    void settle()
    {
        QTest::qWait(700);
        m_before = m_presenter->presented();
    }
    int presented() const { return m_presenter->presented() - m_before; }
    void draw(const QRect& area)
    {
        // One that the server has not read yet would be painted.
        QTRY_VERIFY(onScreen(m_below).size().isValid());
        Q_EMIT m_fake.latest->damaged(m_screen->scribble(area));
    }
    /// The X server's own pixels.
    static QImage onScreen(const QWidget* widget)
    {
        const qreal ratio = widget->devicePixelRatioF();
        QImage image = QGuiApplication::primaryScreen()->grabWindow(0).toImage();
        image.setDevicePixelRatio(1);
        const QPointF place = QPointF(widget->mapToGlobal(QPoint())) * ratio;
        return image.copy(QRect(place.toPoint(), (QSizeF(widget->size()) * ratio).toSize()));
    }
    bool isShown(const QImage& picture) const
    {
        const QImage view = onScreen(m_view->viewport());
        const QPoint middle(
            (view.width() - picture.width()) / 2, (view.height() - picture.height()) / 2);
        return isPart(picture, view, middle);
    }
    /// There, or a pixel or two beside: what is between pixels is rounded by Qt.
    static bool isPart(const QImage& picture, const QImage& view, QPoint place)
    {
        const QImage whole = view.convertToFormat(QImage::Format_RGB32);
        for (int dy = -2; dy <= 2; ++dy) {
            for (int dx = -2; dx <= 2; ++dx) {
                if (whole.copy(QRect(place + QPoint(dx, dy), picture.size())) == picture)
                    return true;
            }
        }
        return false;
    }

    tests::FakeTransports m_fake;
    std::unique_ptr<SharedScreen> m_screen;
    std::unique_ptr<ConsoleSession> m_session;
    std::unique_ptr<QWidget> m_window;
    ConsoleView* m_view = nullptr;
    QLabel* m_below = nullptr;
    DirectPresenter* m_presenter = nullptr;
    int m_before = 0; ///< how often it presented until settle()
};

int main(int argc, char** argv)
{
    const tests::XServer server;
    QApplication app(argc, argv);
    tst_DirectPresenter test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_DirectPresenter.moc"
