// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/qemu/QmpMessage.h"

#include <QByteArray>
#include <QVector>

namespace vmm {

/// Turns the bytes of a QMP connection into messages, however they were cut or batched. Pure: no
/// I/O. What it is fed may be hostile: the buffer is bounded, and nothing is taken on trust.
class QmpParser {
public:
    static constexpr qsizetype kDefaultLineLimit = 8 * 1024 * 1024;

    explicit QmpParser(qsizetype lineLimit = kDefaultLineLimit)
        : m_lineLimit(lineLimit)
    {
    }

    /// The messages that `bytes` completes, in order. After a line beyond the bound there is one
    /// Malformed message and the rest of that line is skipped.
    QVector<QmpMessage> feed(QByteArrayView bytes);

    /// One line, without its end.
    static QmpMessage parseLine(QByteArrayView line);

private:
    QByteArray m_line;
    qsizetype m_lineLimit;
    bool m_isSkipping = false;
};

} // namespace vmm
