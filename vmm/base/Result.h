// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Error.h"

#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

namespace vmm {

/// A value or an Error, with the names of std::expected (which needs C++23). Copyable if T is.
template <typename T> class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value)
        : m_content(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_content(std::in_place_index<1>, std::move(error))
    {
    }

    bool has_value() const { return m_content.index() == 0; }
    explicit operator bool() const { return has_value(); }

    /// The value; a bug (std::bad_variant_access) if there is none.
    T& value() & { return std::get<0>(m_content); }
    const T& value() const& { return std::get<0>(m_content); }
    T&& value() && { return std::get<0>(std::move(m_content)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const { return std::get<1>(m_content); }

    T value_or(T fallback) const { return has_value() ? value() : std::move(fallback); }

    /// f(value) -> U wrapped again; an error passes through.
    template <typename F> auto transform(F&& f) const -> Result<std::invoke_result_t<F, const T&>>
    {
        using U = std::invoke_result_t<F, const T&>;
        if (!has_value())
            return error();
        if constexpr (std::is_void_v<U>) {
            std::invoke(std::forward<F>(f), value());
            return {};
        } else {
            return std::invoke(std::forward<F>(f), value());
        }
    }

    /// f(value) -> Result<U>; an error passes through.
    template <typename F> auto and_then(F&& f) const -> std::invoke_result_t<F, const T&>
    {
        if (!has_value())
            return error();
        return std::invoke(std::forward<F>(f), value());
    }

    bool operator==(const Result&) const = default;

private:
    std::variant<T, Error> m_content;
};

/// Success without a value, or an Error. `return {};` is success.
template <> class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
    {
    }

    bool has_value() const { return !m_error.has_value(); }
    explicit operator bool() const { return has_value(); }
    const Error& error() const { return m_error.value(); }

    bool operator==(const Result&) const = default;

private:
    std::optional<Error> m_error;
};

} // namespace vmm

/// Evaluates to the value of a Result, or returns its error from the calling function.
/// A GNU statement expression: both compilers that VirtDeck supports have them.
#define TRY(expression)                                                                            \
    __extension__({                                                                                \
        auto&& tryResult = (expression);                                                           \
        if (!tryResult.has_value())                                                                \
            return tryResult.error();                                                              \
        ::vmm::detail::unwrap(std::forward<decltype(tryResult)>(tryResult));                       \
    })

namespace vmm::detail {

template <typename R> decltype(auto) unwrap(R&& result)
{
    if constexpr (!std::is_void_v<typename std::remove_cvref_t<R>::value_type>)
        return typename std::remove_cvref_t<R>::value_type(std::forward<R>(result).value());
}

} // namespace vmm::detail
