// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleCard.h"
#include "ui/Context.h"

namespace models {
struct VmRecord;
}

namespace ui {

class OpenConsole;

/// What is said in the place of a machine's screen, or over it.
struct ConsoleNotice {
    /// Why a machine has no screen to show, in a sentence; empty if it has one.
    static QString whyNoScreen(const models::VmRecord& vm);
    /// What is to be said over the picture, beyond what the connection says for itself, and what
    /// helps.
    static console::ConsoleCard::Content of(const OpenConsole& console);
    /// Does what the button of of() says. False: it is about a password, which the caller asks for.
    static bool act(Context& context, OpenConsole& console);
    /// Does what the button of that number beside it says.
    static void actFurther(OpenConsole& console, int index);
};

} // namespace ui
