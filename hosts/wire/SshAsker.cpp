// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/SshAsker.h"

#include "hosts/wire/Frame.h"
#include "vmm/base/FileDescriptor.h"

#include <QLocalSocket>
#include <QPointer>

#include <sys/socket.h>
#include <sys/un.h>

#include <cstdio>
#include <cstring>
#include <utility>

namespace hosts::wire {

namespace {

constexpr char kSays = '+'; // and what
constexpr char kDeclines = '-';

/// One question, until it is answered or ssh no longer waits.
class PendingQuestion : public QObject {
public:
    PendingQuestion(QLocalSocket* socket, Asker ask)
        : QObject(socket)
        , m_socket(socket)
        , m_ask(std::move(ask))
    {
        connect(socket, &QLocalSocket::readyRead, this, [this] { read(); });
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    }

private:
    void read()
    {
        m_frames.feed(m_socket->readAll());
        const auto frame = m_frames.next();
        if (!frame || m_isAsked)
            return m_socket->abort();
        if (!frame->has_value())
            return;
        m_isAsked = true;
        const QString prompt = QString::fromUtf8(**frame);
        const bool isYesOrNo = prompt.contains(QStringLiteral("(yes/no"));
        m_ask({ .prompt = prompt.trimmed(),
                  .kind = isYesOrNo ? Question::Kind::YesOrNo : Question::Kind::Secret },
            [self = QPointer(this)](const std::optional<QString>& text) {
                if (self)
                    self->answer(text);
            });
    }

    void answer(const std::optional<QString>& text)
    {
        m_socket->write(framed(text ? kSays + text->toUtf8() : QByteArray(1, kDeclines)));
        m_socket->disconnectFromServer();
    }

    QLocalSocket* m_socket;
    Asker m_ask;
    FrameReader m_frames;
    bool m_isAsked = false;
};

} // namespace

SshAsker::SshAsker(const QString& folder, Asker ask)
    : m_ask(std::move(ask))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.listen(folder + QStringLiteral("/ask"));
    connect(&m_server, &QLocalServer::newConnection, this, &SshAsker::receive);
}

void SshAsker::begin()
{
    if (!std::exchange(m_isRefused, false))
        m_asked.clear();
}

void SshAsker::receive()
{
    while (QLocalSocket* socket = m_server.nextPendingConnection())
        new PendingQuestion(socket, [this](Question question, const QuestionAnswer& answer) {
            question.isRepeated = m_asked.contains(question.prompt);
            m_asked.insert(question.prompt);
            if (question.kind == Question::Kind::Secret)
                question.keyName = question.prompt; // it names the user and the host, or the key
            m_ask(question, answer);
        }); // the socket's
}

QProcessEnvironment SshAsker::environment(const QString& program) const
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SSH_ASKPASS"), program);
    environment.insert(QStringLiteral("SSH_ASKPASS_REQUIRE"), QStringLiteral("force"));
    environment.insert(QLatin1StringView(kSocketVariable), m_server.fullServerName());
    return environment;
}

int askpass(const QString& socket, const QString& prompt)
{
    const QByteArray path = socket.toLocal8Bit();
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(),
        std::min<size_t>(static_cast<size_t>(path.size()), sizeof address.sun_path - 1));
    const vmm::FileDescriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const QByteArray question = framed(prompt.isEmpty() ? " " : prompt.toUtf8());
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0
        || ::send(
               fd.get(), question.constData(), static_cast<size_t>(question.size()), MSG_NOSIGNAL)
            != question.size())
        return 1;
    FrameReader frames;
    QByteArray bytes(4096, Qt::Uninitialized);
    for (;;) {
        const ssize_t count = ::recv(fd.get(), bytes.data(), static_cast<size_t>(bytes.size()), 0);
        if (count <= 0)
            return 1;
        frames.feed(bytes.first(count));
        const auto frame = frames.next();
        if (!frame)
            return 1;
        if (!frame->has_value())
            continue;
        if (!(*frame)->startsWith(kSays))
            return 1;
        std::fwrite(
            (*frame)->constData() + 1, 1, static_cast<size_t>((*frame)->size() - 1), stdout);
        std::fputc('\n', stdout);
        return std::fflush(stdout) == 0 ? 0 : 1;
    }
}

} // namespace hosts::wire
