// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

#include <map>

namespace console::helper {

/// Files on their way to the guest's agent. Each is read by the library while it goes; its progress
/// is told a few times a second, its end always.
class FileTransferRelay {
public:
    FileTransferRelay(SpiceMainChannel* channel, WindowLink& link);
    ~FileTransferRelay();
    FileTransferRelay(const FileTransferRelay&) = delete;
    FileTransferRelay& operator=(const FileTransferRelay&) = delete;

    void take(const protocol::SendFile& message, int);
    void take(const protocol::CancelFile& message, int);

private:
    struct Transfer {
        FileTransferRelay* relay = nullptr; ///< null once the relay is gone
        std::uint32_t number = 0;
        GObjectPtr<GCancellable> cancel {};
        GObjectPtr<GFile> source {};
        GObjectPtr<SpiceFileTransferTask> file {}; ///< the library's side of it
        GObjectPtr<GCancellable> looking {}; ///< at the source's size
        bool wasCancelled = false; ///< when it was last looked at
        bool hasEnded = false;
        gint64 lastTold = 0; ///< monotonic, microseconds
        GErrorPtr error {}; ///< what its end was for; of the file itself where the library says it
    };

    static void progressed(goffset sent, goffset total, gpointer transfer);
    static void began(SpiceMainChannel* channel, SpiceFileTransferTask* file, gpointer relay);
    static void fileEnded(SpiceFileTransferTask* file, GError* error, gpointer transfer);
    static void finished(GObject* channel, GAsyncResult* result, gpointer transfer);
    static gboolean tellEnd(gpointer transfer);
    static gboolean lookAtAll(gpointer relay);
    static void look(Transfer& transfer);
    static void sized(GObject* source, GAsyncResult* result, gpointer transfer);
    static void giveUp(Transfer& transfer, GIOErrorEnum code, const char* why);

    GObjectPtr<SpiceMainChannel> m_channel;
    WindowLink& m_link;
    std::map<std::uint32_t, Transfer*> m_transfers; ///< each deletes itself in tellEnd()
    Transfer* m_starting = nullptr; ///< the one that the library is being told of
    Source m_lookTimer;
};

} // namespace console::helper
