// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "console/HeadLayout.h"
#include "console/HeadSet.h"

#include <QSignalSpy>
#include <QTest>

using namespace console;

class tst_HeadSet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneScreen_isOneHead()
    {
        HeadSet heads;
        QCOMPARE(heads.on().size(), 1);
        heads.setSurface(0, picture({ 64, 48 }));
        QCOMPARE(heads.on().size(), 1);
        QCOMPARE(heads.first()->frame().size(), QSize(64, 48));
        heads.setSurface(0, {}); // between two screens the last one stays
        QCOMPARE(heads.first()->frame().size(), QSize(64, 48));
    }

    void parts_shareThePixelsOfTheWhole()
    {
        HeadSet heads;
        const QImage whole = picture({ 100, 50 });
        heads.setSurface(0, whole);
        heads.setMonitors(0,
            { { .head = 0, .area = { 0, 0, 60, 50 } }, { .head = 1, .area = { 60, 10, 40, 30 } } },
            3);
        QCOMPARE(heads.on().size(), 2);
        QCOMPARE(heads.offered(), 3);
        QCOMPARE(heads.at(1)->frame().copy(), whole.copy(60, 10, 40, 30));
        QVERIFY(heads.at(1)->frame().constBits() > whole.constBits());
    }

    void monitorToldLast_hasWhatWasSaidOfItsScreen()
    {
        HeadSet heads;
        heads.setSurface(0, picture({ 100, 50 }));
        heads.setDisplayOn(0, true);
        heads.setCursor(0, { .isSet = true, .image = picture({ 8, 8 }) });
        heads.setMonitors(0,
            { { .head = 0, .area = { 0, 0, 60, 50 } }, { .head = 1, .area = { 60, 0, 40, 50 } } },
            2);
        QVERIFY(heads.at(1)->isDisplayOn());
        QVERIFY(heads.at(1)->cursor().isSet);
        heads.reset(); // another connection
        QVERIFY(!heads.at(1)->isOn());
        heads.setSurface(0, picture({ 100, 50 }));
        heads.setMonitors(0,
            { { .head = 0, .area = { 0, 0, 60, 50 } }, { .head = 1, .area = { 60, 0, 40, 50 } } },
            2);
        QVERIFY(!heads.at(1)->isDisplayOn());
    }

    void damage_goesToTheHeadsItTouches()
    {
        HeadSet heads;
        heads.setSurface(0, picture({ 100, 50 }));
        heads.setMonitors(0,
            { { .head = 0, .area = { 0, 0, 60, 50 } }, { .head = 1, .area = { 60, 0, 40, 50 } } },
            2);
        QSignalSpy first(heads.at(0), &ConsoleHead::damaged);
        QSignalSpy second(heads.at(1), &ConsoleHead::damaged);
        heads.addDamage(0, QRect(70, 5, 10, 10));
        QCOMPARE(first.size(), 0);
        QCOMPARE(second.size(), 1);
        QCOMPARE(second.first().first().value<QRegion>(), QRegion(10, 5, 10, 10));
        heads.addDamage(0, QRect(50, 0, 20, 5));
        QCOMPARE(first.size(), 1);
        QCOMPARE(second.last().first().value<QRegion>(), QRegion(0, 0, 10, 5));
    }

    void areasOutsideThePicture_areCutOrNone()
    {
        HeadSet heads;
        heads.setSurface(0, picture({ 100, 50 }));
        heads.setMonitors(0,
            { { .head = 0, .area = { 50, 20, 1000, 1000 } },
                { .head = 1, .area = { 5000, 5000, 10, 10 } },
                { .head = 9, .area = { 0, 0, 9, 9 } } },
            99);
        QCOMPARE(heads.on().size(), 1);
        QCOMPARE(heads.first()->frame().size(), QSize(50, 30));
        QCOMPARE(heads.offered(), HeadSet::kMax);
    }

    void secondScreen_comesAndGoes()
    {
        HeadSet heads;
        QSignalSpy changes(&heads, &HeadSet::changed);
        heads.setSurface(0, picture({ 100, 50 }));
        heads.setSurface(1, picture({ 30, 20 }));
        QCOMPARE(heads.on().size(), 2);
        heads.setSurface(0, picture({ 80, 40 })); // the other stays
        QCOMPARE(heads.on().size(), 2);
        heads.setSurface(1, {});
        QCOMPARE(heads.on().size(), 1);
        QCOMPARE(changes.size(), 2);
        QCOMPARE(heads.at(1)->frame().size(), QSize(30, 20)); // stale, but there
    }

    void reset_leavesTheFirstWithItsPicture()
    {
        HeadSet heads;
        heads.setSurface(0, picture({ 100, 50 }));
        heads.setSurface(1, picture({ 30, 20 }));
        heads.reset();
        QCOMPARE(heads.on().size(), 1);
        QCOMPARE(heads.first()->frame().size(), QSize(100, 50));
    }

    void pointer_isPlacedOnEachHead()
    {
        HeadSet heads;
        heads.setSurface(0, picture({ 100, 50 }));
        heads.setMonitors(0,
            { { .head = 0, .area = { 0, 0, 60, 50 } }, { .head = 1, .area = { 60, 0, 40, 50 } } },
            2);
        heads.moveCursor(0, { 70, 8 });
        QCOMPARE(heads.at(0)->cursorPosition(), QPoint(70, 8));
        QCOMPARE(heads.at(1)->cursorPosition(), QPoint(10, 8));
    }

    void layout_isSideBySide()
    {
        HeadLayout layout;
        QCOMPARE(layout.count(), 1);
        layout.setSize(0, { 800, 600 });
        layout.setOn(2, true);
        layout.setOn(1, true);
        layout.setSize(1, { 640, 480 });
        const QList<MonitorArea> expected { { .head = 0, .area = { 0, 0, 800, 600 } },
            { .head = 1, .area = { 800, 0, 640, 480 } },
            { .head = 2, .area = { 1440, 0, 800, 600 } } };
        QCOMPARE(layout.areas(), expected);
        layout.setOn(0, false); // there is always one
        layout.setOn(1, false);
        layout.setOn(77, true);
        QCOMPARE(layout.count(), 2);
        QCOMPARE(layout.areas().last().area, QRect(800, 0, 800, 600));
    }

    /// As the screens of this desktop lie, whatever their numbers.
    void layout_liesAsTheScreensDo()
    {
        const QRect left(0, 0, 1920, 1080);
        const QRect right(1920, 300, 1280, 1024);
        const QRect below(200, 1324, 1600, 900);
        HeadLayout layout;
        layout.setSize(0, { 1280, 1024 });
        layout.setSize(1, { 1920, 1080 });
        layout.setSize(2, { 1600, 900 });
        layout.setOn(1, true);
        layout.setScreen(0, right);
        QCOMPARE(areaOf(layout, 1), QRect(1280, 0, 1920, 1080)); // on the first's until it is told
        layout.setScreen(1, left);
        QCOMPARE(areaOf(layout, 0), QRect(1920, 0, 1280, 1024));
        QCOMPARE(areaOf(layout, 1), QRect(0, 0, 1920, 1080));
        layout.setOn(2, true);
        layout.setScreen(2, below);
        QCOMPARE(areaOf(layout, 0), QRect(1920, 0, 1280, 1024));
        QCOMPARE(areaOf(layout, 1), QRect(0, 0, 1920, 1080));
        QCOMPARE(areaOf(layout, 2).topLeft(), QPoint(0, 1080));

        layout.setScreen(1, right); // both on one
        QCOMPARE(areaOf(layout, 2), QRect(0, 0, 1600, 900)); // none is above it
        QCOMPARE(areaOf(layout, 0), QRect(1600, 0, 1280, 1024));
        QCOMPARE(areaOf(layout, 1), QRect(2880, 0, 1920, 1080));
        layout.setScreen(1, left);
        layout.setOn(1, false);
        layout.setOn(1, true); // its place is forgotten
        QVERIFY(areaOf(layout, 1).x() > areaOf(layout, 0).x());
    }

    void layout_aboveIsAbove()
    {
        HeadLayout layout;
        layout.setSize(0, { 1366, 768 });
        layout.setOn(1, true);
        layout.setSize(1, { 1920, 1080 });
        layout.setScreen(0, { 0, 1080, 1366, 768 });
        layout.setScreen(1, { 0, 0, 1920, 1080 });
        QCOMPARE(areaOf(layout, 0).topLeft(), QPoint(0, 1080));
        QCOMPARE(areaOf(layout, 1).topLeft(), QPoint(0, 0));
    }

    /// Whatever the arrangement: none covers another, and one is at the origin of each axis.
    void layout_neverOverlaps()
    {
        const QRect screens[]
            = { { 0, 0, 1000, 800 }, { 1000, 0, 500, 400 }, { 1000, 400, 700, 900 },
                  { -600, 200, 600, 300 }, { 300, 900, 1000, 800 }, { 500, 500, 1000, 800 } };
        constexpr int kCount = 6;
        for (int code = 0; code < kCount * kCount * kCount * kCount; ++code) {
            HeadLayout layout;
            int rest = code;
            for (int head = 0; head < HeadLayout::kMax; ++head, rest /= kCount) {
                layout.setOn(head, true);
                layout.setSize(head, QSize(300 + 170 * head, 900 - 150 * head));
                layout.setScreen(head, screens[rest % kCount]);
            }
            const QList<MonitorArea> areas = layout.areas();
            QCOMPARE(areas.size(), 4);
            QRect all;
            for (int i = 0; i < 4; ++i) {
                QCOMPARE(areas[i].head, i);
                all |= areas[i].area;
                for (int j = 0; j < i; ++j)
                    QVERIFY(!areas[i].area.intersects(areas[j].area));
            }
            QCOMPARE(all.topLeft(), QPoint(0, 0));
        }
    }

private:
    static QRect areaOf(const HeadLayout& layout, int head)
    {
        for (const MonitorArea& monitor : layout.areas()) {
            if (monitor.head == head)
                return monitor.area;
        }
        return {};
    }
    static QImage picture(QSize size)
    {
        QImage out(size, QImage::Format_RGB32);
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x)
                out.setPixel(x, y, qRgb(x, y, x ^ y));
        }
        return out;
    }
};

QTEST_MAIN(tst_HeadSet)
#include "tst_HeadSet.moc"
