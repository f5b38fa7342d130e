// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ConsoleNotice.h"

#include "models/VmRecord.h"
#include "ui/consoles/OpenConsole.h"
#include "ui/text/Units.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct NoticeWords {
    Q_DECLARE_TR_FUNCTIONS(ui::ConsoleNotice)
};

/// `text` if the host can do it: a button without effect is worse than none.
QString offered(const hosts::Host& host, vmm::VmAction action, const QString& text)
{
    return host.info().has(hosts::featureFor(action)) ? text : QString();
}

} // namespace

QString ConsoleNotice::whyNoScreen(const models::VmRecord& vm)
{
    const hosts::HostInfo& info = vm.host->info();
    if (!info.has(hosts::Feature::Console))
        return NoticeWords::tr("Not offered by this host. %1")
            .arg(info.missing.value(hosts::Feature::Console));
    if (!vm.info.hasScreen && vm.info.consoles.isEmpty())
        return NoticeWords::tr(
            "This machine has neither a screen nor a serial port that could be shown.");
    if (!vmm::isActive(vm.info.state))
        return NoticeWords::tr("The machine is off. Its screen appears here when it is started.");
    if (vm.info.state == vmm::VmState::Starting)
        return NoticeWords::tr("The machine is starting. Its screen appears in a moment.");
    return {};
}

console::ConsoleCard::Content ConsoleNotice::of(const OpenConsole& console)
{
    if (console.wantsPassword()) {
        const bool isFirst = console.passwordTries() == 0;
        return { .title = isFirst ? NoticeWords::tr("The console asks for a password")
                                  : NoticeWords::tr("The password was not accepted"),
            .reason = console.session().endDetail(),
            .action = NoticeWords::tr("&Enter the password…") };
    }
    const hosts::Host* host = console.vm().host;
    if (!host)
        return {};
    const QDateTime seen = console.session().pictureTime();
    const QString date = seen.isValid() && console.hasPicture()
        ? NoticeWords::tr("The picture is of %1.")
              .arg(Units::clock(seen, QDateTime::currentDateTimeUtc()))
        : QString();
    const vmm::VmState state = console.machineState();
    if (state == vmm::VmState::Paused)
        return { .title = NoticeWords::tr("The machine is paused"),
            .reason = date,
            .action = offered(*host, vmm::VmAction::Resume, NoticeWords::tr("&Resume")) };
    if (vmm::isAllowed(vmm::VmAction::Start, state))
        return { .title = NoticeWords::tr("The machine is off"),
            .reason = date,
            .action = offered(*host, vmm::VmAction::Start, NoticeWords::tr("&Start")) };
    if (console.isRetrying())
        return { .title = NoticeWords::tr("Connecting again…"),
            .reason = date,
            .action = NoticeWords::tr("Try &now") };
    return {};
}

bool ConsoleNotice::act(Context& context, OpenConsole& console)
{
    if (console.wantsPassword())
        return false;
    const models::VmRef& vm = console.vm();
    const vmm::VmState state = console.machineState();
    if (vm.host && state == vmm::VmState::Paused)
        context.workspace.commands.perform(vm.host, vm.vm, vmm::VmAction::Resume);
    else if (vm.host && vmm::isAllowed(vmm::VmAction::Start, state))
        context.workspace.commands.perform(vm.host, vm.vm, vmm::VmAction::Start);
    else
        console.reconnect();
    return true;
}

} // namespace ui
