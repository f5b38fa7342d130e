// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/StreamSerialSource.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/Lane.h"
#include "hosts/libvirt/Mailbox.h"

#include <array>
#include <mutex>

namespace hosts::libvirt {

namespace {

constexpr int kChunk = 64 << 10;
/// Read and not delivered yet; the rest waits at the server.
constexpr qsizetype kMostUndelivered = 1 << 20;
/// What is typed or pasted while the guest takes nothing; more is of no use to anybody.
constexpr qsizetype kMostUnsent = 4 << 20;
constexpr int kWouldBlock = -2; // virStreamRecv, virStreamSend

} // namespace

/// What both threads know. The callback's opaque holds it too, so it outlives whoever goes first.
struct StreamSerialSource::Pump {
    Stream stream {};
    std::shared_ptr<Mailbox> mail = Mailbox::create();
    StreamSerialSource* owner = nullptr; ///< used in letters only, which its destructor stops
    std::mutex mutex {}; ///< guards what follows
    QByteArray unsent {};
    qsizetype undelivered = 0;
    bool isWanted = true; ///< reading
    bool isOver = false;

    int events() const
    {
        const bool reads = isWanted && undelivered < kMostUndelivered;
        return (reads ? VIR_STREAM_EVENT_READABLE : 0)
            | (unsent.isEmpty() ? 0 : VIR_STREAM_EVENT_WRITABLE) | VIR_STREAM_EVENT_ERROR
            | VIR_STREAM_EVENT_HANGUP;
    }
    /// To be called without the lock: libvirt has one of its own.
    void watch()
    {
        int wanted = 0;
        {
            const std::lock_guard lock(mutex);
            if (isOver)
                return;
            wanted = events();
        }
        virStreamEventUpdateCallback(stream.get(), wanted);
    }

    static void happened(virStreamPtr stream, int events, void* opaque);
    void read();
    void send();
    void finish();
    void delivered(const QByteArray& bytes);
};

void StreamSerialSource::Pump::happened(virStreamPtr, int events, void* opaque)
{
    const std::shared_ptr<Pump> pump = *static_cast<std::shared_ptr<Pump>*>(opaque);
    if (events & VIR_STREAM_EVENT_READABLE)
        pump->read();
    if (events & VIR_STREAM_EVENT_WRITABLE)
        pump->send();
    if (events & (VIR_STREAM_EVENT_ERROR | VIR_STREAM_EVENT_HANGUP))
        pump->finish();
    pump->watch();
}

void StreamSerialSource::Pump::read()
{
    std::array<char, kChunk> buffer; // NOLINT: filled by the call
    const int count = virStreamRecv(stream.get(), buffer.data(), buffer.size());
    if (count == kWouldBlock)
        return;
    if (count <= 0) {
        finish();
        return;
    }
    const QByteArray bytes(buffer.data(), count);
    {
        const std::lock_guard lock(mutex);
        undelivered += count;
    }
    mail->post([this, bytes] { delivered(bytes); });
}

void StreamSerialSource::Pump::delivered(const QByteArray& bytes)
{
    bool wasFull = false;
    {
        const std::lock_guard lock(mutex);
        wasFull = undelivered >= kMostUndelivered;
        undelivered -= bytes.size();
    }
    Q_EMIT owner->received(bytes);
    if (wasFull)
        watch();
}

void StreamSerialSource::Pump::send()
{
    const std::lock_guard lock(mutex);
    if (unsent.isEmpty())
        return;
    const int count = virStreamSend(stream.get(), unsent.constData(), size_t(unsent.size()));
    if (count > 0)
        unsent.remove(0, count);
}

void StreamSerialSource::Pump::finish()
{
    {
        const std::lock_guard lock(mutex);
        if (std::exchange(isOver, true))
            return;
    }
    virStreamEventRemoveCallback(stream.get());
    mail->post([this] { Q_EMIT owner->closed(); });
}

vmm::Result<std::unique_ptr<StreamSerialSource>> StreamSerialSource::create(
    const Stream& stream, const QString& name)
{
    auto pump = std::make_shared<Pump>();
    pump->stream = stream;
    std::unique_ptr<StreamSerialSource> source(new StreamSerialSource(pump));
    pump->owner = source.get();
    auto* opaque = new std::shared_ptr<Pump>(pump); // libvirt frees it with the callback
    const auto release = [](void* held) { delete static_cast<std::shared_ptr<Pump>*>(held); };
    if (virStreamEventAddCallback(stream.get(), pump->events(), &Pump::happened, opaque, release)
        < 0) {
        delete opaque;
        return lastError(name);
    }
    return source;
}

StreamSerialSource::StreamSerialSource(std::shared_ptr<Pump> pump)
    : m_pump(std::move(pump))
{
}

StreamSerialSource::~StreamSerialSource()
{
    m_pump->mail->close();
    bool wasOver = false;
    {
        const std::lock_guard lock(m_pump->mutex);
        wasOver = std::exchange(m_pump->isOver, true);
    }
    Lane last("stream-end", 1);
    last.close([pump = m_pump, wasOver] {
        if (!wasOver)
            virStreamEventRemoveCallback(pump->stream.get());
        virStreamAbort(pump->stream.get());
    });
}

void StreamSerialSource::write(const QByteArray& bytes)
{
    {
        const std::lock_guard lock(m_pump->mutex);
        if (m_pump->unsent.size() + bytes.size() > kMostUnsent)
            return;
        m_pump->unsent += bytes;
    }
    m_pump->watch();
}

void StreamSerialSource::setReading(bool isReading)
{
    {
        const std::lock_guard lock(m_pump->mutex);
        m_pump->isWanted = isReading;
    }
    m_pump->watch();
}

} // namespace hosts::libvirt
