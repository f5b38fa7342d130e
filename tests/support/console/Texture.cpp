// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/console/Texture.h"

#include "tests/spice-server/Pattern.h"

#include <drm.h>
#include <drm_fourcc.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

namespace tests {

Texture::Texture(const std::string& card, int width, int height, Order order, bool isTopFirst)
    : m_height(height)
    , m_order(order)
    , m_isTopFirst(isTopFirst)
{
    if (card.empty())
        takeFromMemory(width, height);
    else
        takeFromCard(card, width, height);
}

void Texture::takeFromMemory(int width, int height)
{
    m_stride = (std::uint32_t(width) * 4 + 255) / 256 * 256; // as cards have it
    m_bytes = std::size_t(m_stride) * std::size_t(height);
    m_file = ::memfd_create("texture", MFD_CLOEXEC);
    if (::ftruncate(m_file, off_t(m_bytes)) != 0)
        return;
    void* memory = ::mmap(nullptr, m_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, m_file, 0);
    if (memory != MAP_FAILED)
        m_memory = static_cast<std::uint8_t*>(memory);
}

void Texture::takeFromCard(const std::string& card, int width, int height)
{
    m_card = ::open(card.c_str(), O_RDWR | O_CLOEXEC);
    drm_mode_create_dumb create {};
    create.width = std::uint32_t(width);
    create.height = std::uint32_t(height);
    create.bpp = 32;
    if (::ioctl(m_card, DRM_IOCTL_MODE_CREATE_DUMB, &create) != 0)
        return;
    m_stride = create.pitch;
    m_bytes = create.size;
    drm_mode_map_dumb map {};
    map.handle = create.handle;
    drm_prime_handle share {};
    share.handle = create.handle;
    share.flags = DRM_CLOEXEC | DRM_RDWR;
    if (::ioctl(m_card, DRM_IOCTL_MODE_MAP_DUMB, &map) != 0
        || ::ioctl(m_card, DRM_IOCTL_PRIME_HANDLE_TO_FD, &share) != 0)
        return;
    m_file = share.fd;
    void* memory
        = ::mmap(nullptr, m_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, m_card, off_t(map.offset));
    if (memory != MAP_FAILED)
        m_memory = static_cast<std::uint8_t*>(memory);
}

Texture::~Texture()
{
    if (m_memory)
        ::munmap(m_memory, m_bytes);
    if (m_file >= 0)
        ::close(m_file);
    if (m_card >= 0)
        ::close(m_card);
}

int Texture::duplicate() const
{
    return ::fcntl(m_file, F_DUPFD_CLOEXEC, 0);
}

std::uint32_t Texture::fourcc() const
{
    return m_order == Order::Rgb ? DRM_FORMAT_XRGB8888 : DRM_FORMAT_XBGR8888;
}

void Texture::draw(std::uint32_t n, int x, int y, int width, int height)
{
    for (int row = y; row < y + height; ++row) {
        const int stored = m_isTopFirst ? row : m_height - 1 - row;
        std::uint8_t* to = m_memory + std::size_t(stored) * m_stride + std::size_t(x) * 4;
        for (int column = x; column < x + width; ++column, to += 4) {
            std::uint32_t pixel = pattern::framePixel(n, column, row);
            if (m_order == Order::Bgr)
                pixel = (pixel & 0xff) << 16 | (pixel & 0xff00) | (pixel >> 16 & 0xff);
            std::memcpy(to, &pixel, sizeof pixel);
        }
    }
}

} // namespace tests
