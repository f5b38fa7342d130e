// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/SpiceSetUp.h"

#include "console/helper/GlibHandles.h"

#include <string>
#include <vector>

namespace console::helper {

namespace {

SpiceImageCompression toSpice(protocol::Compression compression)
{
    switch (compression) {
    case protocol::Compression::Auto:
        return SPICE_IMAGE_COMPRESSION_INVALID; // tells the server nothing
    case protocol::Compression::Off:
        return SPICE_IMAGE_COMPRESSION_OFF;
    case protocol::Compression::Quic:
        return SPICE_IMAGE_COMPRESSION_QUIC;
    case protocol::Compression::Glz:
        return SPICE_IMAGE_COMPRESSION_GLZ;
    case protocol::Compression::Lz:
        return SPICE_IMAGE_COMPRESSION_LZ;
    case protocol::Compression::AutoGlz:
        return SPICE_IMAGE_COMPRESSION_AUTO_GLZ;
    case protocol::Compression::AutoLz:
        return SPICE_IMAGE_COMPRESSION_AUTO_LZ;
    case protocol::Compression::Lz4:
        return SPICE_IMAGE_COMPRESSION_LZ4;
    }
    return SPICE_IMAGE_COMPRESSION_INVALID;
}

gint toSpice(protocol::VideoCodec codec)
{
    switch (codec) {
    case protocol::VideoCodec::None:
        break;
    case protocol::VideoCodec::Mjpeg:
        return SPICE_VIDEO_CODEC_TYPE_MJPEG;
    case protocol::VideoCodec::Vp8:
        return SPICE_VIDEO_CODEC_TYPE_VP8;
    case protocol::VideoCodec::Vp9:
        return SPICE_VIDEO_CODEC_TYPE_VP9;
    case protocol::VideoCodec::H264:
        return SPICE_VIDEO_CODEC_TYPE_H264;
    case protocol::VideoCodec::H265:
        return SPICE_VIDEO_CODEC_TYPE_H265;
    }
    return 0;
}

/// The address goes in as single properties: a URI would have to carry the password.
void setAddress(SpiceSession* session, const protocol::Open& endpoint)
{
    if (endpoint.unixSocket[0] != '\0') {
        g_object_set(session, "unix-path", endpoint.unixSocket.data(), nullptr);
        return;
    }
    g_object_set(session, "host", endpoint.host.data(), nullptr);
    // A server that offers both ports is talked to under the safer one.
    if (endpoint.tlsPort != 0)
        g_object_set(session, "tls-port", std::to_string(endpoint.tlsPort).c_str(), nullptr);
    else
        g_object_set(session, "port", std::to_string(endpoint.port).c_str(), nullptr);
    if (endpoint.tlsCaFile[0] != '\0')
        g_object_set(session, "ca-file", endpoint.tlsCaFile.data(), nullptr);
    if (endpoint.tlsSubject[0] != '\0')
        g_object_set(session, "cert-subject", endpoint.tlsSubject.data(), "verify",
            SPICE_SESSION_VERIFY_SUBJECT, nullptr);
}

/// Whenever its inputs channel opens the library (0.42) sends the key locks that it was told last,
/// or none: the server then presses Num Lock in a guest that has it on.
void leaveKeyLocksAlone()
{
    SPICE_CHANNEL_CLASS(g_type_class_ref(SPICE_TYPE_INPUTS_CHANNEL))->channel_up = nullptr;
}

} // namespace

void warmUp()
{
    const GObjectPtr<SpiceSession> session(spice_session_new());
    spice_channel_new(session.get(), SPICE_CHANNEL_DISPLAY, 0); // the session's own
}

void setUp(SpiceSession* session, const protocol::Open& endpoint)
{
    leaveKeyLocksAlone();
    setAddress(session, endpoint);
    if (endpoint.password[0] != '\0')
        g_object_set(session, "password", endpoint.password.data(), nullptr);
    if (endpoint.userName[0] != '\0')
        g_object_set(session, "username", endpoint.userName.data(), nullptr);
    if (endpoint.proxy[0] != '\0')
        g_object_set(session, "proxy", endpoint.proxy.data(), nullptr);
    g_object_set(session, "preferred-compression", toSpice(endpoint.compression), "gl-scanout",
        TRUE, nullptr);
}

void prefer(SpiceChannel* display, const protocol::Preferences& preferences)
{
    const SpiceImageCompression wanted = toSpice(preferences.compression);
    // The server keeps what it was told last: its own choice can't be asked for any more.
    if (wanted != SPICE_IMAGE_COMPRESSION_INVALID)
        spice_display_channel_change_preferred_compression(display, wanted);
    preferCodecs(display, preferences.codecs);
}

void preferCodecs(
    SpiceChannel* display, const std::array<protocol::VideoCodec, protocol::kMaxCodecs>& preferred)
{
    std::vector<gint> codecs;
    for (const protocol::VideoCodec codec : preferred) {
        if (codec == protocol::VideoCodec::None)
            break;
        codecs.push_back(toSpice(codec));
    }
    GError* raw = nullptr;
    if (!codecs.empty())
        spice_display_channel_change_preferred_video_codec_types(
            display, codecs.data(), codecs.size(), &raw);
    const GErrorPtr error(raw);
}

} // namespace console::helper
