// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

#include <QCoreApplication>

namespace ui {

/// Why nothing can be asked of a host now, in sentences for what is disabled meanwhile.
class HostText {
    Q_DECLARE_TR_FUNCTIONS(ui::HostText)

public:
    /// Why a host can't be asked for what needs a feature, and what to do. Empty if it can.
    static QString whyNot(const hosts::Host& host, hosts::Feature feature);
    /// Empty if it is connected.
    static QString whyNotConnected(const hosts::Host& host);
};

} // namespace ui
