// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QWidget>

#include <memory>

class QAction;
class QStackedWidget;
class QToolBar;

namespace console {
class ConsoleSession;
class ConsoleView;
class TerminalPanel;
} // namespace console

namespace ui {

class EmptyPanel;
class ErrorPanel;
class FullScreenConsole;

/// The screen of one machine, or one of its serial ports, as chosen last for that machine. Connects
/// when it is shown and the machine runs; says so in place when there is nothing to show.
class ConsoleTab : public QWidget {
    Q_OBJECT

public:
    ConsoleTab(Context& context, QAction* start, QWidget* parent = nullptr);
    ~ConsoleTab() override;

    void show(const models::VmRecord& vm);
    void clear(); ///< closes the connection
    void focusConsole();
    QAction* fullScreenAction() const { return m_fullScreen; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    enum class Page { Screen, Empty, Error, Terminal };

    void makeToolBar();
    QAction* addTool(const QString& name, const QIcon& icon, const QString& text);
    void fillKeyMenu(QAction* keys);
    void makeSwitch();
    void fillSwitch(const QVector<vmm::ConsoleChoice>& choices);
    static QString textFor(const vmm::ConsoleChoice& choice);
    void choose(const vmm::ConsoleChoice& choice);
    void openSerial(bool isTakenOver);
    void showOpenError(const vmm::Error& error);
    bool isSerial() const { return m_choice.protocol == vmm::ConsoleEndpoint::Protocol::Serial; }
    void connectIfShown();
    void requestEndpoint();
    void showPage(Page page);
    void setFullScreen(bool isFullScreen);
    QString whyNoScreen(const models::VmRecord& vm) const;

    Context& m_context;
    std::unique_ptr<console::ConsoleSession> m_session;
    console::ConsoleView* m_view;
    QToolBar* m_tools;
    QStackedWidget* m_pages;
    console::TerminalPanel* m_terminal;
    QAction* m_switch = nullptr;
    QAction* m_takeOver = nullptr;
    QVector<QAction*> m_screenTools; ///< of no use at a serial port
    QVector<QAction*> m_terminalTools;
    QVector<vmm::ConsoleChoice> m_choices;
    vmm::ConsoleChoice m_choice;
    EmptyPanel* m_empty;
    ErrorPanel* m_error;
    QAction* m_fullScreen;
    FullScreenConsole* m_window = nullptr;
    models::VmRef m_vm;
    QString m_name;
    bool m_isActive = false;
    bool m_canShow = false;
    bool m_isOpened = false; ///< for this run of the machine
    quint64 m_generation = 0; ///< drops endpoints that were asked for another machine
};

} // namespace ui
