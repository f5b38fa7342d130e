// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace tests {

/// What a process has of what can leak, as the kernel counts it.
struct ProcessFigures {
    int threads = 0;
    int files = 0; ///< open descriptors
    qint64 memoryKiB = 0; ///< resident

    static ProcessFigures of(qint64 pid); ///< all zero if there is no such process
    QString toString() const;
};

/// "name xN" for each name that threads of a process have, for telling which ones are too many.
QStringList threadNames(qint64 pid);

/// Direct children of this process whose command line contains both words.
QList<qint64> childrenWith(const QByteArray& program, const QByteArray& argument);

} // namespace tests
