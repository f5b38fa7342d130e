// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VncClientStream.h"

#include <algorithm>

namespace console::helper {

namespace {

// What gvnc says when it is let in. Source: RFC 6143, 7.5; rfbproto for the last two.
struct Sent {
    enum : std::uint8_t {
        SetPixelFormat = 0,
        SetEncodings = 2,
        UpdateRequest = 3,
        KeyEvent = 4,
        PointerEvent = 5,
        CutText = 6,
        SetDesktopSize = 251,
        Qemu = 255,
    };
};

constexpr std::uint32_t kSoundFormat = 2;

} // namespace

std::size_t VncClientStream::headSize() const
{
    switch (m_head[0]) {
    case Sent::SetEncodings:
    case Sent::Qemu:
        return 4;
    case Sent::CutText:
    case Sent::SetDesktopSize:
        return 8;
    default:
        return 1;
    }
}

std::uint32_t VncClientStream::bodySize() const
{
    const auto at = [this](std::size_t index) { return std::uint32_t(m_head[index]); };
    switch (m_head[0]) {
    case Sent::SetPixelFormat:
        return 19;
    case Sent::SetEncodings:
        return 4 * (at(2) << 8 | at(3));
    case Sent::UpdateRequest:
        return 9;
    case Sent::KeyEvent:
        return 7;
    case Sent::PointerEvent:
        return 5;
    case Sent::CutText:
        return at(4) << 24 | at(5) << 16 | at(6) << 8 | at(7);
    case Sent::SetDesktopSize:
        return 16 * at(6);
    case Sent::Qemu:
        return at(1) == 0 ? 8 : at(3) == kSoundFormat ? 6 : 0; // a key, or of sound
    default:
        return 0;
    }
}

void VncClientStream::follow(std::span<std::uint8_t> bytes)
{
    while (!bytes.empty()) {
        if (m_skip > 0) {
            const std::size_t count = std::min<std::size_t>(m_skip, bytes.size());
            m_skip -= std::uint32_t(count);
            bytes = bytes.subspan(count);
            continue;
        }
        std::uint8_t& byte = bytes.front();
        const std::size_t at = m_known++;
        m_head[at] = byte;
        if (m_head[0] == Sent::CutText && m_isExtended && at >= 4)
            byte = std::uint8_t(~byte + (at == 7 ? 1 : 0));
        if (m_known == headSize()) {
            m_skip = bodySize();
            m_known = 0;
        }
        bytes = bytes.subspan(1);
    }
}

} // namespace console::helper
