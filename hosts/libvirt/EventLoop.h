// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libvirt/libvirt.h>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

struct pollfd;

namespace hosts::libvirt {

/// The event loop that libvirt's client side needs for events, keepalive and close callbacks, on a
/// thread of its own. libvirt's default loop would iterate GLib's default context, which belongs to
/// Qt's main thread.
///
/// Thread: all functions may be called from any thread, and from within callbacks. Callbacks run on
/// the loop's thread. After removal a callback is not called any more (one that is running already
/// finishes); the free function of its opaque runs later, on the loop's thread, never from within
/// the removal: that is what libvirt asks of an implementation (virEventRegisterImpl).
class EventLoop {
public:
    EventLoop();
    /// Ends the thread; the opaques that are still registered are freed.
    ~EventLoop();
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    /// The loop that is registered with libvirt. libvirt keeps one for the life of the process and
    /// its registration has no user pointer, so this one is made on first use and never destroyed.
    static EventLoop& forLibvirt();

    /// `events` are virEventHandleType flags. Returns the watch number.
    int addHandle(
        int fd, int events, virEventHandleCallback callback, void* opaque, virFreeCallback free);
    void updateHandle(int watch, int events);
    int removeHandle(int watch); ///< -1 if there is no such watch

    /// A negative interval pauses the timer, 0 fires in every round. Returns the timer number.
    int addTimeout(
        int intervalMs, virEventTimeoutCallback callback, void* opaque, virFreeCallback free);
    void updateTimeout(int timer, int intervalMs);
    int removeTimeout(int timer); ///< -1 if there is no such timer

private:
    using Clock = std::chrono::steady_clock;
    struct Handle;
    struct Timeout;
    struct Garbage {
        void* opaque = nullptr;
        virFreeCallback free = nullptr;
    };

    void run();
    void wake();
    void drainWake();
    int fillPollSet(std::vector<pollfd>& set, std::vector<int>& watches);
    void dispatchHandles(const std::vector<pollfd>& set, const std::vector<int>& watches);
    void dispatchTimeouts();
    void freeGarbage();

    std::mutex m_mutex; // guards everything below but the thread
    std::map<int, Handle> m_handles;
    std::map<int, Timeout> m_timeouts;
    std::vector<Garbage> m_garbage;
    int m_nextId = 1;
    bool m_isEnding = false;
    int m_wakeFd = -1;
    std::thread m_thread;
};

} // namespace hosts::libvirt
