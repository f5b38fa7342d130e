// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"
#include "ui/consoles/OpenConsole.h"

namespace models {
struct InventoryDelta;
}

namespace ui {

/// The consoles that are open in this window, in the order in which they were opened. A console
/// that nobody shows any more keeps its connection, so that coming back shows it at once; of those
/// only some are kept, the others closed, least recently used first. The console of a machine that
/// has moved to another host goes with it; those of machines and hosts that are gone are closed.
/// GUI thread.
class ConsoleSessions : public QObject {
    Q_OBJECT

public:
    static constexpr int kMaxHidden = 8;

    explicit ConsoleSessions(Context& context, QObject* parent = nullptr);
    ~ConsoleSessions() override;

    OpenConsole* find(const models::VmRef& vm) const; ///< null if it is not open
    /// Opens it if it is not. Null if the inventory does not know the machine.
    OpenConsole* open(const models::VmRef& vm);
    /// The console of a connection file, always a new one.
    OpenConsole* open(const QString& name, const vmm::ConsoleEndpoint& endpoint,
        const console::ConnectOptions& options = {});
    void close(OpenConsole* console);
    const QVector<OpenConsole*>& all() const { return m_order; }

    /// `viewer` shows `console` from now on, and no longer what it showed before. Null: nothing, as
    /// when it ends.
    void show(const QObject* viewer, OpenConsole* console);

    /// A detached console is shown in a window of its own instead of the main window.
    void setDetached(OpenConsole* console, bool isDetached);
    bool isDetached(const OpenConsole* console) const { return m_detached.contains(console); }
    /// Brings a console to the front wherever it is shown, and gives it the keyboard.
    void activate(OpenConsole* console);
    void activateNext(OpenConsole* from, int step); ///< the next one in all(), round and round

Q_SIGNALS:
    void opened(ui::OpenConsole* console);
    void changed(ui::OpenConsole* console);
    void aboutToClose(ui::OpenConsole* console);
    /// That one was closed because too many were kept.
    void closedForRoom(const QString& name);
    void detachedChanged(ui::OpenConsole* console, bool isDetached);
    void activationRequested(ui::OpenConsole* console);

private:
    void add(std::unique_ptr<OpenConsole> console);
    void take(const models::InventoryDelta& delta);
    bool follow(OpenConsole& console);
    void applyHostsChoices(OpenConsole& console);
    OpenConsole* findLeftBehind(const models::VmRecord& vm) const;
    void makeRoom();

    Context& m_context;
    QVector<OpenConsole*> m_order;
    QVector<OpenConsole*> m_lastUsed; ///< newest last
    QHash<const QObject*, OpenConsole*> m_shown;
    QSet<const QObject*> m_known; ///< viewers whose end is watched
    QSet<const OpenConsole*> m_detached;
};

} // namespace ui
