// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"

#include <QObject>

class QAction;
class QToolBar;

namespace ui {

class EmptyPanel;
class OpenConsole;

/// Where a console is shown: in the main window, or in one of its own, and the way from one to the
/// other.
class PlaceTools : public QObject {
    Q_OBJECT

public:
    /// `elsewhere` stands in the console's place while it is in the other window.
    PlaceTools(Context& context, QToolBar& tools, EmptyPanel& elsewhere, QObject* parent);

    void setConsole(OpenConsole* console);
    void becomeWindow(); ///< this is a window of its own: offers the way back
    bool isOwnWindow() const { return m_isOwnWindow; }
    /// Whether the console is shown by a window of its own, and this is not it.
    bool isElsewhere() const;

private:
    Context& m_context;
    OpenConsole* m_console = nullptr;
    QAction* m_detach;
    bool m_isOwnWindow = false;
};

} // namespace ui
