// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/Messages.h"
#include "console/protocol/PacketSocket.h"

#include <cstdint>
#include <memory>

namespace console::helper {

/// The guest's screen in a memory file that the window maps too. Sealed against shrinking and
/// growing before anybody else sees it.
class SharedSurface {
public:
    /// Null on failure, with errno.
    static std::unique_ptr<SharedSurface> create(
        protocol::PixelFormat format, std::int32_t width, std::int32_t height);
    ~SharedSurface();
    SharedSurface(const SharedSurface&) = delete;
    SharedSurface& operator=(const SharedSurface&) = delete;

    int fd() const { return m_file.get(); }
    protocol::PixelFormat format() const { return m_format; }
    std::int32_t width() const { return m_width; }
    std::int32_t height() const { return m_height; }
    std::int32_t stride() const { return m_stride; }

    /// Copies `rect`, which must be within the surface, from a picture of the same size and format
    /// whose rows are `sourceStride` bytes apart.
    void copyFrom(
        const std::uint8_t* source, std::ptrdiff_t sourceStride, const protocol::Rect& rect);

private:
    SharedSurface() = default;

    protocol::Fd m_file;
    std::uint8_t* m_pixels = nullptr;
    std::size_t m_bytes = 0;
    protocol::PixelFormat m_format = protocol::PixelFormat::Xrgb32;
    std::int32_t m_width = 0;
    std::int32_t m_height = 0;
    std::int32_t m_stride = 0;
};

} // namespace console::helper
