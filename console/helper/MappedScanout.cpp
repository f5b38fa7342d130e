// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/MappedScanout.h"

#include "console/protocol/Codec.h"

#include <drm_fourcc.h>
#include <fcntl.h>
#include <linux/dma-buf.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace console::helper {

namespace {

struct Layout {
    protocol::PixelFormat format;
    bool isSwapped; ///< red and blue
};

std::optional<Layout> layoutOf(std::uint32_t fourcc)
{
    switch (fourcc) {
    case DRM_FORMAT_XRGB8888:
    case DRM_FORMAT_ARGB8888: // of a screen: there is nothing behind it to shine through
        return Layout { protocol::PixelFormat::Xrgb32, false };
    case DRM_FORMAT_XBGR8888:
    case DRM_FORMAT_ABGR8888:
        return Layout { protocol::PixelFormat::Xrgb32, true };
    case DRM_FORMAT_RGB565:
        return Layout { protocol::PixelFormat::Rgb565, false };
    default:
        return std::nullopt;
    }
}

/// Waits for the card, and makes its writing visible; a file that is no dma-buf needs neither.
void synchronise(int fd, std::uint64_t flags)
{
    dma_buf_sync request { .flags = flags | DMA_BUF_SYNC_READ };
    while (::ioctl(fd, DMA_BUF_IOCTL_SYNC, &request) != 0 && (errno == EINTR || errno == EAGAIN)) {
    }
}

} // namespace

std::unique_ptr<ScanoutReader> MappedScanout::open(const Scanout& scanout, std::string& problem)
{
    const auto layout = layoutOf(scanout.fourcc);
    if (!layout) {
        problem = "its pixels have an unknown form, " + std::to_string(scanout.fourcc);
        return nullptr;
    }
    const std::size_t bytes = std::size_t(scanout.stride) * std::size_t(scanout.height);
    const off_t there = ::lseek(scanout.fd, 0, SEEK_END);
    if (scanout.stride < std::size_t(scanout.width) * protocol::bytesPerPixel(layout->format)
        || there < 0 || std::size_t(there) < bytes) { // reading beyond the end would be our end
        problem = "its memory is smaller than its size says";
        return nullptr;
    }
    void* memory = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, scanout.fd, 0);
    if (memory == MAP_FAILED) {
        problem = std::string("its memory can't be read: ") + std::strerror(errno);
        return nullptr;
    }
    return std::unique_ptr<ScanoutReader>(
        new MappedScanout(scanout, protocol::Fd(::fcntl(scanout.fd, F_DUPFD_CLOEXEC, 0)),
            static_cast<const std::uint8_t*>(memory), bytes));
}

MappedScanout::MappedScanout(
    const Scanout& scanout, protocol::Fd file, const std::uint8_t* memory, std::size_t bytes)
    : ScanoutReader(scanout, layoutOf(scanout.fourcc)->format)
    , m_scanout(scanout)
    , m_file(std::move(file))
    , m_memory(memory)
    , m_bytes(bytes)
{
    if (layoutOf(scanout.fourcc)->isSwapped)
        m_swapped.resize(bytes);
    setPixels(m_swapped.empty() ? m_memory : m_swapped.data(), scanout.stride, scanout.isTopFirst);
}

MappedScanout::~MappedScanout()
{
    ::munmap(const_cast<std::uint8_t*>(m_memory), m_bytes);
}

void MappedScanout::begin(std::span<const protocol::Rect> places)
{
    synchronise(m_file.get(), DMA_BUF_SYNC_START);
    if (m_swapped.empty())
        return;
    for (const protocol::Rect& place : places)
        swapColours(place);
}

void MappedScanout::swapColours(const protocol::Rect& place)
{
    for (std::int32_t y = place.y; y < place.y + place.height; ++y) {
        const std::int32_t row = m_scanout.isTopFirst ? y : m_scanout.height - 1 - y;
        const std::size_t at = std::size_t(row) * m_scanout.stride + std::size_t(place.x) * 4;
        for (std::size_t i = at; i < at + std::size_t(place.width) * 4; i += 4) {
            m_swapped[i] = m_memory[i + 2];
            m_swapped[i + 1] = m_memory[i + 1];
            m_swapped[i + 2] = m_memory[i];
        }
    }
}

void MappedScanout::end()
{
    synchronise(m_file.get(), DMA_BUF_SYNC_END);
}

} // namespace console::helper
