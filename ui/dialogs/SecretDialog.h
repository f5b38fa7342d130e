// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Question.h"
#include "ui/SecretStore.h"

#include <QDialog>

#include <functional>
#include <optional>

class QCheckBox;
class QLineEdit;

namespace ui {

/// What somebody has to say before a host lets us in.
struct SecretQuestion {
    QString subject {}; ///< the host
    hosts::Question question {};
    bool canBeKept = false; ///< offer to remember the answer
    std::optional<KeyringProblem> problem {}; ///< why what may be remembered was not read
};

/// Asks for it, without blocking anything but its window. What is typed is kept nowhere but, if the
/// user wants it, in the keyring.
class SecretDialog : public QDialog {
    Q_OBJECT

public:
    using Answer = std::function<void(const std::optional<QString>& text)>;

    SecretDialog(const SecretQuestion& question, QWidget* parent);

    /// Opens the dialog; it deletes itself. `answer` is given what was typed (yes: "yes"), or
    /// nothing if the user declines.
    static void ask(QWidget* parent, const SecretQuestion& question, const Answer& answer);

    /// The same, but what `store` (may be null) remembers is not asked for again, unless it was
    /// wrong; and the user may have it remembered. `store` must outlive the question. When `asker`
    /// is given and goes, so does the question, unanswered.
    static void askOrRecall(QWidget* parent, const QString& subject,
        const hosts::Question& question, SecretStore* store, const Answer& answer,
        QObject* asker = nullptr);

private:
    static QString sentence(const KeyringProblem& problem);
    static void tellNotKept(QWidget* parent, const QString& subject, const KeyringProblem& problem);
    QString text() const;
    bool isToBeKept() const;

    hosts::Question::Kind m_kind = hosts::Question::Kind::Secret;
    QLineEdit* m_edit;
    QCheckBox* m_keep;
};

} // namespace ui
