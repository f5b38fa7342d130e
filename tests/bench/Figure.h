// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

namespace bench {

/// One measured figure. `against` names what it is compared with, measured in the same run.
struct Figure {
    QString bench {};
    QString metric {};
    double value = 0;
    QString unit {};
    QString against {};
    double ratio = std::nan(""); ///< value / what it is compared with; NaN if nothing
    QString goal {};
};

/// Prints a figure as one line of JSON on standard output.
inline void print(const Figure& figure)
{
    QJsonObject object { { QStringLiteral("bench"), figure.bench },
        { QStringLiteral("metric"), figure.metric }, { QStringLiteral("value"), figure.value },
        { QStringLiteral("unit"), figure.unit }, { QStringLiteral("against"), figure.against },
        { QStringLiteral("goal"), figure.goal } };
    object.insert(QStringLiteral("ratio"),
        std::isnan(figure.ratio) ? QJsonValue() : QJsonValue(figure.ratio));
    std::puts(QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

inline double median(std::vector<double> values)
{
    if (values.empty())
        return std::nan("");
    std::sort(values.begin(), values.end());
    const size_t middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

} // namespace bench
