// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/RowText.h"

#include "ui/text/Text.h"
#include "ui/text/Units.h"

namespace ui {

QString RowText::vm(const hosts::VmInfo& vm, bool isStale)
{
    const QString state = Text::state(vm);
    //: %1 is a machine, %2 its state
    return isStale ? tr("%1: %2 when it was seen last").arg(vm.name, state)
                   //: %1 is a machine or a host, %2 its state
                   : tr("%1: %2").arg(vm.name, state);
}

QString RowText::host(const hosts::Host& host, const QDateTime& lastSeen)
{
    QString state = Text::connection(host.connectionState());
    if (lastSeen.isValid())
        //: %1 is "Connection lost", %2 a time span: "4 min ago"
        state = tr("%1, seen %2").arg(state, Units::ago(lastSeen, QDateTime::currentDateTimeUtc()));
    return tr("%1: %2").arg(Text::hostTitle(host.uri()), state);
}

QString RowText::task(const models::Task& task)
{
    QString state = Text::taskState(task);
    if (task.state == models::TaskState::Running && task.progress >= 0)
        state += QStringLiteral(", ") + Units::percent(task.progress / 100.0);
    return tr("%1: %2").arg(Text::task(task.info), state);
}

models::RowWording RowText::wording()
{
    return { .title = [](const hosts::Host& host) { return Text::hostTitle(host.uri()); },
        .state = [](const hosts::VmInfo& vm) { return Text::state(vm); },
        .spokenVm
        = [](const models::VmRecord& record, bool isStale) { return vm(record.info, isStale); },
        .spokenHost = &RowText::host };
}

} // namespace ui
