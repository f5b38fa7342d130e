// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/Text.h"

/// Part of Messages.h: what the helper films of the guest's first screen, as WebM.
namespace console::protocol {

/// How far back can be saved.
inline constexpr std::uint32_t kKeptSeconds = 60;

// ---- to the helper ----

enum class RecordCommand : std::uint32_t {
    Start, ///< into the file whose descriptor comes along
    Stop,
    KeepPast, ///< from now on the last kKeptSeconds can be saved
    ForgetPast,
    SavePast ///< into the file whose descriptor comes along
};
struct RecordControl {
    RecordCommand command = RecordCommand::Stop;
};

// ---- from the helper ----

/// The film of Start, or of SavePast (`past`), is closed.
struct Recorded {
    std::uint32_t past = 0;
    std::uint32_t noSpace = 0; ///< the disk is full
    Text<256> problem {}; ///< empty: it is whole; else what there is up to then may be of use
};

bool isValid(const RecordControl& m);
bool isValid(const Recorded& m);

} // namespace console::protocol
