// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VncText.h"

#include "console/helper/VncClientStream.h"

#include <glib.h>
#include <zlib.h>

#include <algorithm>
#include <array>

namespace console::helper {

namespace {

constexpr std::size_t kFlags = 4; ///< bytes that go before a body
constexpr std::size_t kSize = 4; ///< of the size before a text

/// With `isLonger` by an empty block, some bytes longer than it must be.
std::vector<std::uint8_t> compressed(std::span<std::uint8_t> bytes, bool isLonger)
{
    z_stream stream {};
    if (deflateInit(&stream, Z_DEFAULT_COMPRESSION) != Z_OK)
        return {};
    std::vector<std::uint8_t> out(deflateBound(&stream, uLong(bytes.size())) + 64);
    stream.next_in = bytes.data();
    stream.avail_in = uInt(bytes.size());
    stream.next_out = out.data();
    stream.avail_out = uInt(out.size());
    if (isLonger)
        deflate(&stream, Z_SYNC_FLUSH);
    const bool isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(isWhole ? stream.total_out : 0);
    deflateEnd(&stream);
    return out;
}

} // namespace

Latin1 toLatin1(std::string_view utf8)
{
    Latin1 out;
    const char* at = utf8.data();
    const char* const end = at + utf8.size();
    while (at < end) {
        const gunichar character = g_utf8_get_char_validated(at, end - at);
        const bool isBroken = character >= gunichar(-2);
        const bool isThere = !isBroken && character <= 0xff;
        out.text += isThere ? char(character) : '?';
        out.replaced += isThere ? 0 : 1;
        at = isBroken ? at + 1 : g_utf8_next_char(at);
    }
    return out;
}

std::string fromLatin1(std::string_view latin1)
{
    std::string out;
    out.reserve(latin1.size() + latin1.size() / 8);
    for (const char byte : latin1) {
        const auto code = static_cast<unsigned char>(byte);
        if (code < 0x80) {
            out += byte;
        } else {
            out += char(0xc0 | code >> 6);
            out += char(0x80 | (code & 0x3f));
        }
    }
    return out;
}

std::vector<std::uint8_t> packText(std::string_view text)
{
    const auto size = std::uint32_t(text.size());
    std::vector<std::uint8_t> plain { std::uint8_t(size >> 24), std::uint8_t(size >> 16),
        std::uint8_t(size >> 8), std::uint8_t(size) };
    plain.insert(plain.end(), text.begin(), text.end());
    std::vector<std::uint8_t> out = compressed(plain, false);
    return VncClientStream::canCarry(kFlags + out.size()) ? out : compressed(plain, true);
}

std::optional<std::string> unpackText(std::span<const std::uint8_t> body, std::size_t limit)
{
    z_stream stream {};
    if (inflateInit(&stream) != Z_OK)
        return std::nullopt;
    stream.next_in = const_cast<Bytef*>(body.data()); // zlib has it so, and does not write
    stream.avail_in = uInt(body.size());
    std::string plain;
    std::array<char, 65536> part;
    int result = Z_OK;
    while (result == Z_OK && plain.size() <= limit + kSize) {
        stream.next_out = reinterpret_cast<Bytef*>(part.data());
        stream.avail_out = uInt(part.size());
        result = inflate(&stream, Z_NO_FLUSH);
        plain.append(part.data(), part.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (plain.size() < kSize || plain.size() > limit + kSize)
        return std::nullopt;
    std::size_t size = 0;
    for (std::size_t i = 0; i < kSize; ++i)
        size = size << 8 | std::uint8_t(plain[i]);
    if (size > plain.size() - kSize)
        return std::nullopt;
    return plain.substr(kSize, size);
}

} // namespace console::helper
