// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/HostText.h"

#include "models/HostCommands.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Text.h"

namespace ui {

using hosts::ConnectionState;

QString HostText::whyNot(const hosts::Host& host, hosts::Feature feature)
{
    if (const QString why = whyNotConnected(host); !why.isEmpty())
        return why;
    const auto usable = models::HostCommands::canUse(&host, feature);
    return usable ? QString() : ErrorText::of(usable.error()).inOneLine();
}

QString HostText::whyNotConnected(const hosts::Host& host)
{
    const QString title = Text::hostTitle(host.uri());
    switch (host.connectionState()) {
    case ConnectionState::Connected:
        return {};
    case ConnectionState::Connecting:
        return tr("%1 is still being connected. Wait until it is.").arg(title);
    case ConnectionState::Reconnecting:
        return tr("There is no connection to %1. It is tried again by itself; “Connect again” "
                  "tries it now.")
            .arg(title);
    case ConnectionState::Failed:
        return tr("The connection to %1 failed. Select the host to see why, then choose “Connect "
                  "again”.")
            .arg(title);
    case ConnectionState::Disconnected:
        return tr("%1 is not connected. Select the host and choose “Connect again”.").arg(title);
    }
    return {};
}

} // namespace ui
