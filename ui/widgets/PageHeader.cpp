// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/PageHeader.h"

#include <QVBoxLayout>

namespace ui {

PageHeader::PageHeader(const QString& prefix, QWidget* parent)
    : QWidget(parent)
    , m_symbol(glyphLabel(Glyph::Computer, Tint::Text, 24))
    , m_title(new ElidedLabel(prefix + QStringLiteral("Title")))
    , m_state(new QLabel)
    , m_subtitle(new ElidedLabel(prefix + QStringLiteral("Subtitle")))
    , m_actions(new QHBoxLayout)
{
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_subtitle->setForegroundRole(QPalette::PlaceholderText);
    m_state->setObjectName(prefix + QStringLiteral("StateLabel"));
    m_state->setTextFormat(Qt::PlainText);

    auto* line = new QHBoxLayout;
    line->setSpacing(12);
    line->addWidget(m_title, 0);
    line->addWidget(m_state, 0, Qt::AlignVCenter);
    line->addStretch(1);
    auto* text = new QVBoxLayout;
    text->setSpacing(2);
    text->addLayout(line);
    text->addWidget(m_subtitle);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->setSpacing(12);
    layout->addWidget(m_symbol, 0, Qt::AlignTop);
    layout->addLayout(text, 1);
    layout->addLayout(m_actions);
    m_actions->setSpacing(8);
}

void PageHeader::setTitle(const QString& title)
{
    m_title->setText(title);
}

void PageHeader::setState(const QString& state, const QColor& color, const QString& tip)
{
    m_state->setVisible(!state.isEmpty());
    m_state->setText(state);
    m_state->setToolTip(tip);
    m_state->setAccessibleName(state);
    setTextColor(m_state, color);
}

} // namespace ui
