// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Task.h"
#include "models/VmData.h"

#include <QCoreApplication>

namespace ui {

/// What rows say to who can't see them: what their delegates paint, in words.
class RowText {
    Q_DECLARE_TR_FUNCTIONS(ui::RowText)

public:
    static QString vm(const hosts::VmInfo& vm, bool isStale); ///< "web: Running"
    /// `lastSeen` invalid unless the connection is lost.
    static QString host(const hosts::Host& host, const QDateTime& lastSeen);
    static QString task(const models::Task& task); ///< "Start web: In progress, 25 %"

    static models::RowWording wording();
};

} // namespace ui
