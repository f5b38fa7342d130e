// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/IdleBatch.h"

#include <glib.h>

#include <utility>

namespace console::helper {

namespace {

constexpr gint64 kBatchUs = 1'000;

struct Idle {
    GSourceFunc function = nullptr;
    gpointer data = nullptr;
};

GThread* g_loopThread = nullptr;
bool g_isRunning = false; ///< an idle function, which may add the next one
GSource* g_next = nullptr; ///< with a reference; was added meanwhile
Idle* g_nextIdle = nullptr; ///< lives while g_next is not destroyed

gboolean call(const Idle& idle)
{
    return idle.function(idle.data);
}

/// False if there is none, or somebody has removed it.
bool runNext()
{
    if (!g_next)
        return false;
    GSource* source = std::exchange(g_next, nullptr);
    const bool isThere = !g_source_is_destroyed(source);
    if (isThere && !call(Idle(*g_nextIdle)))
        g_source_destroy(source);
    g_source_unref(source);
    return isThere;
}

gboolean run(gpointer data)
{
    const Idle first = *static_cast<Idle*>(data); // it may remove itself
    if (g_isRunning) // an inner loop
        return call(first);
    const gint64 end = g_get_monotonic_time() + kBatchUs;
    g_isRunning = true;
    const gboolean goesOn = call(first);
    while (runNext() && g_get_monotonic_time() < end) { }
    g_isRunning = false;
    if (g_next) // in its own turn
        g_source_unref(std::exchange(g_next, nullptr));
    return goesOn;
}

void freeIdle(gpointer data)
{
    delete static_cast<Idle*>(data);
}

guint add(GSourceFunc function, gpointer data)
{
    auto* idle = new Idle { function, data };
    GSource* source = g_idle_source_new();
    g_source_set_callback(source, run, idle, freeIdle);
    const guint id = g_source_attach(source, nullptr);
    if (g_isRunning && !g_next) {
        g_next = source;
        g_nextIdle = idle;
    } else {
        g_source_unref(source);
    }
    return id;
}

} // namespace

void IdleBatch::install()
{
    g_loopThread = g_thread_self();
}

} // namespace console::helper

// This stands before GLib's own of the same name, for this process alone.
extern "C" guint g_idle_add(GSourceFunc function, gpointer data)
{
    using namespace console::helper;
    return g_loopThread == g_thread_self()
        ? add(function, data)
        : g_idle_add_full(G_PRIORITY_DEFAULT_IDLE, function, data, nullptr);
}
