// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace console {

/// How the server should send pictures; Auto leaves it to the server.
enum class ImageCompression { Auto, Off, Quic, Glz, Lz, AutoGlz, AutoLz, Lz4 };
enum class VideoCodec { Mjpeg = 1, Vp8, Vp9, H264, H265 };

/// How to connect, beside where: the user's choice, not the host's.
struct ConnectOptions {
    QString user {}; ///< where the server knows users (SASL)
    QString proxy {}; ///< "http://host:port", asked to CONNECT; empty: none
    ImageCompression compression = ImageCompression::Auto;
    QList<VideoCodec> codecs {}; ///< for streams, best first; empty: the server's choice
    bool isExclusive = false; ///< over VNC: others are disconnected

    bool operator==(const ConnectOptions&) const = default;
};

} // namespace console
