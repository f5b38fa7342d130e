// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/wire/CborInput.h"
#include "hosts/wire/Fields.h"
#include "hosts/wire/Limits.h"

#include <QCborStreamWriter>

#include <optional>

/// Writes and reads values by the lists in Fields.h.
namespace hosts::wire {

void writeValue(QCborStreamWriter& out, const QString& text);
void writeValue(QCborStreamWriter& out, const QByteArray& bytes);
void writeValue(QCborStreamWriter& out, const QDateTime& time); ///< null if invalid
void writeValue(QCborStreamWriter& out, const VmId& id);
void writeValue(QCborStreamWriter& out, vmm::Bytes bytes);
void writeValue(QCborStreamWriter& out, bool value);
void writeValue(QCborStreamWriter& out, int value);
void writeValue(QCborStreamWriter& out, qint64 value);
void writeValue(QCborStreamWriter& out, double value);

template <IsNamed Enum> void writeValue(QCborStreamWriter& out, Enum value)
{
    writeValue(out, QString(nameOf(value)));
}

template <HasFields T> void writeValue(QCborStreamWriter& out, const T& value);

template <typename T> void writeValue(QCborStreamWriter& out, const std::optional<T>& value)
{
    if (value)
        writeValue(out, *value);
    else
        out.appendNull();
}

template <typename T> void writeValue(QCborStreamWriter& out, const QList<T>& list)
{
    const qsizetype count = std::min(list.size(), kMaxRows);
    out.startArray(static_cast<quint64>(count));
    for (qsizetype i = 0; i < count; ++i)
        writeValue(out, list[i]);
    out.endArray();
}

template <HasFields T> void writeValue(QCborStreamWriter& out, const T& value)
{
    std::apply(
        [&](const auto&... fields) {
            out.startArray(sizeof...(fields));
            (writeValue(out, fields), ...);
            out.endArray();
        },
        kFields<T>(value));
}

/// Whether a value can be written uncut: its texts and lists keep their limits.
template <typename T> bool isWithinLimits(const T& value)
{
    if constexpr (std::is_same_v<T, QString> || std::is_same_v<T, QByteArray>)
        return value.size() <= kMaxXml;
    else if constexpr (requires { value.has_value(); })
        return !value || isWithinLimits(*value);
    else if constexpr (requires { typename T::value_type; })
        return value.size() <= kMaxRows
            && std::all_of(value.begin(), value.end(),
                [](const auto& element) { return isWithinLimits(element); });
    else if constexpr (HasFields<T>)
        return std::apply([](const auto&... fields) { return (isWithinLimits(fields) && ...); },
            kFields<T>(value));
    else
        return true;
}

void readValue(CborInput& in, QString& text);
void readValue(CborInput& in, QByteArray& bytes);
void readValue(CborInput& in, QDateTime& time);
void readValue(CborInput& in, VmId& id);
void readValue(CborInput& in, vmm::Bytes& bytes);
void readValue(CborInput& in, bool& value);
void readValue(CborInput& in, int& value);
void readValue(CborInput& in, qint64& value);
void readValue(CborInput& in, double& value); ///< infinities become NaN: "not measured"

template <IsNamed Enum> void readValue(CborInput& in, Enum& value)
{
    value = in.named(kFromName<Enum>);
}

template <HasFields T> void readValue(CborInput& in, T& value);

template <typename T> void readValue(CborInput& in, std::optional<T>& value)
{
    if (!in.skipNull())
        readValue(in, value.emplace());
}

template <typename T> void readValue(CborInput& in, QList<T>& list)
{
    for (qsizetype count = in.enterList(kMaxRows); count > 0 && !in.hasFailed(); --count) {
        T value {};
        readValue(in, value);
        list.append(std::move(value));
    }
    in.leave();
}

template <HasFields T> void readValue(CborInput& in, T& value)
{
    std::apply(
        [&](auto&... fields) {
            in.enter(sizeof...(fields));
            (readValue(in, fields), ...);
            in.leave();
        },
        kFields<T>(value));
}

} // namespace hosts::wire
