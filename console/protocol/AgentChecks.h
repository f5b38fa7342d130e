// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/AgentMessages.h"

/// The whole of what a receiver of each message may rely on; for Codec.cpp.
namespace console::protocol {

bool isValid(const ClipboardOffer& m);
bool isValid(const ClipboardRequest& m);
bool isValid(const ClipboardAnswer& m);
bool isValid(const Monitors& m);
bool isValid(const Responsive& m);
bool isValid(const ClipboardCut& m);
bool isValid(const FileProgress& m);
bool isValid(const FileEnded& m);
bool isValid(const ClipboardDirection& m);
bool isValid(const MonitorLayout& m);
bool isValid(const SendFile& m);
bool isValid(const CancelFile& m);

} // namespace console::protocol
