// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/Units.h"

#include <QLocale>

#include <array>
#include <cmath>

namespace ui {

namespace {

// A narrow no-break space would be finer, but not every font has one.
const QChar kSpace(QChar::Nbsp);
const QChar kUnknown(0x2013);

constexpr std::array kByteUnits { "B", "KiB", "MiB", "GiB", "TiB", "PiB" };

struct Part {
    qint64 value;
    QString text;
};

} // namespace

QString Units::number(double value)
{
    if (!std::isfinite(value))
        return kUnknown;
    const double size = std::abs(value);
    // The limits lie where rounding would bring a fourth digit.
    const int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    QString text = locale.toString(value, 'f', decimals);
    if (decimals > 0) {
        while (text.endsWith(locale.zeroDigit()))
            text.chop(locale.zeroDigit().size());
        if (text.endsWith(locale.decimalPoint()))
            text.chop(locale.decimalPoint().size());
    }
    return text;
}

Units::ByteUnit Units::unitFor(double largest)
{
    size_t index = 0;
    double factor = 1;
    // 999.5 and more would be written with four digits.
    while (largest / factor >= 999.5 && index + 1 < kByteUnits.size()) {
        factor *= 1024;
        ++index;
    }
    return { factor, QString::fromLatin1(kByteUnits[index]) };
}

QString Units::bytes(double amount)
{
    if (!std::isfinite(amount))
        return kUnknown;
    const ByteUnit unit = unitFor(std::abs(amount));
    return number(amount / unit.factor) + kSpace + unit.name;
}

QString Units::bytes(vmm::Bytes amount)
{
    return bytes(static_cast<double>(amount.count()));
}

QString Units::rate(double bytesPerSecond)
{
    if (!std::isfinite(bytesPerSecond))
        return kUnknown;
    //: A rate: %1 is an amount with its unit, such as "1.2 MiB"
    return tr("%1/s").arg(bytes(bytesPerSecond));
}

QString Units::percent(double share)
{
    if (!std::isfinite(share))
        return kUnknown;
    return QLocale().toString(qRound(share * 100)) + kSpace + QLocale().percent();
}

QString Units::duration(std::chrono::seconds seconds)
{
    const qint64 total = std::max<qint64>(0, seconds.count());
    //: Days, hours, minutes and seconds, abbreviated
    const std::array<Part, 4> parts { Part { total / 86400, tr("%1 d") },
        Part { total / 3600 % 24, tr("%1 h") }, Part { total / 60 % 60, tr("%1 min") },
        Part { total % 60, tr("%1 s") } };
    for (size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].value == 0 && i + 1 < parts.size())
            continue;
        QString text = parts[i].text.arg(parts[i].value);
        // Seconds beside minutes say more than anybody asks.
        if (i + 1 < parts.size() - 1 && parts[i + 1].value != 0)
            text += QLatin1Char(' ') + parts[i + 1].text.arg(parts[i + 1].value);
        return text;
    }
    return {};
}

QString Units::ago(const QDateTime& when, const QDateTime& now)
{
    if (!when.isValid())
        return kUnknown;
    const qint64 seconds = when.secsTo(now);
    if (seconds < 10)
        return tr("just now");
    const qint64 unit = seconds >= 86400 ? 86400 : seconds >= 3600 ? 3600 : seconds >= 60 ? 60 : 1;
    //: %1 is a duration, such as "4 min"
    return tr("%1 ago").arg(duration(std::chrono::seconds(seconds / unit * unit)));
}

QString Units::exact(const QDateTime& when)
{
    if (!when.isValid())
        return kUnknown;
    return QLocale().toString(when.toLocalTime(), QLocale::ShortFormat);
}

QString Units::clock(const QDateTime& when, const QDateTime& now)
{
    if (!when.isValid())
        return kUnknown;
    const QDateTime local = when.toLocalTime();
    if (local.date() == now.toLocalTime().date())
        return QLocale().toString(local.time(), QLocale::ShortFormat);
    return exact(when);
}

} // namespace ui
