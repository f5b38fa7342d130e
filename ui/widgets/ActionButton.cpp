// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ActionButton.h"

#include <QAction>
#include <QCheckBox>
#include <QPushButton>

namespace ui {

QPushButton* actionButton(QAction* action, const QString& objectName)
{
    auto* button = new QPushButton;
    button->setObjectName(objectName);
    const auto follow = [button, action] {
        button->setIcon(action->icon());
        button->setText(action->text());
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
        button->setAccessibleName(action->iconText());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

QCheckBox* actionCheckBox(QAction* action, const QString& objectName)
{
    auto* box = new QCheckBox;
    box->setObjectName(objectName);
    const auto follow = [box, action] {
        box->setText(action->text());
        box->setChecked(action->isChecked());
        box->setEnabled(action->isEnabled());
        box->setToolTip(action->toolTip());
        box->setAccessibleName(action->iconText());
    };
    follow();
    QObject::connect(action, &QAction::changed, box, follow);
    // Clicked, not toggled: what follows the action must not trigger it.
    QObject::connect(box, &QCheckBox::clicked, action, &QAction::trigger);
    return box;
}

} // namespace ui
