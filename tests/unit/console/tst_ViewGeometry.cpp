// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/PointerInput.h"
#include "console/ViewGeometry.h"

#include <QTest>

#include <cmath>

using namespace console;

namespace {

constexpr qreal kRatios[] = { 1, 1.25, 1.5, 1.75, 2 };

/// Each way to scale; zoom in and out.
struct Way {
    Scaling scaling;
    qreal zoom = 1;
};
constexpr Way kWays[] = { { Scaling::OneToOne }, { Scaling::FitWindow }, { Scaling::Integer },
    { Scaling::Zoom, 0.75 }, { Scaling::Zoom, 2.5 }, { Scaling::Zoom, 8 } };

bool isWhole(qreal value)
{
    return std::abs(value - std::round(value)) < 1e-6;
}

} // namespace

class tst_ViewGeometry : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneToOne_putsGuestPixelsOnScreenPixels()
    {
        for (qreal ratio : kRatios) {
            for (int offset = 0; offset < 8; ++offset) {
                const ViewGeometry geometry({ .guest = { 640, 480 },
                    .view = { 801, 603 },
                    .devicePixelRatio = ratio,
                    .scaling = Scaling::OneToOne,
                    .windowOffset = { offset, 2 * offset + 1 } });
                QCOMPARE(geometry.target().size(), QSizeF(640, 480));
                QVERIFY(!geometry.isScaled());
                // On whole pixels of the window, not only of the view.
                QVERIFY(isWhole(geometry.target().x() + offset * ratio));
                QVERIFY(isWhole(geometry.target().y() + (2 * offset + 1) * ratio));
            }
        }
    }

    void everyGuestPixel_isFoundUnderItsOwnMiddle()
    {
        for (qreal ratio : kRatios) {
            for (const auto& [scaling, zoom] : kWays) {
                const ViewGeometry geometry({ .guest = { 320, 200 },
                    .view = { 700, 500 },
                    .devicePixelRatio = ratio,
                    .scaling = scaling,
                    .zoom = zoom });
                for (QPoint pixel : { QPoint(0, 0), QPoint(319, 199), QPoint(160, 100),
                         QPoint(319, 0), QPoint(1, 198) }) {
                    const QPointF middle
                        = (geometry.fromGuest(pixel) + geometry.fromGuest(pixel + QPoint(1, 1)))
                        / 2;
                    QCOMPARE(geometry.toGuest(middle), pixel);
                    QVERIFY(geometry.contains(middle));
                }
            }
        }
    }

    void fit_keepsProportionsAndFillsOneSide()
    {
        for (qreal ratio : kRatios) {
            for (QSize view : { QSize(400, 900), QSize(1600, 300), QSize(1920, 1080) }) {
                const ViewGeometry geometry({ .guest = { 1024, 768 },
                    .view = view,
                    .devicePixelRatio = ratio,
                    .scaling = Scaling::FitWindow });
                const QSize room = geometry.viewInDevicePixels();
                const QRectF target = geometry.target();
                QVERIFY(
                    int(target.width()) == room.width() || int(target.height()) == room.height());
                QVERIFY(target.width() <= room.width() && target.height() <= room.height());
                QVERIFY(std::abs(target.width() / target.height() - 1024.0 / 768) < 0.01);
            }
        }
    }

    void pictureThatFits_isAllSeen()
    {
        for (qreal ratio : kRatios) {
            for (int offset = 0; offset < 8; ++offset) {
                for (int length = 600; length < 608; ++length) {
                    ViewGeometry::Input input { .view = { length, length + 1 },
                        .devicePixelRatio = ratio,
                        .scaling = Scaling::OneToOne,
                        .windowOffset = { offset, offset + 3 } };
                    const QPointF begin = QPointF(input.windowOffset) * ratio;
                    const QPointF end
                        = begin + QPointF(input.view.width(), input.view.height()) * ratio;
                    input.guest = ViewGeometry(input).viewInDevicePixels();
                    QVERIFY(input.guest.width() > length * ratio - 2);
                    QVERIFY(input.guest.height() > (length + 1) * ratio - 2);
                    const ViewGeometry geometry(input);
                    const QRectF target = geometry.target().translated(begin);
                    QVERIFY(target.left() >= begin.x() && target.top() >= begin.y());
                    QVERIFY(target.right() <= end.x() && target.bottom() <= end.y());
                    QCOMPARE(geometry.scrollRange(), QSize(0, 0));
                }
            }
        }
    }

    void integer_isTheLargestMultipleThatFits()
    {
        for (qreal ratio : kRatios) {
            for (int offset = 0; offset < 8; ++offset) {
                ViewGeometry::Input input { .guest = { 320, 200 },
                    .view = { 801, 603 },
                    .devicePixelRatio = ratio,
                    .scaling = Scaling::Integer,
                    .windowOffset = { offset, 2 * offset + 1 } };
                const ViewGeometry geometry(input);
                const int times = geometry.viewInDevicePixels().width() / 320;
                QCOMPARE(geometry.target().size(), QSizeF(320 * times, 200 * times));
                QCOMPARE(geometry.scale(), qreal(times));
                QVERIFY(isWhole(geometry.target().x() + offset * ratio));
                QVERIFY(isWhole(geometry.target().y() + (2 * offset + 1) * ratio));
                QCOMPARE(geometry.scrollRange(), QSize(0, 0));
                input.guest = { 3000, 100 }; // larger: as FitWindow
                QCOMPARE(int(ViewGeometry(input).target().width()),
                    ViewGeometry(input).viewInDevicePixels().width());
            }
        }
    }

    void zoom_isSoManyDevicePixels()
    {
        for (qreal ratio : kRatios) {
            for (qreal zoom : { 0.25, 1 / 3.0, 0.9, 1.1, 1.75, 8.0 }) {
                const ViewGeometry geometry({ .guest = { 1024, 768 },
                    .view = { 801, 603 },
                    .devicePixelRatio = ratio,
                    .scaling = Scaling::Zoom,
                    .zoom = zoom,
                    .windowOffset = { 3, 1 } });
                const QRectF target = geometry.target();
                QCOMPARE(target.size().toSize(), (QSizeF(1024, 768) * zoom).toSize());
                QVERIFY(isWhole(target.x() + 3 * ratio) && isWhole(target.y() + ratio));
            }
        }
    }

    void outside_isTheNearestGuestPixel()
    {
        const ViewGeometry geometry(
            { .guest = { 320, 200 }, .view = { 800, 600 }, .scaling = Scaling::OneToOne });
        QCOMPARE(geometry.toGuest({ -100, -100 }), QPoint(0, 0));
        QCOMPARE(geometry.toGuest({ 9999, 300 }).x(), 319);
        QVERIFY(!geometry.contains({ 1, 1 }));
    }

    void largerGuest_scrollsToItsLastPixel()
    {
        for (qreal ratio : kRatios) {
            ViewGeometry::Input input { .guest = { 3000, 2000 },
                .view = { 500, 400 },
                .devicePixelRatio = ratio,
                .scaling = Scaling::OneToOne };
            const QSize range = ViewGeometry(input).scrollRange();
            QCOMPARE(range.width(), 3000 - int(500 * ratio));
            input.scroll = QPoint(range.width(), range.height());
            QCOMPARE(ViewGeometry(input).toGuest({ 499.9, 399.9 }), QPoint(2999, 1999));
            input.scroll = { 100000, -5 }; // a stale value of a scroll bar
            QCOMPARE(ViewGeometry(input).target().topLeft(), QPointF(-range.width(), 0));
        }
    }

    void repaintRect_coversTheChangedPixels()
    {
        for (qreal ratio : kRatios) {
            for (const auto& [scaling, zoom] : kWays) {
                const ViewGeometry geometry({ .guest = { 1024, 768 },
                    .view = { 911, 677 },
                    .devicePixelRatio = ratio,
                    .scaling = scaling,
                    .zoom = zoom });
                for (const QRect& guest :
                    { QRect(0, 0, 1, 1), QRect(500, 333, 17, 3), QRect(100, 100, 200, 150) }) {
                    const QRectF exact(geometry.fromGuest(guest.topLeft()),
                        geometry.fromGuest(guest.bottomRight() + QPoint(1, 1)));
                    const QRect view(0, 0, 911, 677);
                    const QRect repaint = geometry.repaintRect(guest);
                    if (!exact.intersects(QRectF(view)))
                        continue;
                    QVERIFY(QRectF(repaint).contains(exact & QRectF(view)));
                    // Padded by what smooth scaling carries over, half a guest pixel, and rounding.
                    const qreal half = geometry.isScaled() ? geometry.scale() / 2 / ratio : 0;
                    const QRectF carried = exact.adjusted(-half, -half, half, half);
                    QVERIFY(QRectF(repaint).contains(carried & QRectF(view)));
                    QVERIFY(repaint.width() <= carried.width() + 7);
                    QVERIFY(view.contains(repaint) || repaint.isEmpty());
                }
            }
        }
    }

    void repaintRegion_isThatOfItsRectangles()
    {
        const QRegion guest = QRegion(3, 5, 40, 20) + QRect(30, 10, 90, 70) + QRect(900, 700, 9, 9)
            + QRect(1000, 760, 24, 8);
        for (qreal ratio : kRatios) {
            for (const auto& [scaling, zoom] : kWays) {
                const ViewGeometry geometry({ .guest = { 1024, 768 },
                    .view = { 911, 677 },
                    .devicePixelRatio = ratio,
                    .scaling = scaling,
                    .zoom = zoom,
                    .scroll = { 20, 30 } });
                QRegion each;
                for (const QRect& rect : guest)
                    each += geometry.repaintRect(rect);
                QCOMPARE(geometry.repaintRegion(guest), each);
            }
        }
    }

    void nothingToShow_isHarmless()
    {
        const ViewGeometry none;
        QVERIFY(none.isEmpty());
        QCOMPARE(none.toGuest({ 5, 5 }), QPoint());
        QCOMPARE(none.repaintRect({ 0, 0, 5, 5 }), QRect());
        QVERIFY(none.repaintRegion(QRect(0, 0, 5, 5)).isEmpty());
        QVERIFY(ViewGeometry({ .guest = { 640, 480 }, .view = {} }).isEmpty());
    }

    void wheel_gathersFractionsOfSteps()
    {
        PointerInput input;
        QCOMPARE(input.addWheel(120), 1);
        QCOMPARE(input.addWheel(-360), -3);
        int steps = 0;
        for (int i = 0; i < 30; ++i) // a touchpad's small change
            steps += input.addWheel(15);
        QCOMPARE(steps, 3); // 450 eighths: three steps, 90 kept
        QCOMPARE(input.addWheel(30), 1);
        QCOMPARE(input.addWheel(100), 0);
        QCOMPARE(input.addWheel(-110), 0); // the other way starts from nothing
        QCOMPARE(input.addWheel(-10), -1);
    }

    void motion_losesNoFraction()
    {
        PointerInput input;
        QPoint sum;
        for (int i = 0; i < 1000; ++i)
            sum += input.addMotion({ 0.3, -0.7 }, 1.25);
        QVERIFY((QPointF(sum) - QPointF(375, -875)).manhattanLength() < 2);
    }
};

QTEST_APPLESS_MAIN(tst_ViewGeometry)
#include "tst_ViewGeometry.moc"
