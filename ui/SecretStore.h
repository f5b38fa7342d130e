// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <optional>

namespace ui {

/// Where secrets are kept beyond the program, if the user wants it: the desktop's keyring. GUI
/// thread; nothing waits, answers come from the event loop. Secrets are kept nowhere else.
class SecretStore {
public:
    virtual ~SecretStore() = default;

    /// Nothing: it is not there, or the keyring is locked, missing or slow.
    virtual void find(
        const QString& name, std::function<void(const std::optional<QString>& secret)> answer)
        = 0;
    virtual void keep(const QString& name, const QString& secret) = 0;
    virtual void forget(const QString& name) = 0;
};

} // namespace ui
