// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Question.h"

#include <QStringList>
#include <QVector>

namespace tests {

/// Whom a host asks: gives its answers in turn, declines what comes after them, and keeps the
/// questions. Lives as long as the host.
struct ScriptedAnswers {
    QStringList answers {};
    QVector<hosts::Question> questions {};

    hosts::Asker asker()
    {
        return [this](const hosts::Question& question, const hosts::QuestionAnswer& answer) {
            const qsizetype index = questions.size();
            questions.append(question);
            answer(index < answers.size() ? std::optional(answers[index]) : std::nullopt);
        };
    }
};

} // namespace tests
