// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/virtdeck/StartupJob.h"

#include "vmm/definition/Definition.h"

#include <QFile>
#include <QLoggingCategory>

namespace app {

Q_LOGGING_CATEGORY(logStartup, "app.startup")

using hosts::ConnectionState;
using hosts::Host;

StartupJob::StartupJob(const Options& options, models::Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_options(options)
    , m_workspace(workspace)
{
    connect(&m_workspace.hosts, &models::HostList::hostAdded, this, &StartupJob::watch);
    // Queued: what is told here is in every model by then.
    connect(&m_workspace.inventory, &models::Inventory::changed, this, &StartupJob::look,
        Qt::QueuedConnection);
    const QVector<Host*> present = m_workspace.hosts.hosts();
    for (Host* host : present)
        watch(host);
}

void StartupJob::watch(Host* host)
{
    connect(host, &Host::connectionChanged, this, [this, host] { noteConnection(host); });
    noteConnection(host);
}

void StartupJob::noteConnection(Host* host)
{
    if (host->connectionState() != ConnectionState::Connected)
        return;
    if (!m_options.define.isEmpty() && host == hostToDefineOn())
        defineOn(host);
    look();
}

Host* StartupJob::hostToDefineOn() const
{
    const QVector<Host*> all = m_workspace.hosts.hosts();
    const auto embedded = std::find_if(
        all.begin(), all.end(), [](const Host* host) { return host->uri().isEmbedded(); });
    if (embedded != all.end())
        return *embedded;
    return m_options.only.isEmpty() ? nullptr : all.value(0); // none that nobody named
}

void StartupJob::defineOn(Host* host)
{
    const QString path = std::exchange(m_options.define, {});
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(logStartup).noquote() << path << file.errorString();
        return;
    }
    const QString xml = QString::fromUtf8(file.readAll());
    const vmm::Result<vmm::Definition> definition = vmm::Definition::fromXml(xml);
    const QVector<hosts::VmInfo> present = host->vms();
    const bool isThere = definition
        && std::any_of(present.begin(), present.end(),
            [&](const hosts::VmInfo& vm) { return vm.name == definition->name(); });
    if (!isThere) // a broken one, too: the host says what is wrong, as a failed task
        m_workspace.commands.define(host, xml);
}

const models::VmRecord* StartupJob::find(const QString& name) const
{
    const QVector<Host*> all = m_workspace.inventory.hosts();
    for (const Host* host : all) {
        if (host->connectionState() != ConnectionState::Connected)
            continue;
        const QVector<const models::VmRecord*> vms = m_workspace.inventory.vms(host);
        for (const models::VmRecord* vm : vms) {
            if (vm->info.name == name)
                return vm;
        }
    }
    return nullptr;
}

void StartupJob::look()
{
    if (!m_options.showVm.isEmpty()) {
        if (const models::VmRecord* vm = find(m_options.showVm)) {
            m_options.showVm.clear();
            Q_EMIT showRequested(vm->host, vm->info.id, m_options.showPage);
        }
    }
    if (!m_options.start.isEmpty()) {
        const models::VmRecord* vm = find(m_options.start);
        // Details may come after the list: act on a state that is known.
        if (vm && vm->info.state != vmm::VmState::Unknown) {
            m_options.start.clear();
            if (vmm::isAllowed(vmm::VmAction::Start, vm->info.state))
                m_workspace.commands.perform(vm->host, vm->info.id, vmm::VmAction::Start);
        }
    }
}

} // namespace app
