// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/vdctl/Values.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

#include <cmath>
#include <cstdio>

namespace vdctl {

namespace {

constexpr double kStep = 1024;
constexpr const char* kUnits[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB" };

vmm::Error wrong(const QString& text, const QString& why)
{
    return { vmm::ErrorKind::InvalidConfig, text, why };
}

} // namespace

vmm::Result<vmm::Bytes> parseSize(const QString& text)
{
    static const QRegularExpression form(
        QStringLiteral("^([0-9]+(?:\\.[0-9]+)?)\\s*([KMGT]?)(?:i?B)?$"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(text.trimmed());
    const QString units = QStringLiteral("KMGT");
    const qsizetype power
        = match.captured(2).isEmpty() ? 0 : units.indexOf(match.captured(2).toUpper()) + 1;
    const double size = match.captured(1).toDouble() * std::pow(kStep, power);
    if (!match.hasMatch() || size >= std::pow(2, 62))
        return wrong(text, QStringLiteral("not a size, such as 512M or 8G"));
    return vmm::Bytes::fromBytes(static_cast<quint64>(size));
}

vmm::Result<int> parseNumber(const QString& text, int minimum)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < minimum)
        return wrong(text, QStringLiteral("not a whole number from %1 on").arg(minimum));
    return number;
}

vmm::Result<bool> parseSwitch(const QString& text)
{
    if (text == QStringLiteral("on"))
        return true;
    if (text == QStringLiteral("off"))
        return false;
    return wrong(text, QStringLiteral("\"on\" or \"off\" is due"));
}

vmm::Result<QByteArray> readInput(const QString& path)
{
    QFile file(path);
    const bool isOpen = path == QStringLiteral("-") ? file.open(stdin, QIODevice::ReadOnly)
                                                    : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return vmm::Error { file.exists() ? vmm::ErrorKind::Io : vmm::ErrorKind::NotFound, path,
            file.errorString() };
    return file.readAll();
}

QString sizeText(vmm::Bytes size)
{
    auto value = static_cast<double>(size.count());
    size_t unit = 0;
    while (value >= kStep && unit + 1 < std::size(kUnits)) {
        value /= kStep;
        ++unit;
    }
    const bool isWhole = value == std::floor(value);
    return QString::number(value, 'f', isWhole ? 0 : 1) + QLatin1Char(' ')
        + QLatin1StringView(kUnits[unit]);
}

QString percentText(double share)
{
    return std::isnan(share) ? QStringLiteral("-")
                             : QString::number(share * 100, 'f', 1) + QStringLiteral(" %");
}

QString rateText(double bytesPerSecond)
{
    if (std::isnan(bytesPerSecond) || bytesPerSecond < 0)
        return QStringLiteral("-");
    return sizeText(vmm::Bytes::fromBytes(static_cast<quint64>(bytesPerSecond)))
        + QStringLiteral("/s");
}

QString idText(const QUuid& id)
{
    return id.toString(QUuid::WithoutBraces);
}

QString table(const QVector<QStringList>& rows)
{
    QVector<qsizetype> widths;
    for (const QStringList& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    QString text;
    for (const QStringList& row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += row[i].leftJustified(widths[i] + 2);
        while (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        text += line + QLatin1Char('\n');
    }
    return text;
}

QByteArray document(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray document(const QJsonArray& array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

} // namespace vdctl
