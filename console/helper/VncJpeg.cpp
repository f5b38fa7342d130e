// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VncJpeg.h"

#include "console/helper/GlibHandles.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include <algorithm>

namespace console::helper {

namespace {

constexpr std::size_t kStep = 4096;

struct Size {
    std::uint32_t width;
    std::uint32_t height;
};

/// Before room is made for the pixels.
void checkSize(GdkPixbufLoader* loader, int width, int height, gpointer wanted)
{
    const auto& size = *static_cast<const Size*>(wanted);
    if (std::uint32_t(width) != size.width || std::uint32_t(height) != size.height)
        gdk_pixbuf_loader_set_size(loader, 0, 0); // by which it gives up
}

} // namespace

bool isJpegOf(std::span<const std::uint8_t> bytes, std::uint32_t width, std::uint32_t height)
{
    const GObjectPtr<GdkPixbufLoader> loader(gdk_pixbuf_loader_new_with_type("jpeg", nullptr));
    if (!loader)
        return false;
    Size size { .width = width, .height = height };
    g_signal_connect(loader.get(), "size-prepared", G_CALLBACK(checkSize), &size);
    // Its beginning is enough, and costs little: what is broken after that is drawn as far as it
    // goes.
    while (!bytes.empty() && !gdk_pixbuf_loader_get_pixbuf(loader.get())) {
        const auto part = bytes.first(std::min(bytes.size(), kStep));
        if (!gdk_pixbuf_loader_write(loader.get(), part.data(), part.size(), nullptr))
            break;
        bytes = bytes.subspan(part.size());
    }
    const bool isReadable = gdk_pixbuf_loader_get_pixbuf(loader.get()) != nullptr;
    gdk_pixbuf_loader_close(loader.get(), nullptr);
    return isReadable;
}

} // namespace console::helper
