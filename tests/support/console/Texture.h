// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace tests {

/// Memory that a guest with OpenGL would draw into: that of a graphics card (a "dumb buffer",
/// exported as a dma-buf), or, without one, a memory file.
class Texture {
public:
    enum class Order { Rgb, Bgr }; ///< of DRM_FORMAT_XRGB8888, DRM_FORMAT_XBGR8888

    /// `card` is a DRM device ("/dev/dri/card0"); empty: none.
    Texture(const std::string& card, int width, int height, Order order, bool isTopFirst);
    ~Texture();
    Texture(const Texture&) = delete;
    Texture& operator=(const Texture&) = delete;

    bool isUsable() const { return m_memory != nullptr; }
    int duplicate() const; ///< a descriptor for somebody else
    std::uint32_t stride() const { return m_stride; }
    std::uint32_t fourcc() const;
    bool isTopFirst() const { return m_isTopFirst; }

    /// The n-th full frame of the pattern, within a rectangle.
    void draw(std::uint32_t n, int x, int y, int width, int height);

private:
    void takeFromCard(const std::string& card, int width, int height);
    void takeFromMemory(int width, int height);

    int m_card = -1;
    int m_file = -1;
    std::uint8_t* m_memory = nullptr;
    std::size_t m_bytes = 0;
    std::uint32_t m_stride = 0;
    int m_height;
    Order m_order;
    bool m_isTopFirst;
};

} // namespace tests
