// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/SharedSurface.h"

#include "console/protocol/Codec.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

namespace console::helper {

namespace {

/// A guest leaves the unused byte of xRGB as it likes; the toolkits of windows want it opaque.
void copyOpaque(std::uint8_t* to, const std::uint8_t* from, std::int32_t pixels)
{
    using Four = std::uint32_t __attribute__((vector_size(16)));
    constexpr std::uint32_t kOpaque = 0xff000000u;
    constexpr Four kFourOpaque { kOpaque, kOpaque, kOpaque, kOpaque };
    std::int32_t i = 0;
    for (; i + 4 <= pixels; i += 4) {
        Four four;
        std::memcpy(&four, from + 4 * i, sizeof four);
        four |= kFourOpaque;
        std::memcpy(to + 4 * i, &four, sizeof four);
    }
    for (; i < pixels; ++i) {
        std::uint32_t pixel;
        std::memcpy(&pixel, from + 4 * i, sizeof pixel);
        pixel |= kOpaque;
        std::memcpy(to + 4 * i, &pixel, sizeof pixel);
    }
}

} // namespace

std::unique_ptr<SharedSurface> SharedSurface::create(
    protocol::PixelFormat format, std::int32_t width, std::int32_t height)
{
    std::unique_ptr<SharedSurface> surface(new SharedSurface);
    surface->m_format = format;
    surface->m_width = width;
    surface->m_height = height;
    surface->m_stride = (width * protocol::bytesPerPixel(format) + 3) / 4 * 4;
    surface->m_bytes = std::size_t(surface->m_stride) * height;

    surface->m_file
        = protocol::Fd(::memfd_create("virtdeck-console-screen", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!surface->m_file.isValid() || ::ftruncate(surface->fd(), off_t(surface->m_bytes)) != 0
        || ::fcntl(surface->fd(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return nullptr;
    void* pixels
        = ::mmap(nullptr, surface->m_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, surface->fd(), 0);
    if (pixels == MAP_FAILED)
        return nullptr;
    surface->m_pixels = static_cast<std::uint8_t*>(pixels);
    return surface;
}

SharedSurface::~SharedSurface()
{
    if (m_pixels)
        ::munmap(m_pixels, m_bytes);
}

void SharedSurface::copyFrom(
    const std::uint8_t* source, std::ptrdiff_t sourceStride, const protocol::Rect& rect)
{
    const std::int32_t pixelSize = protocol::bytesPerPixel(m_format);
    for (std::int32_t y = rect.y; y < rect.y + rect.height; ++y) {
        const std::uint8_t* from = source + y * sourceStride + rect.x * pixelSize;
        std::uint8_t* to = m_pixels + std::ptrdiff_t(y) * m_stride + rect.x * pixelSize;
        if (m_format == protocol::PixelFormat::Xrgb32)
            copyOpaque(to, from, rect.width);
        else
            std::memcpy(to, from, std::size_t(rect.width) * pixelSize);
    }
}

} // namespace console::helper
