// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/wire/Fields.h"

#include <utility>

/// Values of everything that travels, with no member left at its default: a codec that forgets one
/// is found out.
namespace tests {

namespace detail {

struct Anything {
    template <typename T> operator T() const; // NOLINT(google-explicit-constructor)
};

template <typename T, size_t... I> constexpr bool takes(std::index_sequence<I...>)
{
    return requires
    {
        T { ((void)I, Anything {})... };
    };
}

} // namespace detail

/// How many members an aggregate has.
template <typename T, size_t N = 0> constexpr size_t memberCount()
{
    if constexpr (detail::takes<T>(std::make_index_sequence<N + 1>()))
        return memberCount<T, N + 1>();
    else
        return N;
}

/// Whether the field list of a type names every member, also of those within it.
template <typename T> constexpr bool namesEveryMember()
{
    if constexpr (requires { typename T::value_type; }) {
        return namesEveryMember<typename T::value_type>();
    } else if constexpr (hosts::wire::HasFields<T>) {
        using Fields = decltype(hosts::wire::kFields<T>(std::declval<T&>()));
        return []<typename... Field>(std::tuple<Field...>*) {
            return sizeof...(Field) == memberCount<T>()
                && (namesEveryMember<std::remove_cvref_t<Field>>() && ...);
        }(static_cast<Fields*>(nullptr));
    } else {
        return true;
    }
}

/// Gives each member, at any depth, a value of its own.
template <typename T> void fill(T& value, int& serial)
{
    ++serial;
    if constexpr (std::is_same_v<T, QString>) {
        value = QStringLiteral("täxt 🐧 %1").arg(serial);
    } else if constexpr (std::is_same_v<T, QByteArray>) {
        value = QByteArray("\0\xff bytes ", 9) + QByteArray::number(serial);
    } else if constexpr (std::is_same_v<T, QDateTime>) {
        value = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + serial, Qt::UTC);
    } else if constexpr (std::is_same_v<T, hosts::VmId>) {
        value = hosts::VmId::createUuidV5(hosts::VmId(), QString::number(serial));
    } else if constexpr (std::is_same_v<T, vmm::Bytes>) {
        value = vmm::Bytes::fromBytes((quint64(1) << 62) + static_cast<quint64>(serial));
    } else if constexpr (std::is_same_v<T, bool>) {
        value = !value;
    } else if constexpr (std::is_enum_v<T>) {
        value = static_cast<T>(value == T {} ? 1 : 0);
    } else if constexpr (std::is_same_v<T, double>) {
        value = serial + 0.25;
    } else if constexpr (std::is_integral_v<T>) {
        value = static_cast<T>(serial);
    } else if constexpr (requires { value.has_value(); }) {
        fill(value.emplace(), serial);
    } else if constexpr (requires { typename T::value_type; }) {
        for (int i = 0; i < 2; ++i) {
            typename T::value_type element {};
            fill(element, serial);
            value.append(element);
        }
    } else {
        static_assert(hosts::wire::HasFields<T>);
        std::apply(
            [&](auto&... fields) { (fill(fields, serial), ...); }, hosts::wire::kFields<T>(value));
    }
}

template <typename T> T filled()
{
    T value {};
    int serial = 0;
    fill(value, serial);
    return value;
}

/// One of each operation, all members filled.
inline QVector<hosts::Operation> everyOperation()
{
    return []<typename... Op>(std::variant<Op...>*) {
        return QVector<hosts::Operation> { hosts::Operation(filled<Op>())... };
    }(static_cast<hosts::Operation*>(nullptr));
}

} // namespace tests
