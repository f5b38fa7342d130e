// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Icons.h"
#include "vmm/base/Error.h"

#include <QStackedWidget>

class QAction;

namespace ui {

class EmptyPanel;
class ErrorPanel;

/// What a view shows: its content, or in its place why there is none. What was there before stays
/// while it is loaded anew, so nothing flickers.
class PanelStack : public QStackedWidget {
    Q_OBJECT

public:
    /// `prefix` begins the names of its parts.
    PanelStack(const QString& prefix, QWidget* content, Glyph glyph, const QString& emptyTitle);

    void showContent();
    void showEmpty(const QString& text); ///< nothing there, or not offered, and what to do
    void showError(const vmm::Error& error);
    /// Nothing is known yet; tells so only if it takes a while.
    void showLoading();
    void addEmptyAction(QAction* action);
    bool isContentShown() const;

Q_SIGNALS:
    void retryRequested();

private:
    QWidget* m_content;
    EmptyPanel* m_empty;
    ErrorPanel* m_error;
    QWidget* m_errorPage;
    QWidget* m_loading;
    quint64 m_generation = 0;
};

} // namespace ui
