// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tests {

/// Which steps of an operation a test has something go wrong at. All of them take the better part
/// of an hour, so that by default it is each n-th one, beginning with the next one each day: after
/// n days all had their turn. VIRTDECK_ALL_STEPS=1 has all tried at once; VIRTDECK_STEP_SEED=NUMBER
/// repeats those of another day, as printed.
class StepSample {
public:
    /// `operation`: with what goes wrong, if there are several; they don't begin at the same step.
    StepSample(const QString& operation, int interval);

    int first() const { return m_first; }
    int interval() const { return m_interval; }
    bool contains(int step) const { return step % m_interval == m_first; }

    QString toString() const; ///< for the test's output

private:
    qint64 m_seed = 0;
    int m_interval = 1;
    int m_first = 0;
};

} // namespace tests
