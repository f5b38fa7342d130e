// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QByteArray>

#include <optional>

namespace hosts::wire {

/// A payload with its length in front: four bytes, little endian.
QByteArray framed(const QByteArray& payload);

/// Finds frames in a stream that arrives in pieces of any size.
class FrameReader {
public:
    void feed(const QByteArray& bytes);

    /// The next whole frame's payload, or nullopt if more bytes are needed.
    /// Errors: ProtocolViolation for a length of 0 or beyond kMaxFrame; from then on for ever.
    vmm::Result<std::optional<QByteArray>> next();

private:
    QByteArray m_buffer;
    qsizetype m_taken = 0;
};

} // namespace hosts::wire
