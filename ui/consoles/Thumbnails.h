// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"

#include <QElapsedTimer>
#include <QHash>
#include <QImage>
#include <QTimer>

#include <memory>
#include <unordered_map>

namespace ui {

class OpenConsole;

/// A small picture of a machine's screen.
struct Thumbnail {
    QImage image {}; ///< null: none yet
    QSize screen {}; ///< of the guest, in its pixels
    QDateTime taken {}; ///< UTC
    QString reason {}; ///< why there is none, a sentence; empty if there is one or it is on its way
};

/// Small pictures of the machines that somebody looks at. From the frames of consoles that are
/// open, as often as they change; else asked of the host, one at a time for each, seldom, and not
/// of paused machines. Never by a console of its own: that would take the console from its user.
/// Scaled and decoded on other threads. The last picture stays when a machine stops, until it
/// starts again; a screen on which nothing is yet is no picture, and soon looked at again. GUI
/// thread.
class Thumbnails : public QObject {
    Q_OBJECT

public:
    /// How often pictures are taken, in ms; tests are impatient.
    struct Pace {
        int ownFrame = 500; ///< at least between two from the frames of an open console
        int fromHost = 5000; ///< at least between two of one machine from its host
        int afterStart = 1000; ///< the same, while the machine has just started
        int tick = 250;
    };
    /// A host is asked so little that taking pictures takes at most this share of its time.
    static constexpr int kRestFactor = 20;

    explicit Thumbnails(Context& context, QObject* parent = nullptr);
    Thumbnails(Context& context, Pace pace, QObject* parent = nullptr);
    ~Thumbnails() override;

    /// What `viewer` shows from now on, in pictures of at most `size` device pixels. Empty: nothing
    /// (any more), as when it ends.
    void show(const QObject* viewer, const QVector<models::VmRef>& vms, QSize size);
    Thumbnail of(const models::VmRef& vm) const;

Q_SIGNALS:
    void changed(const models::VmRef& vm);

private:
    struct Entry;
    struct Wanted {
        QVector<models::VmRef> vms {};
        QSize size {};
    };

    void tick();
    void updateWanted();
    Entry& entry(const models::VmRef& vm);
    Entry* find(const models::VmRef& vm) const;
    bool takeOwnFrame(Entry& entry, OpenConsole& console);
    void scale(const models::VmRef& vm, const QImage& frame, const QDateTime& when);
    void askHosts();
    void ask(Entry& entry);
    void take(const models::VmRef& vm, const QImage& image, QSize screen, const QDateTime& when);
    void note(const models::VmRef& vm, const QString& reason);
    void followConsole(OpenConsole* console);
    void forget(const models::InventoryDelta& delta);
    void noteStart(const models::VmRef& vm);
    bool hasJustStarted(const Entry& entry) const;

    Context& m_context;
    Pace m_pace;
    QHash<const QObject*, Wanted> m_viewers;
    std::vector<std::unique_ptr<Entry>> m_entries;
    QHash<hosts::Host*, qint64> m_restUntil; ///< on m_clock; -1 while it is being asked
    QTimer m_tick;
    QElapsedTimer m_clock;
};

} // namespace ui
