// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleCard.h"
#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/FakeTransport.h"

#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScreen>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <qpa/qplatformaccessibility.h>
#include <qpa/qplatformintegration.h>

#include <private/qguiapplication_p.h>

#include <algorithm>
#include <cstdlib>
#include <functional>

using namespace console;

namespace {

/// What an object that this filters paints.
struct Painted : QObject {
    QRegion region;
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            region += static_cast<QPaintEvent*>(event)->region();
        return false;
    }
};

/// Where Qt begins to resample decides about the last bit of a colour, or two.
constexpr int kRounding = 4;

/// What is announced while it lives.
class Alerts {
public:
    Alerts()
    {
        QGuiApplicationPrivate::platformIntegration()->accessibility()->setActive(true);
        m_before = QAccessible::installUpdateHandler(&Alerts::take);
        s_texts.clear();
    }
    ~Alerts()
    {
        QAccessible::installUpdateHandler(m_before);
        QGuiApplicationPrivate::platformIntegration()->accessibility()->setActive(false);
    }
    Q_DISABLE_COPY_MOVE(Alerts)

    /// One alert comes, or has come since the last question, and it begins with this.
    bool are(const char* text)
    {
        if (!QTest::qWaitFor([] { return !s_texts.isEmpty(); }))
            return false;
        QTest::qWait(50); // for a second one
        last = s_texts.join(QLatin1Char('|'));
        const bool isOne = s_texts.size() == 1 && last.startsWith(QString::fromUtf8(text));
        s_texts.clear();
        return isOne;
    }
    bool areNone() const { return s_texts.isEmpty(); }

    QString last;

private:
    static void take(QAccessibleEvent* event)
    {
        if (event->type() != QAccessible::Alert)
            return;
        const QAccessibleInterface* about = event->accessibleInterface();
        s_texts.append(about ? about->text(QAccessible::Description) : QString());
    }

    static inline QStringList s_texts;
    QAccessible::UpdateHandler m_before = nullptr;
};

} // namespace

class tst_ConsoleView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform says what it can't do; everything else is a fault.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
        m_fake = {};
        m_session = std::make_unique<ConsoleSession>(m_fake.factory());
        m_window = std::make_unique<QWidget>();
        m_view = new ConsoleView(m_window.get());
        m_neighbour = new QLineEdit(m_window.get());
        auto* column = new QVBoxLayout(m_window.get());
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(m_view, 1);
        column->addWidget(m_neighbour);
        m_view->setSession(m_session.get());
        m_window->resize(700, 560);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_view->setFocus();
        QTRY_VERIFY(m_view->hasFocus());
    }
    void cleanup()
    {
        m_window.reset();
        m_session.reset();
    }

    void oneToOne_showsEveryGuestPixel()
    {
        m_view->setScaling(Scaling::OneToOne);
        goLive({ 320, 200 });
        QImage picture(320, 200, QImage::Format_RGB32);
        for (int y = 0; y < 200; ++y) {
            for (int x = 0; x < 320; ++x)
                picture.setPixel(x, y, qRgb(x & 255, y, (x * 7 + y * 3) & 255));
        }
        Q_EMIT m_fake.latest->surfaceChanged(picture);
        QVERIFY(isShownExactly(picture));
        m_neighbour->hide(); // moves everything; still no pixel is between two
        m_window->layout()->setContentsMargins(3, 1, 2, 5);
        QTest::qWait(0);
        QVERIFY(isShownExactly(picture));
    }

    void fit_fillsTheViewInProportion()
    {
        goLive({ 320, 200 }, true, Qt::red);
        const QImage image = shot();
        const int width = image.width();
        const int height = width * 200 / 320;
        QCOMPARE(image.pixelColor(2, image.height() / 2), QColor(Qt::red));
        QCOMPARE(image.pixelColor(width - 3, image.height() / 2), QColor(Qt::red));
        QCOMPARE(image.pixelColor(width / 2, (image.height() - height) / 2 - 3),
            m_view->palette().color(QPalette::Window));
    }

    void integer_makesEqualBlocks()
    {
        m_view->setScaling(Scaling::Integer);
        const QImage picture = noise({ 61, 47 });
        goLive(picture.size());
        Q_EMIT m_fake.latest->surfaceChanged(picture);
        const QSize room = shot().size();
        const int times = std::min(room.width() / 61, room.height() / 47);
        QVERIFY(times > 1);
        QVERIFY(isShownExactly(picture.scaled(picture.size() * times)));
        m_neighbour->hide(); // the view begins and ends between two pixels of the screen
        m_window->layout()->setContentsMargins(3, 1, 2, 5);
        QTest::qWait(0);
        const QSize other = shot().size();
        QVERIFY(isShownExactly(
            picture.scaled(picture.size() * std::min(other.width() / 61, other.height() / 47))));
    }

    void integer_largerGuestFits()
    {
        m_view->setScaling(Scaling::Integer);
        goLive({ 3000, 500 }, true, Qt::red);
        const QImage image = shot();
        QCOMPARE(image.pixelColor(2, image.height() / 2), QColor(Qt::red));
        QCOMPARE(image.pixelColor(image.width() - 3, image.height() / 2), QColor(Qt::red));
        QCOMPARE(m_view->horizontalScrollBar()->maximum(), 0);
    }

    void zoom_isSoManyScreenPixelsAGuestPixel()
    {
        m_view->setSharp(true);
        const QImage picture = noise({ 80, 60 });
        goLive(picture.size());
        Q_EMIT m_fake.latest->surfaceChanged(picture);
        for (int times : { 2, 3, 5 }) {
            m_view->setZoom(times);
            QCOMPARE(m_view->scale(), qreal(times));
            QVERIFY(isShownExactly(picture.scaled(picture.size() * times)));
        }
        m_view->setZoom(1);
        QCOMPARE(m_view->scaling(), Scaling::OneToOne);
        QVERIFY(isShownExactly(picture));
    }

    void zoom_scrollsToTheLastPixel()
    {
        m_view->setSharp(true);
        const QImage picture = noise({ 300, 200 });
        goLive(picture.size());
        Q_EMIT m_fake.latest->surfaceChanged(picture);
        m_view->setZoom(8);
        QTRY_VERIFY(m_view->horizontalScrollBar()->maximum() > 0);
        m_view->horizontalScrollBar()->setValue(m_view->horizontalScrollBar()->maximum());
        m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum());
        const QImage image = shot();
        QCOMPARE(image.pixel(image.width() - 3, image.height() - 3), picture.pixel(299, 199));
        QCOMPARE(image.pixel(image.width() - 11, image.height() - 11), picture.pixel(298, 198));
        m_fake.latest->log.clear();
        QTest::mouseClick(
            m_view->viewport(), Qt::LeftButton, {}, m_view->viewport()->rect().bottomRight());
        QVERIFY(m_fake.latest->log.value(0).startsWith(QStringLiteral("position 299,199 ")));
    }

    void zoomSteps_goUpAndDown()
    {
        goLive({ 320, 200 });
        m_view->setScaling(Scaling::OneToOne);
        m_view->zoomIn();
        QCOMPARE(m_view->zoom(), 1.1);
        m_view->zoomOut();
        QCOMPARE(m_view->scaling(), Scaling::OneToOne);
        for (int i = 0; i < 40; ++i)
            m_view->zoomIn();
        QCOMPARE(m_view->zoom(), ConsoleView::kMaxZoom);
        for (int i = 0; i < 40; ++i)
            m_view->zoomOut();
        QCOMPARE(m_view->zoom(), ConsoleView::kMinZoom);
    }

    void sharp_hasOnlyGuestColours_data()
    {
        QTest::addColumn<Scaling>("scaling");
        QTest::addColumn<qreal>("zoom");
        QTest::newRow("fit") << Scaling::FitWindow << 1.0;
        QTest::newRow("zoom in") << Scaling::Zoom << 2.5;
        QTest::newRow("zoom out") << Scaling::Zoom << 0.75;
    }

    void sharp_hasOnlyGuestColours()
    {
        QFETCH(Scaling, scaling);
        QFETCH(qreal, zoom);
        m_view->setScaling(scaling);
        if (scaling == Scaling::Zoom)
            m_view->setZoom(zoom);
        const QImage picture = chequers({ 200, 120 });
        goLive(picture.size());
        Q_EMIT m_fake.latest->surfaceChanged(picture);
        QVERIFY(hasMixedColours(shot()));
        m_view->setSharp(true);
        QVERIFY(!hasMixedColours(shot()));
        m_view->setSharp(false);
        QVERIFY(hasMixedColours(shot()));
    }

    /// The guest's pointer is drawn like the picture that it is on.
    void sharpPointer_hasOnlyGuestColours()
    {
        m_view->setZoom(2.5);
        goLive({ 200, 120 }, false, Qt::white);
        const CursorShape shape { .isSet = true,
            .image = chequers({ 24, 24 }).convertToFormat(QImage::Format_ARGB32) };
        Q_EMIT m_fake.latest->cursorChanged(shape);
        Q_EMIT m_fake.latest->cursorMoved({ 61, 33 });
        QVERIFY(hasMixedColours(shot()));
        m_view->setSharp(true);
        const QImage sharp = shot();
        QVERIFY(!hasMixedColours(sharp));
        QVERIFY(has(sharp, Qt::black));

        Q_EMIT m_fake.latest->mouseModeChanged(true); // now it is this desktop's
        QVERIFY(!hasMixedColours(m_view->viewport()->cursor().pixmap().toImage()));
        m_view->setSharp(false);
        QVERIFY(hasMixedColours(m_view->viewport()->cursor().pixmap().toImage()));
    }

    void partOfAScaledPicture_leavesNoSeam_data()
    {
        QTest::addColumn<Scaling>("scaling");
        QTest::addColumn<qreal>("zoom");
        QTest::addColumn<bool>("isSharp");
        QTest::addColumn<QSize>("guest");
        for (bool isSharp : { false, true }) {
            const char* how = isSharp ? "sharp" : "smooth";
            const auto row = [&](const char* name) -> QTestData& {
                return QTest::addRow("%s, %s", name, how);
            };
            row("fit, larger") << Scaling::FitWindow << 1.0 << isSharp << QSize(1024, 768);
            row("fit, smaller") << Scaling::FitWindow << 1.0 << isSharp << QSize(320, 200);
            row("fit, tiny") << Scaling::FitWindow << 1.0 << isSharp << QSize(40, 30);
            row("integer") << Scaling::Integer << 1.0 << isSharp << QSize(150, 110);
            row("quarter") << Scaling::Zoom << 0.25 << isSharp << QSize(1024, 768);
            row("three quarters") << Scaling::Zoom << 0.75 << isSharp << QSize(640, 480);
            row("1.1 times") << Scaling::Zoom << 1.1 << isSharp << QSize(400, 300);
            row("8 times") << Scaling::Zoom << 8.0 << isSharp << QSize(200, 150);
        }
    }

    void partOfAScaledPicture_leavesNoSeam()
    {
        QFETCH(Scaling, scaling);
        QFETCH(qreal, zoom);
        QFETCH(bool, isSharp);
        QFETCH(QSize, guest);
        m_view->setSharp(isSharp);
        m_view->setScaling(scaling);
        if (scaling == Scaling::Zoom)
            m_view->setZoom(zoom);
        QImage picture = noise(guest);
        goLive(guest);
        Q_EMIT m_fake.latest->surfaceChanged(picture);
        Q_EMIT m_fake.latest->damaged(picture.rect());
        repaintAll();
        for (const QRect& part : { QRect(10, 10, 1, 1), QRect(7, 3, 13, 9), QRect(0, 0, 5, 30),
                 QRect(20, 21, 15, 2), QRect(guest.width() - 3, guest.height() - 2, 3, 2) }) {
            invert(picture, part);
            Q_EMIT m_fake.latest->damaged(part);
            QTest::qWait(0);
            const QImage painted = onScreen();
            repaintAll();
            const int off = largestDifference(painted, onScreen());
            QVERIFY2(off <= kRounding, qPrintable(QString::number(off)));
        }
    }

    void damage_repaintsOnlyThere()
    {
        m_view->setScaling(Scaling::OneToOne);
        goLive({ 320, 200 });
        Painted painted;
        QTRY_VERIFY(m_view->isVisible());
        QTest::qWait(0);
        m_view->viewport()->installEventFilter(&painted);
        Q_EMIT m_fake.latest->damaged(QRegion(10, 10, 20, 20));
        QTRY_VERIFY(!painted.region.isEmpty());
        QVERIFY(painted.region.boundingRect().width() <= 22);
        QVERIFY(painted.region.boundingRect().height() <= 22);
    }

    void keys_goToTheGuest_tabAndShortcutsToo()
    {
        goLive();
        bool fired = false;
        QShortcut shortcut(QKeySequence(QStringLiteral("Ctrl+Q")), m_window.get());
        connect(&shortcut, &QShortcut::activated, this, [&fired] { fired = true; });
        QTest::keyClick(m_view, Qt::Key_A);
        QTest::keyClick(m_view, Qt::Key_Tab);
        QTest::keyClick(m_view, Qt::Key_Q, Qt::ControlModifier); // with Ctrl's own events
        QVERIFY(!fired);
        QVERIFY(m_view->hasFocus());
        QCOMPARE(keysSent(),
            QStringList({ QStringLiteral("key 1e down"), QStringLiteral("key 1e up"),
                QStringLiteral("key f down"), QStringLiteral("key f up"),
                QStringLiteral("key 1d down"), QStringLiteral("key 10 down"),
                QStringLiteral("key 10 up"), QStringLiteral("key 1d up") }));
    }

    void nativeScanCode_winsOverTheName()
    {
        goLive();
        // Y on a German keyboard: the key is where a US keyboard has Z.
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Y, Qt::NoModifier, 44 + 8, 0, 0);
        QKeyEvent release(QEvent::KeyRelease, Qt::Key_Y, Qt::NoModifier, 44 + 8, 0, 0);
        QCoreApplication::sendEvent(m_view, &press);
        QCoreApplication::sendEvent(m_view, &release);
        QCOMPARE(keysSent(),
            QStringList({ QStringLiteral("key 2c down"), QStringLiteral("key 2c up") }));
    }

    void lockKeysOfThisKeyboard_areToldToTheGuest()
    {
        goLive();
        QKeyEvent press(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, 30 + 8, 0, 0x2);
        QCoreApplication::sendEvent(m_view, &press);
        QVERIFY(m_fake.latest->log.contains(QStringLiteral("locks caps 1 num 0")));
    }

    void autorepeat_isRepeatedPressesAndOneRelease()
    {
        goLive();
        const auto send = [this](QEvent::Type type, bool repeat) {
            QKeyEvent event(type, Qt::Key_A, Qt::NoModifier, 30 + 8, 0, 0, {}, repeat);
            QCoreApplication::sendEvent(m_view, &event);
        };
        send(QEvent::KeyPress, false);
        for (int i = 0; i < 2; ++i) {
            send(QEvent::KeyRelease, true);
            send(QEvent::KeyPress, true);
        }
        send(QEvent::KeyRelease, false);
        QCOMPARE(keysSent(),
            QStringList({ QStringLiteral("key 1e down"), QStringLiteral("key 1e down"),
                QStringLiteral("key 1e down"), QStringLiteral("key 1e up") }));
    }

    void focusLost_releasesHeldKeys()
    {
        goLive();
        QTest::keyPress(m_view, Qt::Key_Shift, Qt::ShiftModifier);
        QTest::keyPress(m_view, Qt::Key_B, Qt::ShiftModifier);
        m_neighbour->setFocus();
        QTRY_VERIFY(!m_view->hasFocus());
        QVERIFY(keysSent().contains(QStringLiteral("key 2a up")));
        QVERIFY(keysSent().contains(QStringLiteral("key 30 up")));
    }

    void ctrlAlt_leavesTheView()
    {
        goLive();
        sendKey(QEvent::KeyPress, Qt::Key_Control, Qt::NoModifier);
        sendKey(QEvent::KeyPress, Qt::Key_Alt, Qt::ControlModifier);
        sendKey(QEvent::KeyRelease, Qt::Key_Alt, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(!m_view->hasFocus());
        QCOMPARE(keysSent().filter(QStringLiteral("down")).size(),
            keysSent().filter(QStringLiteral("up")).size());
    }

    void ctrlAltWithAnotherKey_staysInTheView()
    {
        goLive();
        constexpr auto both = Qt::ControlModifier | Qt::AltModifier;
        sendKey(QEvent::KeyPress, Qt::Key_Control, Qt::NoModifier);
        sendKey(QEvent::KeyPress, Qt::Key_Alt, Qt::ControlModifier);
        sendKey(QEvent::KeyPress, Qt::Key_F2, both);
        sendKey(QEvent::KeyRelease, Qt::Key_F2, both);
        sendKey(QEvent::KeyRelease, Qt::Key_Alt, both);
        sendKey(QEvent::KeyRelease, Qt::Key_Control, Qt::ControlModifier);
        QVERIFY(m_view->hasFocus());
        QVERIFY(keysSent().contains(QStringLiteral("key 3c down")));
    }

    void ctrlAltWithSomethingThatIsNotTheGuests_staysInTheView()
    {
        goLive();
        constexpr auto both = Qt::ControlModifier | Qt::AltModifier;
        m_view->setHostShortcuts({ QKeySequence(both | Qt::Key_T) });
        const QPointF at = m_view->viewport()->rect().center();
        const std::function<void()> others[] = {
            [&] { sendKey(QEvent::ShortcutOverride, Qt::Key_T, both); }, // a shortcut: no press
            [&] { sendKey(QEvent::KeyPress, Qt::Key_T, both); },
            [&] { m_view->sendKeyCombination({ Qt::Key_Delete }); },
            [&] { QTest::mousePress(m_view->viewport(), Qt::LeftButton, both, at.toPoint()); },
            [&] {
                QWheelEvent wheel(at, m_view->viewport()->mapToGlobal(at), {}, { 0, 120 },
                    Qt::NoButton, both, Qt::NoScrollPhase, false);
                QCoreApplication::sendEvent(m_view->viewport(), &wheel);
            },
        };
        for (const auto& other : others) {
            sendKey(QEvent::KeyPress, Qt::Key_Control, Qt::NoModifier);
            sendKey(QEvent::KeyPress, Qt::Key_Alt, Qt::ControlModifier);
            other();
            sendKey(QEvent::KeyRelease, Qt::Key_Alt, both);
            sendKey(QEvent::KeyRelease, Qt::Key_Control, Qt::ControlModifier);
            QVERIFY2(m_view->hasFocus(), qPrintable(QString::number(&other - others)));
        }
    }

    void combination_isSent()
    {
        goLive();
        m_view->sendKeyCombination({ Qt::Key_Control, Qt::Key_Alt, Qt::Key_Delete });
        QVERIFY(keysSent().contains(QStringLiteral("key 153 down")));
        QCOMPARE(keysSent().size(), 6);
    }

    void absolutePointer_isMappedToTheGuest()
    {
        goLive({ 320, 200 });
        const QRect view = m_view->viewport()->rect();
        QTest::mouseMove(m_view->viewport(), view.center());
        QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, view.center());
        QTRY_VERIFY(m_fake.latest->log.contains(QStringLiteral("button 3 down buttons 4")));
        QTRY_VERIFY(m_fake.latest->log.contains(QStringLiteral("button 3 up buttons 0")));
        const auto positions = m_fake.latest->log.filter(
            QRegularExpression(QStringLiteral("^position (159|160),(99|100) ")));
        QVERIFY(!positions.isEmpty());
    }

    void clickBesideThePicture_isNotTheGuests()
    {
        m_view->setScaling(Scaling::OneToOne);
        goLive({ 100, 100 });
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, QPoint(3, 3));
        QVERIFY(m_fake.latest->log.filter(QStringLiteral("down")).isEmpty());
    }

    void wheel_becomesButtonSteps()
    {
        goLive();
        const QPointF at = m_view->viewport()->rect().center();
        for (int i = 0; i < 4; ++i) {
            QWheelEvent wheel(at, m_view->viewport()->mapToGlobal(at), {}, { 0, 60 }, Qt::NoButton,
                Qt::NoModifier, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(m_view->viewport(), &wheel);
        }
        QCOMPARE(m_fake.latest->log.filter(QStringLiteral("button 4 down")).size(), 2);
        QCOMPARE(m_fake.latest->log.filter(QStringLiteral("button 4 up")).size(), 2);
    }

    void relativePointer_isCapturedByClickAndReleasedByCtrlAlt()
    {
        goLive({ 320, 200 }, false);
        QSignalSpy captures(m_view, &ConsoleView::pointerCaptureChanged);
        const QPoint centre = m_view->viewport()->rect().center();
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, centre);
        QTRY_VERIFY(m_view->isPointerCaptured());
        QCOMPARE(m_view->viewport()->cursor().shape(), Qt::BlankCursor);
        auto* hint = m_view->findChild<QLabel*>(QStringLiteral("consoleHint"));
        QVERIFY(hint->isVisible());
        QVERIFY(hint->text().contains(QStringLiteral("Ctrl+Alt")));
        QVERIFY(m_fake.latest->log.filter(QStringLiteral("button 1 down")).isEmpty());

        m_fake.latest->log.clear();
        moveTo(centre);
        QPoint at = centre;
        QPoint sum;
        for (int i = 0; i < 20; ++i) {
            const QPoint step(i % 5 - 1, 2 - i % 3);
            at += step;
            sum += step;
            moveTo(at);
        }
        QVERIFY((QPointF(motionSent()) - QPointF(sum) * ratio()).manhattanLength() < 2);

        sendKey(QEvent::KeyPress, Qt::Key_Control, Qt::NoModifier);
        sendKey(QEvent::KeyPress, Qt::Key_Alt, Qt::ControlModifier);
        sendKey(QEvent::KeyRelease, Qt::Key_Alt, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!m_view->isPointerCaptured());
        QVERIFY(m_view->hasFocus()); // the second Ctrl+Alt leaves the view
        QCOMPARE(captures.size(), 2);
        QVERIFY(!hint->isVisible());
    }

    void motionThatComesTogetherWithTheWarp_isAllThatIsSent()
    {
        goLive({ 320, 200 }, false);
        const QPoint centre = m_view->viewport()->rect().center();
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, centre);
        moveTo(centre);
        m_fake.latest->log.clear();
        const QPoint far(m_view->viewport()->width() / 4 + 20, 0);
        moveTo(centre + far / 2);
        moveTo(centre + far); // from where it is put back to the centre
        moveTo(centre + far + QPoint(8, 1)); // not there yet
        moveTo(centre + QPoint(6, 3)); // there, and six further
        moveTo(centre + QPoint(1, 1)); // the user's own way through the centre
        QCOMPARE(motionSent(), (QPointF(far + QPoint(9, 2)) * ratio()).toPoint());
    }

    void guestCursor_isShownAtTheSizeOfItsPixels()
    {
        goLive({ 320, 200 });
        QImage arrow(16, 16, QImage::Format_ARGB32);
        arrow.fill(Qt::green);
        Q_EMIT m_fake.latest->cursorChanged({ .isSet = true, .image = arrow, .hotspot = { 4, 6 } });
        const QCursor cursor = m_view->viewport()->cursor();
        const qreal scale = m_view->viewport()->width() / 320.0;
        QVERIFY(qAbs(cursor.pixmap().deviceIndependentSize().width() - 16 * scale) <= 1);
        QVERIFY(qAbs(cursor.hotSpot().x() - 4 * scale) <= 1);
        Q_EMIT m_fake.latest->cursorChanged({ .isSet = true });
        QCOMPARE(m_view->viewport()->cursor().shape(), Qt::BlankCursor);
    }

    void relativePointerThatChangesItsLook_isPainted()
    {
        m_view->setScaling(Scaling::OneToOne);
        goLive({ 320, 200 }, false);
        Painted painted;
        m_view->viewport()->installEventFilter(&painted);
        QImage arrow(16, 16, QImage::Format_ARGB32);
        for (const Qt::GlobalColor colour : { Qt::green, Qt::red }) {
            painted.region = {};
            arrow.fill(colour);
            Q_EMIT m_fake.latest->cursorChanged({ .isSet = true, .image = arrow });
            QTRY_VERIFY(!painted.region.isEmpty());
            QTest::qWait(0);
        }
        QVERIFY(painted.region.boundingRect().width() <= 18);
        QVERIFY(painted.region.boundingRect().height() <= 18);
    }

    void everyEndState_hasACardWithAWayOut_data()
    {
        QTest::addColumn<EndReason>("reason");
        QTest::addColumn<QString>("says");
        QTest::newRow("lost") << EndReason::ServerClosed << QStringLiteral("Disconnected");
        QTest::newRow("password") << EndReason::AuthenticationFailed << QStringLiteral("password");
        QTest::newRow("taken over") << EndReason::TakenOver << QStringLiteral("took over");
    }

    void everyEndState_hasACardWithAWayOut()
    {
        QFETCH(EndReason, reason);
        QFETCH(QString, says);
        goLive({ 320, 200 }, true, Qt::red);
        Q_EMIT m_fake.latest->ended(reason, QStringLiteral("raw detail"));
        auto* card = m_view->findChild<ConsoleCard*>();
        QVERIFY(card->isVisible());
        QVERIFY2((card->accessibleName() + card->accessibleDescription()).contains(says),
            qPrintable(card->accessibleName() + card->accessibleDescription()));
        // What is being typed meanwhile presses nothing.
        QVERIFY(m_view->hasFocus());
        QSignalSpy asked(m_view, &ConsoleView::reconnectRequested);
        QTest::keyClick(m_view, Qt::Key_Space);
        QTest::keyClick(m_view, Qt::Key_Return);
        QTest::keyClick(m_view, Qt::Key_Tab);
        QVERIFY(m_view->hasFocus());
        QCOMPARE(asked.size(), 0);
        QTest::qWait(int(TypingOn::kPause.count()) + 50); // a pause is what it is about
        QTest::keyClick(m_view, Qt::Key_Tab);
        QVERIFY(card->actionButton()->hasFocus());
        // The last picture is there, without its colours.
        const QColor stale = shot().pixelColor(5, shot().height() / 2);
        QVERIFY(stale != QColor(Qt::red));
        QCOMPARE(stale.red(), stale.green());
        QVERIFY(stale != m_view->palette().color(QPalette::Window));

        QTest::keyClick(card->actionButton(), Qt::Key_Space);
        QCOMPARE(asked.size(), 1);
        m_session->reconnect();
        m_fake.latest->goLive();
        QVERIFY(!card->isVisible());
        QVERIFY(m_view->hasFocus());
    }

    void connectionThatComesBack_leavesTheFocusElsewhere()
    {
        goLive();
        Q_EMIT m_fake.latest->ended(EndReason::ServerClosed, {});
        m_view->findChild<ConsoleCard*>()->actionButton()->setFocus();
        m_neighbour->setFocus();
        QTRY_VERIFY(m_neighbour->hasFocus());
        m_session->reconnect(); // as it does by itself
        m_fake.latest->goLive();
        QVERIFY(m_neighbour->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_A);
        QCOMPARE(m_neighbour->text(), QStringLiteral("a"));
        QVERIFY(keysSent().isEmpty());
    }

    void machineOff_saysSo()
    {
        goLive();
        m_session->setMachineState(vmm::VmState::ShutOff);
        Q_EMIT m_fake.latest->ended(EndReason::ServerClosed, {});
        auto* card = m_view->findChild<ConsoleCard*>();
        QCOMPARE(card->accessibleName(), QStringLiteral("The machine is off"));
        QVERIFY(!card->actionButton()->isVisible());
    }

    void connecting_saysSoOnlyAfterAWhile()
    {
        auto* card = m_view->findChild<ConsoleCard*>();
        m_session->open({ .unixSocket = QStringLiteral("/x") });
        QVERIFY(!card->isVisible());
        QTRY_VERIFY(card->isVisible());
        QCOMPARE(card->accessibleName(), QStringLiteral("Connecting…"));
        m_fake.latest->goLive();
        QVERIFY(!card->isVisible());
    }

    /// To assistive technology, which would read out each.
    void everyState_isAnnouncedOnce()
    {
        Alerts alerts;
        m_session->open({ .unixSocket = QStringLiteral("/x") });
        QVERIFY2(alerts.are("Connecting…"), qPrintable(alerts.last));
        Q_EMIT m_fake.latest->stageReached(SessionState::Authenticating);
        Q_EMIT m_fake.latest->stageReached(SessionState::Live);
        QVERIFY2(alerts.are("Waiting for the picture…"), qPrintable(alerts.last));
        m_fake.latest->goLive();
        QVERIFY2(alerts.are("Connected."), qPrintable(alerts.last));
        Q_EMIT m_fake.latest->damaged(QRect(0, 0, 10, 10)); // no news
        Q_EMIT m_fake.latest->responsiveChanged(false);
        QVERIFY2(alerts.are("The machine does not answer"), qPrintable(alerts.last));
        Q_EMIT m_fake.latest->responsiveChanged(true);
        QVERIFY2(alerts.are("Connected."), qPrintable(alerts.last));
        Q_EMIT m_fake.latest->displayOnChanged(false);
        QVERIFY2(alerts.are("The machine has turned its screen off"), qPrintable(alerts.last));
        Q_EMIT m_fake.latest->displayOnChanged(true);
        QVERIFY2(alerts.are("Connected."), qPrintable(alerts.last));
        m_view->setNotice({ .title = QStringLiteral("The machine is paused"),
            .reason = QStringLiteral("Somebody wants it so."),
            .action = QStringLiteral("&Resume") });
        QVERIFY2(alerts.are("The machine is paused"), qPrintable(alerts.last));
        m_view->setNotice({});
        QVERIFY2(alerts.are("Connected."), qPrintable(alerts.last));
        m_view->setViewOnly(true);
        QVERIFY2(alerts.are("Connected. Keys and pointer do not go to the machine."),
            qPrintable(alerts.last));
        m_view->setViewOnly(false);
        QVERIFY2(
            alerts.are("Connected. Keys and pointer go to the machine."), qPrintable(alerts.last));

        Q_EMIT m_fake.latest->ended(EndReason::ServerClosed, QStringLiteral("raw detail"));
        QVERIFY2(alerts.are("Disconnected"), qPrintable(alerts.last));
        QVERIFY2(alerts.last.contains(QStringLiteral("The server ended the connection."))
                && alerts.last.contains(QStringLiteral("Press Tab")),
            qPrintable(alerts.last));
        m_session->setMachineState(vmm::VmState::ShutOff);
        QVERIFY2(alerts.are("The machine is off"), qPrintable(alerts.last));
        m_session->setMachineState(vmm::VmState::Running);
        QVERIFY2(alerts.are("Not connected"), qPrintable(alerts.last));
        m_session->reconnect();
        m_fake.latest->goLive();
        QVERIFY2(alerts.are("Connected."), qPrintable(alerts.last));
        Q_EMIT m_fake.latest->ended(EndReason::TakenOver, {});
        QVERIFY2(alerts.are("Another client took over this console"), qPrintable(alerts.last));
        QTest::qWait(400); // longer than the delay of a card: nothing more is to come
        QVERIFY(alerts.areNone());
    }

    void hiddenView_stopsTheTransfer()
    {
        goLive();
        QVERIFY(m_fake.latest->visible);
        m_view->hide();
        QVERIFY(!m_fake.latest->visible);
        m_view->show();
        QVERIFY(m_fake.latest->visible);
    }

    void largeGuestOneToOne_scrolls()
    {
        m_view->setScaling(Scaling::OneToOne);
        goLive({ 2000, 1500 });
        QTRY_VERIFY(m_view->horizontalScrollBar()->maximum() > 0);
        m_view->horizontalScrollBar()->setValue(m_view->horizontalScrollBar()->maximum());
        m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum());
        m_fake.latest->log.clear();
        const QRect view = m_view->viewport()->rect();
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, view.bottomRight());
        const QStringList at
            = m_fake.latest->log.value(0).section(QLatin1Char(' '), 1, 1).split(QLatin1Char(','));
        QVERIFY(at.value(0).toInt() > 1999 - ratio() && at.value(1).toInt() > 1499 - ratio());
        m_view->setScaling(Scaling::FitWindow);
        QCOMPARE(m_view->horizontalScrollBar()->maximum(), 0);
    }

    void guestFollowsSize_asksTheAgent()
    {
        m_view->setGuestFollowsSize(true);
        goLive();
        Q_EMIT m_fake.latest->agentChanged(true);
        QTRY_VERIFY(!m_fake.latest->log.filter(QStringLiteral("size ")).isEmpty());
        m_window->resize(820, 640);
        const QSizeF room = QSizeF(m_view->maximumViewportSize()) * ratio();
        const QString expected
            = QStringLiteral("size %1x%2").arg(int(room.width()) & ~1).arg(int(room.height()) & ~1);
        QTRY_VERIFY2(m_fake.latest->log.contains(expected), qPrintable(expected));
    }

    void sessionDestroyed_leavesAnEmptyView()
    {
        goLive();
        m_session.reset();
        QVERIFY(!m_view->session());
        QTest::keyClick(m_view, Qt::Key_A);
        shot();
    }

private:
    /// No pixel like its neighbours.
    static QImage noise(QSize size)
    {
        QImage picture(size, QImage::Format_RGB32);
        quint32 state = 1;
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                state = state * 1'664'525 + 1'013'904'223;
                picture.setPixel(x, y, 0xff000000 | state >> 8);
            }
        }
        return picture;
    }
    static QImage chequers(QSize size)
    {
        QImage picture(size, QImage::Format_RGB32);
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x)
                picture.setPixel(x, y, (x + y) % 2 ? qRgb(255, 255, 255) : qRgb(0, 0, 0));
        }
        return picture;
    }
    static bool has(const QImage& image, QColor colour)
    {
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y) == colour)
                    return true;
            }
        }
        return false;
    }
    /// Other than black, white and what is around a picture.
    bool hasMixedColours(const QImage& image) const
    {
        const QRgb allowed[] = { qRgb(0, 0, 0), qRgb(255, 255, 255),
            m_view->palette().color(QPalette::Window).rgb() };
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (std::find(std::begin(allowed), std::end(allowed), image.pixel(x, y))
                    == std::end(allowed))
                    return true;
            }
        }
        return false;
    }
    void repaintAll()
    {
        m_view->viewport()->repaint(); // the window alone would not: it is opaque
        QTest::qWait(0);
    }
    /// Of one channel of a pixel.
    static int largestDifference(const QImage& a, const QImage& b)
    {
        int largest = a.size() == b.size() ? 0 : 255;
        for (int y = 0; largest < 255 && y < a.height(); ++y) {
            for (int x = 0; x < a.width(); ++x) {
                const QColor one = a.pixelColor(x, y);
                const QColor other = b.pixelColor(x, y);
                largest = std::max({ largest, std::abs(one.red() - other.red()),
                    std::abs(one.green() - other.green()), std::abs(one.blue() - other.blue()) });
            }
        }
        return largest;
    }
    /// Where it is: a session's picture changes while it is shown.
    static void invert(QImage& picture, const QRect& part)
    {
        for (int y = part.top(); y <= part.bottom(); ++y) {
            auto* line = reinterpret_cast<QRgb*>(const_cast<uchar*>(picture.constScanLine(y)));
            for (int x = part.left(); x <= part.right(); ++x)
                line[x] ^= 0xffffff;
        }
    }
    void goLive(QSize size = { 320, 200 }, bool absolute = true, QColor colour = Qt::darkCyan)
    {
        m_session->open({ .unixSocket = QStringLiteral("/x") });
        m_fake.latest->goLive(size, absolute, colour);
        m_fake.latest->log.clear();
    }
    QStringList keysSent() const { return m_fake.latest->log.filter(QStringLiteral("key ")); }
    QPoint motionSent() const
    {
        QPoint sum;
        for (const QString& line : m_fake.latest->log.filter(QStringLiteral("motion"))) {
            const QStringList parts = line.section(QLatin1Char(' '), 1, 1).split(QLatin1Char(','));
            sum += QPoint(parts.value(0).toInt(), parts.value(1).toInt());
        }
        return sum;
    }
    /// As a platform does it: modifiers as they were before the event. QTest::keyPress would add
    /// events of its own for them.
    void sendKey(QEvent::Type type, Qt::Key key, Qt::KeyboardModifiers modifiers)
    {
        QKeyEvent event(type, key, modifiers);
        QCoreApplication::sendEvent(m_view, &event);
    }
    qreal ratio() const { return m_view->devicePixelRatioF(); }
    /// The view in device pixels, as it is in its window: painted anew.
    QImage shot() const { return viewIn(m_window->grab().toImage()); }
    /// The same as it was painted so far, part by part.
    QImage onScreen() const
    {
        return viewIn(m_window->screen()->grabWindow(m_window->winId()).toImage());
    }
    QImage viewIn(QImage image) const
    {
        image.setDevicePixelRatio(1);
        const QPointF origin = m_view->viewport()->mapTo(m_window.get(), QPointF()) * ratio();
        const QSizeF size = QSizeF(m_view->viewport()->size()) * ratio();
        return image.copy(QRectF(origin, size).toRect()).convertToFormat(QImage::Format_RGB32);
    }
    /// Pixel by pixel, in the middle of the view give or take the rounding.
    bool isShownExactly(const QImage& picture) const
    {
        const QImage image = shot();
        const QPoint middle(
            (image.width() - picture.width()) / 2, (image.height() - picture.height()) / 2);
        for (int dy = -2; dy <= 2; ++dy) {
            for (int dx = -2; dx <= 2; ++dx) {
                if (image.copy(QRect(middle + QPoint(dx, dy), picture.size())) == picture)
                    return true;
            }
        }
        return false;
    }
    void moveTo(QPoint at)
    {
        QMouseEvent move(QEvent::MouseMove, at, m_view->viewport()->mapToGlobal(at), Qt::NoButton,
            Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_view->viewport(), &move);
    }

    tests::FakeTransports m_fake;
    std::unique_ptr<ConsoleSession> m_session;
    std::unique_ptr<QWidget> m_window;
    ConsoleView* m_view = nullptr;
    QLineEdit* m_neighbour = nullptr;
};

QTEST_MAIN(tst_ConsoleView)
#include "tst_ConsoleView.moc"
