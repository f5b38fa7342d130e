// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QtEndian>

#include <array>
#include <memory>

struct z_stream_s;

namespace tests {

/// A number as RFB has it: big-endian.
template <typename Number> QByteArray bytesOf(Number value)
{
    const Number big = qToBigEndian(value);
    return QByteArray(reinterpret_cast<const char*>(&big), sizeof big);
}

/// Rectangles of a VNC server's framebuffer updates, each with its header, in the pixel format that
/// the helper asks for: 32 bits, blue lowest. One for each connection, since zlib's streams go on
/// from rectangle to rectangle. Source: RFC 6143, 7.7; rfbproto for Tight and the pseudo-encodings.
class RfbEncoder {
public:
    enum class ZrleTile { Raw, Palette, Runs, PaletteRuns };

    RfbEncoder();
    ~RfbEncoder();
    Q_DISABLE_COPY_MOVE(RfbEncoder)

    QByteArray raw(const QImage& part, QPoint at) const;
    QByteArray rre(const QImage& part, QPoint at) const;
    /// Each tile in the least of the ways that its colours allow.
    QByteArray hextile(const QImage& part, QPoint at) const;
    /// Tiles of one colour are told as such; those with too many colours for a palette without.
    QByteArray zrle(const QImage& part, QPoint at, ZrleTile way);
    QByteArray tightFill(const QImage& part, QPoint at) const; ///< all of it as its first pixel
    QByteArray tightCopy(const QImage& part, QPoint at, int stream);
    QByteArray tightPalette(const QImage& part, QPoint at, int stream); ///< of 2 to 256 colours
    QByteArray tightGradient(const QImage& part, QPoint at, int stream);
    QByteArray tightJpeg(const QImage& part, QPoint at, int quality) const;
    static QByteArray copyRect(const QRect& to, QPoint from);

    static QByteArray header(const QRect& rect, qint32 encoding);
    static QByteArray desktopSize(QSize size);
    /// `reason` 0: the server's own doing, 1: this client's; `status` 0: done.
    static QByteArray extendedDesktopSize(QSize size, int reason = 0, int status = 0);
    static QByteArray pointerMode(bool isAbsolute);
    static QByteArray keyCodes(); ///< that QEMU's messages of keys are understood
    /// Of 32 x 32 or less; what is transparent in `shape` (ARGB32) is masked out.
    static QByteArray richCursor(const QImage& shape, QPoint hotspot);
    static QByteArray twoColourCursor(const QImage& shape, QPoint hotspot, QRgb ink, QRgb paper);
    static QByteArray alphaCursor(
        const QImage& shape, QPoint hotspot); ///< premultiplied on its way

private:
    class Deflater;
    QByteArray tightPacked(const QByteArray& pixels, int stream);

    std::unique_ptr<Deflater> m_zrle;
    std::array<std::unique_ptr<Deflater>, 4> m_tight;
};

} // namespace tests
