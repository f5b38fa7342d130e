// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Guest.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <array>
#include <optional>

namespace vmm {

/// One question to the agent in a guest, and how its answer becomes a part of the facts. Pure; what
/// is not as it should be is left out, and lists are bounded.
struct GuestQuestion {
    const char* command;
    void (*take)(const QJsonValue& answer, GuestFacts& facts);
};

/// Source: QEMU's qga/qapi-schema.json, 7.2.
extern const std::array<GuestQuestion, 7> kGuestQuestions;

/// The answer to guest-exec-status; nothing while the program runs.
std::optional<GuestCommandResult> readExecStatus(const QJsonValue& answer);

} // namespace vmm
