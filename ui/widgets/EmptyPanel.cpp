// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/EmptyPanel.h"

#include "ui/widgets/Labels.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

EmptyPanel::EmptyPanel(
    const QString& objectName, Glyph glyph, const QString& title, const QString& text)
    : m_text(wrappedLabel(text, objectName + QStringLiteral("Text")))
    , m_buttons(new QVBoxLayout)
{
    setObjectName(objectName);
    auto* heading = headingLabel(title, objectName + QStringLiteral("Title"));
    heading->setAlignment(Qt::AlignCenter);
    heading->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    m_text->setMaximumWidth(fontMetrics().averageCharWidth() * 72);
    // No alignment flag: with one, a layout forgets that wrapped text grows with its width.
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(m_text, 4);
    middle->addStretch(1);
    m_buttons->setSpacing(8);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(12);
    layout->addStretch(2);
    layout->addWidget(glyphLabel(glyph, Tint::Muted, 48), 0, Qt::AlignHCenter);
    layout->addWidget(heading);
    layout->addLayout(middle);
    layout->addSpacing(8);
    layout->addLayout(m_buttons);
    layout->addStretch(3);
}

void EmptyPanel::setText(const QString& text)
{
    m_text->setText(text);
}

void EmptyPanel::addAction(QAction* action)
{
    auto* button = new QPushButton(
        icon(Glyph::New, m_hasFirst ? Tint::Text : Tint::OnAccent), action->text());
    button->setIcon(m_hasFirst ? action->icon() : button->icon());
    button->setObjectName(objectName() + action->objectName());
    button->setDefault(!m_hasFirst);
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setText(action->text());
        button->setToolTip(action->toolTip());
        button->setAccessibleName(action->text());
    };
    follow();
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    m_buttons->addWidget(button, 0, Qt::AlignHCenter);
    m_hasFirst = true;
}

} // namespace ui
