// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QtGlobal>

#include <compare>

namespace vmm {

/// An amount of memory or storage. The unit lives in the type, so KiB of libvirt and MiB of QEMU
/// can't meet unseen.
class Bytes {
public:
    constexpr Bytes() = default;
    static constexpr Bytes fromBytes(quint64 count) { return Bytes(count); }
    static constexpr Bytes fromKiB(quint64 count) { return Bytes(count << 10); }
    static constexpr Bytes fromMiB(quint64 count) { return Bytes(count << 20); }
    static constexpr Bytes fromGiB(quint64 count) { return Bytes(count << 30); }

    constexpr quint64 count() const { return m_count; }
    constexpr quint64 toKiB() const { return m_count >> 10; } ///< rounded down
    constexpr quint64 toMiB() const { return m_count >> 20; } ///< rounded down

    constexpr auto operator<=>(const Bytes&) const = default;
    constexpr Bytes operator+(Bytes other) const { return Bytes(m_count + other.m_count); }
    constexpr Bytes operator-(Bytes other) const { return Bytes(m_count - other.m_count); }

private:
    explicit constexpr Bytes(quint64 count)
        : m_count(count)
    {
    }

    quint64 m_count = 0;
};

} // namespace vmm

Q_DECLARE_METATYPE(vmm::Bytes)
