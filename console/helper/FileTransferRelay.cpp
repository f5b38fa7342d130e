// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/FileTransferRelay.h"

#include <spice/vd_agent.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace console::helper {

namespace {

constexpr gint64 kProgressEveryUs = 100'000;
constexpr guint kLookEveryMs = 1000;

protocol::FileOutcome toOutcome(const GError& error)
{
    using protocol::FileOutcome;
    if (g_error_matches(&error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return FileOutcome::Cancelled;
    if (g_error_matches(&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
        || g_error_matches(&error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
        || g_error_matches(&error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
        return FileOutcome::Unreadable;
    if (error.domain != SPICE_CLIENT_ERROR)
        return FileOutcome::Failed;
    // The library (0.42) has one code for all that a guest may answer; its English sentence tells
    // them apart, and is shown as it is when it is another one.
    const std::string_view text = error.message ? error.message : "";
    if (text.find("space") != std::string_view::npos)
        return FileOutcome::NoSpace;
    if (text == "The agent is not connected")
        return FileOutcome::NoAgent;
    if (text.find("disabled") != std::string_view::npos
        || text.find("locked") != std::string_view::npos
        || text.find("not connected") != std::string_view::npos
        || text.find("cancelled the file transfer") != std::string_view::npos)
        return FileOutcome::Refused;
    return FileOutcome::Failed;
}

/// The library queues what the agent is to hear of a failure or a cancellation, but does not send
/// it before something else is sent. This is what it always wants, and has asked for already.
void sendQueued(SpiceMainChannel* channel)
{
    spice_main_channel_request_mouse_mode(channel, SPICE_MOUSE_MODE_CLIENT);
}

} // namespace

FileTransferRelay::FileTransferRelay(SpiceMainChannel* channel, WindowLink& link)
    : m_channel(takeReference(channel))
    , m_link(link)
{
    g_signal_connect(m_channel.get(), "new-file-transfer", G_CALLBACK(&began), this);
}

FileTransferRelay::~FileTransferRelay()
{
    g_signal_handlers_disconnect_by_data(m_channel.get(), this);
    for (const auto& [number, transfer] : m_transfers) {
        transfer->relay = nullptr;
        g_cancellable_cancel(transfer->cancel.get());
    }
}

void FileTransferRelay::take(const protocol::SendFile& message, int)
{
    const auto refuse = [&](protocol::FileOutcome outcome) {
        m_link.send(protocol::FileEnded { .transfer = message.transfer, .outcome = outcome });
    };
    gboolean connected = FALSE;
    g_object_get(m_channel.get(), "agent-connected", &connected, nullptr);
    if (!connected)
        return refuse(protocol::FileOutcome::NoAgent);
    if (spice_main_channel_agent_test_capability(m_channel.get(), VD_AGENT_CAP_FILE_XFER_DISABLED))
        return refuse(protocol::FileOutcome::Refused);
    if (m_transfers.count(message.transfer))
        return;

    auto* transfer = new Transfer { .relay = this,
        .number = message.transfer,
        .cancel = GObjectPtr<GCancellable>(g_cancellable_new()),
        .source = GObjectPtr<GFile>(g_file_new_for_path(message.path.data())),
        .looking = GObjectPtr<GCancellable>(g_cancellable_new()) };
    m_transfers[message.transfer] = transfer;
    if (!m_lookTimer.isActive())
        m_lookTimer = Source(g_timeout_add(kLookEveryMs, &FileTransferRelay::lookAtAll, this));
    GFile* sources[] = { transfer->source.get(), nullptr };
    m_starting = transfer;
    spice_main_channel_file_copy_async(m_channel.get(), sources, G_FILE_COPY_NONE,
        transfer->cancel.get(), &FileTransferRelay::progressed, transfer,
        &FileTransferRelay::finished, transfer);
    m_starting = nullptr;
}

void FileTransferRelay::take(const protocol::CancelFile& message, int)
{
    if (const auto it = m_transfers.find(message.transfer); it != m_transfers.end())
        g_cancellable_cancel(it->second->cancel.get());
}

void FileTransferRelay::progressed(goffset sent, goffset total, gpointer data)
{
    auto& transfer = *static_cast<Transfer*>(data);
    const gint64 now = g_get_monotonic_time();
    if (!transfer.relay || sent < 0 || total < sent || now - transfer.lastTold < kProgressEveryUs)
        return;
    transfer.lastTold = now;
    transfer.relay->m_link.send(protocol::FileProgress {
        .transfer = transfer.number, .sent = std::uint64_t(sent), .total = std::uint64_t(total) });
}

void FileTransferRelay::began(SpiceMainChannel*, SpiceFileTransferTask* file, gpointer data)
{
    if (Transfer* transfer = static_cast<FileTransferRelay*>(data)->m_starting) {
        transfer->file = takeReference(file);
        g_signal_connect(file, "finished", G_CALLBACK(&fileEnded), transfer);
    }
}

void FileTransferRelay::fileEnded(SpiceFileTransferTask*, GError* error, gpointer data)
{
    if (error)
        static_cast<Transfer*>(data)->error.reset(g_error_copy(error));
}

void FileTransferRelay::finished(GObject* channel, GAsyncResult* result, gpointer data)
{
    auto* transfer = static_cast<Transfer*>(data);
    transfer->hasEnded = true;
    GError* raw = nullptr;
    spice_main_channel_file_copy_finish(SPICE_MAIN_CHANNEL(channel), result, &raw);
    GErrorPtr error(raw);
    if (error && !transfer->error)
        transfer->error = std::move(error);
    // The library counts what failed, and only then lets the file say why.
    g_idle_add(&tellEnd, transfer);
}

gboolean FileTransferRelay::tellEnd(gpointer data)
{
    const std::unique_ptr<Transfer> transfer(static_cast<Transfer*>(data));
    g_cancellable_cancel(transfer->looking.get());
    if (transfer->file)
        g_signal_handlers_disconnect_by_data(transfer->file.get(), transfer.get());
    if (!transfer->relay)
        return G_SOURCE_REMOVE;
    transfer->relay->m_transfers.erase(transfer->number);
    protocol::FileEnded ended { .transfer = transfer->number };
    if (const GError* error = transfer->error.get()) {
        ended.outcome = toOutcome(*error);
        ended.detail = protocol::toText<256>(error->message ? error->message : "");
        sendQueued(transfer->relay->m_channel.get());
    }
    transfer->relay->m_link.send(ended);
    return G_SOURCE_REMOVE;
}

/// What the library (0.42) waits for without end: that the guest has the whole of a file that has
/// become shorter, and, to be cancelled, that it reads or sends another piece.
gboolean FileTransferRelay::lookAtAll(gpointer self)
{
    auto& me = *static_cast<FileTransferRelay*>(self);
    if (me.m_transfers.empty()) {
        me.m_lookTimer.forget();
        return G_SOURCE_REMOVE;
    }
    for (const auto& [number, transfer] : me.m_transfers) {
        if (transfer->file && !transfer->hasEnded)
            look(*transfer);
    }
    return G_SOURCE_CONTINUE;
}

void FileTransferRelay::look(Transfer& transfer)
{
    if (g_cancellable_is_cancelled(transfer.cancel.get())) {
        if (std::exchange(transfer.wasCancelled, true))
            giveUp(transfer, G_IO_ERROR_CANCELLED, "the transfer was cancelled");
        return;
    }
    if (spice_file_transfer_task_get_transferred_bytes(transfer.file.get())
        < spice_file_transfer_task_get_total_bytes(transfer.file.get()))
        g_file_query_info_async(transfer.source.get(), G_FILE_ATTRIBUTE_STANDARD_SIZE,
            G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, transfer.looking.get(),
            &FileTransferRelay::sized, &transfer);
}

void FileTransferRelay::sized(GObject* source, GAsyncResult* result, gpointer data)
{
    GError* raw = nullptr;
    const GObjectPtr<GFileInfo> info(g_file_query_info_finish(G_FILE(source), result, &raw));
    const GErrorPtr error(raw);
    if (!info)
        return; // the file can still be read if it has no name any more, or the transfer is gone
    auto& transfer = *static_cast<Transfer*>(data);
    const guint64 size
        = g_file_info_get_attribute_uint64(info.get(), G_FILE_ATTRIBUTE_STANDARD_SIZE);
    const guint64 read = spice_file_transfer_task_get_transferred_bytes(transfer.file.get());
    if (!transfer.hasEnded && size <= read
        && read < spice_file_transfer_task_get_total_bytes(transfer.file.get()))
        giveUp(transfer, G_IO_ERROR_FAILED, "the file became shorter while it was sent");
}

/// Ends it in the library's stead, which then tells the guest.
void FileTransferRelay::giveUp(Transfer& transfer, GIOErrorEnum code, const char* why)
{
    const GErrorPtr error(g_error_new_literal(G_IO_ERROR, code, why));
    g_cancellable_cancel(transfer.cancel.get()); // what is still under way comes to nothing
    g_signal_emit_by_name(transfer.file.get(), "finished", error.get());
    g_signal_handlers_disconnect_by_data(transfer.file.get(), &transfer);
}

} // namespace console::helper
