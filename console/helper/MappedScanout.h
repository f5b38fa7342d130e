// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/ScanoutReader.h"
#include "console/protocol/PacketSocket.h"

#include <vector>

namespace console::helper {

/// Reads a scanout whose rows lie one after the other in memory that can be mapped: that of drivers
/// without a card, and of cards that were asked for it.
class MappedScanout : public ScanoutReader {
public:
    static std::unique_ptr<ScanoutReader> open(const Scanout& scanout, std::string& problem);
    ~MappedScanout() override;
    MappedScanout(const MappedScanout&) = delete;
    MappedScanout& operator=(const MappedScanout&) = delete;

    void begin(std::span<const protocol::Rect> places) override;
    void end() override;

private:
    MappedScanout(
        const Scanout& scanout, protocol::Fd file, const std::uint8_t* memory, std::size_t bytes);
    void swapColours(const protocol::Rect& place);

    Scanout m_scanout;
    protocol::Fd m_file;
    const std::uint8_t* m_memory;
    std::size_t m_bytes;
    std::vector<std::uint8_t> m_swapped; ///< empty: the colours are in our order
};

} // namespace console::helper
