// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <epoxy/egl.h>

#include <memory>
#include <string>
#include <vector>

namespace console::helper {

/// A graphics card that can take memory of other programs, with an OpenGL ES context of ours on it
/// that draws to no window (EGL 1.4 with EGL_EXT_platform_device, EGL_EXT_image_dma_buf_import).
class GlDevice {
public:
    /// Those of this machine, opened with the first call and kept; `problem` says why there are
    /// none.
    static const std::vector<std::unique_ptr<GlDevice>>& all(std::string& problem);

    ~GlDevice();
    GlDevice(const GlDevice&) = delete;
    GlDevice& operator=(const GlDevice&) = delete;

    EGLDisplay display() const { return m_display; }
    bool makeCurrent() const; ///< for all calls of OpenGL that follow

private:
    GlDevice() = default;
    static std::unique_ptr<GlDevice> open(EGLDisplay display, std::string& problem);
    static std::vector<std::unique_ptr<GlDevice>> openAll(std::string& problem);

    EGLDisplay m_display = EGL_NO_DISPLAY;
    EGLContext m_context = EGL_NO_CONTEXT;
};

} // namespace console::helper
