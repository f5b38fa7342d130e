// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/SecretDialog.h"

#include <QHash>

#include <memory>

namespace ui {

/// What hosts ask the person, each question once at a time: a host that comes back again and again,
/// or several connections to it, get the answer to the one that is open.
class SecretQuestions : public QObject {
public:
    /// `store`: may be null; must outlive this.
    explicit SecretQuestions(SecretStore* store)
        : m_store(store)
    {
    }

    /// As SecretDialog::askOrRecall().
    void ask(QWidget* parent, const QString& subject, const hosts::Question& question,
        const SecretDialog::Answer& answer);

private:
    /// Those who wait for the same answer.
    using Waiting = std::shared_ptr<QVector<SecretDialog::Answer>>;
    void answer(const QString& key, const Waiting& waiting, const std::optional<QString>& text);

    SecretStore* m_store;
    QHash<QString, Waiting> m_waiting; ///< by question
};

} // namespace ui
