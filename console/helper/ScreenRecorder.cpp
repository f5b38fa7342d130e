// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/ScreenRecorder.h"

namespace console::helper {

namespace {

constexpr guint kTickMs = 66; ///< 15 pictures a second
constexpr gint64 kStillUs = 1'000'000; ///< a screen that stands still is told this often

} // namespace

ScreenRecorder::ScreenRecorder(WindowLink& link, Screen screen, Wanted wanted, const Times& times)
    : m_link(link)
    , m_screen(std::move(screen))
    , m_wanted(std::move(wanted))
    , m_times(times)
{
}

ScreenRecorder::~ScreenRecorder() = default;

void ScreenRecorder::take(const protocol::RecordControl& control, protocol::Fd file)
{
    dropEnded(); // who was told of a film's end may begin the next at once
    switch (control.command) {
    case protocol::RecordCommand::Start:
        start(std::move(file));
        break;
    case protocol::RecordCommand::Stop:
        if (m_waiting.isValid()) {
            m_waiting = protocol::Fd();
            report(false, { .how = protocol::FilmEnd::NoPicture });
        } else if (m_film) {
            m_seen = 0; // the last picture once more: it tells how long it stood
            film();
            m_isStopping = true;
        }
        break;
    case protocol::RecordCommand::KeepPast:
        m_keepsPast = true;
        break;
    case protocol::RecordCommand::ForgetPast:
        m_keepsPast = false;
        m_kept.clear();
        break;
    case protocol::RecordCommand::SavePast:
        savePast(std::move(file));
        break;
    }
    follow();
}

void ScreenRecorder::start(protocol::Fd file)
{
    if (m_film || m_waiting.isValid() || !file.isValid())
        return report(false,
            { .how = protocol::FilmEnd::Failed, .detail = "a film is being recorded already" });
    m_waiting = std::move(file);
    m_lastKey = 0; // begins at once
    m_lastPicture = 0;
}

void ScreenRecorder::savePast(protocol::Fd file)
{
    if (m_past || !file.isValid())
        return report(true,
            { .how = protocol::FilmEnd::Failed,
                .detail = "the last minute is being saved already" });
    if (m_kept.empty() || !m_encoder)
        return report(true, { .how = protocol::FilmEnd::NoPicture });
    m_past = std::make_unique<WebmWriter>(std::move(file), m_encoder->caps(),
        [this](const WebmWriter::End& end) { report(true, end); });
    for (const VideoEncoder::Packet& packet : m_kept)
        m_past->add(packet.buffer.get());
    m_past->finish();
}

void ScreenRecorder::report(bool isPast, const WebmWriter::End& end)
{
    m_link.send(protocol::Recorded {
        .past = isPast ? 1u : 0u, .end = end.how, .detail = protocol::toText<256>(end.detail) });
}

bool ScreenRecorder::isWanted() const
{
    return m_keepsPast || m_film || m_past || m_waiting.isValid();
}

void ScreenRecorder::follow()
{
    dropEnded();
    if (!isWanted()) {
        m_timer.remove();
        rest();
    } else if (!m_timer.isActive()) {
        m_timer = Source(g_timeout_add(kTickMs, &ScreenRecorder::tick, this));
        m_wanted(true);
    }
}

void ScreenRecorder::rest()
{
    m_encoder.reset();
    m_wanted(false);
}

/// A writer is not destroyed by its own message.
void ScreenRecorder::dropEnded()
{
    if (m_film && m_film->isOver()) {
        m_film.reset();
        m_isStopping = false;
    }
    if (m_past && m_past->isOver())
        m_past.reset();
}

gboolean ScreenRecorder::tick(gpointer self)
{
    auto& me = *static_cast<ScreenRecorder*>(self);
    me.film();
    me.pass();
    if (me.m_isStopping && me.m_film)
        me.m_film->finish();
    me.dropEnded();
    if (me.isWanted())
        return G_SOURCE_CONTINUE;
    me.m_timer.forget();
    me.rest();
    return G_SOURCE_REMOVE;
}

void ScreenRecorder::film()
{
    const FrameRelay* screen = m_screen();
    if (!screen || !screen->picture().pixels || m_isStopping)
        return;
    const gint64 now = g_get_monotonic_time();
    if (screen->changeCount() == m_seen && now - m_lastPicture < kStillUs)
        return;
    // A film keeps its size; what is kept follows the screen, and begins anew with it.
    if (m_encoder && !m_film && !m_encoder->isSizedAs(screen->picture())) {
        m_encoder.reset();
        m_kept.clear();
    }
    if (!m_encoder) {
        m_encoder = std::make_unique<VideoEncoder>(screen->picture());
        m_lastKey = 0;
    }
    if (!m_encoder->problem().empty()) {
        if (std::exchange(m_waiting, {}).isValid())
            report(false, { .how = protocol::FilmEnd::Failed, .detail = m_encoder->problem() });
        return;
    }
    const bool asKey = now - m_lastKey >= m_times.keyUs;
    {
        const FrameRelay::Picture& picture = screen->picture();
        const protocol::Rect whole { .width = picture.width, .height = picture.height };
        const FrameRelay::Reading reading(picture, { &whole, 1 });
        m_encoder->add(picture, asKey);
    }
    m_seen = screen->changeCount();
    m_lastPicture = now;
    if (asKey)
        m_lastKey = now;
}

void ScreenRecorder::pass()
{
    while (m_encoder) {
        auto packet = m_encoder->take();
        if (!packet)
            return;
        if (m_waiting.isValid() && packet->isKey)
            m_film = std::make_unique<WebmWriter>(std::exchange(m_waiting, {}), m_encoder->caps(),
                [this](const WebmWriter::End& end) { report(false, end); });
        if (m_film)
            m_film->add(packet->buffer.get());
        if (m_keepsPast)
            keep(std::move(*packet));
    }
}

/// What is older than is wanted goes as soon as a later key picture is as old.
void ScreenRecorder::keep(VideoEncoder::Packet packet)
{
    if (m_kept.empty() && !packet.isKey)
        return;
    const GstClockTime now = GST_BUFFER_PTS(packet.buffer.get());
    m_kept.push_back(std::move(packet));
    std::size_t old = 0;
    for (std::size_t i = 1; i < m_kept.size(); ++i) {
        if (GST_BUFFER_PTS(m_kept[i].buffer.get()) + m_times.kept > now)
            break;
        if (m_kept[i].isKey)
            old = i;
    }
    m_kept.erase(m_kept.begin(), m_kept.begin() + std::ptrdiff_t(old));
}

void ScreenRecorder::finish()
{
    m_timer.remove();
    if (std::exchange(m_waiting, {}).isValid())
        report(false, { .how = protocol::FilmEnd::NoPicture });
    if (m_film && !m_film->isOver()) {
        if (!m_isStopping) {
            m_seen = 0;
            film();
        }
        m_encoder->drain();
        pass();
        m_film->finish();
        m_film->wait();
    }
    if (m_past && !m_past->isOver())
        m_past->wait();
}

} // namespace console::helper
