// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VncWire.h"

#include "console/helper/SocketSilence.h"

#include <dlfcn.h>
#include <gio/gio.h>
#include <sys/types.h>

#include <algorithm>
#include <array>
#include <utility>

namespace {

using namespace console::helper;

using GnuTlsSession = struct gnutls_session_int*; // as in <gnutls/gnutls.h>
constexpr std::size_t kChunk = 16384;

struct Wire {
    VncServerStream* fromServer = nullptr;
    VncClientStream* toServer = nullptr;
    std::vector<std::uint8_t> ready {}; ///< the library's, that it has not read yet
    std::size_t read = 0; ///< of these
    int tlsDepth = 0; ///< in GnuTLS, which calls the socket with what is not for us to read
};

Wire& wire()
{
    static Wire it;
    return it;
}

class InTls {
public:
    InTls() { ++wire().tlsDepth; }
    ~InTls() { --wire().tlsDepth; }
    InTls(const InTls&) = delete;
    InTls& operator=(const InTls&) = delete;
};

/// Gives out what is ready; reads on until something is. `more` is the real function.
template <typename More> ssize_t receive(void* out, std::size_t size, const More& more)
{
    Wire& me = wire();
    while (me.read == me.ready.size()) {
        me.ready.clear();
        me.read = 0;
        if (me.fromServer && !me.fromServer->refusal().empty())
            return 0; // as if the server had ended it
        std::array<std::uint8_t, kChunk> chunk;
        const ssize_t count = more(chunk.data(), chunk.size());
        if (count <= 0)
            return count;
        if (!me.fromServer)
            me.ready.assign(chunk.data(), chunk.data() + count);
        else
            me.fromServer->feed(std::span(chunk).first(std::size_t(count)), me.ready);
    }
    const std::size_t count = std::min(size, me.ready.size() - me.read);
    std::copy_n(me.ready.data() + me.read, count, static_cast<std::uint8_t*>(out));
    me.read += count;
    return ssize_t(count);
}

template <typename Send> ssize_t send(const void* bytes, std::size_t size, const Send& really)
{
    const auto* first = static_cast<const std::uint8_t*>(bytes);
    std::vector<std::uint8_t> changed(first, first + size);
    VncClientStream ahead = *wire().toServer;
    ahead.follow(changed);
    const ssize_t sent = really(changed.data(), changed.size());
    if (sent > 0 && wire().toServer) {
        changed.assign(first, first + sent);
        wire().toServer->follow(changed); // so far and no farther
    }
    return sent;
}

/// gvnc does not hand out its socket otherwise.
void meet(GSocket* socket)
{
    static GSocket* known = nullptr;
    if (std::exchange(known, socket) != socket)
        breakOnSilence(socket);
}

/// False too while what was read before is not used up.
bool isReadAsItIs()
{
    return wire().tlsDepth > 0 || (!wire().fromServer && wire().read == wire().ready.size());
}

template <typename Function> Function* realOf(const char* name)
{
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

} // namespace

namespace console::helper {

void followWire(VncServerStream* fromServer, VncClientStream* toServer)
{
    wire().fromServer = fromServer;
    wire().toServer = toServer;
}

} // namespace console::helper

// These stand before GLib's and GnuTLS's own of the same name, for this process alone.
extern "C" {

ssize_t gnutls_record_recv(GnuTlsSession session, void* data, std::size_t size);
ssize_t gnutls_record_send(GnuTlsSession session, const void* data, std::size_t size);

gssize g_socket_receive(
    GSocket* socket, gchar* buffer, gsize size, GCancellable* cancel, GError** error)
{
    static auto* const real = realOf<decltype(g_socket_receive)>("g_socket_receive");
    meet(socket);
    const auto more = [&](void* out, std::size_t count) {
        return readNoted(error, [&](GError** found) {
            return real(socket, static_cast<gchar*>(out), count, cancel, found);
        });
    };
    return isReadAsItIs() ? more(buffer, size) : receive(buffer, size, more);
}

gssize g_socket_send(
    GSocket* socket, const gchar* buffer, gsize size, GCancellable* cancel, GError** error)
{
    static auto* const real = realOf<decltype(g_socket_send)>("g_socket_send");
    const auto really = [&](const void* bytes, std::size_t count) {
        return real(socket, static_cast<const gchar*>(bytes), count, cancel, error);
    };
    return wire().tlsDepth > 0 || !wire().toServer ? really(buffer, size)
                                                   : send(buffer, size, really);
}

ssize_t gnutls_record_recv(GnuTlsSession session, void* data, std::size_t size)
{
    static auto* const real = realOf<decltype(gnutls_record_recv)>("gnutls_record_recv");
    const auto more = [&](void* out, std::size_t count) {
        const InTls inside;
        return real(session, out, count);
    };
    return isReadAsItIs() ? more(data, size) : receive(data, size, more);
}

ssize_t gnutls_record_send(GnuTlsSession session, const void* data, std::size_t size)
{
    static auto* const real = realOf<decltype(gnutls_record_send)>("gnutls_record_send");
    const auto really = [&](const void* bytes, std::size_t count) {
        const InTls inside;
        return real(session, bytes, count);
    };
    return wire().toServer ? send(data, size, really) : really(data, size);
}

} // extern "C"
