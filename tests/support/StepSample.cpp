// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/StepSample.h"

#include <QDate>

namespace tests {

StepSample::StepSample(const QString& operation, int interval)
{
    bool isGiven = false;
    m_seed = qEnvironmentVariable("VIRTDECK_STEP_SEED").toLongLong(&isGiven);
    if (!isGiven)
        m_seed = QDate::currentDate().toJulianDay();
    if (qEnvironmentVariable("VIRTDECK_ALL_STEPS") == QLatin1StringView("1"))
        return;
    m_interval = interval;
    qint64 sum = qAbs(m_seed);
    for (const QChar& letter : operation)
        sum += letter.unicode();
    m_first = static_cast<int>(sum % interval);
}

QString StepSample::toString() const
{
    if (m_interval == 1)
        return QStringLiteral("all steps");
    return QStringLiteral("step %1 and each %2th after it, by VIRTDECK_STEP_SEED=%3; "
                          "VIRTDECK_ALL_STEPS=1 tries all")
        .arg(m_first)
        .arg(m_interval)
        .arg(m_seed);
}

} // namespace tests
