// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QString>

#include <cmath>
#include <optional>

namespace bench {

/// What a figure is held to, as benchmarks write it: "<= 16 ms", ">= 10", "ratio <= 0.35". What
/// follows the number is for readers.
struct Goal {
    static constexpr double kNoise = 0.01; ///< of a ratio: a frame or a tick more or less

    bool isOfRatio = false; ///< holds the ratio to it instead of the value
    bool isUpperBound = true;
    double bound = 0;

    static std::optional<Goal> parse(const QString& text)
    {
        static const QRegularExpression form(
            QStringLiteral(R"(^(ratio )?(<=|>=) ([0-9]+(?:\.[0-9]+)?)(?:$| ))"));
        const QRegularExpressionMatch match = form.match(text);
        if (!match.hasMatch())
            return std::nullopt;
        return Goal { .isOfRatio = match.hasCaptured(1),
            .isUpperBound = match.captured(2) == QStringLiteral("<="),
            .bound = match.captured(3).toDouble() };
    }

    /// Nothing if that was not measured, as a ratio to a program that is not installed.
    std::optional<bool> isMetBy(double value, double ratio) const
    {
        const double measured = isOfRatio ? ratio : value;
        if (std::isnan(measured))
            return std::nullopt;
        const double noise = isOfRatio ? kNoise : 0;
        return isUpperBound ? measured <= bound + noise : measured >= bound - noise;
    }
};

} // namespace bench
