// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/TaskModel.h"

#include <QCoreApplication>

namespace ui {

/// What ends if this window goes, or one of its connections, in words.
class RunningWork {
    Q_DECLARE_TR_FUNCTIONS(ui::RunningWork)

public:
    /// One line for each task under way, with what becomes of it; those that wait last. `host`
    /// null: of all hosts; else those that need this one.
    static QStringList lines(const models::TaskModel& tasks, const hosts::Host* host = nullptr);

private:
    static QString outcome(const models::Task& task);
};

} // namespace ui
