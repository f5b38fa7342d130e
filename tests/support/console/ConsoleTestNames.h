// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleTypes.h"

#include <QTest>

// Lets QCOMPARE print the names of the console's enumerators.
namespace QTest {

template <> inline char* toString(const console::SessionState& value)
{
    return qstrdup(qPrintable(console::nameOf(value)));
}

template <> inline char* toString(const console::EndReason& value)
{
    return qstrdup(qPrintable(console::nameOf(value)));
}

} // namespace QTest
