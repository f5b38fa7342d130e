// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Labels.h"

#include "ui/style/Colors.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace ui {

namespace {

QLabel* label(const QString& text, const QString& objectName)
{
    auto* made = new QLabel(text);
    made->setObjectName(objectName);
    made->setTextFormat(Qt::PlainText);
    return made;
}

// Muted text must follow a change of the palette, which a fixed palette of its own would not.
class MutedLabel : public QLabel {
public:
    explicit MutedLabel(const QString& text)
        : QLabel(text)
    {
        setForegroundRole(QPalette::PlaceholderText);
    }
};

} // namespace

QLabel* headingLabel(const QString& text, const QString& objectName)
{
    QLabel* made = label(text, objectName);
    QFont font = made->font();
    font.setPointSizeF(font.pointSizeF() * 1.35);
    font.setWeight(QFont::DemiBold);
    made->setFont(font);
    return made;
}

QLabel* sectionLabel(const QString& text, const QString& objectName)
{
    QLabel* made = label(text, objectName);
    QFont font = made->font();
    font.setWeight(QFont::DemiBold);
    made->setFont(font);
    return made;
}

QLabel* mutedLabel(const QString& text, const QString& objectName)
{
    auto* made = new MutedLabel(text);
    made->setObjectName(objectName);
    made->setTextFormat(Qt::PlainText);
    return made;
}

QLabel* wrappedLabel(const QString& text, const QString& objectName)
{
    QLabel* made = label(text, objectName);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return made;
}

void setTextColor(QLabel* label, const QColor& color)
{
    // Which role a label's text has depends on the background of its parents.
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, color);
    palette.setColor(QPalette::Text, color);
    label->setPalette(palette);
}

GlyphLabel::GlyphLabel(Glyph glyph, Tint tint, int size, QWidget* parent)
    : QWidget(parent)
    , m_icon(icon(glyph, tint))
    , m_size(size)
{
    setFixedSize(size, size);
}

void GlyphLabel::setGlyph(Glyph glyph, Tint tint)
{
    setIcon(icon(glyph, tint));
}

void GlyphLabel::setIcon(const QIcon& icon)
{
    m_icon = icon;
    update();
}

void GlyphLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    m_icon.paint(&painter, rect(), Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
}

GlyphLabel* glyphLabel(Glyph glyph, Tint tint, int size)
{
    return new GlyphLabel(glyph, tint, size);
}

ElidedLabel::ElidedLabel(const QString& objectName, QWidget* parent)
    : QWidget(parent)
{
    setObjectName(objectName);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setForegroundRole(QPalette::WindowText);
}

void ElidedLabel::setText(const QString& text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    setToolTip(text);
    updateGeometry();
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return { fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height() };
}

QSize ElidedLabel::minimumSizeHint() const
{
    return { std::min(fontMetrics().averageCharWidth() * 8, sizeHint().width()),
        fontMetrics().height() };
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const QString shown = fontMetrics().elidedText(m_text, Qt::ElideRight, width());
    painter.drawText(rect(),
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft))
            | Qt::AlignVCenter,
        shown);
}

} // namespace ui
