// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/base/FileDescriptor.h"
#include "vmm/definition/Definition.h"

#include <QHash>

#include <memory>

namespace vmm {

using SharedDescriptor = std::shared_ptr<const FileDescriptor>;

/// Where QEMU's qemu-bridge-helper lies on this computer; empty: it is not there.
QString findBridgeHelper();

/// Has qemu-bridge-helper, which may do it for ordinary users, make a tap device and put it on
/// `bridge`; the device goes with its descriptor. `context` must outlive it. Completes within 5 s.
/// Errors: NotFound (ProgramMissing; no such bridge), PermissionDenied (detail: the helper is not
/// setuid root, or bridge.conf does not allow that bridge, and what to do), ProcessFailed,
/// TimedOut. Source: qemu-bridge-helper.c of QEMU 7.2 (`--use-vnet --br=NAME --fd=N`: it answers
/// over the socket N with SCM_RIGHTS).
Future<SharedDescriptor> askBridgeHelper(
    QObject* context, const QString& helper, const QString& bridge);

/// The host's end of a card: opened here where this process may (openTap()), else by the helper.
Future<SharedDescriptor> openTapSomehow(QObject* context, const NetworkInterface& card);

/// The ends of all cards of a machine that need one, by the name of the card ("net-0").
Future<QHash<QString, SharedDescriptor>> openTaps(QObject* context, const Definition& definition);

/// A card of this type has a tap device on the host.
bool needsTap(const NetworkInterface& card);

} // namespace vmm
