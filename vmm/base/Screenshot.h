// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace vmm {

inline constexpr int kMaxScreenshotSide = 4096; ///< pixels of what is ever sent

/// What a machine's screen shows at one time.
struct Screenshot {
    QByteArray png {}; ///< the picture, scaled down where it was asked for
    int width = 0; ///< of the guest's screen, in its pixels
    int height = 0;

    bool operator==(const Screenshot&) const = default;
};

} // namespace vmm
