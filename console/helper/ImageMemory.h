// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace console::helper {

/// spice-client-glib makes an image for each picture that a server sends, fills it, and draws it.
/// Pixman clears each first, which for whole screens takes a twelfth of this process's time. In
/// this process large ones of 32 bits a pixel are not cleared: the library fills those altogether,
/// as it decodes them (0.42). Masks, which it draws into, are of 1 and 8 bits.
class ImageMemory {
public:
    static void install();
};

} // namespace console::helper
