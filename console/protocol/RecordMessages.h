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

/// Unless it is whole, what there is up to then may be of use.
enum class FilmEnd : std::uint32_t {
    Whole,
    NoSpace, ///< the disk is full
    TooSlow, ///< the disk is
    NoPicture, ///< by then
    Failed ///< as `detail` says
};
/// The film of Start, or of SavePast (`past`), is closed.
struct Recorded {
    std::uint32_t past = 0;
    FilmEnd end = FilmEnd::Whole;
    Text<256> detail {};
};

bool isValid(const RecordControl& m);
bool isValid(const Recorded& m);

} // namespace console::protocol
