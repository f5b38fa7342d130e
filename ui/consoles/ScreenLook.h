// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/ScreenThumb.h"

namespace models {
struct VmRecord;
}

namespace ui {

struct Thumbnail;

/// How the small picture of a machine is shown, by what is known of the machine: dimmed and dated
/// when it is not what the machine shows now, a sentence where there is none. `isStale`: nothing is
/// heard of its host.
ScreenThumbLook screenLook(const models::VmRecord& vm, const Thumbnail& thumbnail, bool isStale);

} // namespace ui
