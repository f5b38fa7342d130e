// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/EventLoop.h"

#include "hosts/libvirt/Lifeline.h"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace hosts::libvirt {

struct EventLoop::Handle {
    int fd = -1;
    int events = 0;
    virEventHandleCallback callback = nullptr;
    void* opaque = nullptr;
    virFreeCallback free = nullptr;
};

struct EventLoop::Timeout {
    int intervalMs = -1;
    Clock::time_point due {};
    virEventTimeoutCallback callback = nullptr;
    void* opaque = nullptr;
    virFreeCallback free = nullptr;
};

namespace {

constexpr int kEnd = -2; // what fillPollSet answers when the loop is to end

short toPollEvents(int events)
{
    short result = 0;
    if (events & VIR_EVENT_HANDLE_READABLE)
        result |= POLLIN;
    if (events & VIR_EVENT_HANDLE_WRITABLE)
        result |= POLLOUT;
    return result; // errors and hangups are always reported
}

int toLibvirtEvents(short events)
{
    int result = 0;
    if (events & POLLIN)
        result |= VIR_EVENT_HANDLE_READABLE;
    if (events & POLLOUT)
        result |= VIR_EVENT_HANDLE_WRITABLE;
    if (events & (POLLERR | POLLNVAL))
        result |= VIR_EVENT_HANDLE_ERROR;
    if (events & POLLHUP)
        result |= VIR_EVENT_HANDLE_HANGUP;
    return result;
}

} // namespace

EventLoop::EventLoop()
    : m_wakeFd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    m_thread = std::thread([this] { run(); });
    pthread_setname_np(m_thread.native_handle(), "libvirt-events");
}

EventLoop::~EventLoop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    wake();
    m_thread.join();
    for (auto& [watch, handle] : m_handles)
        m_garbage.push_back({ handle.opaque, handle.free });
    for (auto& [timer, timeout] : m_timeouts)
        m_garbage.push_back({ timeout.opaque, timeout.free });
    freeGarbage();
    ::close(m_wakeFd);
}

EventLoop& EventLoop::forLibvirt()
{
    static EventLoop* const loop = [] {
        auto* made = new EventLoop;
        virEventRegisterImpl(
            [](int fd, int events, virEventHandleCallback callback, void* opaque,
                virFreeCallback free) {
                Lifeline::noteSocket(fd);
                return forLibvirt().addHandle(fd, events, callback, opaque, free);
            },
            [](int watch, int events) { forLibvirt().updateHandle(watch, events); },
            [](int watch) { return forLibvirt().removeHandle(watch); },
            [](int interval, virEventTimeoutCallback callback, void* opaque, virFreeCallback free) {
                return forLibvirt().addTimeout(interval, callback, opaque, free);
            },
            [](int timer, int interval) { forLibvirt().updateTimeout(timer, interval); },
            [](int timer) { return forLibvirt().removeTimeout(timer); });
        return made;
    }();
    return *loop;
}

int EventLoop::addHandle(
    int fd, int events, virEventHandleCallback callback, void* opaque, virFreeCallback free)
{
    const std::lock_guard lock(m_mutex);
    const int watch = m_nextId++;
    m_handles.emplace(watch, Handle { fd, events, callback, opaque, free });
    wake();
    return watch;
}

void EventLoop::updateHandle(int watch, int events)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_handles.find(watch);
    if (found == m_handles.end())
        return;
    found->second.events = events;
    wake();
}

int EventLoop::removeHandle(int watch)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_handles.find(watch);
    if (found == m_handles.end())
        return -1;
    m_garbage.push_back({ found->second.opaque, found->second.free });
    m_handles.erase(found);
    wake();
    return 0;
}

int EventLoop::addTimeout(
    int intervalMs, virEventTimeoutCallback callback, void* opaque, virFreeCallback free)
{
    const std::lock_guard lock(m_mutex);
    const int timer = m_nextId++;
    const auto due = Clock::now() + std::chrono::milliseconds(intervalMs);
    m_timeouts.emplace(timer, Timeout { intervalMs, due, callback, opaque, free });
    wake();
    return timer;
}

void EventLoop::updateTimeout(int timer, int intervalMs)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_timeouts.find(timer);
    if (found == m_timeouts.end())
        return;
    found->second.intervalMs = intervalMs;
    found->second.due = Clock::now() + std::chrono::milliseconds(intervalMs);
    wake();
}

int EventLoop::removeTimeout(int timer)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_timeouts.find(timer);
    if (found == m_timeouts.end())
        return -1;
    m_garbage.push_back({ found->second.opaque, found->second.free });
    m_timeouts.erase(found);
    wake();
    return 0;
}

void EventLoop::run()
{
    std::vector<pollfd> set;
    std::vector<int> watches;
    while (true) {
        const int waitMs = fillPollSet(set, watches);
        if (waitMs == kEnd)
            return;
        if (::poll(set.data(), set.size(), waitMs) > 0) {
            if (set.front().revents != 0)
                drainWake();
            dispatchHandles(set, watches);
        }
        dispatchTimeouts();
        freeGarbage();
    }
}

/// poll and not epoll: libvirt may watch one descriptor twice, which epoll refuses, and the set is
/// small (one descriptor per connection).
int EventLoop::fillPollSet(std::vector<pollfd>& set, std::vector<int>& watches)
{
    const std::lock_guard lock(m_mutex);
    if (m_isEnding)
        return kEnd;
    set.assign(1, pollfd { m_wakeFd, POLLIN, 0 });
    watches.assign(1, 0);
    for (const auto& [watch, handle] : m_handles) {
        if (handle.events == 0)
            continue;
        set.push_back({ handle.fd, toPollEvents(handle.events), 0 });
        watches.push_back(watch);
    }
    if (!m_garbage.empty())
        return 0;
    std::optional<Clock::time_point> next;
    for (const auto& [timer, timeout] : m_timeouts) {
        if (timeout.intervalMs >= 0 && (!next || timeout.due < *next))
            next = timeout.due;
    }
    if (!next)
        return -1;
    // Rounded up: a round that comes too early would find nothing due and spin.
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - Clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(0, left.count()));
}

void EventLoop::dispatchHandles(const std::vector<pollfd>& set, const std::vector<int>& watches)
{
    for (size_t i = 1; i < set.size(); ++i) {
        if (set[i].revents == 0)
            continue;
        Handle handle;
        int events = toLibvirtEvents(set[i].revents);
        {
            const std::lock_guard lock(m_mutex);
            const auto found = m_handles.find(watches[i]);
            if (found == m_handles.end())
                continue; // removed by another callback of this round
            handle = found->second;
        }
        // An event that was switched off meanwhile is not reported any more.
        events &= handle.events | VIR_EVENT_HANDLE_ERROR | VIR_EVENT_HANDLE_HANGUP;
        if (events != 0 && handle.events != 0)
            handle.callback(watches[i], handle.fd, events, handle.opaque);
    }
}

void EventLoop::dispatchTimeouts()
{
    const auto now = Clock::now();
    std::vector<int> due;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [timer, timeout] : m_timeouts) {
            if (timeout.intervalMs >= 0 && timeout.due <= now)
                due.push_back(timer);
        }
    }
    for (const int timer : due) {
        Timeout timeout;
        {
            const std::lock_guard lock(m_mutex);
            const auto found = m_timeouts.find(timer);
            if (found == m_timeouts.end() || found->second.intervalMs < 0)
                continue;
            found->second.due = now + std::chrono::milliseconds(found->second.intervalMs);
            timeout = found->second;
        }
        timeout.callback(timer, timeout.opaque);
    }
}

void EventLoop::freeGarbage()
{
    std::vector<Garbage> garbage;
    {
        const std::lock_guard lock(m_mutex);
        garbage.swap(m_garbage);
    }
    for (const Garbage& item : garbage) {
        if (item.free != nullptr)
            item.free(item.opaque);
    }
}

void EventLoop::wake()
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_wakeFd, &one, sizeof one);
}

void EventLoop::drainWake()
{
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(m_wakeFd, &count, sizeof count);
}

} // namespace hosts::libvirt
