// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib-object.h>

#include <memory>
#include <utility>
#include <vector>

namespace console::helper {

struct GObjectRelease {
    void operator()(gpointer object) const { g_object_unref(object); }
};
/// A reference to a GObject.
template <typename T> using GObjectPtr = std::unique_ptr<T, GObjectRelease>;

template <typename T> GObjectPtr<T> takeReference(T* object)
{
    return GObjectPtr<T>(static_cast<T*>(g_object_ref(object)));
}

struct GErrorFree {
    void operator()(GError* error) const { g_error_free(error); }
};
using GErrorPtr = std::unique_ptr<GError, GErrorFree>;

/// A source of the default main context; destroyed with it.
class Source {
public:
    Source() = default;
    explicit Source(guint id)
        : m_id(id)
    {
    }
    Source(Source&& other) noexcept
        : m_id(std::exchange(other.m_id, 0))
    {
    }
    Source& operator=(Source&& other) noexcept
    {
        std::swap(m_id, other.m_id);
        other.remove();
        return *this;
    }
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    ~Source() { remove(); }

    bool isActive() const { return m_id != 0; }
    void remove()
    {
        if (m_id != 0)
            g_source_remove(std::exchange(m_id, 0));
    }
    /// For a callback that removes its own source by what it returns.
    void forget() { m_id = 0; }

private:
    guint m_id = 0;
};

/// Signal connections of one object; undone, and the object released, at the end.
class Connections {
public:
    Connections() = default;
    explicit Connections(gpointer object)
        : m_object(takeReference(G_OBJECT(object)))
    {
    }
    Connections(Connections&&) noexcept = default;
    Connections(const Connections&) = delete;
    Connections& operator=(Connections&&) = delete;
    Connections& operator=(const Connections&) = delete;
    ~Connections()
    {
        for (gulong id : m_ids)
            g_signal_handler_disconnect(m_object.get(), id);
    }

    bool isOf(gpointer object) const { return static_cast<gpointer>(m_object.get()) == object; }

    void add(const char* signal, GCallback handler, gpointer context)
    {
        m_ids.push_back(g_signal_connect(m_object.get(), signal, handler, context));
    }

    /// For a signal without arguments whose library declared it with one (gvnc 1.3: vnc-led-state).
    void addPlain(const char* signal, GCallback handler, gpointer context)
    {
        GClosure* closure = g_cclosure_new(handler, context, nullptr);
        g_closure_set_marshal(closure, g_cclosure_marshal_VOID__VOID);
        m_ids.push_back(g_signal_connect_closure(m_object.get(), signal, closure, FALSE));
    }

private:
    GObjectPtr<GObject> m_object;
    std::vector<gulong> m_ids;
};

} // namespace console::helper
