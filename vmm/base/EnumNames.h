// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <span>
#include <string_view>

namespace vmm {

/// One row of a table that gives an enumerator its stable, untranslated name (wire, logs, files).
template <typename Enum> struct EnumName {
    Enum value;
    std::string_view name;
};

/// The name of `value` in `table`, "?" if the table lacks it (a test walks every table).
template <typename Enum> QString enumName(std::span<const EnumName<Enum>> table, Enum value)
{
    for (const EnumName<Enum>& row : table) {
        if (row.value == value)
            return QString::fromLatin1(row.name.data(), static_cast<qsizetype>(row.name.size()));
    }
    return QStringLiteral("?");
}

template <typename Enum>
std::optional<Enum> enumValue(std::span<const EnumName<Enum>> table, const QString& name)
{
    for (const EnumName<Enum>& row : table) {
        if (name == QLatin1StringView(row.name.data(), static_cast<qsizetype>(row.name.size())))
            return row.value;
    }
    return std::nullopt;
}

} // namespace vmm
