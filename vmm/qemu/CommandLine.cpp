// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/CommandLine.h"

#include "vmm/definition/EmbeddedSupport.h"
#include "vmm/qemu/CommandLineDraft.h"

#include <QRegularExpression>

#include <algorithm>

namespace vmm {

namespace {

// Words that go into "key=value,..." options unquoted: they must not be able to add a key.
Result<QString> plainWord(const char* element, const QString& word)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._+-]*$"));
    if (!plain.match(word).hasMatch())
        return Error { ErrorKind::InvalidConfig, QString::fromLatin1(element),
            QStringLiteral("\"%1\" is no plain word").arg(word) };
    return word;
}

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

// What <clock><timer name='...'> says of one attribute.
QString timerValue(const Definition& definition, const char* timer, const char* attribute)
{
    const QStringList names = definition.valuesOfEach("clock/timer", "@name");
    const qsizetype index = names.indexOf(QString::fromLatin1(timer));
    return index < 0 ? QString() : definition.valuesOfEach("clock/timer", attribute).at(index);
}

// QEMU's own name for it, so that states saved with and without a file fit each other.
constexpr QLatin1StringView kMemoryId("pc.ram");

bool hasMemoryObject(const CommandLineDraft& draft)
{
    return !draft.context.memoryFile.isEmpty();
}

Result<void> appendMachine(CommandLineDraft& draft)
{
    const Definition& definition = draft.definition;
    const QString type = definition.machineType();
    QString machine
        = TRY(plainWord("os/type@machine", type.isEmpty() ? QStringLiteral("pc") : type));
    machine += QStringLiteral(",usb=off,dump-guest-core=off");
    if (!definition.hasFeature(QStringLiteral("acpi")))
        machine += QStringLiteral(",acpi=off");
    if (const QString state = definition.value("features/vmport@state"); !state.isEmpty())
        machine += QStringLiteral(",vmport=") + state;
    if (const QString present = timerValue(definition, "hpet", "@present"); !present.isEmpty())
        machine += present == QLatin1StringView("no") ? QStringLiteral(",hpet=off")
                                                      : QStringLiteral(",hpet=on");
    if (hasMemoryObject(draft))
        machine += QStringLiteral(",memory-backend=") + kMemoryId;
    draft.option(QStringLiteral("-machine"), machine);
    draft.option(
        QStringLiteral("-accel"), draft.isKvm() ? QStringLiteral("kvm") : QStringLiteral("tcg"));
    return {};
}

// QEMU's translator can't pass this computer's CPU through: there, the best it has stands for it.
Result<void> appendCpu(CommandLineDraft& draft)
{
    const Definition& definition = draft.definition;
    const QString mode = definition.cpuMode();
    QString cpu;
    if (mode == QLatin1StringView("custom")) {
        if (definition.cpuModel().isEmpty())
            return {};
        cpu = TRY(plainWord("cpu/model", definition.cpuModel()));
    } else if (mode == QLatin1StringView("host-passthrough")
        || mode == QLatin1StringView("host-model")) {
        cpu = draft.isKvm() ? QStringLiteral("host") : QStringLiteral("max");
    } else if (mode == QLatin1StringView("maximum")) {
        cpu = QStringLiteral("max");
    } else {
        return {};
    }
    const QStringList names = definition.valuesOfEach("cpu/feature", "@name");
    const QStringList policies = definition.valuesOfEach("cpu/feature", "@policy");
    for (qsizetype i = 0; i < names.size(); ++i) {
        cpu += QLatin1Char(',') + TRY(plainWord("cpu/feature@name", names.at(i)));
        cpu += policies.at(i) == QLatin1StringView("disable") ? QStringLiteral("=off")
                                                              : QStringLiteral("=on");
    }
    draft.option(QStringLiteral("-cpu"), cpu);
    return {};
}

Result<void> appendCpuCount(CommandLineDraft& draft)
{
    const Definition& definition = draft.definition;
    QString smp = QString::number(definition.currentVcpus());
    if (definition.currentVcpus() != definition.vcpus())
        smp += QStringLiteral(",maxcpus=%1").arg(definition.vcpus());
    if (definition.has("cpu/topology")) {
        int product = 1;
        for (const char* part : { "sockets", "dies", "cores", "threads" }) {
            const QByteArray path = QByteArray("cpu/topology@") + part;
            const QString text = definition.value(path.constData());
            if (text.isEmpty())
                continue;
            product *= std::clamp(text.toInt(), 0, 4096);
            smp += QStringLiteral(",%1=%2").arg(QLatin1StringView(part)).arg(text.toInt());
            if (product > 4096)
                break;
        }
        if (product != definition.vcpus())
            return Error { ErrorKind::InvalidConfig, QStringLiteral("cpu/topology"),
                QStringLiteral("does not make the %1 CPUs of <vcpu>").arg(definition.vcpus()) };
    }
    draft.option(QStringLiteral("-smp"), smp);
    return {};
}

void appendMemory(CommandLineDraft& draft)
{
    const Bytes size = draft.definition.memory();
    draft.option(QStringLiteral("-m"), QStringLiteral("size=%1k").arg(size.toKiB()));
    if (!hasMemoryObject(draft))
        return;
    draft.option(QStringLiteral("-object"),
        QJsonObject { { QStringLiteral("qom-type"), QStringLiteral("memory-backend-file") },
            { QStringLiteral("id"), kMemoryId },
            { QStringLiteral("mem-path"), draft.context.memoryFile },
            { QStringLiteral("size"), static_cast<qint64>(size.count()) },
            { QStringLiteral("share"), draft.context.isMemoryShared } });
}

void appendBoot(CommandLineDraft& draft)
{
    const Definition& definition = draft.definition;
    const bool hasMenu = definition.value("os/bootmenu@enable") == QLatin1StringView("yes");
    draft.option(QStringLiteral("-boot"),
        hasMenu ? QStringLiteral("menu=on,strict=on") : QStringLiteral("strict=on"));
    if (definition.kernel().isEmpty())
        return;
    draft.option(QStringLiteral("-kernel"), definition.kernel());
    if (!definition.initrd().isEmpty())
        draft.option(QStringLiteral("-initrd"), definition.initrd());
    if (!definition.kernelCommandLine().isEmpty())
        draft.option(QStringLiteral("-append"), definition.kernelCommandLine());
}

void appendClockAndPower(CommandLineDraft& draft)
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
    if (definition.onReboot() == QLatin1StringView("destroy"))
        draft.option(QStringLiteral("-action"), QStringLiteral("reboot=shutdown"));
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
    return appendMiscellany(draft);
}

} // namespace

QString optionValue(QString text)
{
    return text.replace(QLatin1Char(','), QStringLiteral(",,"));
}

Result<QStringList> buildCommandLine(const Definition& definition, const LaunchContext& context)
{
    TRY(definition.validate());
    TRY(checkSupportedByEmbedded(definition));
    CommandLineDraft draft(definition, context);
    appendProcess(draft);
    TRY(appendMachine(draft));
    TRY(appendCpu(draft));
    TRY(appendCpuCount(draft));
    appendMemory(draft);
    appendClockAndPower(draft);
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
