// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/GlScanout.h"

#include <epoxy/gl.h>

#include <array>

namespace console::helper {

std::unique_ptr<ScanoutReader> GlScanout::open(const Scanout& scanout, std::string& problem)
{
    const std::array<EGLint, 13> memory { EGL_WIDTH, scanout.width, EGL_HEIGHT, scanout.height,
        EGL_LINUX_DRM_FOURCC_EXT, EGLint(scanout.fourcc), EGL_DMA_BUF_PLANE0_FD_EXT, scanout.fd,
        EGL_DMA_BUF_PLANE0_OFFSET_EXT, 0, EGL_DMA_BUF_PLANE0_PITCH_EXT, EGLint(scanout.stride),
        EGL_NONE };
    for (const auto& device : GlDevice::all(problem)) {
        problem = "no graphics card here takes it";
        if (!device->makeCurrent())
            continue;
        const EGLImageKHR image = eglCreateImageKHR(
            device->display(), EGL_NO_CONTEXT, EGL_LINUX_DMA_BUF_EXT, nullptr, memory.data());
        if (image == EGL_NO_IMAGE_KHR)
            continue;
        std::unique_ptr<GlScanout> reader(new GlScanout(scanout, *device, image));
        if (reader->attach())
            return reader;
        problem = "the graphics card's driver can't read it";
    }
    return nullptr;
}

GlScanout::GlScanout(const Scanout& scanout, const GlDevice& device, EGLImageKHR image)
    : ScanoutReader(scanout, protocol::PixelFormat::Xrgb32)
    , m_device(device)
    , m_image(image)
    , m_width(scanout.width)
    , m_height(scanout.height)
    , m_isTopFirst(scanout.isTopFirst)
    , m_pixels(std::size_t(scanout.width) * std::size_t(scanout.height))
{
    setPixels(reinterpret_cast<const std::uint8_t*>(m_pixels.data()),
        std::ptrdiff_t(scanout.width) * 4, scanout.isTopFirst);
}

bool GlScanout::attach()
{
    glGenTextures(1, &m_texture);
    glBindTexture(GL_TEXTURE_2D, m_texture);
    glEGLImageTargetTexture2DOES(GL_TEXTURE_2D, m_image);
    glGenFramebuffers(1, &m_frame);
    glBindFramebuffer(GL_FRAMEBUFFER, m_frame);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, m_texture, 0);
    return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

GlScanout::~GlScanout()
{
    if (m_device.makeCurrent()) {
        glDeleteFramebuffers(1, &m_frame);
        glDeleteTextures(1, &m_texture);
    }
    eglDestroyImageKHR(m_device.display(), m_image);
}

void GlScanout::begin(std::span<const protocol::Rect> places)
{
    if (!m_device.makeCurrent())
        return;
    glBindFramebuffer(GL_FRAMEBUFFER, m_frame);
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    glPixelStorei(GL_PACK_ROW_LENGTH, m_width);
    for (const protocol::Rect& place : places) {
        const std::int32_t row = m_isTopFirst ? place.y : m_height - place.y - place.height;
        glReadPixels(place.x, row, place.width, place.height, GL_BGRA_EXT, GL_UNSIGNED_BYTE,
            m_pixels.data() + std::size_t(row) * std::size_t(m_width) + place.x);
    }
}

} // namespace console::helper
