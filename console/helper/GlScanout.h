// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlDevice.h"
#include "console/helper/ScanoutReader.h"

#include <vector>

namespace console::helper {

/// Reads a scanout as a texture of the graphics card that takes it.
class GlScanout : public ScanoutReader {
public:
    static std::unique_ptr<ScanoutReader> open(const Scanout& scanout, std::string& problem);
    ~GlScanout() override;
    GlScanout(const GlScanout&) = delete;
    GlScanout& operator=(const GlScanout&) = delete;

    void begin(std::span<const protocol::Rect> places) override;
    void end() override { }

private:
    GlScanout(const Scanout& scanout, const GlDevice& device, EGLImageKHR image);
    bool attach(); ///< to what can be read

    const GlDevice& m_device;
    EGLImageKHR m_image;
    unsigned m_texture = 0;
    unsigned m_frame = 0;
    std::int32_t m_width;
    std::int32_t m_height;
    bool m_isTopFirst;
    std::vector<std::uint32_t> m_pixels; ///< as the scanout has its rows
};

} // namespace console::helper
