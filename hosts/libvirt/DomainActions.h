// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/DomainReader.h"
#include "hosts/libvirt/JobRunner.h"
#include "vmm/base/NewMachine.h"

namespace hosts::libvirt {

// What can be done with a machine, as blocking functions for worker threads.

/// One step of a machine's life, after checking its real state against vmm::isAllowed.
/// Errors: NotFound, WrongState, HostLacksFeature, what libvirt says.
vmm::Result<void> performAction(const Connection& connection, VmId id, vmm::VmAction action);

/// Error: AlreadyExists (NameInUse) if another machine than `id` has the name.
vmm::Result<void> checkNameIsFree(const Connection& connection, const QString& name, VmId id);

/// Source: virDomainDefineXMLFlags, with VALIDATE; without it if only the schema objects, since the
/// schema knows less than the parser. Errors: see hosts::Define.
vmm::Result<VmId> defineDomain(
    const Connection& connection, const QString& xml, const QString& base = {});

/// The stored (inactive) definition; its secrets are left out.
vmm::Result<QString> readDefinition(const Connection& connection, VmId id);

/// What an active machine runs with, comparable to the stored one; see RunningDefinition.h.
vmm::Result<QString> readRunningDefinition(const Connection& connection, VmId id);

/// Writes memory to disk and switches off; cancelled, the machine goes on.
/// Source: virDomainManagedSave.
vmm::Result<void> saveMachine(const Connection& connection, VmId id, JobControl& control);

/// See parseConsole. Source: virDomainGetXMLDesc(SECURE).
vmm::Result<vmm::ConsoleEndpoint> findConsole(
    const Connection& connection, VmId id, const QString& hostName, ScreenKind kind);

/// A non-blocking stream of a serial port's bytes. Source: virDomainOpenConsole. Errors:
/// WrongState, NotFound, Busy (ConsoleInUse), what libvirt says.
vmm::Result<Stream> openConsole(const Connection& connection, const OpenSerial& wanted);

/// Which screen an active machine has. Errors: WrongState, HostLacksFeature.
vmm::Result<GraphicsDevice> findGraphics(const Connection& connection, VmId id, ScreenKind kind);

/// See hosts::SetScreenPassword. Source: virDomainUpdateDeviceFlags.
vmm::Result<void> setScreenPassword(
    const Connection& connection, const SetScreenPassword& operation);

/// Hands a connected socket to the machine's QEMU, which speaks to it as to a client that has
/// logged in. Needs a libvirtd of this computer. Source: virDomainOpenGraphics(SKIPAUTH).
vmm::Result<void> openGraphics(
    const Connection& connection, VmId id, unsigned int index, int socket);

} // namespace hosts::libvirt
