// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <optional>

namespace ui {

/// Why a keyring did not do what it was asked for.
struct KeyringProblem {
    enum class Kind {
        Missing, ///< this program can speak to none that is here
        Locked, ///< or it refuses
        Silent, ///< it has not answered so far
        Other,
    };

    Kind kind = Kind::Other;
    QString detail {}; ///< in the keyring's words

    bool operator==(const KeyringProblem&) const = default;
};

/// Where secrets are kept beyond the program, if the user wants it: the desktop's keyring. GUI
/// thread; nothing waits, answers come from the event loop. Secrets are kept nowhere else.
class SecretStore {
public:
    virtual ~SecretStore() = default;

    struct Found {
        std::optional<QString> secret {};
        std::optional<KeyringProblem> problem {}; ///< whether there is one is not known
    };

    virtual void find(const QString& name, std::function<void(const Found& found)> answer) = 0;
    /// `failed` is called if it was not kept.
    virtual void keep(const QString& name, const QString& secret,
        std::function<void(const KeyringProblem& problem)> failed)
        = 0;
    virtual void forget(const QString& name) = 0;
};

} // namespace ui
