// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RunningWork.h"

#include "ui/text/Text.h"

#include <QLocale>

namespace ui {

using models::Task;

namespace {

constexpr qsizetype kMostWork = 100; // nobody reads more

bool needs(const Task& task, const hosts::HostUri& host)
{
    const auto* migration = std::get_if<hosts::MigrateMachine>(&task.info.operation);
    return task.info.host == host || task.info.carriedTo == host
        || (migration && migration->request.target == host.toString());
}

} // namespace

QString RunningWork::outcome(const Task& task)
{
    if (task.isWaiting)
        return tr("does not begin any more");
    if (task.info.carriedTo)
        //: What becomes of a move to the host %1
        return tr("stops; half of a disk may be left over on %1")
            .arg(Text::hostTitle(*task.info.carriedTo));
    if (std::holds_alternative<hosts::BackUpMachine>(task.info.operation))
        return tr("goes on over there");
    return hosts::patienceFor(task.info.operation) == hosts::Patience::Job
        ? tr("stops before its end")
        : tr("is left to the host; how it ends is not seen");
}

QStringList RunningWork::lines(const models::TaskModel& tasks, const hosts::Host* host)
{
    QStringList begun;
    QStringList waiting;
    for (int row = tasks.rowCount() - 1; row >= 0; --row) { // oldest first
        const Task& task = tasks.at(row);
        if (task.state != models::TaskState::Running || (host && !needs(task, host->uri())))
            continue;
        //: %1 is what a task does, "Clone web"; %2 a host; %3 what becomes of it
        (task.isWaiting ? waiting : begun)
            << tr("%1 (%2): %3")
                   .arg(Text::task(task.info), Text::hostTitle(task.info.host), outcome(task));
    }
    QStringList lines = begun + waiting;
    if (const qsizetype more = lines.size() - kMostWork; more > 1) {
        lines.resize(kMostWork);
        lines << tr("… and %L1 more").arg(more);
    }
    return lines;
}

} // namespace ui
