// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ConsoleSessions.h"

#include "ui/consoles/FurtherDisplays.h"
#include "ui/consoles/PicturePreferences.h"
#include "ui/consoles/ScreenTrust.h"

#include <algorithm>

namespace ui {

ConsoleSessions::ConsoleSessions(Context& context, QObject* parent)
    : QObject(parent)
    , m_context(context)
{
    models::Inventory& inventory = context.workspace.inventory;
    connect(&inventory, &models::Inventory::changed, this, &ConsoleSessions::take);
    connect(&inventory, &models::Inventory::hostChanged, this, [this](hosts::Host* host) {
        for (OpenConsole* console : std::as_const(m_order)) {
            if (console->vm().host == host)
                console->followHost();
        }
    });
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, [this](hosts::Host* host) {
        const QVector<OpenConsole*> all = m_order;
        for (OpenConsole* console : all) {
            if (console->vm().host == host)
                close(console);
        }
    });
}

ConsoleSessions::~ConsoleSessions()
{
    // Views are told while everything is still there.
    while (!m_order.isEmpty())
        close(m_order.last());
}

OpenConsole* ConsoleSessions::find(const models::VmRef& vm) const
{
    const auto found = std::find_if(m_order.begin(), m_order.end(),
        [&](const OpenConsole* console) { return vm.host && console->vm() == vm; });
    return found == m_order.end() ? nullptr : *found;
}

OpenConsole* ConsoleSessions::open(const models::VmRef& vm)
{
    if (OpenConsole* there = find(vm))
        return there;
    const models::VmRecord* record = m_context.workspace.inventory.find(vm.host, vm.vm);
    if (!record)
        return nullptr;
    if (OpenConsole* moved = findLeftBehind(*record)) {
        moved->moveTo(*record);
        applyHostsChoices(*moved);
        return moved;
    }
    auto made = std::make_unique<OpenConsole>(vm, record->info.name, m_context.consoles);
    made->take(*record);
    applyHostsChoices(*made);
    add(std::move(made));
    return m_order.last();
}

OpenConsole* ConsoleSessions::open(const QString& name, const vmm::ConsoleEndpoint& endpoint,
    const console::ConnectOptions& options)
{
    add(std::make_unique<OpenConsole>(name, endpoint, options, m_context.consoles));
    return m_order.last();
}

void ConsoleSessions::add(std::unique_ptr<OpenConsole> made)
{
    OpenConsole* console = made.release();
    console->setParent(this);
    m_order.append(console);
    m_lastUsed.append(console);
    connect(console, &OpenConsole::changed, this, [this, console] { Q_EMIT changed(console); });
    Q_EMIT opened(console); // room is made when it is shown: until then it would count as hidden
}

void ConsoleSessions::close(OpenConsole* console)
{
    if (!m_order.contains(console))
        return;
    Q_EMIT aboutToClose(console);
    m_order.removeOne(console);
    m_lastUsed.removeOne(console);
    m_detached.remove(console);
    m_shown.removeIf([console](const auto& entry) { return entry.value() == console; });
    console->disconnect(this);
    console->closeFurtherWindows();
    console->session().close();
    console->deleteLater(); // it may be the sender of what is being handled
}

void ConsoleSessions::show(const QObject* viewer, OpenConsole* console)
{
    OpenConsole* before = m_shown.value(viewer);
    if (before == console)
        return;
    if (before)
        before->removeViewer(viewer);
    if (console) {
        if (!m_known.contains(viewer)) {
            m_known.insert(viewer);
            connect(viewer, &QObject::destroyed, this, [this](const QObject* gone) {
                m_known.remove(gone);
                show(gone, nullptr);
            });
        }
        m_shown.insert(viewer, console);
        console->addViewer(viewer);
        m_lastUsed.removeOne(console);
        m_lastUsed.append(console);
        console->connectIfDue();
    } else {
        m_shown.remove(viewer);
    }
    makeRoom();
}

void ConsoleSessions::setDetached(OpenConsole* console, bool isDetached)
{
    if (!m_order.contains(console) || this->isDetached(console) == isDetached)
        return;
    if (isDetached)
        m_detached.insert(console);
    else
        m_detached.remove(console);
    Q_EMIT detachedChanged(console, isDetached);
    Q_EMIT changed(console);
    activate(console);
}

void ConsoleSessions::activate(OpenConsole* console)
{
    if (m_order.contains(console))
        Q_EMIT activationRequested(console);
}

void ConsoleSessions::activateNext(OpenConsole* from, int step)
{
    if (m_order.isEmpty())
        return;
    const qsizetype count = m_order.size();
    const qsizetype index = std::max<qsizetype>(m_order.indexOf(from), 0);
    activate(m_order[(index + step % count + count) % count]);
}

/// To where its machine runs now, if that is another host.
bool ConsoleSessions::follow(OpenConsole& console)
{
    const models::VmRecord* there
        = m_context.workspace.inventory.findRunningElsewhere(console.vm().host, console.vm().vm);
    if (!there || !console.isAnotherRun(*there) || find({ there->host, there->info.id }))
        return false;
    console.moveTo(*there);
    applyHostsChoices(console);
    return true;
}

void ConsoleSessions::applyHostsChoices(OpenConsole& console)
{
    PicturePreferences::apply(m_context.settings, console);
    ScreenTrust::apply(m_context.settings, console);
}

/// The console of this machine from when another host ran it.
OpenConsole* ConsoleSessions::findLeftBehind(const models::VmRecord& vm) const
{
    for (OpenConsole* console : m_order) {
        const models::VmRef& other = console->vm();
        if (!other.host || other.host == vm.host || other.vm != vm.info.id)
            continue;
        const models::VmRecord* there = m_context.workspace.inventory.find(other.host, other.vm);
        if ((!there || !vmm::isActive(there->info.state)) && console->isAnotherRun(vm))
            return console;
    }
    return nullptr;
}

void ConsoleSessions::makeRoom()
{
    QVector<OpenConsole*> hidden;
    std::copy_if(m_lastUsed.begin(), m_lastUsed.end(), std::back_inserter(hidden),
        [](const OpenConsole* console) { return !console->isShown() && !console->isAtWork(); });
    // The newest, which may be on its way to its first viewer, comes last.
    for (int i = 0; i < hidden.size() - kMaxHidden; ++i) {
        const QString name = hidden[i]->name();
        close(hidden[i]);
        Q_EMIT closedForRoom(name);
    }
}

void ConsoleSessions::take(const models::InventoryDelta& delta)
{
    const QVector<OpenConsole*> all = m_order;
    for (OpenConsole* console : all) {
        if (console->vm().host != delta.host)
            continue;
        const hosts::VmId id = console->vm().vm;
        const auto isIt = [id](const models::VmRecord* vm) { return vm->info.id == id; };
        if (std::any_of(delta.removed.begin(), delta.removed.end(), isIt)) {
            if (!follow(*console))
                close(console);
            continue;
        }
        const auto change = std::find_if(delta.changed.begin(), delta.changed.end(),
            [&](const models::VmChange& candidate) { return isIt(candidate.vm); });
        if (change != delta.changed.end())
            console->take(*change->vm);
        if (!vmm::isActive(console->machineState()) && follow(*console))
            continue;
        if (!console->isShown() && !vmm::isActive(console->machineState()))
            close(console); // there is no connection left to come back to
    }
}

} // namespace ui
