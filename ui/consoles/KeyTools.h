// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QAction;
class QMenu;
class QToolBar;

namespace console {
class ConsoleSession;
class ConsoleView;
} // namespace console

namespace ui {

class SendKeysDialog;
class Settings;

/// What is sent to a machine's keyboard beyond the keys that are pressed here: combinations that
/// this computer would take itself, and whole texts.
class KeyTools : public QObject {
    Q_OBJECT

public:
    KeyTools(QToolBar& tools, console::ConsoleView& view, Settings& settings, QWidget* parent);

    /// What the view shows, and what its choices are remembered under. Null: nothing.
    void setSession(console::ConsoleSession* session, const QString& key);
    QAction* typeText() const { return m_type; }

private:
    void fillMenu();
    QString whyNot() const;
    void refresh();
    void openTypeText();
    void setComposesHere(bool isOn);

    console::ConsoleView& m_view;
    Settings& m_settings;
    QWidget* m_parent;
    QPointer<console::ConsoleSession> m_session;
    QString m_key;
    QMenu* m_menu;
    QPointer<SendKeysDialog> m_sendKeys;
    QList<QAction*> m_combinations;
    QAction* m_other = nullptr;
    QAction* m_type = nullptr;
    QAction* m_compose = nullptr;
};

} // namespace ui
