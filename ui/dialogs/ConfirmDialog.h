// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

#include <functional>

class QCheckBox;

namespace ui {

/// A question about something that can't be undone.
struct Question {
    QString title {}; ///< the question: "Force off web-03?"
    QString text {}; ///< what will happen
    QStringList items {}; ///< what it happens to, one line each
    QString verb {}; ///< on the button that does it
    bool isDangerous = true; ///< data may be lost: the safe button is the default one
    QString optionsTitle {}; ///< over the options
    QStringList options {}; ///< what can be done as well; none is ticked beforehand
};

/// Asks, without blocking anything but its window.
class ConfirmDialog : public QDialog {
    Q_OBJECT

public:
    ConfirmDialog(const Question& question, QWidget* parent);

    QStringList ticked() const; ///< of the options

    /// Opens the dialog; it deletes itself. `accepted` runs if the user agrees.
    static QDialog* ask(QWidget* parent, const Question& question, std::function<void()> accepted);
    static void ask(QWidget* parent, const Question& question,
        std::function<void(const QStringList& ticked)> accepted);

private:
    QVector<QCheckBox*> m_options;
};

} // namespace ui
