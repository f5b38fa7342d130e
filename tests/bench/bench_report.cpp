// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-report FILE: prints the figures of a file (one JSON object a line) as a table, and whether
// each is what it is held to. Ends with 1 if one is not, with 2 if there is nothing to read.
#include "tests/bench/Goal.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QStringList>
#include <QTextStream>

#include <algorithm>
#include <cmath>

namespace {

QString number(const QJsonValue& value)
{
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 4) : QString();
}

/// "yes" or "no"; empty if it is held to nothing, or what it is held against was not measured.
QString verdict(const QJsonObject& figure)
{
    const auto goal = bench::Goal::parse(figure.value(QStringLiteral("goal")).toString());
    const auto isMet = goal ? goal->isMetBy(figure.value(QStringLiteral("value")).toDouble(),
                           figure.value(QStringLiteral("ratio")).toDouble(std::nan("")))
                            : std::nullopt;
    if (!isMet)
        return {};
    return *isMet ? QStringLiteral("yes") : QStringLiteral("no");
}

QStringList cells(const QJsonObject& figure)
{
    return { figure.value(QStringLiteral("bench")).toString(),
        figure.value(QStringLiteral("metric")).toString(),
        number(figure.value(QStringLiteral("value"))) + QLatin1Char(' ')
            + figure.value(QStringLiteral("unit")).toString(),
        figure.value(QStringLiteral("against")).toString(),
        number(figure.value(QStringLiteral("ratio"))),
        figure.value(QStringLiteral("goal")).toString(), verdict(figure) };
}

} // namespace

int main(int argc, char** argv)
{
    QTextStream out(stdout);
    QFile file(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString());
    if (!file.open(QIODevice::ReadOnly)) {
        QTextStream(stderr) << "bench-report: " << file.errorString() << '\n';
        return 2;
    }
    QList<QStringList> rows { { QStringLiteral("bench"), QStringLiteral("metric"),
        QStringLiteral("value"), QStringLiteral("against"), QStringLiteral("ratio"),
        QStringLiteral("goal"), QStringLiteral("met") } };
    while (!file.atEnd()) {
        const QJsonObject figure = QJsonDocument::fromJson(file.readLine()).object();
        if (!figure.isEmpty())
            rows.append(cells(figure));
    }
    if (rows.size() == 1) {
        QTextStream(stderr) << "bench-report: no figures in " << file.fileName() << '\n';
        return 2;
    }
    const auto have = [&rows](const QString& verdict) {
        return std::count_if(rows.cbegin(), rows.cend(),
            [&](const QStringList& row) { return row.last() == verdict; });
    };
    const auto missed = have(QStringLiteral("no"));
    QList<qsizetype> widths(rows.first().size(), 0);
    for (const QStringList& row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = qMax(widths[i], row[i].size());
    }
    for (const QStringList& row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i)
            out << row[i].leftJustified(i + 1 < row.size() ? widths[i] + 2 : 0);
        out << '\n';
    }
    out << "\n" << have(QStringLiteral("yes")) << " goals met, " << missed << " missed\n";
    return missed > 0 ? 1 : 0;
}
