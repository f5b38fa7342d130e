// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Question.h"

#include <QDialog>

#include <functional>
#include <optional>

class QLineEdit;

namespace ui {

/// What somebody has to say before a host lets us in.
struct SecretQuestion {
    QString subject {}; ///< the host
    hosts::Question question {};
};

/// Asks for it, without blocking anything but its window. What is typed is kept nowhere.
class SecretDialog : public QDialog {
    Q_OBJECT

public:
    using Answer = std::function<void(const std::optional<QString>& text)>;

    SecretDialog(const SecretQuestion& question, QWidget* parent);

    /// Opens the dialog; it deletes itself. `answer` is given what was typed (yes: "yes"), or
    /// nothing if the user declines.
    static void ask(QWidget* parent, const SecretQuestion& question, const Answer& answer);

private:
    QString text() const;

    hosts::Question::Kind m_kind = hosts::Question::Kind::Secret;
    QLineEdit* m_edit;
};

} // namespace ui
