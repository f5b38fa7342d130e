// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/terminal/SerialSession.h"
#include "console/terminal/TerminalView.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace console {

/// A serial console to sit at: the terminal, a bar to search in it, and bars that ask before
/// several lines are pasted and say when the port or its log has ended.
class TerminalPanel : public QWidget {
    Q_OBJECT

public:
    explicit TerminalPanel(QWidget* parent = nullptr);
    ~TerminalPanel() override;

    SerialSession& session() { return *m_session; }
    TerminalView& view() { return *m_view; }
    /// While the port can't be opened: said where else it would be offered to connect again.
    void setUnavailable(const QString& why);

public Q_SLOTS:
    void showSearch();
    void askForLog(); ///< a file to write everything to, or stops writing

Q_SIGNALS:
    void reconnectRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeSearchBar();
    QWidget* makePasteBar();
    QWidget* makeEndBar();
    QWidget* makeLogBar();
    void tellLogEnd(SerialSession::LogEnd why, const QString& detail);
    void search();
    void showFound();
    void askToPaste(const QString& text, int lines);
    void followState();

    std::unique_ptr<SerialSession> m_session;
    TerminalView* m_view;
    // What the bars hold; the functions that make the bars set it.
    QLineEdit* m_needle = nullptr;
    QLabel* m_found = nullptr;
    QToolButton* m_matchCase = nullptr;
    QLabel* m_pasteQuestion = nullptr;
    QPushButton* m_pasteYes = nullptr;
    QLabel* m_endText = nullptr;
    QPushButton* m_again = nullptr;
    QLabel* m_logText = nullptr;
    QWidget* m_searchBar;
    QWidget* m_pasteBar;
    QWidget* m_endBar;
    QWidget* m_logBar;
    QString m_toPaste;
    QString m_unavailable;
};

} // namespace console
