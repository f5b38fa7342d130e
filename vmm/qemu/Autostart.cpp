// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Autostart.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/qemu/Core.h"

#include <QLoggingCategory>

#include <algorithm>

namespace vmm {

namespace {

Q_LOGGING_CATEGORY(autostartLog, "vm.autostart", QtInfoMsg)

} // namespace

Autostart::Autostart(Core& core)
    : QObject(&core)
    , m_core(core)
{
}

bool Autostart::isToBeStarted(const Machine& machine)
{
    return machine.storedState().isAutostart && !machine.storedState().isTemplate
        && !machine.problem() && isAllowed(VmAction::Start, machine.state());
}

void Autostart::run(const std::function<Future<void>(const QUuid& id)>& whenReady)
{
    QVector<Machine*> machines = m_core.machines();
    erase_if(machines, [](const Machine* machine) { return !isToBeStarted(*machine); });
    if (!markDone() || machines.isEmpty())
        return;
    std::sort(machines.begin(), machines.end(),
        [](const Machine* a, const Machine* b) { return a->name() < b->name(); });
    for (const Machine* machine : std::as_const(machines)) {
        const QUuid id = machine->id();
        const Future<void> ready = whenReady ? whenReady(id) : async::ready<void>({});
        async::onFinished(ready, this, [this, id](const Result<void>&) {
            m_waiting.push_back(id);
            startNext();
        });
    }
}

/// False if it was done before.
bool Autostart::markDone() const
{
    // In the runtime folder, but that may be on a disk: what counts is the boot.
    const QString mark = m_core.store().runtimeFolder() + QStringLiteral("/autostarted");
    const QByteArray boot = currentBootId().toUtf8();
    const Result<QByteArray> before = readWhole(mark, 1024);
    if (before && *before == boot)
        return false;
    const Result<void> marked = replaceFile(mark, boot);
    if (!marked)
        qCWarning(autostartLog).noquote() << "can't note it:" << marked.error().toString();
    return true;
}

void Autostart::startNext()
{
    if (m_waiting.empty() || m_underWay >= kAtATime)
        return;
    const QUuid id = m_waiting.front();
    m_waiting.pop_front();
    const Machine* machine = m_core.machine(id);
    if (!machine || !isToBeStarted(*machine)) {
        startNext();
        return;
    }
    ++m_underWay;
    async::onFinished(
        m_core.perform(id, VmAction::Start), this, [this, id](const Result<void>& started) {
            --m_underWay;
            if (!started)
                qCWarning(autostartLog).noquote()
                    << "can't start" << id << started.error().toString();
            startNext();
        });
}

} // namespace vmm
