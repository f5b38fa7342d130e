// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/FdStream.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace hosts::wire {

namespace {

constexpr size_t kReadSize = 256 * 1024;

void makeNonBlocking(int fd)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

bool wouldBlock(int error)
{
    return error == EAGAIN || error == EINTR;
}

QString errnoText(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

} // namespace

FdStream::FdStream(int readFd, int writeFd, QObject* parent)
    : QObject(parent)
    , m_readFd(readFd)
    , m_writeFd(writeFd)
    , m_readable(std::make_unique<QSocketNotifier>(readFd, QSocketNotifier::Read))
    , m_writable(std::make_unique<QSocketNotifier>(writeFd, QSocketNotifier::Write))
{
    makeNonBlocking(readFd);
    makeNonBlocking(writeFd);
    m_writable->setEnabled(false);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &FdStream::readSome);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &FdStream::writeSome);
}

FdStream::~FdStream()
{
    m_readable.reset();
    m_writable.reset();
    ::close(m_readFd);
    if (m_writeFd != m_readFd)
        ::close(m_writeFd);
}

void FdStream::write(const QByteArray& bytes)
{
    if (m_hasEnded || bytes.isEmpty())
        return;
    m_queue.push_back(bytes);
    m_unsent += bytes.size();
    if (!m_writable->isEnabled())
        writeSome();
}

void FdStream::setReading(bool isReading)
{
    m_readable->setEnabled(isReading && !m_hasEnded);
}

void FdStream::readSome()
{
    QByteArray bytes(kReadSize, Qt::Uninitialized);
    const ssize_t count = ::read(m_readFd, bytes.data(), kReadSize);
    if (count > 0) {
        bytes.truncate(count);
        Q_EMIT received(bytes);
    } else if (count == 0) {
        end(QStringLiteral("the other side has hung up"));
    } else if (!wouldBlock(errno)) {
        end(errnoText(errno));
    }
}

void FdStream::writeSome()
{
    const qsizetype before = m_unsent;
    while (!m_queue.empty() && !m_hasEnded) {
        const QByteArray& head = m_queue.front();
        // SIGPIPE is ignored by whoever runs a wire; EPIPE says the same without a death.
        const ssize_t count = ::write(m_writeFd, head.constData() + m_headTaken,
            static_cast<size_t>(head.size() - m_headTaken));
        if (count < 0) {
            if (!wouldBlock(errno))
                end(errnoText(errno));
            break;
        }
        m_unsent -= count;
        m_headTaken += count;
        if (m_headTaken == head.size()) {
            m_queue.pop_front();
            m_headTaken = 0;
        }
    }
    if (m_hasEnded)
        return;
    m_writable->setEnabled(!m_queue.empty());
    if (m_unsent < before)
        Q_EMIT sent();
}

void FdStream::end(const QString& reason)
{
    if (m_hasEnded)
        return;
    m_hasEnded = true;
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    m_queue.clear();
    m_unsent = 0;
    // From the event loop: whoever is writing must not find itself deleted.
    QMetaObject::invokeMethod(
        this, [this, reason] { Q_EMIT ended(reason); }, Qt::QueuedConnection);
}

} // namespace hosts::wire
