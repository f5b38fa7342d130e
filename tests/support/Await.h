// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

#include <QTest>

namespace tests {

/// Spins the event loop until the future is done. A future that never finishes is an error of its
/// own, not a hang. Works in a test that has failed already, unlike QTRY_*: for cleaning up.
template <typename T> vmm::Result<T> waitFor(const vmm::Future<T>& future, int patienceMs = 10'000)
{
    const bool isFinished = QTest::qWaitFor([&future] { return future.isFinished(); }, patienceMs);
    if (!isFinished || future.resultCount() == 0)
        return vmm::Error { vmm::ErrorKind::TimedOut, {}, QStringLiteral("never finished") };
    return future.resultAt(0);
}

/// For QVERIFY2: what went wrong, or nothing.
template <typename T> QByteArray problemOf(const vmm::Result<T>& result)
{
    return result.has_value() ? QByteArray() : result.error().toString().toUtf8();
}

} // namespace tests

/// QVERIFY that a Result has a value, with its error as the message. Evaluates its argument once.
#define VERIFY_OK(expression)                                                                      \
    do {                                                                                           \
        const auto& verifiedResult = (expression);                                                 \
        QVERIFY2(verifiedResult.has_value(), tests::problemOf(verifiedResult).constData());        \
    } while (false)
