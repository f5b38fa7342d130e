// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Operations.h"
#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/JobRunner.h"
#include "hosts/libvirt/Wanted.h"

namespace hosts::libvirt {

// What is set of a machine beside its devices. Blocking, for worker threads. Errors of all:
// NotFound, HostLacksFeature, what libvirt says.

/// Source: virDomainSetMetadata (title, description, and our own element for the tags).
vmm::Result<void> setNotes(const Connection& connection, const SetNotes& operation);
/// Whether others stand on it is for the caller to check. Errors: also WrongState (it runs).
vmm::Result<void> setTemplate(const Connection& connection, VmId vm, bool isOn);
/// Source: virDomainSetAutostart.
vmm::Result<void> setAutostart(const Connection& connection, VmId vm, bool isOn);
/// Errors: also InvalidConfig, AlreadyExists (NameInUse), WrongState. Source: virDomainRename.
vmm::Result<void> renameDomain(const Connection& connection, VmId vm, const QString& name);
/// Errors: also InvalidConfig (no such key). Source: virDomainSendKey.
vmm::Result<void> sendKeys(const Connection& connection, VmId vm, const QStringList& keys);
/// Source: virDomainInjectNMI.
vmm::Result<void> injectNmi(const Connection& connection, VmId vm);
/// Errors: also AlreadyExists. Source: virDomainCoreDumpWithFormat (MEMORY_ONLY).
vmm::Result<void> dumpMemory(
    const Connection& connection, VmId vm, const QString& path, JobControl& control);
/// Undefines a machine and deletes images of it. Source: virDomainUndefineFlags,
/// virStorageVolDelete.
vmm::Result<void> removeWithDisks(
    const Connection& connection, const RemoveWithDisks& operation, const Wanted& wanted);

} // namespace hosts::libvirt
