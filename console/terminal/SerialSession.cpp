// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/terminal/SerialSession.h"

namespace console {

namespace {

constexpr qint64 kChunk = 8 << 10; ///< parsed in well below a millisecond
constexpr qint64 kBuffer = 256 << 10; ///< read ahead; the rest waits at the other end
constexpr qint64 kSliceMs = 5;

} // namespace

SerialSession::SerialSession(QObject* parent)
    : QObject(parent)
{
    m_socket.setReadBufferSize(kBuffer);
    m_slice.setSingleShot(true);
    m_slice.setInterval(0);
    connect(&m_slice, &QTimer::timeout, this, &SerialSession::parseSlice);
    connect(&m_socket, &QLocalSocket::readyRead, &m_slice, qOverload<>(&QTimer::start));
    connect(&m_socket, &QLocalSocket::connected, this, [this] { setState(State::Live); });
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] {
        if (m_state == State::Live && m_socket.isOpen())
            take(m_socket.readAll()); // its last words
        end({});
    });
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] {
        if (m_state == State::Connecting) // later ones come with a disconnection
            end(m_socket.errorString());
    });
    connect(&m_screen, &TerminalScreen::output, this, [this](const QByteArray& bytes) {
        if (m_state == State::Live)
            stream().write(bytes);
    });
}

SerialSession::~SerialSession()
{
    hangUp(); // not when the socket goes, after the log
}

void SerialSession::open(const vmm::ConsoleEndpoint& endpoint)
{
    hangUp();
    m_endDetail.clear();
    m_screen.reset();
    setState(State::Connecting);
    m_socket.connectToServer(endpoint.unixSocket);
}

void SerialSession::attach(std::unique_ptr<QIODevice> stream)
{
    hangUp();
    m_endDetail.clear();
    m_screen.reset();
    m_attached = std::move(stream);
    connect(m_attached.get(), &QIODevice::readyRead, &m_slice, qOverload<>(&QTimer::start));
    connect(m_attached.get(), &QIODevice::aboutToClose, this, [this] { end({}); });
    m_slice.start(); // what it said already
    setState(State::Live);
}

QIODevice& SerialSession::stream()
{
    return m_attached ? *m_attached : m_socket;
}

void SerialSession::close()
{
    hangUp();
    stopLog();
    m_screen.clear();
}

void SerialSession::hangUp()
{
    m_state = State::Idle; // what the socket says of its end is no news
    m_slice.stop();
    m_socket.abort();
    if (m_attached)
        m_attached->disconnect(this);
    m_attached.reset();
}

void SerialSession::parseSlice()
{
    QElapsedTimer since;
    since.start();
    while (stream().bytesAvailable() > 0 && since.elapsed() < kSliceMs)
        take(stream().read(kChunk));
    if (stream().bytesAvailable() > 0)
        m_slice.start();
}

void SerialSession::take(const QByteArray& bytes)
{
    writeLog(bytes);
    m_screen.feed(bytes);
}

void SerialSession::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged(state);
}

void SerialSession::end(const QString& detail)
{
    if (m_state == State::Idle || m_state == State::Ended)
        return;
    m_endDetail = detail;
    setState(State::Ended);
}

QString SerialSession::startLog(const QString& path, qint64 limit)
{
    stopLog();
    m_log.setFileName(path);
    if (!m_log.open(QIODevice::WriteOnly | QIODevice::Append))
        return m_log.errorString();
    m_logLeft = limit;
    return {};
}

void SerialSession::stopLog()
{
    m_log.close();
}

void SerialSession::writeLog(const QByteArray& bytes)
{
    if (!m_log.isOpen())
        return;
    const qint64 part = std::min<qint64>(m_logLeft, bytes.size());
    m_logLeft -= part;
    if (m_log.write(bytes.constData(), part) != part || !m_log.flush()) {
        const QString why = m_log.errorString();
        stopLog();
        Q_EMIT logEnded(LogEnd::WriteFailed, why);
    } else if (m_logLeft == 0) {
        stopLog();
        Q_EMIT logEnded(LogEnd::LimitReached, {});
    }
}

} // namespace console
