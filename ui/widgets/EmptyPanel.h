// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Icons.h"

#include <QWidget>

class QAction;
class QLabel;
class QVBoxLayout;

namespace ui {

/// What is shown where nothing is: what this is, and the one thing to do first.
class EmptyPanel : public QWidget {
    Q_OBJECT

public:
    EmptyPanel(const QString& objectName, Glyph glyph, const QString& title, const QString& text);

    /// The first action is the one to take; the others stand beside it.
    void addAction(QAction* action);
    void setText(const QString& text);

private:
    QLabel* m_text;
    QVBoxLayout* m_buttons;
    bool m_hasFirst = false;
};

} // namespace ui
