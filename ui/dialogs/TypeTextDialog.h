// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/typing/TextTyper.h"

#include <QDialog>

#include <optional>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace ui {

class Settings;

/// Types a text, at first what is in the clipboard, into a machine that has no agent for a
/// clipboard of its own: key by key, for the keyboard layout that the machine is set to. Says
/// before it begins what can't be typed, and can be stopped at any time.
class TypeTextDialog : public QDialog {
    Q_OBJECT

public:
    /// Layout and rate are remembered under `key` (a machine's); empty: as the last one.
    TypeTextDialog(
        console::ConsoleSession& session, Settings& settings, const QString& key, QWidget* parent);
    ~TypeTextDialog() override;

    void reject() override; ///< stops first what is being typed

    /// The layout that was last chosen for a machine: "de nodeadkeys", "us".
    static QString layoutFor(const Settings& settings, const QString& key);
    static vmm::Result<console::KeyboardLayout> load(const QString& id);

private:
    void layOut();
    void fillLayouts(const QVector<console::LayoutName>& layouts);
    void loadLayout();
    void refresh();
    void type();
    void ended(bool isWhole);
    QString verdict() const;
    QString whyNot() const;
    void remember();

    QPointer<console::ConsoleSession> m_session;
    Settings& m_settings;
    QString m_key;
    console::TextTyper m_typer { this };
    std::optional<console::KeyboardLayout> m_loaded;
    quint64 m_generation = 0; ///< drops layouts that were asked for before
    QPlainTextEdit* m_text;
    QComboBox* m_layout;
    QSpinBox* m_rate;
    QLabel* m_verdict;
    QProgressBar* m_progress;
    QPushButton* m_type = nullptr;
    QPushButton* m_stop = nullptr;
    QString m_outcome; ///< of the last time
};

} // namespace ui
