// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Icons.h"

#include <QLabel>

namespace ui {

/// Labels of the kinds that occur everywhere, ready named for tests and screen readers.
QLabel* headingLabel(const QString& text, const QString& objectName); ///< a page's title
QLabel* sectionLabel(const QString& text, const QString& objectName); ///< above a group
QLabel* mutedLabel(const QString& text, const QString& objectName); ///< second rank
QLabel* wrappedLabel(const QString& text, const QString& objectName); ///< sentences, selectable

/// Gives a label's text a colour, on whatever background it stands.
void setTextColor(QLabel* label, const QColor& color);

/// A label that shows a glyph and follows the palette.
class GlyphLabel : public QWidget {
    Q_OBJECT

public:
    GlyphLabel(Glyph glyph, Tint tint, int size, QWidget* parent = nullptr);

    void setGlyph(Glyph glyph, Tint tint);
    void setIcon(const QIcon& icon);
    QSize sizeHint() const override { return { m_size, m_size }; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QIcon m_icon;
    int m_size;
};

GlyphLabel* glyphLabel(Glyph glyph, Tint tint, int size);

/// One line that is cut with an ellipsis where it does not fit; the whole is in its tool tip.
class ElidedLabel : public QWidget {
    Q_OBJECT

public:
    explicit ElidedLabel(const QString& objectName, QWidget* parent = nullptr);

    void setText(const QString& text);
    const QString& text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
};

} // namespace ui
