// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConnectOptions.h"
#include "console/DeviceTypes.h"
#include "console/protocol/Codec.h"
#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/base/Result.h"

#include <optional>

namespace console {

/// What a message of the helper says of the guest's devices; nothing if it is not about them.
std::optional<DeviceNews> toNews(const protocol::FromHelper& message, protocol::Payload payload);

/// A message to the helper, and the bytes that go along.
struct DeviceMessage {
    protocol::ToHelper message;
    QByteArray payload {};
};
/// Errors: InvalidConfig, a text that is too long to be told.
vmm::Result<DeviceMessage> toMessage(const DeviceWish& wish);
vmm::Result<protocol::Open> toOpen(
    const vmm::ConsoleEndpoint& endpoint, const ConnectOptions& options);

protocol::Preferences toPreferences(const ConnectOptions& options);

/// The rules in the helper's (usbredir's) words.
QString toText(const QList<UsbRule>& rules);

} // namespace console
