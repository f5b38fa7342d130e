// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/Text.h"

namespace ui {

using hosts::ConnectionState;
using vmm::StateReason;
using vmm::VmAction;
using vmm::VmState;

QString Text::state(VmState state)
{
    switch (state) {
    case VmState::Unknown:
        return tr("Unknown");
    case VmState::ShutOff:
        return tr("Off");
    case VmState::Starting:
        return tr("Starting");
    case VmState::Running:
        return tr("Running");
    case VmState::Paused:
        return tr("Paused");
    case VmState::ShuttingDown:
        return tr("Shutting down");
    case VmState::Crashed:
        return tr("Crashed");
    }
    return {};
}

QString Text::state(const hosts::VmInfo& vm)
{
    if (vm.isTemplate)
        return tr("Template");
    if (vm.state == VmState::ShutOff && vm.hasSavedMemory)
        return tr("Saved");
    return state(vm.state);
}

models::VmFilter::StateWords Text::stateWords()
{
    models::VmFilter::StateWords words;
    for (const VmState each : vmm::kAllVmStates)
        words.states[each] << state(each);
    words.saved << tr("Saved");
    words.ofTemplate << tr("Template");
    return words;
}

QString Text::action(VmAction action)
{
    switch (action) {
    case VmAction::Start:
        return tr("Start");
    case VmAction::Pause:
        return tr("Pause");
    case VmAction::Resume:
        return tr("Resume");
    case VmAction::ShutDown:
        return tr("Shut down");
    case VmAction::Reset:
        return tr("Reset");
    case VmAction::ForceOff:
        return tr("Force off");
    case VmAction::Reboot:
        return tr("Reboot");
    case VmAction::Save:
        return tr("Save");
    case VmAction::DiscardSave:
        return tr("Discard saved memory");
    case VmAction::Undefine:
        return tr("Remove");
    }
    return {};
}

QString Text::actionTip(VmAction action)
{
    switch (action) {
    case VmAction::Start:
        return tr("Switch the machine on");
    case VmAction::Pause:
        return tr("Halt the machine where it is; its memory is kept");
    case VmAction::Resume:
        return tr("Let the paused machine run on");
    case VmAction::ShutDown:
        return tr("Ask the guest to shut down; it may ignore that");
    case VmAction::Reboot:
        return tr("Ask the guest to restart; it may ignore that");
    case VmAction::Save:
        return tr("Write the memory to disk and switch off; the next start goes on from there");
    case VmAction::DiscardSave:
        return tr("Forget the saved memory: the next start boots the guest");
    case VmAction::Reset:
        return tr("Restart at once, like the reset button; the guest can't save anything");
    case VmAction::ForceOff:
        return tr("Switch off at once, like pulling the plug; the guest can't save anything");
    case VmAction::Undefine:
        return tr("Remove the machine from its host (libvirt: undefine)");
    }
    return {};
}

QString Text::metric(hosts::VmMetric metric)
{
    switch (metric) {
    case hosts::VmMetric::CpuLoad:
        return tr("CPU");
    case hosts::VmMetric::MemoryUsed:
        return tr("Memory");
    case hosts::VmMetric::DiskRead:
        return tr("Read");
    case hosts::VmMetric::DiskWrite:
        return tr("Written");
    case hosts::VmMetric::NetworkReceive:
        return tr("Received");
    case hosts::VmMetric::NetworkSend:
        return tr("Sent");
    }
    return {};
}

QString Text::connection(ConnectionState state)
{
    switch (state) {
    case ConnectionState::Disconnected:
        return tr("Not connected");
    case ConnectionState::Connecting:
        return tr("Connecting");
    case ConnectionState::Connected:
        return tr("Connected");
    case ConnectionState::Reconnecting:
        return tr("No connection, trying again");
    case ConnectionState::Failed:
        return tr("Connection failed");
    }
    return {};
}

QString Text::reason(VmState state, StateReason reason)
{
    switch (reason) {
    case StateReason::None:
    case StateReason::Other:
        return {};
    case StateReason::GuestRequest:
        return vmm::isActive(state) ? tr("The guest restarted by itself.")
                                    : tr("The guest shut itself down.");
    case StateReason::HostRequest:
        return vmm::isActive(state) ? QString() : tr("It was switched off from this host.");
    case StateReason::GuestPanicked:
        return tr("The guest's operating system failed (kernel panic).");
    case StateReason::ProcessDied:
        return tr("The hypervisor process of this machine ended by itself.");
    case StateReason::IoError:
        return tr("A disk failed or is full; the machine was paused to protect its data.");
    case StateReason::DiskFull:
        return tr("The host's disk is full; the machine was paused to protect its data.");
    case StateReason::OutOfMemory:
        return tr("The host ran out of memory, and its kernel ended this machine.");
    case StateReason::Saving:
        return tr("Its memory is being written to disk.");
    case StateReason::Saved:
        return tr("Its memory is saved; the next start goes on from there.");
    case StateReason::Restored:
        return tr("It goes on from its saved memory.");
    case StateReason::Snapshot:
        return tr("It was paused for a snapshot.");
    case StateReason::Watchdog:
        return tr("The guest did not answer its watchdog any more.");
    case StateReason::StartFailed:
        return tr("It could not be started.");
    case StateReason::Adopted:
        return tr("It was found running when the host was opened.");
    }
    return {};
}

QString Text::remedy(StateReason reason)
{
    switch (reason) {
    case StateReason::GuestPanicked:
        return tr("Look at its screen and its log, then start it again.");
    case StateReason::ProcessDied:
    case StateReason::StartFailed:
        return tr("The last words above may tell the cause. Start it again once it is mended.");
    case StateReason::IoError:
        return tr("Look after the disk and its free space, then resume the machine.");
    case StateReason::DiskFull:
        return tr("Free some space on the host, then resume the machine: nothing is lost.");
    case StateReason::OutOfMemory:
        return tr("Stop other machines or give this one less memory, then start it again.");
    case StateReason::Watchdog:
        return tr("Look at its screen; reset it if it hangs.");
    case StateReason::None:
    case StateReason::GuestRequest:
    case StateReason::HostRequest:
    case StateReason::Saving:
    case StateReason::Saved:
    case StateReason::Restored:
    case StateReason::Snapshot:
    case StateReason::Adopted:
    case StateReason::Other:
        return {};
    }
    return {};
}

QString Text::whyNot(VmAction action, VmState state)
{
    if (state == VmState::Unknown)
        return tr("The state of the machine is not known: its host does not answer.");
    switch (action) {
    case VmAction::Start:
        return tr("The machine is on already.");
    case VmAction::Pause:
        return tr("Only a running machine can be paused.");
    case VmAction::Resume:
        return tr("Only a paused machine can be resumed.");
    case VmAction::ShutDown:
        return state == VmState::Paused
            ? tr("A paused machine can't react: resume it first, or force it off.")
            : tr("Only a running machine can be shut down.");
    case VmAction::Reboot:
        return tr("Only a running machine can be rebooted.");
    case VmAction::Save:
        return tr("Only a running or paused machine can be saved.");
    case VmAction::DiscardSave:
        return tr("Only a machine that is off has saved memory.");
    case VmAction::Reset:
        return tr("Only a running or paused machine can be reset.");
    case VmAction::ForceOff:
        return tr("The machine is off already.");
    case VmAction::Undefine:
        return tr("Only a machine that is off can be removed.");
    }
    return {};
}

QString Text::whyNot(VmAction action, const hosts::VmInfo& vm)
{
    if (!vmm::isAllowed(action, vm.state))
        return whyNot(action, vm.state);
    if (action == VmAction::DiscardSave && !vm.hasSavedMemory)
        return tr("This machine has no saved memory.");
    if (vm.isTemplate)
        return tr("A template stays as it is: clone it, or make it a machine again.");
    return whyNot(action, vm.state);
}

QString Text::accelerator(const QString& name)
{
    if (name == QStringLiteral("KVM"))
        return tr("KVM, in hardware");
    if (name == QStringLiteral("TCG"))
        return tr("TCG, in software (slow)");
    return name;
}

QString Text::taskState(models::TaskState state)
{
    switch (state) {
    case models::TaskState::Running:
        return tr("In progress");
    case models::TaskState::Succeeded:
        return tr("Done");
    case models::TaskState::Failed:
        return tr("Failed");
    case models::TaskState::Cancelled:
        return tr("Cancelled");
    }
    return {};
}

QString Text::taskState(const models::Task& task)
{
    return task.isWaiting ? tr("Waiting") : taskState(task.state);
}

QString Text::vmCount(int count)
{
    return tr("%Ln machine(s)", nullptr, count);
}

QString Text::cpuCount(int count)
{
    return tr("%Ln CPU(s)", nullptr, count);
}

} // namespace ui
