// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// virtdeck-console FD PARENT_PID: one SPICE or VNC connection, in a process of its own, for the
// window that holds the other end of FD. It is told where to connect over that socket, and ends
// with it.

#include "console/helper/BufferedInput.h"
#include "console/helper/IdleBatch.h"
#include "console/helper/ImageMemory.h"
#include "console/helper/LoopPace.h"
#include "console/helper/ScreenRecorder.h"
#include "console/helper/SpiceConnection.h"
#include "console/helper/SpiceSetUp.h"
#include "console/helper/VncViewer.h"
#include "console/helper/WindowLink.h"

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace {

using namespace console;

constexpr guint kIdleMs = 20;

struct MainLoopUnref {
    void operator()(GMainLoop* loop) const { g_main_loop_unref(loop); }
};

/// Whole frames are allocated and freed 60 times a second: left alone, malloc maps and unmaps each
/// of them, and page faults take half of the processor time.
void tuneAllocator()
{
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 128 << 20);
}

bool isPacketSocket(int fd)
{
    int type = 0;
    socklen_t size = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

/// False if the parent has died already.
bool dieWithParent(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    return getppid() == parent;
}

/// For a helper that waits until somebody opens a console.
gboolean warmUpUnlessOpen(gpointer data)
{
    if (!*static_cast<std::unique_ptr<helper::GuestConnection>*>(data))
        helper::warmUp();
    return G_SOURCE_REMOVE;
}

std::unique_ptr<helper::GuestConnection> connectionFor(
    protocol::ScreenProtocol protocol, helper::WindowLink& link, std::function<void()> ended)
{
    if (protocol == protocol::ScreenProtocol::Vnc)
        return std::make_unique<helper::VncViewer>(link, std::move(ended));
    return std::make_unique<helper::SpiceConnection>(link, std::move(ended));
}

} // namespace

int main(int argc, char** argv)
{
    tuneAllocator();
    const int fd = argc == 3 ? std::atoi(argv[1]) : -1;
    if (fd < 0 || !isPacketSocket(fd)) {
        std::fputs("virtdeck-console is started by VirtDeck's window, not by hand.\n", stderr);
        return 2;
    }
    if (!dieWithParent(pid_t(std::atol(argv[2]))))
        return 1;
    std::signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_NAME, "virtdeck-consol"); // 15 letters are all there are

    helper::IdleBatch::install();
    helper::ImageMemory::install();
    helper::LoopPace::install();
    helper::BufferedInput::install();
    const std::unique_ptr<GMainLoop, MainLoopUnref> loop(g_main_loop_new(nullptr, FALSE));
    const auto quit = [&loop] { g_main_loop_quit(loop.get()); };
    helper::WindowLink link { protocol::Fd(fd) };
    std::unique_ptr<helper::GuestConnection> connection;
    helper::ScreenRecorder recorder(
        link, [&connection] { return connection ? connection->screen() : nullptr; },
        [&connection](bool isFilmed) {
            if (connection)
                connection->setFilmed(isFilmed);
        });
    const auto handle
        = [&](const protocol::ToHelper& message, protocol::Payload payload, protocol::Fd passed) {
              if (const auto* open = std::get_if<protocol::Open>(&message); open && !connection)
                  connection = connectionFor(open->protocol, link, quit);
              if (const auto* control = std::get_if<protocol::RecordControl>(&message))
                  recorder.take(*control, std::move(passed));
              else if (connection) // nothing else makes sense before Open
                  connection->handle(message, payload, std::move(passed));
          };
    link.listen(handle, quit);
    link.send(protocol::Hello {});
    g_timeout_add(kIdleMs, &warmUpUnlessOpen, &connection);
    g_main_loop_run(loop.get());
    recorder.finish();
    link.drain();
    return 0;
}
