// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/Thumbnails.h"

#include "ui/consoles/ConsoleSessions.h"
#include "vmm/base/Background.h"

#include <algorithm>

namespace ui {

using models::VmRef;

namespace {

constexpr size_t kKept = 128; ///< pictures of machines that nobody looks at
constexpr qint64 kPeekMs = 1000; ///< how long a hidden console is let draw
constexpr qint64 kJustStartedMs = 20'000; ///< firmware and boot loader come and go

/// Whether nothing is on it; such is the screen of a machine before its firmware draws.
bool isBlank(const QImage& picture)
{
    const QImage image = picture.convertToFormat(QImage::Format_RGB32);
    const QRgb first = image.isNull() ? 0 : image.pixel(0, 0);
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        if (std::any_of(line, line + image.width(), [first](QRgb pixel) { return pixel != first; }))
            return false;
    }
    return true;
}

} // namespace

struct Thumbnails::Entry {
    VmRef vm {};
    Thumbnail thumbnail {};
    QSize size {}; ///< the largest that somebody wants; null: nobody
    qint64 nextOwn = 0; ///< on m_clock
    qint64 nextAsked = 0;
    qint64 lastWanted = 0;
    qint64 started = -kJustStartedMs; ///< when it was seen to start, on m_clock
    bool isDirty = true; ///< its open console has drawn since
    bool isBusy = false; ///< a picture is under way
    bool isPeeking = false; ///< its hidden console draws for us
};

Thumbnails::Thumbnails(Context& context, QObject* parent)
    : Thumbnails(context, Pace {}, parent)
{
}

Thumbnails::Thumbnails(Context& context, Pace pace, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_pace(pace)
{
    m_clock.start();
    m_tick.setInterval(pace.tick);
    connect(&m_tick, &QTimer::timeout, this, &Thumbnails::tick);
    ConsoleSessions& consoles = *context.sessions;
    connect(&consoles, &ConsoleSessions::opened, this, &Thumbnails::followConsole);
    connect(&consoles, &ConsoleSessions::aboutToClose, this, [this](OpenConsole* console) {
        // Its last frame is worth keeping: the next picture may have to be asked for.
        if (Entry* known = find(console->vm());
            known && console->hasPicture() && console->session().pictureTime().isValid())
            scale(known->vm, console->session().frame(), console->session().pictureTime());
    });
    models::Inventory& inventory = context.workspace.inventory;
    connect(&inventory, &models::Inventory::changed, this, &Thumbnails::forget);
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, [this](hosts::Host* host) {
        std::erase_if(m_entries, [host](const auto& known) { return known->vm.host == host; });
        m_restUntil.remove(host);
        for (Wanted& wanted : m_viewers)
            wanted.vms.removeIf([host](const VmRef& vm) { return vm.host == host; });
    });
}

Thumbnails::~Thumbnails() = default;

void Thumbnails::show(const QObject* viewer, const QVector<VmRef>& vms, QSize size)
{
    if (vms.isEmpty()) {
        m_viewers.remove(viewer);
    } else {
        if (!m_viewers.contains(viewer))
            connect(viewer, &QObject::destroyed, this,
                [this](const QObject* gone) { show(gone, {}, {}); });
        m_viewers.insert(viewer, { vms, size });
    }
    updateWanted();
}

Thumbnail Thumbnails::of(const VmRef& vm) const
{
    const Entry* known = find(vm);
    return known ? known->thumbnail : Thumbnail {};
}

Thumbnails::Entry* Thumbnails::find(const VmRef& vm) const
{
    const auto found = std::find_if(
        m_entries.begin(), m_entries.end(), [&](const auto& known) { return known->vm == vm; });
    return found == m_entries.end() ? nullptr : found->get();
}

Thumbnails::Entry& Thumbnails::entry(const VmRef& vm)
{
    if (Entry* known = find(vm))
        return *known;
    if (m_entries.size() >= kKept) {
        const auto oldest = std::min_element(
            m_entries.begin(), m_entries.end(), [](const auto& left, const auto& right) {
                return std::pair(!left->size.isEmpty(), left->lastWanted)
                    < std::pair(!right->size.isEmpty(), right->lastWanted);
            });
        if ((*oldest)->size.isEmpty() && !(*oldest)->isBusy)
            m_entries.erase(oldest);
    }
    m_entries.push_back(std::make_unique<Entry>());
    m_entries.back()->vm = vm;
    return *m_entries.back();
}

void Thumbnails::updateWanted()
{
    for (const auto& known : m_entries)
        known->size = {};
    for (const Wanted& wanted : std::as_const(m_viewers)) {
        for (const VmRef& vm : wanted.vms) {
            Entry& known = entry(vm);
            if (known.size.isEmpty())
                known.lastWanted = m_clock.elapsed();
            known.size = known.size.expandedTo(wanted.size);
        }
    }
    for (const auto& known : m_entries) {
        if (known->size.isEmpty() && std::exchange(known->isPeeking, false)) {
            if (OpenConsole* console = m_context.sessions->find(known->vm))
                console->session().setVisible(false, this);
        }
    }
    if (m_viewers.isEmpty()) {
        m_tick.stop();
    } else if (!m_tick.isActive()) {
        m_tick.start();
        QMetaObject::invokeMethod(this, &Thumbnails::tick, Qt::QueuedConnection);
    }
}

void Thumbnails::followConsole(OpenConsole* console)
{
    connect(&console->session(), &console::ConsoleSession::damaged, this, [this, console] {
        if (Entry* known = find(console->vm()))
            known->isDirty = true;
    });
    connect(console, &OpenConsole::changed, this, [this, console, vm = console->vm()]() mutable {
        const VmRef before = std::exchange(vm, console->vm());
        if (before == vm)
            return;
        // It has moved to another host; nobody finds it at the old one to end a peek.
        Entry* known = find(before);
        if (known && std::exchange(known->isPeeking, false))
            console->session().setVisible(false, this);
    });
}

void Thumbnails::tick()
{
    for (const auto& known : m_entries) {
        if (known->size.isEmpty() || known->isBusy)
            continue;
        if (OpenConsole* console = m_context.sessions->find(known->vm))
            takeOwnFrame(*known, *console);
    }
    askHosts();
}

/// True if the open console serves: then the host need not be asked.
bool Thumbnails::takeOwnFrame(Entry& known, OpenConsole& console)
{
    console::ConsoleSession& session = console.session();
    if (session.state() != console::SessionState::Live)
        return false;
    const qint64 now = m_clock.elapsed();
    // A console that nobody sees transfers nothing; for us it does, a moment at a time.
    if (!console.isShown() && now >= known.nextOwn - m_pace.tick && !known.isPeeking) {
        known.isPeeking = true;
        session.setVisible(true, this);
    }
    // Before its first picture a connection has a screen of nothing.
    if (!known.isDirty || now < known.nextOwn || session.firstFrameMs() < 0)
        return true;
    known.isDirty = false;
    known.nextOwn = now + m_pace.ownFrame;
    if (std::exchange(known.isPeeking, false))
        session.setVisible(false, this);
    scale(known.vm, session.frame(), session.pictureTime());
    return true;
}

void Thumbnails::scale(const VmRef& vm, const QImage& frame, const QDateTime& when)
{
    Entry& known = entry(vm);
    known.isBusy = true;
    const QSize bounds = known.size.isEmpty() ? known.thumbnail.image.size() : known.size;
    // The frame is shared with the console's process and may change meanwhile: a torn picture is
    // drawn anew in a moment.
    vmm::async::onFinished(vmm::inBackground<QImage>([frame, bounds]() -> vmm::Result<QImage> {
        if (bounds.isEmpty()
            || (frame.width() <= bounds.width() && frame.height() <= bounds.height()))
            return frame.copy();
        return frame.scaled(bounds, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    }),
        this, [this, vm, when, screen = frame.size()](const vmm::Result<QImage>& image) {
            if (image)
                take(vm, *image, screen, when);
        });
}

void Thumbnails::askHosts()
{
    const qint64 now = m_clock.elapsed();
    QHash<hosts::Host*, Entry*> next;
    for (const auto& known : m_entries) {
        hosts::Host* host = known->vm.host;
        if (known->size.isEmpty() || known->isBusy || now < known->nextAsked
            || now < m_restUntil.value(host, 0) || m_restUntil.value(host, 0) < 0)
            continue;
        Entry*& candidate = next[host];
        if (!candidate || known->nextAsked < candidate->nextAsked)
            candidate = known.get();
    }
    for (Entry* known : std::as_const(next))
        ask(*known);
}

void Thumbnails::ask(Entry& known)
{
    const VmRef vm = known.vm;
    known.nextAsked
        = m_clock.elapsed() + (hasJustStarted(known) ? m_pace.afterStart : m_pace.fromHost);
    const models::VmRecord* record = m_context.workspace.inventory.find(vm.host, vm.vm);
    const OpenConsole* console = m_context.sessions->find(vm);
    if (!record || (console && console->session().state() == console::SessionState::Live))
        return;
    const vmm::VmState state = record->info.state;
    const bool hasOne = !known.thumbnail.image.isNull();
    if (!vmm::isActive(state) || state == vmm::VmState::Starting
        || (state == vmm::VmState::Paused && hasOne)
        || vm.host->connectionState() != hosts::ConnectionState::Connected)
        return;
    if (!vm.host->info().has(hosts::Feature::Screenshot)) {
        note(vm, vm.host->info().missing.value(hosts::Feature::Screenshot));
        return;
    }
    known.isBusy = true;
    m_restUntil[vm.host] = -1;
    const qint64 begun = m_clock.elapsed();
    const auto asked = vm.host->call(hosts::GetScreenshot {
        .vm = vm.vm, .maxWidth = known.size.width(), .maxHeight = known.size.height() });
    vmm::async::onFinished(
        asked, this, [this, vm, begun](const vmm::Result<vmm::Screenshot>& shot) {
            if (m_restUntil.contains(vm.host)) {
                const qint64 now = m_clock.elapsed();
                m_restUntil[vm.host]
                    = now + std::min<qint64>((now - begun) * kRestFactor, 4 * m_pace.fromHost);
            }
            if (!shot) {
                note(vm,
                    shot.error().kind == vmm::ErrorKind::HostLacksFeature ? shot.error().detail
                                                                          : QString());
                return;
            }
            const QSize screen(shot->width, shot->height);
            vmm::async::onFinished(
                vmm::inBackground<QImage>([png = shot->png]() -> vmm::Result<QImage> {
                    return QImage::fromData(png, "PNG");
                }),
                this, [this, vm, screen](const vmm::Result<QImage>& image) {
                    if (image)
                        take(vm, *image, screen, QDateTime::currentDateTimeUtc());
                });
        });
}

void Thumbnails::take(const VmRef& vm, const QImage& image, QSize screen, const QDateTime& when)
{
    Entry* known = find(vm);
    if (!known)
        return;
    known->isBusy = false;
    if (image.isNull())
        return;
    if (hasJustStarted(*known) && isBlank(image))
        return note(vm, tr("Nothing is on the screen yet"));
    known->thumbnail = { .image = image, .screen = screen, .taken = when };
    Q_EMIT changed(vm);
}

void Thumbnails::note(const VmRef& vm, const QString& reason)
{
    Entry* known = find(vm);
    if (!known)
        return;
    known->isBusy = false;
    if (known->thumbnail.reason == reason || !known->thumbnail.image.isNull())
        return;
    known->thumbnail.reason = reason;
    Q_EMIT changed(vm);
}

bool Thumbnails::hasJustStarted(const Entry& entry) const
{
    return m_clock.elapsed() - entry.started < kJustStartedMs;
}

/// What it showed in its run before is not what it shows.
void Thumbnails::noteStart(const VmRef& vm)
{
    Entry* known = find(vm);
    if (!known)
        return;
    known->started = m_clock.elapsed();
    known->nextAsked = known->nextOwn = 0;
    known->isDirty = true;
    known->thumbnail = {};
    Q_EMIT changed(vm);
}

void Thumbnails::forget(const models::InventoryDelta& delta)
{
    for (const models::VmChange& change : delta.changed) {
        const vmm::VmState state = change.vm->info.state;
        const bool isUp = vmm::isActive(state) && state != vmm::VmState::Starting;
        const bool wasUp
            = vmm::isActive(change.previousState) && change.previousState != vmm::VmState::Starting;
        if (isUp && !wasUp && change.previousState != vmm::VmState::Unknown)
            noteStart({ delta.host, change.vm->info.id });
    }
    for (const models::VmRecord* gone : delta.removed) {
        const VmRef vm { delta.host, gone->info.id };
        std::erase_if(m_entries, [&](const auto& known) { return known->vm == vm; });
        for (Wanted& wanted : m_viewers)
            wanted.vms.removeOne(vm);
    }
}

} // namespace ui
