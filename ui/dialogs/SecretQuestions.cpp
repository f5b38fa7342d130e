// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/SecretQuestions.h"

#include <QPointer>

namespace ui {

void SecretQuestions::ask(QWidget* parent, const QString& subject, const hosts::Question& question,
    const SecretDialog::Answer& answer)
{
    const QString key = QStringList { subject, question.prompt, question.keyName }.join(u'\0');
    if (const Waiting waiting = m_waiting.value(key)) {
        waiting->append(answer);
        return;
    }
    const auto waiting = std::make_shared<QVector<SecretDialog::Answer>>(1, answer);
    m_waiting.insert(key, waiting);
    const auto tell = [self = QPointer(this), key, waiting](const std::optional<QString>& text) {
        if (self)
            self->answer(key, waiting, text);
    };
    // A dialog that goes with its window answers nothing: that declines.
    const std::shared_ptr<void> guard(nullptr, [tell](void*) { tell(std::nullopt); });
    SecretDialog::askOrRecall(parent, subject, question, m_store,
        [tell, guard](const std::optional<QString>& text) { tell(text); });
}

void SecretQuestions::answer(
    const QString& key, const Waiting& waiting, const std::optional<QString>& text)
{
    if (m_waiting.value(key) != waiting)
        return; // it was answered before
    m_waiting.remove(key); // who is told may ask anew
    for (const SecretDialog::Answer& each : std::as_const(*waiting))
        each(text);
}

} // namespace ui
