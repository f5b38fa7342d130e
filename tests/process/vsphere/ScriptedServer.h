// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

namespace tests {

/// Speaks HTTP and SOAP on loopback as a vCenter does whose answers a test writes, true or false.
class ScriptedServer : public QObject {
public:
    struct Answer {
        int status = 200;
        QByteArray body {}; ///< whole; see envelope()
        QByteArray headers {}; ///< "Location: ...\r\n"
        bool isSilent = false; ///< nothing is answered, ever
        bool isCut = false; ///< half of it, then the end
    };
    using Script = std::function<Answer(const QByteArray& request)>;

    ScriptedServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = m_server.nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        });
    }

    int port() const { return m_server.serverPort(); }
    /// What a method is answered with from now on.
    void on(const char* method, Script script) { m_scripts.insert(method, std::move(script)); }
    void on(const char* method, const Answer& answer)
    {
        on(method, [answer](const QByteArray&) { return answer; });
    }
    Script script(const char* method) const { return m_scripts.value(method); }
    const QStringList& methods() const { return m_methods; } ///< as they were called
    int count(const char* method) const { return int(m_methods.count(QLatin1StringView(method))); }
    const QByteArray& lastRequest() const { return m_lastRequest; } ///< headers and body

    static Answer response(const QByteArray& element) { return { .body = envelope(element) }; }
    static Answer fault(const char* kind, const char* words = "No.")
    {
        return { .status = 500,
            .body = envelope(QByteArray("<soapenv:Fault><faultcode>ServerFaultCode</faultcode>"
                                        "<faultstring>")
                + words + "</faultstring><detail><f xsi:type=\"" + kind
                + "\"/></detail></soapenv:Fault>") };
    }
    static QByteArray envelope(const QByteArray& element)
    {
        return "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" "
               "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>"
            + element + "</soapenv:Body></soapenv:Envelope>";
    }

private:
    void read(QTcpSocket* socket)
    {
        QByteArray& got = m_received[socket];
        got += socket->readAll();
        const qsizetype end = got.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QByteArray head = got.left(end).toLower();
        const qsizetype at = head.indexOf("content-length:");
        const qsizetype length
            = at < 0 ? 0 : head.mid(at + 15, 12).split('\r').first().trimmed().toInt();
        if (got.size() < end + 4 + length)
            return;
        m_lastRequest = got.left(end + 4 + length);
        const QByteArray body = got.mid(end + 4, length);
        got = got.mid(end + 4 + length);
        answer(socket, body);
    }

    void answer(QTcpSocket* socket, const QByteArray& body)
    {
        const qsizetype start = body.indexOf("Body>") + 6;
        const qsizetype end = body.indexOf(' ', start);
        const QByteArray method = body.mid(start, end - start);
        m_methods.append(QString::fromLatin1(method));
        const Script script = m_scripts.value(method);
        const Answer answer = script ? script(body) : fault("MethodNotFound");
        if (answer.isSilent)
            return;
        const QByteArray whole = "HTTP/1.1 " + QByteArray::number(answer.status)
            + " Told\r\nContent-Type: text/xml\r\n" + answer.headers + "Content-Length: "
            + QByteArray::number(answer.body.size()) + "\r\n\r\n" + answer.body;
        socket->write(answer.isCut ? whole.left(whole.size() / 2) : whole);
        if (answer.isCut)
            socket->disconnectFromHost();
    }

    QTcpServer m_server;
    QHash<QByteArray, Script> m_scripts;
    QHash<QTcpSocket*, QByteArray> m_received;
    QStringList m_methods;
    QByteArray m_lastRequest;
};

} // namespace tests
