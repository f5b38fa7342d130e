// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ConsoleNotice.h"

#include "models/VmRecord.h"
#include "ui/consoles/OpenConsole.h"
#include "ui/consoles/ScreenTrust.h"
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

constexpr qsizetype kMostNamed = 3; ///< of the others who look at a screen

QString nameOf(const vmm::ConsoleClient& client, bool isFar)
{
    const QString who = !client.address.isEmpty() ? client.address
        : isFar                                   ? NoticeWords::tr("A program on the host")
                                                  : NoticeWords::tr("A program on this computer");
    if (!client.since.isValid())
        return who;
    return NoticeWords::tr("%1, since %2")
        .arg(who, Units::clock(client.since, QDateTime::currentDateTimeUtc()));
}

QString namesOf(const OpenConsole& console)
{
    const bool isFar = console.vm().host && !console.vm().host->uri().isLocal();
    QStringList lines;
    for (const vmm::ConsoleClient& client : console.others().mid(0, kMostNamed))
        lines.append(nameOf(client, isFar));
    if (const qsizetype more = console.others().size() - kMostNamed; more > 0)
        lines.append(NoticeWords::tr("and %n other(s)", nullptr, int(more)));
    return lines.join(QLatin1Char('\n'));
}

enum class EntryChoice { Share, TakeOver, StayOut };

/// What can be done about somebody else at the screen, best first.
QVector<EntryChoice> choicesFor(const OpenConsole& console)
{
    QVector<EntryChoice> choices;
    if (console.canShare())
        choices.append(EntryChoice::Share);
    if (console.canTakeOver())
        choices.append(EntryChoice::TakeOver);
    if (console.isInUse())
        choices.append(EntryChoice::StayOut);
    return choices;
}

QString textOf(EntryChoice choice, bool isBack)
{
    switch (choice) {
    case EntryChoice::Share:
        return NoticeWords::tr("&Share it");
    case EntryChoice::TakeOver:
        return isBack ? NoticeWords::tr("Take it &back") : NoticeWords::tr("&Take over");
    case EntryChoice::StayOut:
        return NoticeWords::tr("&Cancel");
    }
    return {};
}

void choose(OpenConsole& console, EntryChoice choice)
{
    switch (choice) {
    case EntryChoice::Share:
        return console.enter(OpenConsole::Entry::Shared);
    case EntryChoice::TakeOver:
        return console.enter(OpenConsole::Entry::Alone);
    case EntryChoice::StayOut:
        return console.stayOut();
    }
}

bool isTakenOver(const OpenConsole& console)
{
    return console.session().state() == console::SessionState::TakenOver;
}

console::ConsoleCard::Content othersNotice(const OpenConsole& console)
{
    if (console.isStayingOut())
        return { .title = NoticeWords::tr("Not connected"),
            .reason = NoticeWords::tr("Somebody else was at this screen:") + QLatin1Char('\n')
                + namesOf(console),
            .action = NoticeWords::tr("&Connect…") };
    const bool isBack = isTakenOver(console);
    const QString effect = console.canShare()
        ? NoticeWords::tr(
            "Shared, both see it and both can type. Taking over disconnects the other.")
        : NoticeWords::tr(
            "The screen serves one client at a time: taking over disconnects the other.");
    console::ConsoleCard::Content content { .title = isBack
            ? NoticeWords::tr("Somebody else took over this screen")
            : NoticeWords::tr("Somebody else is at this screen"),
        .reason = console.others().isEmpty() ? effect
                                             : namesOf(console) + QStringLiteral("\n\n") + effect };
    for (const EntryChoice choice : choicesFor(console)) {
        if (content.action.isEmpty())
            content.action = textOf(choice, isBack);
        else
            content.further.append(textOf(choice, isBack));
    }
    return content;
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
        return NoticeWords::tr("The machine is off. Its console appears here when it is started.");
    if (vm.info.state == vmm::VmState::Starting)
        return NoticeWords::tr("The machine is starting. Its console appears in a moment.");
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
    const QDateTime seen = console.session().pictureTime();
    const QString date = seen.isValid() && console.hasPicture()
        ? NoticeWords::tr("The picture is of %1.")
              .arg(Units::clock(seen, QDateTime::currentDateTimeUtc()))
        : QString();
    const console::ConsoleCard::Content again { .title = NoticeWords::tr("Connecting again…"),
        .reason = date,
        .action = NoticeWords::tr("Try &now") };
    const hosts::Host* host = console.vm().host;
    if (!host)
        return console.isRetrying() ? again : console::ConsoleCard::Content();
    const vmm::VmState state = console.machineState();
    if (state == vmm::VmState::Paused)
        return { .title = NoticeWords::tr("The machine is paused"),
            .reason = date,
            .action = offered(*host, vmm::VmAction::Resume, NoticeWords::tr("&Resume")) };
    if (vmm::isAllowed(vmm::VmAction::Start, state))
        return { .title = NoticeWords::tr("The machine is off"),
            .reason = date,
            .action = offered(*host, vmm::VmAction::Start, NoticeWords::tr("&Start")) };
    if (console.isInUse() || isTakenOver(console))
        return othersNotice(console);
    if (ScreenTrust::isQuestioned(console))
        return { .title = NoticeWords::tr("The server's certificate was not accepted"),
            .reason = NoticeWords::tr(
                          "Nobody whom this computer trusts vouches for it. If your own authority "
                          "signs the screens of this host, choose its certificate.")
                + QLatin1Char('\n') + console.session().endDetail(),
            .action = NoticeWords::tr("&Try again"),
            .further = { NoticeWords::tr("Choose the &certificate…") } };
    return console.isRetrying() ? again : console::ConsoleCard::Content();
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
    else if (console.isStayingOut())
        console.enter(OpenConsole::Entry::IfFree);
    else if (console.isInUse() || isTakenOver(console))
        choose(console, choicesFor(console).first());
    else
        console.reconnect();
    return true;
}

void ConsoleNotice::actFurther(OpenConsole& console, int index)
{
    const QVector<EntryChoice> choices = choicesFor(console);
    if (index >= 0 && index + 1 < choices.size() && (console.isInUse() || isTakenOver(console)))
        choose(console, choices[index + 1]);
}

} // namespace ui
