// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleCard.h"

#include <QMap>
#include <QObject>
#include <QPointer>

namespace console {
class ClipboardBridge;
class ConsoleSession;
class ConsoleView;
} // namespace console

namespace ui {

class HeadWindow;

/// The displays of a machine beside the first, each in a window of its own. They stay when the view
/// of the first goes to another machine, or when another view takes its place.
class FurtherDisplays : public QObject {
    Q_OBJECT

public:
    /// `session` must outlive this.
    explicit FurtherDisplays(console::ConsoleSession& session);
    ~FurtherDisplays() override;

    void setMachineName(const QString& name) { m_name = name; } ///< for windows yet to come
    HeadWindow* window(int number) const { return m_windows.value(number); }
    void show(int number, bool isOn);
    void closeAll(); ///< the windows; the guest is not told

    /// While `main` shows the first display, keys go under its conditions, and all share the
    /// clipboard.
    void join(console::ConsoleView& main, console::ClipboardBridge& clipboard);
    void part(const console::ConsoleView& main);
    /// What is to be said over them while no view is joined.
    void setNotice(const console::ConsoleCard::Content& notice);

Q_SIGNALS:
    void changed();
    void opened(const QObject* window);
    void closed(const QObject* window);
    void reconnectRequested(); ///< by the user, in one of the windows

private:
    void open(int number);
    void drop(int number);
    void link(HeadWindow& window);

    console::ConsoleSession& m_session;
    QString m_name;
    QMap<int, HeadWindow*> m_windows;
    QPointer<console::ConsoleView> m_main;
    QPointer<console::ClipboardBridge> m_clipboard;
    console::ConsoleCard::Content m_notice;
};

} // namespace ui
