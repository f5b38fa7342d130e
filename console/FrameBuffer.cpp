// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/FrameBuffer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace console {

namespace {

QImage::Format imageFormat(protocol::PixelFormat format)
{
    switch (format) {
    case protocol::PixelFormat::Xrgb32:
        return QImage::Format_RGB32;
    case protocol::PixelFormat::Rgb555:
        return QImage::Format_RGB555;
    case protocol::PixelFormat::Rgb565:
        return QImage::Format_RGB16;
    }
    return QImage::Format_Invalid;
}

vmm::Error refused(const QString& why)
{
    return { .kind = vmm::ErrorKind::ProtocolViolation,
        .subject = QStringLiteral("framebuffer"),
        .detail = why };
}

vmm::Error failed(const char* call)
{
    return { .kind = vmm::ErrorKind::Io,
        .subject = QStringLiteral("framebuffer"),
        .detail = QStringLiteral("%1: %2").arg(
            QLatin1StringView(call), QString::fromLocal8Bit(std::strerror(errno))) };
}

} // namespace

vmm::Result<std::shared_ptr<const FrameBuffer>> FrameBuffer::map(
    int memfd, const protocol::Surface& surface)
{
    const int seals = ::fcntl(memfd, F_GET_SEALS);
    if (seals < 0 || !(seals & F_SEAL_SHRINK))
        return refused(QStringLiteral("the file is not sealed against shrinking"));
    struct stat status { };
    if (::fstat(memfd, &status) != 0)
        return failed("fstat");
    const auto bytes = static_cast<size_t>(surface.stride) * static_cast<size_t>(surface.height);
    if (status.st_size < 0 || static_cast<size_t>(status.st_size) < bytes)
        return refused(QStringLiteral("the file is smaller than its picture"));
    protocol::Fd file(::fcntl(memfd, F_DUPFD_CLOEXEC, 0));
    if (!file.isValid())
        return failed("fcntl");
    void* pixels = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file.get(), 0);
    if (pixels == MAP_FAILED)
        return failed("mmap");
    return std::shared_ptr<const FrameBuffer>(
        new FrameBuffer(std::move(file), pixels, bytes, surface));
}

FrameBuffer::FrameBuffer(
    protocol::Fd file, void* pixels, size_t bytes, const protocol::Surface& surface)
    : m_file(std::move(file))
    , m_pixels(pixels)
    , m_bytes(bytes)
    , m_size(surface.width, surface.height)
    , m_stride(surface.stride)
    , m_format(imageFormat(surface.format))
{
}

FrameBuffer::~FrameBuffer()
{
    ::munmap(m_pixels, m_bytes);
}

QSize FrameBuffer::sizeWithPadding() const
{
    return { m_stride * 8 / QImage::toPixelFormat(m_format).bitsPerPixel(), m_size.height() };
}

QImage FrameBuffer::image(const std::shared_ptr<const FrameBuffer>& buffer)
{
    using Owner = std::shared_ptr<const FrameBuffer>;
    return QImage(
        static_cast<const uchar*>(buffer->m_pixels), buffer->m_size.width(),
        buffer->m_size.height(), buffer->m_stride, buffer->m_format,
        [](void* owner) { delete static_cast<Owner*>(owner); }, new Owner(buffer));
}

} // namespace console
