// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VncServerStream.h"

#include "console/protocol/AgentMessages.h"

#include <algorithm>
#include <utility>

namespace console::helper {

namespace {

struct Said {
    enum : std::uint8_t {
        FramebufferUpdate = 0,
        ColourMap = 1,
        Bell = 2,
        CutText = 3,
        PowerControl = 250,
        Qemu = 255
    };
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
constexpr std::uint32_t kMostOfPointer = 1024; ///< pixels each way; desktops know up to 256

std::uint64_t bitRows(std::uint32_t width, std::uint32_t height)
{
    return std::uint64_t((width + 7) / 8) * height;
}

bool isPointer(std::int32_t encoding)
{
    return encoding == Encoding::RichCursor || encoding == Encoding::XCursor
        || encoding == Encoding::AlphaCursor;
}

bool isPicture(std::int32_t encoding)
{
    return encoding == Encoding::Raw || encoding == Encoding::Rre || encoding == Encoding::Hextile
        || encoding == Encoding::Tight || encoding == Encoding::Zrle;
}

} // namespace

VncServerStream::VncServerStream(Taken taken, JpegCheck isJpeg)
    : m_taken(std::move(taken))
    , m_isJpeg(std::move(isJpeg))
{
    startMessage();
}

void VncServerStream::release()
{
    m_isHeld = false;
    m_released.insert(m_released.end(), m_held.begin(), m_held.end());
    m_held.clear();
}

void VncServerStream::lose()
{
    m_isLost = true;
    release();
}

void VncServerStream::refuse(std::string what)
{
    m_refusal = std::move(what);
    m_held.clear();
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
    while (!bytes.empty() && m_refusal.empty()) {
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
    if (m_isHeld)
        m_held.insert(m_held.end(), part.begin(), part.end());
    else if (!m_isWithheld)
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
    hold(); // its first byte tells
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
    release();
    if (type == Said::FramebufferUpdate) {
        need(3, &VncServerStream::update);
    } else if (type == Said::ColourMap) {
        need(5, &VncServerStream::colours);
    } else if (type == Said::PowerControl) {
        m_skip = 3;
        startMessage();
    } else if (type == Said::Bell) {
        startMessage();
    } else if (type == Said::Qemu) {
        need(3, &VncServerStream::sound);
    } else {
        lose();
    }
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
    if (size < 0 && size >= -std::int32_t(protocol::kMaxClipboardBytes) && size <= -4) {
        m_isHeld = false;
        m_held.clear();
        m_isWithheld = true;
        need(std::size_t(-size), &VncServerStream::cutTextWhole);
        return;
    }
    release();
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
    m_areColoursKnown = true;
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
    hold(); // the library makes room for a pointer as soon as it reads this
    need(12, &VncServerStream::rectangle);
}

void VncServerStream::rectangle()
{
    m_width = number(4, 2);
    m_height = number(6, 2);
    m_pixels = m_screenPixels;
    const auto encoding = std::int32_t(number(8, 4));
    if (std::string nonsense = nonsenseIn(encoding); !nonsense.empty())
        return refuse(std::move(nonsense));
    release();
    startEncoding(encoding);
}

std::string VncServerStream::nonsenseIn(std::int32_t encoding) const
{
    if (isPointer(encoding) && std::max(m_width, m_height) > kMostOfPointer)
        return "a pointer of " + std::to_string(m_width) + " x " + std::to_string(m_height);
    if (isPicture(encoding) && m_hasPalette && !m_areColoursKnown)
        return "a picture of colours that it has not told";
    return {};
}

void VncServerStream::startEncoding(std::int32_t encoding)
{
    const std::uint64_t pixels = std::uint64_t(m_width) * m_height;
    switch (encoding) {
    case Encoding::Raw:
        m_skip = pixels * m_pixels.whole;
        return nextRectangle();
    case Encoding::CopyRect:
        m_skip = 4;
        return nextRectangle();
    case Encoding::Rre:
        return need(4 + m_pixels.whole, &VncServerStream::subrectangles);
    case Encoding::Hextile:
        m_tileX = m_tileY = 0;
        return startTile();
    case Encoding::Tight:
        hold();
        return need(1, &VncServerStream::tightControl);
    case Encoding::Zrle:
        hold();
        return need(4, &VncServerStream::zrleLength);
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
        m_skip = pixels * m_pixels.whole + bitRows(m_width, m_height);
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
        need(4, &VncServerStream::nameLength);
        return true;
    case Encoding::ExtendedDesktopSize:
        need(4, &VncServerStream::screens);
        return true;
    case Encoding::PixelFormat:
        hold();
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
        noteScreenSize();
        nextRectangle();
        return true;
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
    m_pixels = { .whole = 4, .tight = 4 };
    startEncoding(std::int32_t(number(0, 4)));
}

/// For a screen of another size colours have to be told anew: they are forgotten with the old one.
void VncServerStream::noteScreenSize()
{
    const bool isSame = m_width == m_screenWidth && m_height == m_screenHeight;
    m_areColoursKnown = m_areColoursKnown && isSame;
    m_screenWidth = m_width;
    m_screenHeight = m_height;
}

void VncServerStream::pixelFormat()
{
    const std::uint32_t bits = m_head[0];
    const std::uint32_t depth = m_head[1];
    if (bits != 8 && bits != 16 && bits != 32)
        return refuse("pixels of " + std::to_string(bits) + " bits");
    release();
    noteScreenSize();
    m_hasPalette = m_head[3] == 0;
    m_areColoursKnown = false;
    m_screenPixels = { .whole = bits / 8, .tight = depth == 24 ? 3 : bits / 8 };
    nextRectangle();
}

void VncServerStream::screens()
{
    m_skip = std::uint64_t(m_head[0]) * 16;
    noteScreenSize();
    nextRectangle();
}

void VncServerStream::nameLength()
{
    m_skip = number(0, 4);
    nextRectangle();
}

/// The library makes room for as much as is said here.
void VncServerStream::zrleLength()
{
    constexpr std::uint64_t more = 64 << 10; ///< than twice the pixels: no packing grows so much
    const std::uint64_t pixels = std::uint64_t(m_width) * m_height;
    const std::uint32_t length = number(0, 4);
    if (length > 2 * pixels * m_pixels.whole + more)
        return refuse(std::to_string(length) + " bytes for a picture of " + std::to_string(m_width)
            + " x " + std::to_string(m_height));
    release();
    m_skip = length;
    nextRectangle();
}

void VncServerStream::subrectangles()
{
    m_skip = std::uint64_t(number(0, 4)) * (m_pixels.whole + 8);
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
        m_skip = width * height * m_pixels.whole;
        return startTile();
    }
    m_skip = ((m_tileFlags & hasBackground) ? m_pixels.whole : 0)
        + ((m_tileFlags & hasForeground) ? m_pixels.whole : 0);
    if (m_tileFlags & hasSubrectangles)
        need(1, &VncServerStream::tileColours);
    else
        startTile();
}

void VncServerStream::tileColours()
{
    constexpr std::uint8_t isColoured = 16;
    m_skip = std::uint64_t(m_head[0]) * (2 + ((m_tileFlags & isColoured) ? m_pixels.whole : 0));
    startTile();
}

// Tight: what is in it is told by the upper half of the first byte.

void VncServerStream::tightControl()
{
    constexpr unsigned fill = 8, jpeg = 9, hasFilter = 4;
    const unsigned control = m_head[0] >> 4;
    m_length = m_lengthBits = 0;
    if (control == jpeg)
        return need(1, &VncServerStream::jpegLength);
    release();
    if (control == fill) {
        m_skip = m_pixels.tight;
        nextRectangle();
    } else if (control > jpeg) {
        lose();
    } else if (control & hasFilter) {
        need(1, &VncServerStream::tightFilter);
    } else {
        tightPixels(m_pixels.tight * 8);
    }
}

void VncServerStream::tightFilter()
{
    constexpr std::uint8_t palette = 1;
    if (m_head[0] == palette)
        need(1, &VncServerStream::tightPalette);
    else
        tightPixels(m_pixels.tight * 8);
}

void VncServerStream::tightPalette()
{
    const std::uint32_t colours = m_head[0] + 1u;
    tightPixels(colours == 2 ? 1 : 8);
    m_skip += std::uint64_t(colours) * m_pixels.tight;
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

void VncServerStream::tightLength()
{
    if (!isLengthWhole())
        return need(1, &VncServerStream::tightLength);
    m_skip = m_length;
    nextRectangle();
}

/// Seven bits in each of up to three bytes, the lowest first.
bool VncServerStream::isLengthWhole()
{
    m_length |= std::uint32_t(m_head[0] & (m_lengthBits == 14 ? 0xff : 0x7f)) << m_lengthBits;
    m_lengthBits += 7;
    return !(m_head[0] & 0x80) || m_lengthBits == 21;
}

void VncServerStream::jpegLength()
{
    if (!isLengthWhole())
        return need(1, &VncServerStream::jpegLength);
    if (m_length == 0)
        return refuse("a JPEG of no bytes");
    need(m_length, &VncServerStream::jpeg);
}

/// The library decodes it unlooked at, also what it has not got because the connection broke.
void VncServerStream::jpeg()
{
    if (!m_isJpeg(m_head, m_width, m_height))
        return refuse("a JPEG that can't be read, or is not of " + std::to_string(m_width) + " x "
            + std::to_string(m_height));
    release();
    nextRectangle();
}

} // namespace console::helper
