// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/Question.h"

namespace hosts {

QString nameOf(Question::Kind kind)
{
    switch (kind) {
    case Question::Kind::Secret:
        return QStringLiteral("secret");
    case Question::Kind::Text:
        return QStringLiteral("text");
    case Question::Kind::YesOrNo:
        return QStringLiteral("yes-or-no");
    }
    return {};
}

std::optional<Question::Kind> questionKindFromString(const QString& name)
{
    for (const auto kind :
        { Question::Kind::Secret, Question::Kind::Text, Question::Kind::YesOrNo }) {
        if (nameOf(kind) == name)
            return kind;
    }
    return std::nullopt;
}

} // namespace hosts
