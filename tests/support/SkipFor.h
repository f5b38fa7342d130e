// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTest>

/// Skips the test function for the first of these reasons that is not empty: what can't exist on
/// this computer.
#define SKIP_FOR(...)                                                                              \
    for (const QString& skipReason : { __VA_ARGS__ }) {                                            \
        if (!skipReason.isEmpty())                                                                 \
            QSKIP(qPrintable(skipReason));                                                         \
    }
