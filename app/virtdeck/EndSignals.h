// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QObject;

namespace app {

/// Calls `fn` from the event loop when somebody asks the program to end: Ctrl+C, `kill`, the end of
/// the desktop session (SIGINT, SIGTERM). Once in a program. Lasts as long as `context`.
void onEndSignal(QObject* context, std::function<void()> fn);

} // namespace app
