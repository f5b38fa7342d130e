// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAction;
class QCheckBox;
class QPushButton;
class QString;

namespace ui {

/// A button that does, says and forbids what an action does.
QPushButton* actionButton(QAction* action, const QString& objectName);
/// The same for an action that is on or off.
QCheckBox* actionCheckBox(QAction* action, const QString& objectName);

} // namespace ui
