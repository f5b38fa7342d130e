// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/ClientLoop.h"

#include <dlfcn.h>

#include <utility>

// GLib's own types are not needed, nor its headers.
struct _GSource;
struct _GMainContext;
struct _GMainLoop;

namespace {

template <typename Function> Function* next(const char* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

/// GLib's functions, as libvirt would have them without us.
struct GLib {
    decltype(next<unsigned(_GSource*, _GMainContext*)>("")) attach
        = next<unsigned(_GSource*, _GMainContext*)>("g_source_attach");
    decltype(next<void(_GMainLoop*)>("")) run = next<void(_GMainLoop*)>("g_main_loop_run");
    decltype(next<_GMainContext*(_GMainLoop*)>("")) contextOf
        = next<_GMainContext*(_GMainLoop*)>("g_main_loop_get_context");
    decltype(next<_GSource*(_GSource*)>("")) ref = next<_GSource*(_GSource*)>("g_source_ref");
    decltype(next<void(_GSource*)>("")) unref = next<void(_GSource*)>("g_source_unref");
    decltype(next<void(_GSource*)>("")) destroy = next<void(_GSource*)>("g_source_destroy");
};

const GLib& glib()
{
    static const GLib functions;
    return functions;
}

/// What this thread has attached last, and to which context.
class Attached {
public:
    ~Attached() { forget(); }

    void note(_GSource* source, _GMainContext* context)
    {
        forget();
        m_source = glib().ref(source);
        m_context = context;
    }
    void removeFrom(const _GMainContext* context)
    {
        if (m_source != nullptr && m_context == context)
            glib().destroy(m_source); // nothing, if it has gone by itself
        forget();
    }

private:
    void forget()
    {
        if (_GSource* source = std::exchange(m_source, nullptr))
            glib().unref(source);
    }

    _GSource* m_source = nullptr;
    _GMainContext* m_context = nullptr;
};

thread_local Attached attached;

} // namespace

extern "C" {

// NOLINTBEGIN(readability-identifier-naming): GLib's names
unsigned g_source_attach(_GSource* source, _GMainContext* context)
{
    const unsigned id = glib().attach(source, context);
    if (context != nullptr) // the default one is nobody's in particular
        attached.note(source, context);
    return id;
}

void g_main_loop_run(_GMainLoop* loop)
{
    glib().run(loop);
    attached.removeFrom(glib().contextOf(loop));
}
// NOLINTEND(readability-identifier-naming)
}

namespace hosts::libvirt {

bool mendClientLoop()
{
    // What libvirt finds first is what everybody finds first.
    return ::dlsym(RTLD_DEFAULT, "g_main_loop_run") == reinterpret_cast<void*>(&g_main_loop_run);
}

} // namespace hosts::libvirt
