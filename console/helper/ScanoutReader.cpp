// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/ScanoutReader.h"

#include "console/helper/GlScanout.h"
#include "console/helper/MappedScanout.h"

namespace console::helper {

std::unique_ptr<ScanoutReader> ScanoutReader::open(const Scanout& scanout, std::string& problem)
{
    if (!FrameRelay::isShowable(scanout.width, scanout.height)) {
        problem = "its size is " + std::to_string(scanout.width) + " x "
            + std::to_string(scanout.height);
        return nullptr;
    }
    std::string whyNoCard;
    std::string whyNoMemory;
    std::unique_ptr<ScanoutReader> reader = GlScanout::open(scanout, whyNoCard);
    if (!reader)
        reader = MappedScanout::open(scanout, whyNoMemory);
    if (!reader)
        problem = whyNoCard + "; " + whyNoMemory;
    return reader;
}

void ScanoutReader::setPixels(const std::uint8_t* memory, std::ptrdiff_t stride, bool isTopFirst)
{
    m_picture.pixels = isTopFirst ? memory : memory + (m_picture.height - 1) * stride;
    m_picture.stride = isTopFirst ? stride : -stride;
}

} // namespace console::helper
