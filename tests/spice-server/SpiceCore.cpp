// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/spice-server/SpiceCore.h"

#include <glib-unix.h>

#include <cstdarg>
#include <cstdio>
#include <utility>

// libspice-server leaves these to its user.
struct SpiceTimer {
    SpiceTimerFunc call = nullptr;
    void* context = nullptr;
    guint source = 0;
};

struct SpiceWatch {
    int fd = -1;
    SpiceWatchFunc call = nullptr;
    void* context = nullptr;
    guint source = 0;
};

namespace tests::spice {

namespace {

void cancelTimer(SpiceTimer* timer)
{
    if (timer->source != 0)
        g_source_remove(std::exchange(timer->source, 0));
}

void startTimer(SpiceTimer* timer, uint32_t ms)
{
    cancelTimer(timer);
    timer->source = g_timeout_add(
        ms,
        [](gpointer data) -> gboolean {
            auto* fired = static_cast<SpiceTimer*>(data);
            fired->source = 0;
            fired->call(fired->context);
            return G_SOURCE_REMOVE;
        },
        timer);
}

SpiceTimer* addTimer(SpiceTimerFunc call, void* context)
{
    return new SpiceTimer { .call = call, .context = context };
}

void removeTimer(SpiceTimer* timer)
{
    cancelTimer(timer);
    delete timer;
}

gboolean watchReady(gint fd, GIOCondition condition, gpointer data)
{
    auto* watch = static_cast<SpiceWatch*>(data);
    int events = 0;
    if (condition & (G_IO_IN | G_IO_HUP | G_IO_ERR))
        events |= SPICE_WATCH_EVENT_READ;
    if (condition & G_IO_OUT)
        events |= SPICE_WATCH_EVENT_WRITE;
    watch->call(fd, events, watch->context);
    return G_SOURCE_CONTINUE;
}

void setWatchMask(SpiceWatch* watch, int mask)
{
    if (watch->source != 0)
        g_source_remove(std::exchange(watch->source, 0));
    int condition = 0;
    if (mask & SPICE_WATCH_EVENT_READ)
        condition |= G_IO_IN;
    if (mask & SPICE_WATCH_EVENT_WRITE)
        condition |= G_IO_OUT;
    if (condition != 0)
        watch->source = g_unix_fd_add(watch->fd, GIOCondition(condition), &watchReady, watch);
}

SpiceWatch* addWatch(int fd, int mask, SpiceWatchFunc call, void* context)
{
    auto* watch = new SpiceWatch { .fd = fd, .call = call, .context = context };
    setWatchMask(watch, mask);
    return watch;
}

void removeWatch(SpiceWatch* watch)
{
    setWatchMask(watch, 0);
    delete watch;
}

void channelEvent(int, SpiceChannelEventInfo*)
{
}

} // namespace

SpiceCoreInterface& glibCore()
{
    static SpiceCoreInterface core {};
    core.base.major_version = SPICE_INTERFACE_CORE_MAJOR;
    core.base.minor_version = SPICE_INTERFACE_CORE_MINOR;
    core.timer_add = addTimer;
    core.timer_start = startTimer;
    core.timer_cancel = cancelTimer;
    core.timer_remove = removeTimer;
    core.watch_add = addWatch;
    core.watch_update_mask = setWatchMask;
    core.watch_remove = removeWatch;
    core.channel_event = channelEvent;
    return core;
}

void report(const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char line[256];
    std::vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    std::printf("%s\n", line);
    std::fflush(stdout);
}

} // namespace tests::spice
