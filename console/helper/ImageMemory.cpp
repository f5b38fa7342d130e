// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/ImageMemory.h"

#include <dlfcn.h>
#include <pixman.h>

#include <cstdint>

namespace console::helper {

namespace {

constexpr int kLargePixels = 128 * 128; ///< smaller ones cost nothing

bool isInstalled = false;

bool isLargePicture(pixman_format_code_t format, int width, int height)
{
    return PIXMAN_FORMAT_BPP(format) == 32 && width > 0 && height > kLargePixels / width;
}

} // namespace

void ImageMemory::install()
{
    isInstalled = true;
}

} // namespace console::helper

// This stands before pixman's own of the same name, for this process alone.
extern "C" pixman_image_t* pixman_image_create_bits(
    pixman_format_code_t format, int width, int height, std::uint32_t* bits, int rowBytes)
{
    using namespace console::helper;
    static const auto clearing = reinterpret_cast<decltype(&pixman_image_create_bits)>(
        ::dlsym(RTLD_NEXT, "pixman_image_create_bits"));
    const bool isLeft = isInstalled && !bits && isLargePicture(format, width, height);
    return (isLeft ? &pixman_image_create_bits_no_clear : clearing)(
        format, width, height, bits, rowBytes);
}
