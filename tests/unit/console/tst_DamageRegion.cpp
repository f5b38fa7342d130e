// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/DamageRegion.h"

#include <QRegion>
#include <QTest>

#include <random>

using console::helper::DamageRegion;

namespace {

QRegion toRegion(const DamageRegion& damage)
{
    QRegion out;
    for (const auto& rect : damage.rects())
        out += QRect(rect.x, rect.y, rect.width, rect.height);
    return out;
}

} // namespace

class tst_DamageRegion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_damage.setBounds(1024, 768); }

    void stripesOfAFrame_becomeOneRect()
    {
        for (int x = 0; x < 1024; x += 32)
            m_damage.add({ x, 0, 32, 768 });
        QCOMPARE(m_damage.rects().size(), std::size_t(1));
        QCOMPARE(toRegion(m_damage), QRegion(0, 0, 1024, 768));
    }

    void distantRects_staySeparate()
    {
        m_damage.add({ 0, 0, 10, 10 });
        m_damage.add({ 1000, 700, 10, 10 });
        QCOMPARE(toRegion(m_damage), QRegion(0, 0, 10, 10) + QRegion(1000, 700, 10, 10));
    }

    void manyRects_becomeTiles()
    {
        for (int i = 0; i < 17; ++i)
            m_damage.add({ 48 * i, 32 * i, 3, 3 });
        QRegion tiles;
        for (int i = 0; i < 17; ++i)
            tiles += QRect(48 * i, 32 * i, 16, 4);
        QCOMPARE(toRegion(m_damage), tiles);
        m_damage.clear();
        QVERIFY(m_damage.isEmpty());
        m_damage.add({ 5, 5, 3, 3 }); // exact again
        QCOMPARE(toRegion(m_damage), QRegion(5, 5, 3, 3));
    }

    void neighbouringTiles_becomeOneRect()
    {
        for (int i = 0; i < 40; ++i)
            m_damage.add({ 32 * (i % 5) + 1, 64 * (i / 5) + 1, 30, 62 });
        for (int i = 0; i < 17; ++i)
            m_damage.add({ 500 + 20 * i, 700, 1, 1 }); // so that it is tiles
        QVERIFY((QRegion(0, 0, 160, 512) - toRegion(m_damage)).isEmpty());
        QVERIFY(m_damage.rects().size() <= 18);
    }

    void veryManyRects_becomeLargerTilesAndNotTheWholeScreen()
    {
        for (int i = 0; i < 1000; ++i)
            m_damage.add({ 32 * (i % 25), 16 * (i / 25), 8, 3 });
        QVERIFY(m_damage.rects().size() <= console::protocol::kMaxDamageRects);
        QVERIFY((toRegion(m_damage) - QRegion(0, 0, 832, 640)).isEmpty());
    }

    void largeScreens_haveLargerTiles()
    {
        m_damage.setBounds(3840, 2160);
        for (int i = 0; i < 17; ++i)
            m_damage.add({ 200 * i, 100 * i, 3, 3 });
        QVERIFY(toRegion(m_damage).rectCount() > 1);
        QVERIFY((QRegion(toRegion(m_damage)) - QRegion(0, 0, 3840, 2160)).isEmpty());
        m_damage.addAll();
        QCOMPARE(toRegion(m_damage), QRegion(0, 0, 3840, 2160));
    }

    void rectsOutside_areCut()
    {
        m_damage.add({ -5, -5, 10, 10 });
        QCOMPARE(toRegion(m_damage), QRegion(0, 0, 5, 5));
        m_damage.clear();
        m_damage.add({ 1020, 760, 100, 100 });
        QCOMPARE(toRegion(m_damage), QRegion(1020, 760, 4, 8));
        m_damage.clear();
        m_damage.add({ 2000, 10, 5, 5 });
        m_damage.add({ 10, 10, 0, 5 });
        m_damage.add({ 10, 10, -5, 5 });
        m_damage.add({ 0x7fffffff, 0x7fffffff, 0x7fffffff, 0x7fffffff });
        QVERIFY(m_damage.isEmpty());
    }

    void anyRects_coverWhatWasDamagedAndDoNotOverlap()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 300; ++round) {
            m_damage.setBounds(1024, 768);
            QRegion expected;
            const int count = 1 + int(random() % 40);
            for (int i = 0; i < count; ++i) {
                const QRect rect(int(random() % 1100) - 40, int(random() % 800) - 20,
                    int(random() % 80), int(random() % 80));
                m_damage.add({ rect.x(), rect.y(), rect.width(), rect.height() });
                expected += rect & QRect(0, 0, 1024, 768);
            }
            QVERIFY((expected - toRegion(m_damage)).isEmpty());
            QVERIFY(m_damage.rects().size() <= console::protocol::kMaxDamageRects);
            qint64 area = 0;
            for (const auto& rect : m_damage.rects())
                area += qint64(rect.width) * rect.height;
            qint64 covered = 0;
            for (const QRect& rect : toRegion(m_damage))
                covered += qint64(rect.width()) * rect.height();
            QCOMPARE(area, covered);
        }
    }

private:
    DamageRegion m_damage;
};

QTEST_APPLESS_MAIN(tst_DamageRegion)
#include "tst_DamageRegion.moc"
