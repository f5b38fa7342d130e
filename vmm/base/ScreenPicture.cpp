// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/base/ScreenPicture.h"

#include <png.h>

#include <algorithm>
#include <cctype>
#include <cstring>

namespace vmm {

namespace {

Error refused(const QString& why)
{
    return { ErrorKind::ProtocolViolation, QStringLiteral("screenshot"), why };
}

bool isSane(int width, int height)
{
    return width > 0 && height > 0 && width <= ScreenPicture::kMaxSide
        && height <= ScreenPicture::kMaxSide;
}

/// The next number of a PPM header, after blanks and comments; -1 if there is none.
int nextNumber(const QByteArray& bytes, qsizetype& at)
{
    while (at < bytes.size() && (std::isspace(uchar(bytes[at])) || bytes[at] == '#')) {
        if (bytes[at] == '#')
            at = std::max<qsizetype>(bytes.indexOf('\n', at), at);
        ++at;
    }
    int value = -1;
    for (; at < bytes.size() && std::isdigit(uchar(bytes[at])) && value < 1'000'000; ++at)
        value = std::max(value, 0) * 10 + (bytes[at] - '0');
    return value;
}

/// Frees what libpng keeps of a picture, on every way out.
struct PngImage {
    png_image image {};

    PngImage()
    {
        image.version = PNG_IMAGE_VERSION;
        image.format = PNG_FORMAT_RGB;
    }
    PngImage(const PngImage&) = delete;
    PngImage& operator=(const PngImage&) = delete;
    ~PngImage() { png_image_free(&image); }
};

} // namespace

ScreenPicture::ScreenPicture(QSize size, std::vector<unsigned char> pixels)
    : m_size(size)
    , m_pixels(std::move(pixels))
{
}

Result<ScreenPicture> ScreenPicture::read(const QByteArray& bytes)
{
    if (bytes.startsWith("P6"))
        return readPpm(bytes);
    if (bytes.startsWith("\x89PNG"))
        return readPng(bytes);
    return refused(QStringLiteral("neither PPM nor PNG"));
}

// https://netpbm.sourceforge.net/doc/ppm.html
Result<ScreenPicture> ScreenPicture::readPpm(const QByteArray& bytes)
{
    qsizetype at = 2;
    const int width = nextNumber(bytes, at);
    const int height = nextNumber(bytes, at);
    const int depth = nextNumber(bytes, at);
    if (!isSane(width, height) || depth != 255)
        return refused(
            QStringLiteral("a PPM of %1x%2, depth %3").arg(width).arg(height).arg(depth));
    ++at; // the one blank before the pixels
    const qsizetype size = qsizetype(3) * width * height;
    if (bytes.size() - at < size)
        return refused(QStringLiteral("the PPM ends too early"));
    const auto* first = reinterpret_cast<const unsigned char*>(bytes.constData()) + at;
    return ScreenPicture({ width, height }, { first, first + size });
}

Result<ScreenPicture> ScreenPicture::readPng(const QByteArray& bytes)
{
    PngImage png;
    if (!png_image_begin_read_from_memory(
            &png.image, bytes.constData(), static_cast<size_t>(bytes.size())))
        return refused(QString::fromLatin1(png.image.message));
    if (png.image.width > unsigned(kMaxSide) || png.image.height > unsigned(kMaxSide))
        return refused(QStringLiteral("the PNG is too large"));
    png.image.format = PNG_FORMAT_RGB;
    std::vector<unsigned char> pixels(PNG_IMAGE_SIZE(png.image));
    const QSize size(static_cast<int>(png.image.width), static_cast<int>(png.image.height));
    const png_color black {};
    if (!png_image_finish_read(&png.image, &black, pixels.data(), 0, nullptr))
        return refused(QString::fromLatin1(png.image.message));
    return ScreenPicture(size, std::move(pixels));
}

ScreenPicture ScreenPicture::fitInto(QSize bounds) const
{
    const QSize box(bounds.width() > 0 ? bounds.width() : m_size.width(),
        bounds.height() > 0 ? bounds.height() : m_size.height());
    if (m_size.width() <= box.width() && m_size.height() <= box.height())
        return *this;
    const QSize target = m_size.scaled(box, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
    std::vector<unsigned char> pixels(size_t(3) * target.width() * target.height());
    auto* out = pixels.data();
    for (int y = 0; y < target.height(); ++y) {
        const int top = int(qint64(y) * m_size.height() / target.height());
        const int bottom
            = std::max(int(qint64(y + 1) * m_size.height() / target.height()), top + 1);
        for (int x = 0; x < target.width(); ++x, out += 3) {
            const int left = int(qint64(x) * m_size.width() / target.width());
            const int right
                = std::max(int(qint64(x + 1) * m_size.width() / target.width()), left + 1);
            unsigned sums[3] = {};
            for (int row = top; row < bottom; ++row) {
                const unsigned char* in = pixel(left, row);
                for (int i = left; i < right; ++i, in += 3) {
                    sums[0] += in[0];
                    sums[1] += in[1];
                    sums[2] += in[2];
                }
            }
            const auto count = unsigned((right - left) * (bottom - top));
            for (int channel = 0; channel < 3; ++channel)
                out[channel] = static_cast<unsigned char>(sums[channel] / count);
        }
    }
    return ScreenPicture(target, std::move(pixels));
}

Result<QByteArray> ScreenPicture::toPng() const
{
    PngImage png;
    png.image.width = static_cast<png_uint_32>(m_size.width());
    png.image.height = static_cast<png_uint_32>(m_size.height());
    png.image.flags = PNG_IMAGE_FLAG_FAST;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png.image);
    QByteArray bytes(static_cast<qsizetype>(size), Qt::Uninitialized);
    if (!png_image_write_to_memory(&png.image, bytes.data(), &size, 0, m_pixels.data(), 0, nullptr))
        return Error { ErrorKind::Io, QStringLiteral("screenshot"),
            QString::fromLatin1(png.image.message) };
    bytes.resize(static_cast<qsizetype>(size));
    return bytes;
}

Result<Screenshot> toScreenshot(const QByteArray& bytes, int maxWidth, int maxHeight)
{
    const auto bound = [](int side) {
        return side > 0 ? std::min(side, kMaxScreenshotSide) : kMaxScreenshotSide;
    };
    const ScreenPicture picture = TRY(ScreenPicture::read(bytes));
    const ScreenPicture small = picture.fitInto({ bound(maxWidth), bound(maxHeight) });
    return Screenshot { .png = TRY(small.toPng()),
        .width = picture.size().width(),
        .height = picture.size().height() };
}

} // namespace vmm
