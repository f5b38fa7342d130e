// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/console/SpiceTestServer.h"

#include <QTest>

namespace tests {

SpiceTestServer::SpiceTestServer(const QString& binFolder)
    : m_program(binFolder + QStringLiteral("/spice-test-server"))
{
    // libspice-server warns about every client that leaves; to be seen only when looked for.
    if (qEnvironmentVariableIsSet("VIRTDECK_TEST_SERVER_LOG"))
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    else
        m_process.setStandardErrorFile(QProcess::nullDevice());
}

SpiceTestServer::~SpiceTestServer()
{
    kill();
}

bool SpiceTestServer::start(const QStringList& options)
{
    QStringList arguments = options;
    if (!options.contains(QStringLiteral("--port"))
        && !options.contains(QStringLiteral("--tls-port")))
        arguments << QStringLiteral("--unix") << socketPath();
    m_process.start(m_program, arguments);
    return QTest::qWaitFor(
               [this] {
                   return lines().contains(QStringLiteral("READY"))
                       || m_process.state() == QProcess::NotRunning;
               },
               10000)
        && lines().contains(QStringLiteral("READY"));
}

void SpiceTestServer::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

void SpiceTestServer::say(const QString& line)
{
    m_process.write(line.toUtf8() + '\n');
}

const QStringList& SpiceTestServer::lines()
{
    m_rest += m_process.readAllStandardOutput();
    for (auto end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n')) {
        m_lines.append(QString::fromUtf8(m_rest.left(end)));
        m_rest.remove(0, end + 1);
    }
    return m_lines;
}

QStringList SpiceTestServer::linesOf(const QString& verb)
{
    QStringList out;
    const QString start = verb + QLatin1Char(' ');
    for (const QString& line : lines()) {
        if (line.startsWith(start))
            out.append(line.mid(start.size()));
    }
    return out;
}

vmm::ConsoleEndpoint SpiceTestServer::endpoint() const
{
    return { .unixSocket = socketPath() };
}

} // namespace tests
