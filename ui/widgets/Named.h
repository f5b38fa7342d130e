// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

namespace ui {

/// Gives a widget the name for tests and the one for screen readers.
template <typename Widget>
Widget* named(Widget* widget, const QString& objectName, const QString& accessibleName)
{
    widget->setObjectName(objectName);
    widget->setAccessibleName(accessibleName);
    return widget;
}

template <typename Widget>
Widget* named(Widget* widget, const char* objectName, const QString& accessibleName)
{
    return named(widget, QString::fromLatin1(objectName), accessibleName);
}

} // namespace ui
