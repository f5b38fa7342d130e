// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QCoreApplication>

namespace ui {

/// The dialogs that ask for what an operation on a network needs, then begin it.
class NetworkDialogs {
    Q_DECLARE_TR_FUNCTIONS(ui::NetworkDialogs)

public:
    static void create(Context& context, hosts::Host* host, QWidget* parent);
    static void stop(
        Context& context, hosts::Host* host, const hosts::NetworkInfo& network, QWidget* parent);
    static void editXml(
        Context& context, hosts::Host* host, const hosts::NetworkInfo& network, QWidget* parent);
    static void remove(
        Context& context, hosts::Host* host, const hosts::NetworkInfo& network, QWidget* parent);
};

} // namespace ui
