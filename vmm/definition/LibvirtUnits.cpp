// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/LibvirtUnits.h"

#include <limits>

namespace vmm {

std::optional<Bytes> parseMemory(const QString& number, const QString& unit)
{
    struct Unit {
        QLatin1StringView name;
        quint64 factor;
    };
    static constexpr Unit kUnits[] = {
        { QLatin1StringView(""), 1ULL << 10 },
        { QLatin1StringView("b"), 1 },
        { QLatin1StringView("byte"), 1 },
        { QLatin1StringView("bytes"), 1 },
        { QLatin1StringView("k"), 1ULL << 10 },
        { QLatin1StringView("kib"), 1ULL << 10 },
        { QLatin1StringView("kb"), 1'000 },
        { QLatin1StringView("m"), 1ULL << 20 },
        { QLatin1StringView("mib"), 1ULL << 20 },
        { QLatin1StringView("mb"), 1'000'000 },
        { QLatin1StringView("g"), 1ULL << 30 },
        { QLatin1StringView("gib"), 1ULL << 30 },
        { QLatin1StringView("gb"), 1'000'000'000 },
        { QLatin1StringView("t"), 1ULL << 40 },
        { QLatin1StringView("tib"), 1ULL << 40 },
        { QLatin1StringView("tb"), 1'000'000'000'000 },
    };
    bool isNumber = false;
    const quint64 count = number.trimmed().toULongLong(&isNumber);
    if (!isNumber)
        return std::nullopt;
    for (const Unit& known : kUnits) {
        if (known.name.compare(unit, Qt::CaseInsensitive) != 0)
            continue;
        if (count > (std::numeric_limits<quint64>::max() - 1023) / known.factor)
            return std::nullopt;
        return Bytes::fromKiB((count * known.factor + 1023) >> 10);
    }
    return std::nullopt;
}

} // namespace vmm
