// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/console/VncQemu.h"

#include "console/ConsoleSession.h"

#include <QFile>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QSysInfo>
#include <QTest>

namespace tests {

namespace {

constexpr QLatin1StringView kProgram("qemu-system-x86_64");
constexpr int kPatience = 90'000;

bool run(const QString& program, const QStringList& arguments, const QString& folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    return process.waitForFinished(kPatience) && process.exitCode() == 0;
}

} // namespace

bool VncQemu::isInstalled()
{
    return !QStandardPaths::findExecutable(kProgram).isEmpty();
}

VncQemu::~VncQemu()
{
    kill();
    m_process.waitForFinished();
}

bool VncQemu::start(const QString& vnc, const QStringList& further)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QString(kProgram),
        QStringList { QStringLiteral("-accel"), QStringLiteral("tcg"), QStringLiteral("-m"),
            QStringLiteral("64"), QStringLiteral("-nodefaults"), QStringLiteral("-display"),
            QStringLiteral("none"), QStringLiteral("-device"), QStringLiteral("VGA"),
            QStringLiteral("-vnc"), vnc, QStringLiteral("-qmp"),
            QStringLiteral("unix:%1,server=on,wait=off").arg(path("qmp")) }
            + further);
    const bool isConnected = QTest::qWaitFor(
        [this] {
            if (m_qmp.state() == QLocalSocket::UnconnectedState)
                m_qmp.connectToServer(path("qmp"));
            return m_qmp.state() == QLocalSocket::ConnectedState && m_qmp.canReadLine();
        },
        kPatience);
    if (!isConnected)
        return false;
    m_qmp.readLine();
    execute(QStringLiteral("qmp_capabilities"));
    return true;
}

QJsonObject VncQemu::execute(const QString& command, const QJsonObject& arguments)
{
    m_qmp.write(QJsonDocument(QJsonObject { { QStringLiteral("execute"), command },
                                  { QStringLiteral("arguments"), arguments } })
                    .toJson(QJsonDocument::Compact));
    QJsonObject answer;
    (void)QTest::qWaitFor(
        [&] {
            while (m_qmp.canReadLine()) {
                answer = QJsonDocument::fromJson(m_qmp.readLine()).object();
                if (!answer.contains(QLatin1StringView("event")))
                    return true;
            }
            return false;
        },
        kPatience);
    return answer;
}

bool VncQemu::isShownBy(const console::ConsoleSession& session)
{
    const QImage before = session.frame().copy();
    execute(QStringLiteral("screendump"), { { QStringLiteral("filename"), path("shot.ppm") } });
    QTest::qWait(200);
    const QImage after = session.frame().copy();
    const QImage shot = QImage(path("shot.ppm")).convertToFormat(QImage::Format_RGB32);
    return before == after && !after.isNull() && after.convertToFormat(QImage::Format_RGB32) == shot
        && after != QImage(after.size(), after.format());
}

quint16 VncQemu::port()
{
    const QJsonObject answer = execute(QStringLiteral("query-vnc"));
    return quint16(
        answer[QLatin1StringView("return")][QLatin1StringView("service")].toString().toUShort());
}

bool VncQemu::makeCertificates()
{
    const QString folder = m_folder.path();
    const auto openssl = [&](const QString& arguments) {
        return run(QStringLiteral("openssl"), arguments.split(QLatin1Char(' ')), folder);
    };
    QFile extensions(path("names.txt"));
    if (!extensions.open(QIODevice::WriteOnly))
        return false;
    extensions.write("subjectAltName=DNS:localhost\n");
    extensions.close();
    return openssl(QStringLiteral("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=CA -keyout "
                                  "ca-key.pem -out ca-cert.pem"))
        && openssl(QStringLiteral("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Other "
                                  "-keyout other-key.pem -out other-ca.pem"))
        && openssl(QStringLiteral("req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout "
                                  "server-key.pem -out server.csr"))
        && openssl(QStringLiteral("x509 -req -in server.csr -CA ca-cert.pem -CAkey ca-key.pem "
                                  "-CAcreateserial -days 2 -extfile names.txt -out "
                                  "server-cert.pem"));
}

QStringList VncQemu::certificateOptions() const
{
    return { QStringLiteral("-object"),
        QStringLiteral("tls-creds-x509,id=tls0,dir=%1,endpoint=server,verify-peer=off")
            .arg(m_folder.path()) };
}

bool VncQemu::makeSaslUser(const QString& mechanisms)
{
    const QString tool = QStandardPaths::findExecutable(
        QStringLiteral("saslpasswd2"), { QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin") });
    QProcess add;
    add.start(tool,
        { QStringLiteral("-p"), QStringLiteral("-c"), QStringLiteral("-f"), path("users.db"),
            QStringLiteral("-u"), QSysInfo::machineHostName(), QStringLiteral("alice") });
    add.write("wonderland\n");
    add.closeWriteChannel();
    QFile config(path("qemu.conf"));
    return add.waitForFinished() && add.exitCode() == 0 && config.open(QIODevice::WriteOnly)
        && config.write("mech_list: " + mechanisms.toLatin1()
               + "\npwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: "
               + QFile::encodeName(path("users.db")) + '\n')
        > 0;
}

} // namespace tests
