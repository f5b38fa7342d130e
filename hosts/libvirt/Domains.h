// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/DomainReader.h"
#include "vmm/base/DeviceScope.h"

namespace hosts::libvirt {

/// A domain that something is to be done to, with what decides how. Blocking, for worker threads.
struct Subject {
    Domain domain {};
    QString name {};
    vmm::VmState state = vmm::VmState::Unknown;
    bool isActive = false;
    bool isPersistent = false; ///< it has a definition that outlives its run

    virDomainPtr get() const { return domain.get(); }
};

/// Errors: NotFound, what libvirt says.
vmm::Result<Subject> findSubject(const Connection& connection, VmId id);
/// Errors: also WrongState ("screenshot while shut-off") if it is not active.
vmm::Result<Subject> findActive(const Connection& connection, VmId id, const QString& purpose);

/// The XML that it runs with, or its stored one. `flags`: virDomainXMLFlags beside INACTIVE.
vmm::Result<QByteArray> runningXml(const Subject& subject, unsigned int flags = 0);
vmm::Result<QByteArray> storedXml(const Subject& subject, unsigned int flags = 0);

/// Whether libvirt keeps memory of it for the next start (virDomainHasManagedSaveImage).
bool hasSavedMemory(const Subject& subject);
/// Stores a definition that libvirt itself has told (virDomainDefineXML). Errors: what libvirt
/// says.
vmm::Result<void> storeAgain(
    const Connection& connection, const QByteArray& xml, const QString& subject);

/// What libvirt said of a call that answered less than 0; success otherwise.
vmm::Result<void> check(int answer, const QString& subject);

/// Which of both a change is about. Errors: WrongState (Running of one that is off).
struct Impact {
    bool isLive = false;
    bool isStored = false;

    unsigned int flags() const; ///< virDomainModificationImpact
};
vmm::Result<Impact> impactOf(const Subject& subject, vmm::DeviceScope scope);

} // namespace hosts::libvirt
