// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/NewMachine.h"

#include <QString>

#include <optional>

namespace tests {

/// Tiny Linux, the guest of the tests (tests/guest; `./dev guest` builds it). Boots under TCG in
/// about 5 s with 192 MiB and prints READY on the screen and on its first serial port, where it
/// offers a shell with the programs `draw RATE` and `burn PERCENT`; the power button switches it
/// off.
struct TestGuest {
    QString kernel {};
    QString initrd {};
    QString commandLine {};
    QString agentInitrd {}; ///< instead of initrd: with qemu-ga, which starts if it has a channel

    /// The built guest in $VIRTDECK_TEST_GUEST, else in $XDG_CACHE_HOME/virtdeck/guest; nothing if
    /// not built.
    static std::optional<TestGuest> find();

    vmm::NewMachine newMachine(const QString& name) const;

    /// The same guest, but with its agent and a channel for it.
    QString agentDomainXml(const QString& name, const QString& extraDevices = {}) const;

    /// Domain XML for a host of the given type ("qemu", "kvm"); extra elements go into <devices>.
    QString domainXml(const QString& name, const QString& domainType = QStringLiteral("qemu"),
        const QString& extraDevices = {}) const;
};

} // namespace tests
