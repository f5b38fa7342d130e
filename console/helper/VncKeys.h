// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>

namespace console::helper {

/// What a key is called in VNC. Servers that know scan codes take those; the others, and QEMU for
/// its lock lights, take X's key symbols, as a US keyboard with these lights on would give them.
class VncKeys {
public:
    struct Event {
        std::uint32_t keysym = 0; ///< 0: no such key on a US keyboard
        std::uint16_t scancode = 0; ///< XT, 0x80 | code for those with the 0xe0 prefix
    };

    void setLights(std::uint32_t locks) { m_locks = locks; } ///< protocol::kNumLock...
    std::uint32_t lights() const { return m_locks; }

    /// Notes what is held on the way. `xtScancode` as in protocol::Key.
    Event translate(std::uint32_t xtScancode, bool pressed);
    std::set<std::uint32_t> held() const { return m_held; }

private:
    std::uint32_t keysymOf(std::uint32_t xtScancode) const;

    std::uint32_t m_locks = 0;
    std::set<std::uint32_t> m_held;
};

} // namespace console::helper
