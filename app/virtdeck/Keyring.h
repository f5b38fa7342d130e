// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/SecretStore.h"

#include <memory>

namespace app {

/// The keyring of the desktop (libsecret, KWallet) through QtKeychain; null if this program was
/// built without it.
std::unique_ptr<ui::SecretStore> makeKeyring();

} // namespace app
