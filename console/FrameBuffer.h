// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/Messages.h"
#include "console/protocol/PacketSocket.h"
#include "vmm/base/Result.h"

#include <QImage>

#include <memory>

namespace console {

/// The guest's screen as another process writes it: a sealed memory file mapped read-only. Images
/// of it share the mapping and keep it alive, also after the writer has died.
class FrameBuffer {
public:
    /// Maps `memfd` (which stays the caller's). Refuses a file that could shrink under the mapping
    /// (a read would be SIGBUS) or that is smaller than the geometry says. Error:
    /// ProtocolViolation, Io.
    static vmm::Result<std::shared_ptr<const FrameBuffer>> map(
        int memfd, const protocol::Surface& surface);
    ~FrameBuffer();
    FrameBuffer(const FrameBuffer&) = delete;
    FrameBuffer& operator=(const FrameBuffer&) = delete;

    /// The pixels, without a copy. They change while the guest draws: copy() what must stand still.
    static QImage image(const std::shared_ptr<const FrameBuffer>& buffer);
    QSize size() const { return m_size; }
    /// With what each row has behind its pixels.
    QSize sizeWithPadding() const;
    QImage::Format format() const { return m_format; }
    int file() const { return m_file.get(); } ///< stays the buffer's

private:
    FrameBuffer(protocol::Fd file, void* pixels, size_t bytes, const protocol::Surface& surface);

    protocol::Fd m_file;
    void* m_pixels;
    size_t m_bytes;
    QSize m_size;
    int m_stride;
    QImage::Format m_format;
};

} // namespace console
