// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-report FILE: prints the figures of a file (one JSON object a line) as a table.
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QStringList>
#include <QTextStream>

namespace {

QString number(const QJsonValue& value)
{
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 4) : QString();
}

QStringList cells(const QJsonObject& figure)
{
    return { figure.value(QStringLiteral("bench")).toString(),
        figure.value(QStringLiteral("metric")).toString(),
        number(figure.value(QStringLiteral("value"))) + QLatin1Char(' ')
            + figure.value(QStringLiteral("unit")).toString(),
        figure.value(QStringLiteral("against")).toString(),
        number(figure.value(QStringLiteral("ratio"))),
        figure.value(QStringLiteral("goal")).toString() };
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
        QStringLiteral("goal") } };
    while (!file.atEnd()) {
        const QJsonObject figure = QJsonDocument::fromJson(file.readLine()).object();
        if (!figure.isEmpty())
            rows.append(cells(figure));
    }
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
    return 0;
}
