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

/// What went wrong, or nothing.
template <typename T> QByteArray problemOf(const vmm::Result<T>& result)
{
    if (result.has_value())
        return {};
    const QByteArray words = result.error().toString().toUtf8();
    return words.isEmpty() ? QByteArrayLiteral("it failed") : words;
}

/// The same of a future, once it is done.
template <typename T> QByteArray problemOf(const vmm::Future<T>& future)
{
    return problemOf(waitFor(future));
}

} // namespace tests

/// QVERIFY that a Result, or that of a Future once it is done, has a value; with its error as the
/// message. Evaluates its argument once.
#define VERIFY_OK(expression)                                                                      \
    do {                                                                                           \
        const QByteArray verifiedProblem = tests::problemOf(expression);                           \
        QVERIFY2(verifiedProblem.isEmpty(), verifiedProblem.constData());                          \
    } while (false)
