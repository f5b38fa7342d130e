// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/CommandLineDraft.h"

#include <algorithm>

namespace vmm {

namespace {

constexpr QLatin1StringView kDefaultModel("qemu64"); // QEMU's, if it is told nothing

// Aids for Windows as <hyperv> names them, and as QEMU does.
struct Enlightenment {
    const char* path;
    const char* property;
};
constexpr Enlightenment kEnlightenments[] = {
    { "features/hyperv/relaxed@state", "hv-relaxed" },
    { "features/hyperv/vapic@state", "hv-vapic" },
    { "features/hyperv/vpindex@state", "hv-vpindex" },
    { "features/hyperv/runtime@state", "hv-runtime" },
    { "features/hyperv/synic@state", "hv-synic" },
    { "features/hyperv/stimer@state", "hv-stimer" },
    { "features/hyperv/reset@state", "hv-reset" },
    { "features/hyperv/frequencies@state", "hv-frequencies" },
    { "features/hyperv/reenlightenment@state", "hv-reenlightenment" },
    { "features/hyperv/tlbflush@state", "hv-tlbflush" },
    { "features/hyperv/ipi@state", "hv-ipi" },
    { "features/hyperv/evmcs@state", "hv-evmcs" },
};

bool isOn(const Definition& definition, const char* path)
{
    return definition.value(path) == QLatin1StringView("on");
}

// What only KVM can offer to a guest; QEMU's translator has none of it.
Result<QString> paravirtualization(const Definition& definition)
{
    QString cpu;
    for (const Enlightenment& aid : kEnlightenments) {
        if (isOn(definition, aid.path))
            cpu += QStringLiteral(",%1=on").arg(QLatin1StringView(aid.property));
    }
    if (isOn(definition, "features/hyperv/spinlocks@state")) {
        const int said = definition.value("features/hyperv/spinlocks@retries").toInt();
        cpu += QStringLiteral(",hv-spinlocks=%1").arg(std::max(said, 4095));
    }
    if (isOn(definition, "features/hyperv/vendor_id@state")) {
        const QString vendor = TRY(plainWord("features/hyperv/vendor_id@value",
            definition.value("features/hyperv/vendor_id@value")));
        cpu += QStringLiteral(",hv-vendor-id=") + vendor;
    }
    if (timerValue(definition, "hypervclock", "@present") == QLatin1StringView("yes"))
        cpu += QStringLiteral(",hv-time=on");
    if (const QString clock = timerValue(definition, "kvmclock", "@present"); !clock.isEmpty())
        cpu += clock == QLatin1StringView("no") ? QStringLiteral(",kvmclock=off")
                                                : QStringLiteral(",kvmclock=on");
    if (isOn(definition, "features/kvm/hidden@state"))
        cpu += QStringLiteral(",kvm=off");
    if (definition.value("cpu/cache@mode") == QLatin1StringView("passthrough"))
        cpu += QStringLiteral(",host-cache-info=on,l3-cache=off");
    return cpu;
}

} // namespace

// QEMU's translator can't pass this computer's CPU through: there, the best it has stands for it.
Result<void> appendCpu(CommandLineDraft& draft)
{
    const Definition& definition = draft.definition;
    const QString mode = definition.cpuMode();
    QString cpu;
    bool hasModel = true;
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
        cpu = kDefaultModel;
        hasModel = false;
    }
    const QStringList names = definition.valuesOfEach("cpu/feature", "@name");
    const QStringList policies = definition.valuesOfEach("cpu/feature", "@policy");
    for (qsizetype i = 0; i < names.size(); ++i) {
        cpu += QLatin1Char(',') + TRY(plainWord("cpu/feature@name", names.at(i)));
        cpu += policies.at(i) == QLatin1StringView("disable") ? QStringLiteral("=off")
                                                              : QStringLiteral("=on");
    }
    if (draft.isKvm())
        cpu += TRY(paravirtualization(definition));
    if (hasModel || cpu != kDefaultModel)
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

} // namespace vmm
