// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace console::helper {

/// Follows what a VNC server says from message to message, so that those can be taken out which
/// gvnc (1.3) does not know: cut texts of the extended clipboard. Pixels are not decoded, only
/// counted. Anything unknown ends it: from then on all goes through as it is, for gvnc to refuse.
/// What gvnc would crash of, or run out of memory, does not get to it: pictures as JPEG that are
/// none or not here whole, pointers of an absurd size, pixels of a form that it has no tables for.
/// Source: RFC 6143; github.com/rfbproto/rfbproto, "Extended Clipboard Pseudo-Encoding".
class VncServerStream {
public:
    /// `flags` of an extended cut text, and what follows them.
    using Taken = std::function<void(std::uint32_t flags, std::span<const std::uint8_t> body)>;
    /// Whether these bytes are a picture of that size.
    using JpegCheck = std::function<bool(
        std::span<const std::uint8_t> bytes, std::uint32_t width, std::uint32_t height)>;

    /// From the first byte after the server's ServerInit.
    VncServerStream(Taken taken, JpegCheck isJpeg);

    /// Appends to `out` what is the library's.
    void feed(std::span<const std::uint8_t> bytes, std::vector<std::uint8_t>& out);
    bool isLost() const { return m_isLost; } ///< it said what is not understood
    /// What it said that makes no sense; nothing goes through from then on. Empty: all did.
    const std::string& refusal() const { return m_refusal; }
    bool hasSound() const { return m_hasSound; } ///< it said that it can send what a guest plays

private:
    using Step = void (VncServerStream::*)();
    using Bytes = std::span<const std::uint8_t>;

    void need(std::size_t count, Step next);
    std::uint32_t number(std::size_t at, std::size_t size) const;
    std::size_t take(Bytes bytes, std::vector<std::uint8_t>& out);
    void hold() { m_isHeld = true; }
    void release();
    void lose();
    void refuse(std::string what);

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
    std::string nonsenseIn(std::int32_t encoding) const;
    void startEncoding(std::int32_t encoding);
    bool startPseudoEncoding(std::int32_t encoding);
    void noteScreenSize();
    void pixelFormat();
    void screens();
    void nameLength();
    void zrleLength();
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
    void jpegLength();
    void jpeg();
    bool isLengthWhole();

    struct PixelSizes {
        std::uint32_t whole = 4; ///< bytes
        std::uint32_t tight = 3; ///< in Tight's rectangles
    };

    Taken m_taken;
    JpegCheck m_isJpeg;
    bool m_isLost = false;
    std::string m_refusal;
    bool m_hasSound = false;
    std::uint64_t m_skip = 0; ///< bytes that are of no interest
    std::vector<std::uint8_t> m_head; ///< those that are, as far as they are here
    std::size_t m_needed = 0;
    bool m_isHeld = false; ///< what comes may not be the library's
    bool m_isWithheld = false; ///< it is not
    std::vector<std::uint8_t> m_held; ///< so far
    std::vector<std::uint8_t> m_released; ///< held, and the library's after all
    Step m_next = nullptr;
    std::uint32_t m_rectangles = 0; ///< that are still to come in this update
    std::uint32_t m_width = 0; ///< of the rectangle
    std::uint32_t m_height = 0;
    PixelSizes m_screenPixels {};
    PixelSizes m_pixels {}; ///< of the rectangle
    bool m_hasPalette = false; ///< pixels are numbers of colours
    bool m_areColoursKnown = false; ///< those of the palette
    std::uint32_t m_screenWidth = 0; ///< as it was told last
    std::uint32_t m_screenHeight = 0;
    std::uint32_t m_tileX = 0;
    std::uint32_t m_tileY = 0;
    std::uint8_t m_tileFlags = 0;
    std::uint32_t m_length = 0; ///< as far as it is here
    std::uint32_t m_lengthBits = 0;
};

} // namespace console::helper
