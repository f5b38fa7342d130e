// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace console::helper {

/// Follows what a VNC server says from message to message, so that those can be taken out which
/// gvnc (1.3) does not know: cut texts of the extended clipboard. Pixels are not decoded, only
/// counted. Anything unknown ends it: from then on all goes through as it is.
/// Source: RFC 6143; github.com/rfbproto/rfbproto, "Extended Clipboard Pseudo-Encoding".
class VncServerStream {
public:
    /// `flags` of an extended cut text, and what follows them.
    using Taken = std::function<void(std::uint32_t flags, std::span<const std::uint8_t> body)>;

    /// From the first byte after the server's ServerInit.
    explicit VncServerStream(Taken taken);

    /// Appends to `out` what is the library's.
    void feed(std::span<const std::uint8_t> bytes, std::vector<std::uint8_t>& out);
    bool isLost() const { return m_isLost; } ///< it said what is not understood
    bool hasSound() const { return m_hasSound; } ///< it said that it can send what a guest plays

private:
    using Step = void (VncServerStream::*)();
    using Bytes = std::span<const std::uint8_t>;

    void need(std::size_t count, Step next);
    std::uint32_t number(std::size_t at, std::size_t size) const;
    std::size_t take(Bytes bytes, std::vector<std::uint8_t>& out);
    void lose() { m_isLost = true; }

    void startMessage();
    void message();
    void update();
    void colours();
    void sound();
    void samples();
    void cutText();
    void cutTextWhole();
    void nextRectangle();
    void rectangle();
    void startEncoding(std::int32_t encoding);
    bool startPseudoEncoding(std::int32_t encoding);
    void pixelFormat();
    void screens();
    void length();
    void alphaCursor();
    void subrectangles();
    void startTile();
    void tile();
    void tileColours();
    void tightControl();
    void tightFilter();
    void tightPalette();
    void tightPixels(std::uint64_t bitsPerPixel);
    void tightLength();

    Taken m_taken;
    bool m_isLost = false;
    bool m_hasSound = false;
    std::uint64_t m_skip = 0; ///< bytes that are of no interest
    std::vector<std::uint8_t> m_head; ///< those that are, as far as they are here
    std::size_t m_needed = 0;
    bool m_isHeld = false; ///< they may not be the library's
    bool m_isWithheld = false; ///< they are not
    std::vector<std::uint8_t> m_released; ///< held, and the library's after all
    Step m_next = nullptr;
    std::uint32_t m_rectangles = 0; ///< that are still to come in this update
    std::uint32_t m_width = 0; ///< of the rectangle
    std::uint32_t m_height = 0;
    std::uint32_t m_pixelBytes = 4;
    std::uint32_t m_tileX = 0;
    std::uint32_t m_tileY = 0;
    std::uint8_t m_tileFlags = 0;
    std::uint32_t m_length = 0; ///< as far as it is here
    std::uint32_t m_lengthBits = 0;
};

} // namespace console::helper
