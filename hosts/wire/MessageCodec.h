// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/wire/Message.h"

#include <QByteArray>

namespace hosts::wire {

/// One message as CBOR. Texts of events that exceed their limit (Limits.h) are cut; operations are
/// to be checked with withinLimits() first.
QByteArray encode(const Message& message);

/// The message in `bytes`, which may come from anywhere: nothing in it is believed.
/// Errors: ProtocolViolation, `detail` says what was found at which byte.
vmm::Result<Message> decode(const QByteArray& bytes);

/// Whether an operation can be sent uncut. Errors: InvalidConfig, subject: its name.
vmm::Result<void> withinLimits(const Operation& operation);
/// The same of an answer. Errors: Io.
vmm::Result<void> withinLimits(const Answer& answer);

/// Divides a change into events that fit into frames. At least one; all but the last `hasMore`.
QVector<InventoryEvent> divided(const InventoryChange& change);

} // namespace hosts::wire
