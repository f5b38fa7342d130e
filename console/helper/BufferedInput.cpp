// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/BufferedInput.h"

#include "console/helper/GlibHandles.h"
#include "console/helper/PassedDescriptors.h"
#include "console/helper/SocketSilence.h"

#include <gio/gunixconnection.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

namespace console::helper {

namespace {

constexpr char kStreamOfSocket[] = "virtdeck-buffered-input";

struct Buffer {
    std::array<guint8, 64 * 1024> bytes;
    gsize from = 0;
    gsize to = 0;
    bool isPassedBy = false; ///< the reader waits for more than fits in
    GErrorPtr error {}; ///< found while looking for more; told to whoever reads next

    gsize size() const { return to - from; }
    gssize take(void* out, gsize count)
    {
        const gsize taken = std::min(count, size());
        std::memcpy(out, bytes.data() + from, taken);
        from += taken;
        return gssize(taken);
    }
};

/// The instance of our GInputStream.
struct Stream {
    GInputStream parent;
    GPollableInputStream* base; ///< the connection's, which whoever reads keeps
    int unixSocket; ///< descriptors can be passed by it; -1: it is none
    Buffer* buffer; ///< null: nothing is read ahead
    bool wasReset;
};

Stream& streamOf(gpointer instance)
{
    return *static_cast<Stream*>(instance);
}

GInputStream* baseOf(gpointer instance)
{
    return G_INPUT_STREAM(streamOf(instance).base);
}

/// As read_nonblocking of the base, which it asks.
gssize readBase(Stream& stream, void* out, gsize count, GError** error)
{
    return readNoted(error, [&](GError** found) {
        const gssize there
            = g_pollable_input_stream_read_nonblocking(stream.base, out, count, nullptr, found);
        if (g_error_matches(*found, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
            stream.wasReset = true;
        return there;
    });
}

/// The same with the descriptors that come along, which belong to others.
gssize readUnix(Stream& stream, void* out, gsize count, GError** error)
{
    const gssize there = readKeepingDescriptors(stream.unixSocket, out, count);
    if (there < 0) {
        const int code = errno;
        stream.wasReset = stream.wasReset || code == ECONNRESET;
        g_set_error_literal(error, G_IO_ERROR, gint(g_io_error_from_errno(code)), g_strerror(code));
    }
    return there;
}

/// As read_nonblocking of the base: the bytes that are in the buffer then, 0 at the end, -1.
gssize fill(Stream& stream, GError** error)
{
    Buffer& buffer = *stream.buffer;
    buffer.from = buffer.to = 0;
    const gssize count = (stream.unixSocket >= 0 ? readUnix : readBase)(
        stream, buffer.bytes.data(), buffer.bytes.size(), error);
    buffer.to = gsize(std::max<gssize>(count, 0));
    return count;
}

gssize readNow(GPollableInputStream* instance, void* out, gsize count, GError** error)
{
    Stream& stream = streamOf(instance);
    if (stream.buffer && stream.buffer->size() > 0)
        return stream.buffer->take(out, count);
    if (stream.buffer && stream.buffer->error) {
        g_propagate_error(error, stream.buffer->error.release());
        return -1;
    }
    if (stream.buffer) // a copy more would gain nothing
        stream.buffer->isPassedBy = count >= stream.buffer->bytes.size();
    if (!stream.buffer || stream.buffer->isPassedBy)
        return readBase(stream, out, count, error);
    const gssize there = fill(stream, error);
    return there > 0 ? stream.buffer->take(out, count) : there;
}

gboolean isReadable(GPollableInputStream* instance)
{
    Stream& stream = streamOf(instance);
    if (stream.buffer && (stream.buffer->size() > 0 || stream.buffer->error))
        return TRUE;
    if (!stream.buffer || stream.buffer->isPassedBy)
        return g_pollable_input_stream_is_readable(stream.base);
    GError* error = nullptr;
    if (fill(stream, &error) >= 0)
        return TRUE;
    GErrorPtr found(error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return FALSE;
    stream.buffer->error = std::move(found);
    return TRUE;
}

gboolean canPoll(GPollableInputStream* instance)
{
    return g_pollable_input_stream_can_poll(streamOf(instance).base);
}

GSource* createSource(GPollableInputStream* instance, GCancellable* cancellable)
{
    GSource* const ofBase
        = g_pollable_input_stream_create_source(streamOf(instance).base, cancellable);
    GSource* const source = g_pollable_source_new_full(instance, ofBase, nullptr);
    g_source_unref(ofBase);
    return source;
}

gssize readWaiting(
    GInputStream* instance, void* out, gsize count, GCancellable* cancellable, GError** error)
{
    Buffer* const buffer = streamOf(instance).buffer;
    return buffer && buffer->size() > 0
        ? buffer->take(out, count)
        : g_input_stream_read(baseOf(instance), out, count, cancellable, error);
}

/// Its connection closes the socket; at its own end the base may be gone already.
gboolean closeStream(GInputStream*, GCancellable*, GError**)
{
    return TRUE;
}

void finalizeStream(GObject* instance)
{
    dropDescriptors(streamOf(instance).unixSocket);
    const std::unique_ptr<Buffer> buffer(std::exchange(streamOf(instance).buffer, nullptr));
    G_OBJECT_CLASS(g_type_class_peek_parent(G_OBJECT_GET_CLASS(instance)))->finalize(instance);
}

void initStreamClass(gpointer type, gpointer)
{
    G_OBJECT_CLASS(type)->finalize = finalizeStream;
    G_INPUT_STREAM_CLASS(type)->read_fn = readWaiting;
    G_INPUT_STREAM_CLASS(type)->close_fn = closeStream;
}

void initPollable(gpointer type, gpointer)
{
    auto& functions = *static_cast<GPollableInputStreamInterface*>(type);
    functions.can_poll = canPoll;
    functions.is_readable = isReadable;
    functions.create_source = createSource;
    functions.read_nonblocking = readNow;
}

GType streamType()
{
    static const GType type = [] {
        const GType made
            = g_type_register_static_simple(G_TYPE_INPUT_STREAM, "VirtDeckBufferedInput",
                sizeof(GInputStreamClass), initStreamClass, sizeof(Stream), nullptr, {});
        const GInterfaceInfo pollable { initPollable, nullptr, nullptr };
        g_type_add_interface_static(made, G_TYPE_POLLABLE_INPUT_STREAM, &pollable);
        return made;
    }();
    return type;
}

/// Of a connection: GLib's own way to the socket, with a buffer before it.
GInputStream* inputOf(GIOStream* connection)
{
    GSocket* const socket = g_socket_connection_get_socket(G_SOCKET_CONNECTION(connection));
    if (gpointer made = g_object_get_data(G_OBJECT(socket), kStreamOfSocket))
        return G_INPUT_STREAM(made);
    breakOnSilence(socket); // all that SPICE connects comes by here, before it is read
    GInputStream* const base = G_IO_STREAM_CLASS(g_type_class_peek(G_TYPE_SOCKET_CONNECTION))
                                   ->get_input_stream(connection);
    auto* const made = static_cast<Stream*>(g_object_new(streamType(), nullptr));
    made->base = G_POLLABLE_INPUT_STREAM(base);
    made->unixSocket
        = g_socket_get_family(socket) == G_SOCKET_FAMILY_UNIX ? g_socket_get_fd(socket) : -1;
    g_object_set_data_full(G_OBJECT(socket), kStreamOfSocket, made, g_object_unref);
    return G_INPUT_STREAM(made);
}

} // namespace

void BufferedInput::install()
{
    // Not by g_socket_connection_factory_register_type: what it puts in the place of another type
    // it frees (GLib 2.74).
    for (const GType type : { G_TYPE_TCP_CONNECTION, G_TYPE_UNIX_CONNECTION })
        G_IO_STREAM_CLASS(g_type_class_ref(type))->get_input_stream = inputOf;
}

void BufferedInput::readAhead(GSocket* socket)
{
    gpointer const made = g_object_get_data(G_OBJECT(socket), kStreamOfSocket);
    if (made && !streamOf(made).buffer)
        streamOf(made).buffer = std::make_unique<Buffer>().release();
}

bool BufferedInput::wasReset(GSocket* socket)
{
    gpointer const made = g_object_get_data(G_OBJECT(socket), kStreamOfSocket);
    return made && streamOf(made).wasReset;
}

} // namespace console::helper
