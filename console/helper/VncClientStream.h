// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace console::helper {

/// Follows what gvnc sends once it is let in, and makes extended ones of its cut texts where that
/// is wanted: they differ by the sign of their length, which gvnc (1.3) can't write. A value, so
/// that what is sent in part can be gone over again. A length is negated byte by byte, as it comes;
/// for that the last of its bytes must not be 0 (canCarry).
class VncClientStream {
public:
    /// From the next message on.
    void setExtended(bool isExtended) { m_isExtended = isExtended; }
    static bool canCarry(std::size_t bytes) { return bytes % 256 != 0; }
    /// Goes over the next bytes, changing lengths in place.
    void follow(std::span<std::uint8_t> bytes);

private:
    std::size_t headSize() const; ///< of the message whose first bytes are known
    std::uint32_t bodySize() const;

    bool m_isExtended = false;
    std::array<std::uint8_t, 8> m_head {};
    std::size_t m_known = 0; ///< bytes of it
    std::uint32_t m_skip = 0; ///< bytes of the body that follow
};

} // namespace console::helper
