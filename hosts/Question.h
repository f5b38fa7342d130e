// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <functional>
#include <optional>

namespace hosts {

/// Something that only a person can say before a host lets us in: a password, a passphrase, a user
/// name, whether to trust a computer.
struct Question {
    enum class Kind {
        Secret,
        Text, ///< may be seen while it is typed: a user name
        YesOrNo, ///< "yes" or "no", and nobody may know how to answer but a person
    };

    QString prompt {}; ///< in the words of whoever asks; may have several lines
    Kind kind = Kind::Secret;
    /// Under which name a keyring may keep the answer; the same for the same question of the same
    /// host. Empty: it must not be kept.
    QString keyName {};
    bool isRepeated = false; ///< what was said the time before was wrong

    bool operator==(const Question&) const = default;
};

/// Called with what the person says, or nothing if the person declines; at most once. A question
/// whose answer is dropped is declined.
using QuestionAnswer = std::function<void(const std::optional<QString>& text)>;

/// Shows a question and answers when it likes.
using Asker = std::function<void(const Question& question, QuestionAnswer answer)>;

QString nameOf(Question::Kind kind);
std::optional<Question::Kind> questionKindFromString(const QString& name);

} // namespace hosts

Q_DECLARE_METATYPE(hosts::Question)
