// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleTransport.h"
#include "models/Workspace.h"
#include "ui/Settings.h"

#include <functional>

namespace ui {

class ConsoleSessions;
class SecretStore;
class Thumbnails;

/// What every part of the window is given: all of it outlives the window.
struct Context {
    models::Workspace& workspace;
    Theme& theme;
    Settings& settings;
    console::TransportFactory consoles; ///< makes the connection behind a console
    std::function<void()> consoleIsNear {}; ///< one may be opened soon; may be empty
    SecretStore* secrets = nullptr; ///< null: nothing can be remembered
    ConsoleSessions* sessions = nullptr; ///< the consoles that are open; made by the window
    Thumbnails* thumbnails = nullptr; ///< small pictures of screens; made by the window
    bool remembersConnections = true; ///< whether the hosts of this session are those of the next
};

} // namespace ui
