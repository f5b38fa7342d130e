// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"
#include "vmm/base/Screenshot.h"

#include <QSize>

#include <vector>

namespace vmm {

/// A picture of a guest's screen, three bytes a pixel. Read as hostile input: what is too large or
/// broken is refused. Any thread.
class ScreenPicture {
public:
    static constexpr int kMaxSide = 16384;

    /// Binary PPM (P6, 8 bit), as QEMU's screendump writes it, or PNG, as libvirt sends it.
    /// Errors: ProtocolViolation.
    static Result<ScreenPicture> read(const QByteArray& bytes);

    QSize size() const { return m_size; }
    const unsigned char* pixel(int x, int y) const
    {
        return m_pixels.data() + 3 * (static_cast<size_t>(y) * m_size.width() + x);
    }

    /// Shrunk in proportion, each pixel the mean of those it stands for, to fit into `bounds`
    /// (sides of 0 do not bound). One that fits stays as it is.
    ScreenPicture fitInto(QSize bounds) const;
    /// Error: Io (out of memory).
    Result<QByteArray> toPng() const;

private:
    ScreenPicture(QSize size, std::vector<unsigned char> pixels);
    static Result<ScreenPicture> readPpm(const QByteArray& bytes);
    static Result<ScreenPicture> readPng(const QByteArray& bytes);

    QSize m_size;
    std::vector<unsigned char> m_pixels;
};

/// The picture in `bytes` as a host answers it. Errors: as ScreenPicture::read().
Result<Screenshot> toScreenshot(const QByteArray& bytes, int maxWidth, int maxHeight);

} // namespace vmm
