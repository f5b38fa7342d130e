// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/ConsoleEndpoint.h"

#include <QImage>
#include <QLocalServer>
#include <QPointer>
#include <QStringList>
#include <QTemporaryDir>

class QLocalSocket;

namespace tests {

/// A VNC server without a machine, on a unix socket: lets everybody in, shows a picture, says what
/// a test has it say, and writes down what its client says.
class RfbTestServer : public QObject {
    Q_OBJECT

public:
    RfbTestServer();
    ~RfbTestServer() override;

    /// What a client has to do to be let in: 1 nothing, 2 a password (VNC), 30 a user and a
    /// password (ARD), 113 the same (MS-Logon II). With a password alone nobody is.
    void setSecurity(int type) { m_security = type; }
    /// Who is let in; needs the program openssl.
    void setUser(const QByteArray& name, const QByteArray& password);
    /// What it says of its screen to the next client, whatever it shows.
    void claimSize(QSize size) { m_claimed = size; }
    void setName(const QByteArray& name) { m_name = name; } ///< of the screen
    vmm::ConsoleEndpoint endpoint() const;
    bool isLive() const { return m_isLive; } ///< a client is let in, and has asked for a picture
    void say(const QByteArray& bytes);
    void setLights(int lights); ///< Scroll 1, Num 2, Caps 4
    void ring() { say("\x02"); }
    void cutText(const QByteArray& latin1);
    void extendedCutText(quint32 flags, const QByteArray& body = {});
    void hangUp();
    /// All of the screen in one colour, as an answer to the next request for an update; at once if
    /// one waits.
    void show(quint32 rgb);
    /// The same with a picture (RGB32), whose size the screen has.
    void show(const QImage& picture);
    /// A screen of another size: a client is told by the update, and asks for the picture then.
    void resize(const QImage& picture, const QByteArrayList& rectangles);
    /// `rectangles` (RfbEncoder) as one update, which answers a request that is not answered yet.
    void update(const QByteArrayList& rectangles);
    bool hasUpdates() const { return !m_updates.isEmpty(); } ///< that were not asked for yet
    /// Answers no request for an update any more, or all that wait.
    void setSilent(bool isSilent);

    /// "shared 1", "encodings -257 …", "cut TEXT" (hexadecimal), "extended FLAGS BODY",
    /// "key SYMBOL DOWN", "scancode CODE SYMBOL DOWN" (those that QEMU knows), "pointer BUTTONS X
    /// Y", "size WIDTH HEIGHT", "gone", …
    const QStringList& lines() const { return m_lines; }
    QStringList linesOf(const QString& verb) const; ///< what follows the verb

private:
    void accept();
    void read();
    qsizetype readHandshake();
    void startSecurity();
    qsizetype readSecret();
    bool isUser(const QByteArray& secret) const;
    qsizetype readMessage();
    void note(const QString& line) { m_lines.append(line); }
    void sendPicture();
    qsizetype readInput();

    QTemporaryDir m_folder;
    QLocalServer m_server;
    QPointer<QLocalSocket> m_client;
    QByteArray m_unread;
    QStringList m_lines;
    int m_security = 1;
    QByteArray m_user;
    QByteArray m_password;
    int m_stage = 0; ///< version, security type, shared, then messages
    bool m_isLettingIn = false; ///< the next thing is the answer to the secret
    bool m_isLive = false;
    bool m_isAsked = false; ///< for an update
    bool m_hasNews = true; ///< or has to send all anyway
    bool m_isSilent = false;
    QImage m_picture;
    QSize m_claimed;
    QByteArray m_name = "test";
    bool m_isResizing = false; ///< the next update tells it
    QByteArrayList m_updates;
};

} // namespace tests
