// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/ScreenPassword.h"

#include "vmm/qemu/Core.h"
#include "vmm/qemu/DefinitionSteps.h"
#include "vmm/qemu/HotPlug.h"
#include "vmm/qemu/Machine.h"

namespace vmm {

namespace {

bool isSpiceScreen(const Graphics& screen)
{
    return screen.type == QLatin1StringView("spice");
}

/// The screen that is meant, SPICE first; -1 if there is none.
int screenIndex(const QVector<Graphics>& screens, ScreenChoice choice)
{
    const auto indexOfType = [&](bool wantsSpice) {
        for (qsizetype i = 0; i < screens.size(); ++i) {
            if (isSpiceScreen(screens[i]) == wantsSpice)
                return int(i);
        }
        return -1;
    };
    if (choice)
        return indexOfType(*choice == ConsoleEndpoint::Protocol::Spice);
    const int spice = indexOfType(true);
    return spice >= 0 ? spice : indexOfType(false);
}

Result<Definition> withPassword(
    const Definition& definition, ScreenChoice choice, const QString& password)
{
    const QVector<Graphics> screens = definition.devices<Graphics>();
    const int index = screenIndex(screens, choice);
    if (index < 0)
        return Error { ErrorKind::HostLacksFeature, definition.name(),
            QStringLiteral("the machine has no such screen") };
    Graphics screen = screens[index];
    screen.password = password;
    screen.passwordValidTo.clear(); // it was about the one before
    Definition changed = definition;
    changed.replaceDevice(index, screen);
    TRY(changed.validate());
    return changed;
}

/// The screen that QEMU runs with, if it asks for a password.
std::optional<Graphics> lockedScreen(const Machine& machine, ScreenChoice choice)
{
    if (!isActive(machine.state()))
        return std::nullopt;
    const QVector<Graphics> screens = machine.runningDefinition().devices<Graphics>();
    const int index = screenIndex(screens, choice);
    if (index < 0 || screens[index].password.isEmpty())
        return std::nullopt;
    return screens[index];
}

Future<void> tellQemu(Machine& machine, const Graphics& screen)
{
    Future<void> last = async::ready<void>({});
    for (const auto& [name, arguments] : passwordCommands(screen)) {
        last = async::andThen(last, &machine, [&machine, name = name, arguments = arguments] {
            return command(machine, name, arguments);
        });
    }
    return last;
}

void addRunningSteps(Steps& steps, Machine& machine, const Graphics& before, ScreenChoice choice,
    const QString& password)
{
    Graphics screen = before;
    screen.password = password;
    screen.passwordValidTo.clear();
    if (before.passwordValidTo != screen.passwordValidTo)
        screen.passwordValidTo = QStringLiteral("never");
    steps.add(
        QStringLiteral("set the password"),
        [&machine, screen] { return tellQemu(machine, screen); },
        [&machine, before] { return tellQemu(machine, before); });
    addNoteStep(steps, machine, [choice, password](const Definition& running) {
        return withPassword(running, choice, password);
    });
}

} // namespace

QVector<std::pair<QString, QJsonObject>> passwordCommands(const Graphics& screen)
{
    QVector<std::pair<QString, QJsonObject>> commands;
    if (screen.password.isEmpty())
        return commands;
    commands.append({ QStringLiteral("set_password"),
        { { QStringLiteral("protocol"), screen.type },
            { QStringLiteral("password"), screen.password } } });
    if (screen.passwordValidTo.isEmpty())
        return commands;
    QDateTime end = QDateTime::fromString(screen.passwordValidTo, Qt::ISODate);
    if (end.timeSpec() == Qt::LocalTime)
        end.setTimeSpec(Qt::UTC);
    commands.append({ QStringLiteral("expire_password"),
        { { QStringLiteral("protocol"), screen.type },
            { QStringLiteral("time"),
                end.isValid() ? QString::number(end.toSecsSinceEpoch())
                              : QStringLiteral("never") } } });
    return commands;
}

Future<void> setScreenPassword(
    Core& core, Machine& machine, ScreenChoice choice, const QString& password)
{
    if (machine.problem())
        return async::failed<void>(*machine.problem());
    if (const auto stored = withPassword(machine.definition(), choice, password); !stored)
        return async::failed<void>(stored.error());
    Steps steps(&machine, core.watch("set-screen-password"));
    if (const auto locked = lockedScreen(machine, choice); locked && !password.isEmpty())
        addRunningSteps(steps, machine, *locked, choice, password);
    addStoreStep(steps, core, machine, [choice, password](const Machine& vm) {
        return withPassword(vm.definition(), choice, password);
    });
    return steps.run();
}

} // namespace vmm
