// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VncServerStream.h"

#include "console/protocol/AgentMessages.h"

#include <algorithm>
#include <utility>

namespace console::helper {

namespace {

struct Said {
    enum : std::uint8_t { FramebufferUpdate = 0, ColourMap = 1, Bell = 2, CutText = 3, Qemu = 255 };
};

struct Encoding {
    enum : std::int32_t {
        Raw = 0,
        CopyRect = 1,
        Rre = 2,
        Hextile = 5,
        Tight = 7,
        Zrle = 16,
        DesktopSize = -223,
        LastRect = -224,
        RichCursor = -239,
        XCursor = -240,
        PointerChange = -257,
        ExtendedKeyEvent = -258,
        Sound = -259,
        LedState = -261,
        DesktopName = -307,
        ExtendedDesktopSize = -308,
        AlphaCursor = -314,
        PixelFormat = 0x574d5669,
    };
};

constexpr std::uint32_t kEndless = 0xffff; ///< rectangles, until one says that it was the last
constexpr std::uint32_t kTile = 16;

std::uint64_t bitRows(std::uint32_t width, std::uint32_t height)
{
    return std::uint64_t((width + 7) / 8) * height;
}

} // namespace

VncServerStream::VncServerStream(Taken taken)
    : m_taken(std::move(taken))
{
    startMessage();
}

void VncServerStream::need(std::size_t count, Step next)
{
    m_head.clear();
    m_needed = count;
    m_next = next;
}

/// Big-endian, of the bytes in m_head.
std::uint32_t VncServerStream::number(std::size_t at, std::size_t size) const
{
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < size; ++i)
        out = out << 8 | m_head[at + i];
    return out;
}

void VncServerStream::feed(Bytes bytes, std::vector<std::uint8_t>& out)
{
    while (!bytes.empty()) {
        if (m_isLost) {
            out.insert(out.end(), bytes.begin(), bytes.end());
            return;
        }
        bytes = bytes.subspan(take(bytes, out));
    }
}

/// Uses up some of the bytes; says how many.
std::size_t VncServerStream::take(Bytes bytes, std::vector<std::uint8_t>& out)
{
    if (m_skip > 0) {
        const auto count = std::size_t(std::min<std::uint64_t>(m_skip, bytes.size()));
        m_skip -= count;
        out.insert(out.end(), bytes.begin(), bytes.begin() + std::ptrdiff_t(count));
        return count;
    }
    const std::size_t count = std::min(m_needed - m_head.size(), bytes.size());
    const Bytes part = bytes.first(count);
    m_head.insert(m_head.end(), part.begin(), part.end());
    if (!m_isHeld && !m_isWithheld)
        out.insert(out.end(), part.begin(), part.end());
    if (m_head.size() == m_needed) {
        (this->*m_next)();
        out.insert(out.end(), m_released.begin(), m_released.end());
        m_released.clear();
    }
    return count;
}

void VncServerStream::startMessage()
{
    m_isHeld = true; // its first byte tells
    need(1, &VncServerStream::message);
}

void VncServerStream::message()
{
    const std::uint8_t type = m_head[0];
    if (type == Said::CutText) {
        m_needed = 8; // type, padding, length: all of them held
        m_next = &VncServerStream::cutText;
        return;
    }
    m_isHeld = false;
    m_released = m_head;
    if (type == Said::FramebufferUpdate)
        need(3, &VncServerStream::update);
    else if (type == Said::ColourMap)
        need(5, &VncServerStream::colours);
    else if (type == Said::Bell)
        startMessage();
    else if (type == Said::Qemu)
        need(3, &VncServerStream::sound);
    else
        lose();
}

/// Of a kind, and of it an end, a beginning or samples with their length.
void VncServerStream::sound()
{
    constexpr std::uint32_t kind = 1, samples = 2;
    const std::uint32_t operation = number(1, 2);
    if (m_head[0] != kind || operation > samples)
        return lose();
    if (operation == samples)
        need(4, &VncServerStream::samples);
    else
        startMessage();
}

void VncServerStream::samples()
{
    m_skip = number(0, 4);
    startMessage();
}

void VncServerStream::cutText()
{
    const auto size = std::int32_t(number(4, 4));
    m_isHeld = false;
    if (size < 0 && size >= -std::int32_t(protocol::kMaxClipboardBytes) && size <= -4) {
        m_isWithheld = true;
        need(std::size_t(-size), &VncServerStream::cutTextWhole);
        return;
    }
    m_released = m_head;
    if (size < 0)
        return lose(); // the library says what is wrong with it
    m_skip = std::uint64_t(size);
    startMessage();
}

void VncServerStream::cutTextWhole()
{
    m_isWithheld = false;
    const std::uint32_t flags = number(0, 4);
    const std::vector<std::uint8_t> body(m_head.begin() + 4, m_head.end());
    m_head = {}; // it may have been much
    startMessage();
    m_taken(flags, body);
}

void VncServerStream::colours()
{
    m_skip = std::uint64_t(number(3, 2)) * 6;
    startMessage();
}

void VncServerStream::update()
{
    m_rectangles = number(1, 2);
    nextRectangle();
}

void VncServerStream::nextRectangle()
{
    if (m_rectangles == 0)
        return startMessage();
    if (m_rectangles != kEndless)
        --m_rectangles;
    need(12, &VncServerStream::rectangle);
}

void VncServerStream::rectangle()
{
    m_width = number(4, 2);
    m_height = number(6, 2);
    startEncoding(std::int32_t(number(8, 4)));
}

void VncServerStream::startEncoding(std::int32_t encoding)
{
    const std::uint64_t pixels = std::uint64_t(m_width) * m_height;
    switch (encoding) {
    case Encoding::Raw:
        m_skip = pixels * m_pixelBytes;
        return nextRectangle();
    case Encoding::CopyRect:
        m_skip = 4;
        return nextRectangle();
    case Encoding::Rre:
        return need(4 + m_pixelBytes, &VncServerStream::subrectangles);
    case Encoding::Hextile:
        m_tileX = m_tileY = 0;
        return startTile();
    case Encoding::Tight:
        return need(1, &VncServerStream::tightControl);
    case Encoding::Zrle:
        return need(4, &VncServerStream::length);
    default:
        if (!startPseudoEncoding(encoding))
            lose();
    }
}

/// What says something else than pixels.
bool VncServerStream::startPseudoEncoding(std::int32_t encoding)
{
    const std::uint64_t pixels = std::uint64_t(m_width) * m_height;
    switch (encoding) {
    case Encoding::RichCursor:
        m_skip = pixels * m_pixelBytes + bitRows(m_width, m_height);
        nextRectangle();
        return true;
    case Encoding::XCursor:
        m_skip = pixels == 0 ? 0 : 6 + 2 * bitRows(m_width, m_height);
        nextRectangle();
        return true;
    case Encoding::AlphaCursor:
        need(4, &VncServerStream::alphaCursor);
        return true;
    case Encoding::LedState:
        m_skip = 1;
        nextRectangle();
        return true;
    case Encoding::DesktopName:
        need(4, &VncServerStream::length);
        return true;
    case Encoding::ExtendedDesktopSize:
        need(4, &VncServerStream::screens);
        return true;
    case Encoding::PixelFormat:
        need(16, &VncServerStream::pixelFormat);
        return true;
    case Encoding::LastRect:
        startMessage();
        return true;
    case Encoding::Sound:
        m_hasSound = true;
        nextRectangle();
        return true;
    case Encoding::DesktopSize:
    case Encoding::PointerChange:
    case Encoding::ExtendedKeyEvent:
        nextRectangle();
        return true;
    default:
        return false;
    }
}

void VncServerStream::alphaCursor()
{
    const std::uint32_t before = std::exchange(m_pixelBytes, 4);
    startEncoding(std::int32_t(number(0, 4)));
    m_pixelBytes = before;
}

void VncServerStream::pixelFormat()
{
    m_pixelBytes = m_head[0] / 8;
    nextRectangle();
}

void VncServerStream::screens()
{
    m_skip = std::uint64_t(m_head[0]) * 16;
    nextRectangle();
}

void VncServerStream::length()
{
    m_skip = number(0, 4);
    nextRectangle();
}

void VncServerStream::subrectangles()
{
    m_skip = std::uint64_t(number(0, 4)) * (m_pixelBytes + 8);
    nextRectangle();
}

// Hextile: tiles of 16 x 16, row by row, each beginning with a byte that tells what it has.

void VncServerStream::startTile()
{
    if (m_width == 0 || m_tileY >= m_height)
        return nextRectangle();
    need(1, &VncServerStream::tile);
}

void VncServerStream::tile()
{
    constexpr std::uint8_t isRaw = 1, hasBackground = 2, hasForeground = 4, hasSubrectangles = 8;
    m_tileFlags = m_head[0];
    const std::uint64_t width = std::min(kTile, m_width - m_tileX);
    const std::uint64_t height = std::min(kTile, m_height - m_tileY);
    m_tileX += kTile;
    if (m_tileX >= m_width) {
        m_tileX = 0;
        m_tileY += kTile;
    }
    if (m_tileFlags & isRaw) {
        m_skip = width * height * m_pixelBytes;
        return startTile();
    }
    m_skip = ((m_tileFlags & hasBackground) ? m_pixelBytes : 0)
        + ((m_tileFlags & hasForeground) ? m_pixelBytes : 0);
    if (m_tileFlags & hasSubrectangles)
        need(1, &VncServerStream::tileColours);
    else
        startTile();
}

void VncServerStream::tileColours()
{
    constexpr std::uint8_t isColoured = 16;
    m_skip = std::uint64_t(m_head[0]) * (2 + ((m_tileFlags & isColoured) ? m_pixelBytes : 0));
    startTile();
}

// Tight: what is in it is told by the upper half of the first byte.

void VncServerStream::tightControl()
{
    constexpr unsigned fill = 8, jpeg = 9, hasFilter = 4;
    const unsigned control = m_head[0] >> 4;
    const std::uint32_t pixel = m_pixelBytes == 4 ? 3 : m_pixelBytes;
    m_length = m_lengthBits = 0;
    if (control == fill) {
        m_skip = pixel;
        nextRectangle();
    } else if (control == jpeg) {
        need(1, &VncServerStream::tightLength);
    } else if (control > jpeg) {
        lose();
    } else if (control & hasFilter) {
        need(1, &VncServerStream::tightFilter);
    } else {
        tightPixels(pixel * 8);
    }
}

void VncServerStream::tightFilter()
{
    constexpr std::uint8_t palette = 1;
    if (m_head[0] == palette)
        need(1, &VncServerStream::tightPalette);
    else
        tightPixels((m_pixelBytes == 4 ? 3 : m_pixelBytes) * 8);
}

void VncServerStream::tightPalette()
{
    const std::uint32_t colours = m_head[0] + 1u;
    const std::uint64_t bytes = std::uint64_t(colours) * (m_pixelBytes == 4 ? 3 : m_pixelBytes);
    tightPixels(colours <= 2 ? 1 : 8);
    m_skip += bytes;
}

void VncServerStream::tightPixels(std::uint64_t bitsPerPixel)
{
    constexpr std::uint64_t smallest = 12; ///< bytes that are compressed at all
    const std::uint64_t bytes = (m_width * bitsPerPixel + 7) / 8 * m_height;
    if (bytes >= smallest)
        return need(1, &VncServerStream::tightLength);
    m_skip = bytes;
    nextRectangle();
}

/// Seven bits in each of up to three bytes, the lowest first.
void VncServerStream::tightLength()
{
    m_length |= std::uint32_t(m_head[0] & (m_lengthBits == 14 ? 0xff : 0x7f)) << m_lengthBits;
    m_lengthBits += 7;
    if ((m_head[0] & 0x80) && m_lengthBits < 21)
        return need(1, &VncServerStream::tightLength);
    m_skip = m_length;
    nextRectangle();
}

} // namespace console::helper
