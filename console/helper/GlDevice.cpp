// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/GlDevice.h"

#include <epoxy/gl.h>

#include <array>

namespace console::helper {

namespace {

constexpr EGLint kMostDevices = 16;

/// Each of the cards, and last what Mesa would take by itself: with LIBGL_ALWAYS_SOFTWARE it lets
/// the processor draw in a card's memory, but not on a card that was named.
std::vector<EGLDisplay> cards()
{
    std::vector<EGLDisplay> displays;
    std::array<EGLDeviceEXT, kMostDevices> devices {};
    EGLint count = 0;
    if (epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_device_enumeration")
        && epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_platform_device"))
        eglQueryDevicesEXT(kMostDevices, devices.data(), &count);
    for (EGLint i = 0; i < count; ++i) {
        const char* extensions = eglQueryDeviceStringEXT(devices[i], EGL_EXTENSIONS);
        if (extensions && epoxy_extension_in_string(extensions, "EGL_EXT_device_drm"))
            displays.push_back(
                eglGetPlatformDisplayEXT(EGL_PLATFORM_DEVICE_EXT, devices[i], nullptr));
    }
    if (epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless"))
        displays.push_back(
            eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr));
    std::erase(displays, EGL_NO_DISPLAY);
    return displays;
}

} // namespace

const std::vector<std::unique_ptr<GlDevice>>& GlDevice::all(std::string& problem)
{
    static std::string why;
    static const std::vector<std::unique_ptr<GlDevice>> devices = openAll(why);
    problem = why;
    return devices;
}

std::vector<std::unique_ptr<GlDevice>> GlDevice::openAll(std::string& problem)
{
    problem = "there is no graphics card here with OpenGL";
    std::vector<std::unique_ptr<GlDevice>> opened;
    if (!epoxy_has_egl())
        return opened;
    for (const EGLDisplay display : cards()) {
        if (auto device = open(display, problem))
            opened.push_back(std::move(device));
    }
    return opened;
}

std::unique_ptr<GlDevice> GlDevice::open(EGLDisplay display, std::string& problem)
{
    std::unique_ptr<GlDevice> opened(new GlDevice);
    opened->m_display = display;
    if (!eglInitialize(display, nullptr, nullptr)) {
        problem = "the graphics card can't be opened";
        return nullptr;
    }
    for (const char* wanted : { "EGL_EXT_image_dma_buf_import", "EGL_KHR_image_base",
             "EGL_KHR_no_config_context", "EGL_KHR_surfaceless_context" }) {
        if (!epoxy_has_egl_extension(display, wanted)) {
            problem = std::string("the graphics card's driver lacks ") + wanted;
            return nullptr;
        }
    }
    constexpr std::array<EGLint, 3> kVersion { EGL_CONTEXT_CLIENT_VERSION, 3, EGL_NONE };
    eglBindAPI(EGL_OPENGL_ES_API);
    opened->m_context
        = eglCreateContext(display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, kVersion.data());
    if (opened->m_context == EGL_NO_CONTEXT || !opened->makeCurrent()) {
        problem = "the graphics card's driver has no OpenGL ES 3";
        return nullptr;
    }
    for (const char* wanted : { "GL_OES_EGL_image", "GL_EXT_read_format_bgra" }) {
        if (!epoxy_has_gl_extension(wanted)) {
            problem = std::string("the graphics card's driver lacks ") + wanted;
            return nullptr;
        }
    }
    return opened;
}

GlDevice::~GlDevice()
{
    eglMakeCurrent(m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (m_context != EGL_NO_CONTEXT)
        eglDestroyContext(m_display, m_context);
    eglTerminate(m_display);
}

bool GlDevice::makeCurrent() const
{
    return eglMakeCurrent(m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, m_context);
}

} // namespace console::helper
