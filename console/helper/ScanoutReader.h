// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/FrameRelay.h"

#include <cstdint>
#include <memory>
#include <string>

namespace console::helper {

/// A screen that a guest draws with OpenGL: memory of the graphics card, as it is announced by
/// SPICE_MSG_DISPLAY_GL_SCANOUT_UNIX (spice-protocol 0.14).
struct Scanout {
    int fd = -1; ///< a dma-buf; stays the caller's, and open while it is read
    std::int32_t width = 0;
    std::int32_t height = 0;
    std::uint32_t stride = 0; ///< bytes
    std::uint32_t fourcc = 0; ///< DRM_FORMAT_*
    bool isTopFirst = true;
};

/// Reads the pixels of a scanout: by OpenGL, which knows how the card lays them out, or, where no
/// card takes them, from the memory itself.
class ScanoutReader : public PictureAccess {
public:
    /// Null if it can't be read, with the `problem`.
    static std::unique_ptr<ScanoutReader> open(const Scanout& scanout, std::string& problem);

    /// Valid while this lives; its pixels are those of the last begin().
    const FrameRelay::Picture& picture() const { return m_picture; }

protected:
    ScanoutReader(const Scanout& scanout, protocol::PixelFormat format)
        : m_picture({ .format = format, .width = scanout.width, .height = scanout.height })
    {
    }
    /// The rows lie in `memory` as the scanout says, each so many bytes.
    void setPixels(const std::uint8_t* memory, std::ptrdiff_t stride, bool isTopFirst);

private:
    FrameRelay::Picture m_picture;
};

} // namespace console::helper
