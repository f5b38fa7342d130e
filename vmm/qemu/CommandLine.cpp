// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/CommandLine.h"

#include "vmm/definition/EmbeddedSupport.h"
#include "vmm/qemu/CommandLineDraft.h"

#include <algorithm>

namespace vmm {

namespace {

void appendProcess(CommandLineDraft& draft)
{
    const Definition& definition = draft.definition;
    draft.option(QStringLiteral("-name"),
        QStringLiteral("guest=%1,debug-threads=on").arg(optionValue(definition.name())));
    draft.option(QStringLiteral("-uuid"), definition.uuid().toString(QUuid::WithoutBraces));
    draft.option(QStringLiteral("-sandbox"),
        QStringLiteral("on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"));
    draft.option(QStringLiteral("-msg"), QStringLiteral("timestamp=on"));
    draft.option(QStringLiteral("-display"), QStringLiteral("none"));
    if (draft.context.qmpFd >= 0) {
        draft.option(QStringLiteral("-chardev"),
            QStringLiteral("socket,id=monitor,fd=%1,server=on,wait=off").arg(draft.context.qmpFd));
        draft.option(QStringLiteral("-mon"), QStringLiteral("chardev=monitor,mode=control"));
    }
}

Result<void> appendMachine(CommandLineDraft& draft)
{
    const Definition& definition = draft.definition;
    const QString type = definition.machineType();
    QString machine
        = TRY(plainWord("os/type@machine", type.isEmpty() ? QStringLiteral("pc") : type));
    machine += QStringLiteral(",usb=off,dump-guest-core=off");
    if (definition.has("memoryBacking/nosharepages"))
        machine += QStringLiteral(",mem-merge=off");
    const bool needsSmm = draft.context.firmware.needsSmm;
    if (const QString smm = definition.value("features/smm@state"); needsSmm || !smm.isEmpty())
        machine += QStringLiteral(",smm=") + (needsSmm ? QStringLiteral("on") : smm);
    if (!definition.hasFeature(QStringLiteral("acpi")))
        machine += QStringLiteral(",acpi=off");
    if (const QString state = definition.value("features/vmport@state"); !state.isEmpty())
        machine += QStringLiteral(",vmport=") + state;
    if (const QString present = timerValue(definition, "hpet", "@present"); !present.isEmpty())
        machine += present == QLatin1StringView("no") ? QStringLiteral(",hpet=off")
                                                      : QStringLiteral(",hpet=on");
    machine += machineFirmware(draft) + machineMemory(draft);
    draft.option(QStringLiteral("-machine"), machine);
    draft.option(
        QStringLiteral("-accel"), draft.isKvm() ? QStringLiteral("kvm") : QStringLiteral("tcg"));
    return {};
}

void appendBoot(CommandLineDraft& draft)
{
    const Definition& definition = draft.definition;
    const bool hasMenu = definition.value("os/bootmenu@enable") == QLatin1StringView("yes");
    QString boot = hasMenu ? QStringLiteral("menu=on,") : QString();
    const int timeout = definition.value("os/bootmenu@timeout").toInt();
    if (hasMenu && timeout > 0)
        boot += QStringLiteral("splash-time=%1,").arg(std::min(timeout, 65535));
    draft.option(QStringLiteral("-boot"), boot + QStringLiteral("strict=on"));
    if (definition.kernel().isEmpty())
        return;
    draft.option(QStringLiteral("-kernel"), definition.kernel());
    if (!definition.initrd().isEmpty())
        draft.option(QStringLiteral("-initrd"), definition.initrd());
    if (!definition.kernelCommandLine().isEmpty())
        draft.option(QStringLiteral("-append"), definition.kernelCommandLine());
}

// What becomes of a guest that has told of its crash. QEMU can stop it or end it.
Result<void> appendCrashAction(CommandLineDraft& draft)
{
    const Definition& definition = draft.definition;
    if (definition.devices<Panic>().isEmpty())
        return {}; // then no crash is ever heard of
    const QString action = definition.onCrash();
    if (action == QLatin1StringView("restart"))
        return unsupportedPart("on_crash", QStringLiteral("\"restart\" of a crashed guest"));
    draft.option(QStringLiteral("-action"),
        action == QLatin1StringView("preserve") ? QStringLiteral("panic=pause")
                                                : QStringLiteral("panic=shutdown"));
    return {};
}

Result<void> appendClockAndPower(CommandLineDraft& draft)
{
    const Definition& definition = draft.definition;
    QString clock = QStringLiteral("base=")
        + (definition.clockOffset() == QLatin1StringView("localtime") ? QStringLiteral("localtime")
                                                                      : QStringLiteral("utc"));
    if (timerValue(definition, "rtc", "@tickpolicy") == QLatin1StringView("catchup"))
        clock += QStringLiteral(",driftfix=slew");
    draft.option(QStringLiteral("-rtc"), clock);
    if (draft.isKvm() && timerValue(definition, "pit", "@tickpolicy") == QLatin1StringView("delay"))
        draft.option(QStringLiteral("-global"), QStringLiteral("kvm-pit.lost_tick_policy=delay"));

    const QString power
        = draft.chipset() == Chipset::Q35 ? QStringLiteral("ICH9-LPC") : QStringLiteral("PIIX4_PM");
    const auto disable = [&](const char* path, const QString& property) {
        const QString state = definition.value(path);
        if (!state.isEmpty())
            draft.option(QStringLiteral("-global"),
                QStringLiteral("%1.%2=%3")
                    .arg(power, property)
                    .arg(state == QLatin1StringView("no") ? 1 : 0));
    };
    disable("pm/suspend-to-mem@enabled", QStringLiteral("disable_s3"));
    disable("pm/suspend-to-disk@enabled", QStringLiteral("disable_s4"));
    TRY(appendCrashAction(draft));
    if (definition.onReboot() == QLatin1StringView("destroy"))
        draft.option(QStringLiteral("-action"), QStringLiteral("reboot=shutdown"));
    return {};
}

Result<void> appendDevices(CommandLineDraft& draft)
{
    TRY(appendNetworkCards(draft));
    TRY(appendScreen(draft));
    TRY(appendUsbControllers(draft));
    TRY(appendDisks(draft));
    TRY(appendSound(draft));
    TRY(appendInputs(draft));
    TRY(appendPorts(draft));
    TRY(appendFileSystems(draft));
    TRY(appendSecurity(draft));
    return appendMiscellany(draft);
}

// As good as any other: to see whether a definition can become a command line at all.
LaunchContext sampleContext()
{
    const QString socket = QStringLiteral("/run/sample");
    return { .machineFolder = socket,
        .spiceSocket = socket,
        .vncSocket = socket,
        .serialSocket = socket,
        .socketFolder = socket,
        .isSample = true };
}

} // namespace

Result<void> checkStartable(const Definition& definition)
{
    TRY(buildCommandLine(definition, sampleContext()));
    return {};
}

QString optionValue(QString text)
{
    return text.replace(QLatin1Char(','), QStringLiteral(",,"));
}

Result<QStringList> buildCommandLine(const Definition& definition, const LaunchContext& context)
{
    TRY(definition.validate());
    TRY(checkSupportedByEmbedded(definition));
    CommandLineDraft draft(definition, context);
    TRY(draft.readPlaces());
    appendProcess(draft);
    TRY(appendMachine(draft));
    TRY(appendCpu(draft));
    TRY(appendCpuCount(draft));
    TRY(appendMemory(draft));
    appendFirmware(draft);
    TRY(appendClockAndPower(draft));
    appendBoot(draft);
    if (!context.isDeviceless)
        TRY(appendDevices(draft));

    QStringList arguments { QStringLiteral("-nodefaults"), QStringLiteral("-no-user-config") };
    if (context.isStartPaused)
        arguments.append(QStringLiteral("-S"));
    if (!context.incoming.isEmpty())
        arguments << QStringLiteral("-incoming") << context.incoming;
    return arguments + TRY(draft.finished());
}

} // namespace vmm
