// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/console/RfbEncoder.h"

#include <QBuffer>
#include <QList>

#include <zlib.h>

#include <algorithm>

namespace tests {

namespace {

constexpr int kHextile = 16;
constexpr int kZrleTile = 64;
constexpr qsizetype kLeastPacked = 12; ///< bytes; fewer are not compressed by Tight

QByteArray byte(int value)
{
    return QByteArray(1, char(value));
}

/// A whole pixel, 32 bits.
QByteArray pixel(QRgb rgb)
{
    const quint32 little = qToLittleEndian(quint32(rgb & 0xffffff));
    return QByteArray(reinterpret_cast<const char*>(&little), sizeof little);
}

QByteArray zrlePixel(QRgb rgb)
{
    return pixel(rgb).first(3);
}

QByteArray tightPixel(QRgb rgb)
{
    return byte(qRed(rgb)) + byte(qGreen(rgb)) + byte(qBlue(rgb));
}

QList<QRgb> coloursOf(const QImage& part)
{
    QList<QRgb> out;
    for (int y = 0; y < part.height(); ++y) {
        for (int x = 0; x < part.width(); ++x) {
            if (!out.contains(part.pixel(x, y)))
                out.append(part.pixel(x, y));
        }
    }
    return out;
}

struct Run {
    QPoint at;
    int length = 0;
    QRgb colour = 0;
};

/// Rows cut where the colour changes.
QList<Run> runsOf(const QImage& part)
{
    QList<Run> out;
    for (int y = 0; y < part.height(); ++y) {
        for (int x = 0; x < part.width(); ++x) {
            if (x > 0 && out.last().colour == part.pixel(x, y))
                ++out.last().length;
            else
                out.append({ .at = { x, y }, .length = 1, .colour = part.pixel(x, y) });
        }
    }
    return out;
}

QList<Run> runsBesides(const QImage& part, QRgb background)
{
    QList<Run> out = runsOf(part);
    out.removeIf([&](const Run& run) { return run.colour == background; });
    return out;
}

template <typename Each> void forEachTile(const QImage& part, int extent, const Each& each)
{
    for (int y = 0; y < part.height(); y += extent) {
        for (int x = 0; x < part.width(); x += extent)
            each(part.copy(
                x, y, std::min(extent, part.width() - x), std::min(extent, part.height() - y)));
    }
}

QByteArray rawPixels(const QImage& part)
{
    QByteArray out;
    for (int y = 0; y < part.height(); ++y) {
        for (int x = 0; x < part.width(); ++x)
            out += pixel(part.pixel(x, y));
    }
    return out;
}

QByteArray hextileTile(const QImage& tile)
{
    enum : int { Raw = 1, Background = 2, Foreground = 4, Subrectangles = 8, Coloured = 16 };
    const QList<QRgb> colours = coloursOf(tile);
    const QRgb background = colours.first();
    const QList<Run> runs = runsBesides(tile, background);
    if (runs.isEmpty())
        return byte(Background) + pixel(background);
    const bool isColoured = colours.size() > 2;
    if (runs.size() > 255 || (isColoured && runs.size() * 6 > tile.width() * tile.height() * 4))
        return byte(Raw) + rawPixels(tile);
    QByteArray out = isColoured
        ? byte(Background | Subrectangles | Coloured) + pixel(background)
        : byte(Background | Foreground | Subrectangles) + pixel(background) + pixel(colours[1]);
    out += byte(int(runs.size()));
    for (const Run& run : runs)
        out += (isColoured ? pixel(run.colour) : QByteArray()) + byte(run.at.x() << 4 | run.at.y())
            + byte((run.length - 1) << 4);
    return out;
}

/// Indices packed from the highest bit on; each row begins with a byte.
QByteArray packedIndices(const QImage& part, const QList<QRgb>& colours, int bits)
{
    QByteArray out;
    for (int y = 0; y < part.height(); ++y) {
        int filled = 0;
        for (int x = 0; x < part.width(); ++x) {
            if (filled % 8 == 0)
                out += byte(0);
            out.back()
                = char(out.back() | colours.indexOf(part.pixel(x, y)) << (8 - bits - filled % 8));
            filled += bits;
        }
    }
    return out;
}

QByteArray runLength(int length)
{
    QByteArray out((length - 1) / 255, '\xff');
    return out + byte((length - 1) % 255);
}

/// Runs that go on from row to row.
QList<Run> longRunsOf(const QImage& part)
{
    QList<Run> out;
    for (const Run& run : runsOf(part)) {
        if (!out.isEmpty() && out.last().colour == run.colour)
            out.last().length += run.length;
        else
            out.append(run);
    }
    return out;
}

QByteArray zrleTile(const QImage& tile, RfbEncoder::ZrleTile way)
{
    using Way = RfbEncoder::ZrleTile;
    const QList<QRgb> colours = coloursOf(tile);
    QByteArray palette;
    for (const QRgb colour : colours)
        palette += zrlePixel(colour);
    if (colours.size() == 1)
        return byte(1) + palette;
    QByteArray out;
    if (way == Way::Palette && colours.size() <= 16) {
        const int bits = colours.size() == 2 ? 1 : colours.size() <= 4 ? 2 : 4;
        return byte(int(colours.size())) + palette + packedIndices(tile, colours, bits);
    }
    if (way == Way::Runs || (way == Way::PaletteRuns && colours.size() > 127)) {
        for (const Run& run : longRunsOf(tile))
            out += zrlePixel(run.colour) + runLength(run.length);
        return byte(128) + out;
    }
    if (way == Way::PaletteRuns) {
        for (const Run& run : longRunsOf(tile)) {
            const int index = int(colours.indexOf(run.colour));
            out += run.length == 1 ? byte(index) : byte(index | 0x80) + runLength(run.length);
        }
        return byte(128 + int(colours.size())) + palette + out;
    }
    for (int y = 0; y < tile.height(); ++y) {
        for (int x = 0; x < tile.width(); ++x)
            out += zrlePixel(tile.pixel(x, y));
    }
    return byte(0) + out;
}

/// Seven bits a byte, the lowest first.
QByteArray compactLength(qsizetype length)
{
    QByteArray out = byte(int(length & 0x7f));
    for (int shift = 7; length >> shift > 0 && shift <= 14; shift += 7) {
        out.back() = char(out.back() | 0x80);
        out += byte(int(length >> shift) & (shift == 14 ? 0xff : 0x7f));
    }
    return out;
}

/// A bit for each pixel, from the highest; rows begin with a byte.
template <typename IsSet> QByteArray bitMask(const QImage& shape, const IsSet& isSet)
{
    QByteArray out;
    for (int y = 0; y < shape.height(); ++y) {
        for (int x = 0; x < shape.width(); ++x) {
            if (x % 8 == 0)
                out += byte(0);
            if (isSet(shape.pixel(x, y)))
                out.back() = char(out.back() | 0x80 >> x % 8);
        }
    }
    return out;
}

bool isOpaque(QRgb colour)
{
    return qAlpha(colour) != 0;
}

} // namespace

class RfbEncoder::Deflater {
public:
    Deflater() { deflateInit(&m_stream, Z_DEFAULT_COMPRESSION); }
    ~Deflater() { deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Deflater)

    QByteArray add(const QByteArray& bytes)
    {
        QByteArray out(qsizetype(deflateBound(&m_stream, uLong(bytes.size()))) + 64, '\0');
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
        m_stream.avail_in = uInt(bytes.size());
        m_stream.next_out = reinterpret_cast<Bytef*>(out.data());
        m_stream.avail_out = uInt(out.size());
        deflate(&m_stream, Z_SYNC_FLUSH);
        out.truncate(out.size() - qsizetype(m_stream.avail_out));
        return out;
    }

private:
    z_stream m_stream {};
};

RfbEncoder::RfbEncoder()
    : m_zrle(std::make_unique<Deflater>())
{
    for (auto& stream : m_tight)
        stream = std::make_unique<Deflater>();
}

RfbEncoder::~RfbEncoder() = default;

QByteArray RfbEncoder::header(const QRect& rect, qint32 encoding)
{
    return bytesOf(quint16(rect.x())) + bytesOf(quint16(rect.y())) + bytesOf(quint16(rect.width()))
        + bytesOf(quint16(rect.height())) + bytesOf(encoding);
}

QByteArray RfbEncoder::raw(const QImage& part, QPoint at) const
{
    return header({ at, part.size() }, 0) + rawPixels(part);
}

QByteArray RfbEncoder::rre(const QImage& part, QPoint at) const
{
    const QRgb background = part.pixel(0, 0);
    const QList<Run> runs = runsBesides(part, background);
    QByteArray out
        = header({ at, part.size() }, 2) + bytesOf(quint32(runs.size())) + pixel(background);
    for (const Run& run : runs)
        out += pixel(run.colour) + bytesOf(quint16(run.at.x())) + bytesOf(quint16(run.at.y()))
            + bytesOf(quint16(run.length)) + bytesOf(quint16(1));
    return out;
}

QByteArray RfbEncoder::hextile(const QImage& part, QPoint at) const
{
    QByteArray out = header({ at, part.size() }, 5);
    forEachTile(part, kHextile, [&](const QImage& tile) { out += hextileTile(tile); });
    return out;
}

QByteArray RfbEncoder::zrle(const QImage& part, QPoint at, ZrleTile way)
{
    QByteArray tiles;
    forEachTile(part, kZrleTile, [&](const QImage& tile) { tiles += zrleTile(tile, way); });
    const QByteArray packed = m_zrle->add(tiles);
    return header({ at, part.size() }, 16) + bytesOf(quint32(packed.size())) + packed;
}

QByteArray RfbEncoder::tightFill(const QImage& part, QPoint at) const
{
    return header({ at, part.size() }, 7) + byte(0x80) + tightPixel(part.pixel(0, 0));
}

QByteArray RfbEncoder::tightPacked(const QByteArray& pixels, int stream)
{
    if (pixels.size() < kLeastPacked)
        return pixels;
    const QByteArray packed = m_tight[std::size_t(stream)]->add(pixels);
    return compactLength(packed.size()) + packed;
}

QByteArray RfbEncoder::tightCopy(const QImage& part, QPoint at, int stream)
{
    QByteArray pixels;
    for (int y = 0; y < part.height(); ++y) {
        for (int x = 0; x < part.width(); ++x)
            pixels += tightPixel(part.pixel(x, y));
    }
    return header({ at, part.size() }, 7) + byte(stream << 4) + tightPacked(pixels, stream);
}

QByteArray RfbEncoder::tightPalette(const QImage& part, QPoint at, int stream)
{
    const QList<QRgb> colours = coloursOf(part);
    QByteArray palette;
    for (const QRgb colour : colours)
        palette += tightPixel(colour);
    return header({ at, part.size() }, 7) + byte((stream | 4) << 4) + byte(1)
        + byte(int(colours.size()) - 1) + palette
        + tightPacked(packedIndices(part, colours, colours.size() == 2 ? 1 : 8), stream);
}

QByteArray RfbEncoder::tightGradient(const QImage& part, QPoint at, int stream)
{
    const auto channel = [&](int x, int y, int index) {
        if (x < 0 || y < 0)
            return 0;
        const QRgb rgb = part.pixel(x, y);
        return index == 0 ? qRed(rgb) : index == 1 ? qGreen(rgb) : qBlue(rgb);
    };
    QByteArray pixels;
    for (int y = 0; y < part.height(); ++y) {
        for (int x = 0; x < part.width(); ++x) {
            for (int i = 0; i < 3; ++i) {
                const int guess = std::clamp(
                    channel(x - 1, y, i) + channel(x, y - 1, i) - channel(x - 1, y - 1, i), 0, 255);
                pixels += byte(channel(x, y, i) - guess);
            }
        }
    }
    return header({ at, part.size() }, 7) + byte((stream | 4) << 4) + byte(2)
        + tightPacked(pixels, stream);
}

QByteArray RfbEncoder::tightJpeg(const QImage& part, QPoint at, int quality) const
{
    QBuffer file;
    file.open(QIODevice::WriteOnly);
    part.save(&file, "JPEG", quality);
    return header({ at, part.size() }, 7) + byte(0x90) + compactLength(file.data().size())
        + file.data();
}

QByteArray RfbEncoder::copyRect(const QRect& to, QPoint from)
{
    return header(to, 1) + bytesOf(quint16(from.x())) + bytesOf(quint16(from.y()));
}

QByteArray RfbEncoder::desktopSize(QSize size)
{
    return header({ {}, size }, -223);
}

QByteArray RfbEncoder::extendedDesktopSize(QSize size, int reason, int status)
{
    const QByteArray screen = bytesOf(quint32(1)) + bytesOf(quint32(0))
        + bytesOf(quint16(size.width())) + bytesOf(quint16(size.height())) + bytesOf(quint32(0));
    return header({ QPoint(reason, status), size }, -308) + QByteArray("\x01\0\0\0", 4) + screen;
}

QByteArray RfbEncoder::pointerMode(bool isAbsolute)
{
    return header({ isAbsolute ? 1 : 0, 0, 64, 64 }, -257);
}

QByteArray RfbEncoder::keyCodes()
{
    return header({ 0, 0, 64, 64 }, -258);
}

QByteArray RfbEncoder::richCursor(const QImage& shape, QPoint hotspot)
{
    return header({ hotspot, shape.size() }, -239) + rawPixels(shape) + bitMask(shape, isOpaque);
}

QByteArray RfbEncoder::twoColourCursor(const QImage& shape, QPoint hotspot, QRgb ink, QRgb paper)
{
    return header({ hotspot, shape.size() }, -240) + tightPixel(ink) + tightPixel(paper)
        + bitMask(shape, [ink](QRgb colour) { return colour == ink; }) + bitMask(shape, isOpaque);
}

QByteArray RfbEncoder::alphaCursor(const QImage& shape, QPoint hotspot)
{
    QByteArray out = header({ hotspot, shape.size() }, -314) + bytesOf(qint32(0));
    for (int y = 0; y < shape.height(); ++y)
        out += QByteArray(reinterpret_cast<const char*>(shape.constScanLine(y)), shape.width() * 4);
    return out;
}

} // namespace tests
