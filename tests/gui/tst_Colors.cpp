// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Colors.h"
#include "ui/style/Icons.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <QFile>
#include <QImage>
#include <QTest>

using ui::Colors;

class tst_Colors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contrastRatio_agreesWithWcag()
    {
        QCOMPARE(qRound(ui::contrastRatio(Qt::black, Qt::white) * 10), 210);
        QCOMPARE(qRound(ui::contrastRatio(Qt::white, Qt::white) * 10), 10);
        // The example everybody knows: #767676 is the lightest grey that passes on white.
        QVERIFY(ui::contrastRatio(QColor(0x767676), Qt::white) >= 4.5);
        QVERIFY(ui::contrastRatio(QColor(0x777777), Qt::white) < 4.5);
    }

    void text_isReadableOnEveryGround_data() { schemes(); }

    void text_isReadableOnEveryGround()
    {
        const Colors& colors = scheme();
        for (const QColor& ground :
            { colors.window, colors.base, colors.selection, colors.hover }) {
            for (const QColor& text : { colors.text, colors.muted })
                verify(text, ground, 4.5);
        }
        for (const QColor& ground : { colors.window, colors.base }) {
            for (const QColor& text : { colors.running, colors.off, colors.attention, colors.failed,
                     colors.progress, colors.accentMark })
                verify(text, ground, 4.5);
        }
        verify(colors.accentText, colors.accent, 4.5);
    }

    void marks_areSeenOnEveryGround_data() { schemes(); }

    void marks_areSeenOnEveryGround()
    {
        const Colors& colors = scheme();
        for (const QColor& ground :
            { colors.window, colors.base, colors.selection, colors.hover }) {
            for (const QColor& mark : { colors.running, colors.off, colors.attention, colors.failed,
                     colors.progress, colors.accentMark })
                verify(mark, ground, 3);
        }
        for (const QColor& line : colors.series)
            verify(line, colors.base, 3);
        verify(colors.outline, colors.base, 3);
        verify(colors.outline, colors.window, 3);
    }

    void palette_isKnownAgain()
    {
        QCOMPARE(&Colors::of(Colors::dark().palette()), &Colors::dark());
        QCOMPARE(&Colors::of(Colors::light().palette()), &Colors::light());
    }

    void theme_switchesAtOnce()
    {
        ui::Theme theme;
        theme.setScheme(ui::Theme::Scheme::Dark);
        QVERIFY(theme.isDark());
        QCOMPARE(QApplication::palette().color(QPalette::Base), Colors::dark().base);
        theme.setScheme(ui::Theme::Scheme::Light);
        QCOMPARE(QApplication::palette().color(QPalette::Base), Colors::light().base);
    }

    void everyGlyph_isDrawnInTheTextColour()
    {
        ui::Theme theme;
        for (const auto wanted : { ui::Theme::Scheme::Light, ui::Theme::Scheme::Dark }) {
            theme.setScheme(wanted);
            const QColor text = QApplication::palette().color(QPalette::Text);
            for (int i = 0; i < ui::kGlyphCount; ++i) {
                const auto glyph = static_cast<ui::Glyph>(i);
                QVERIFY2(QFile::exists(ui::glyphPath(glyph)), qPrintable(ui::glyphPath(glyph)));
                const QImage image = ui::icon(glyph).pixmap(QSize(48, 48), 1.0).toImage();
                QVERIFY2(hasPixel(image, text), qPrintable(ui::glyphPath(glyph)));
            }
        }
    }

    void states_differInShapeNotInColourAlone()
    {
        QSet<QByteArray> shapes;
        for (const auto glyph :
            { ui::Glyph::StateRunning, ui::Glyph::StatePaused, ui::Glyph::StateOff,
                ui::Glyph::StateCrashed, ui::Glyph::StateUnknown, ui::Glyph::StateBusy }) {
            const QImage image = ui::icon(glyph).pixmap(QSize(16, 16), 1.0).toImage();
            const QImage alpha = image.convertToFormat(QImage::Format_Alpha8);
            shapes.insert(QByteArray(reinterpret_cast<const char*>(alpha.constBits()),
                static_cast<qsizetype>(alpha.sizeInBytes())));
        }
        QCOMPARE(shapes.size(), 6);
    }

private:
    static void schemes()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    static const Colors& scheme()
    {
        const bool isDark = *static_cast<bool*>(QTest::qData("isDark", qMetaTypeId<bool>()));
        return isDark ? Colors::dark() : Colors::light();
    }

    static void verify(const QColor& mark, const QColor& ground, double least)
    {
        const double ratio = ui::contrastRatio(mark, ground);
        QVERIFY2(ratio >= least,
            qPrintable(QStringLiteral("%1 on %2: %3").arg(mark.name(), ground.name()).arg(ratio)));
    }

    static bool hasPixel(const QImage& image, const QColor& color)
    {
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (pixel.alpha() > 250 && pixel.rgb() == color.rgb())
                    return true;
            }
        }
        return false;
    }
};

QTEST_MAIN(tst_Colors)
#include "tst_Colors.moc"
