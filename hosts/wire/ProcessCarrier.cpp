// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/ProcessCarrier.h"

#include <QLoggingCategory>

#include <unistd.h>

#include <csignal>
#include <cstring>

namespace hosts::wire {

namespace {

Q_LOGGING_CATEGORY(lcProcess, "host.process", QtInfoMsg)

constexpr qsizetype kKeptLines = 64;
constexpr qsizetype kKeptLineLength = 1000;

} // namespace

ProcessCarrier::ProcessCarrier(QString program, QStringList arguments, ProcessOptions options)
    : m_program(std::move(program))
    , m_arguments(std::move(arguments))
    , m_options(std::move(options))
    , m_process(this)
{
    if (m_options.environment)
        m_process.setProcessEnvironment(*m_options.environment);
    // Ctrl+C in the terminal of our program is for our program alone.
    m_process.setChildProcessModifier([] { ::setpgid(0, 0); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this,
        [this] { Q_EMIT received(m_process.readAllStandardOutput()); });
    connect(&m_process, &QProcess::readyReadStandardError, this, &ProcessCarrier::readErrors);
    connect(&m_process, &QProcess::errorOccurred, this, &ProcessCarrier::reportFailedStart);
    connect(&m_process, &QProcess::finished, this, &ProcessCarrier::reportExit);
}

void ProcessCarrier::start()
{
    m_process.start(m_program, m_arguments);
}

void ProcessCarrier::readErrors()
{
    QByteArray text = m_partialLine + m_process.readAllStandardError();
    qsizetype from = 0;
    for (qsizetype end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        keepLine(text.mid(from, end - from));
        from = end + 1;
    }
    m_partialLine = text.mid(from).right(kKeptLineLength);
}

void ProcessCarrier::keepLine(const QByteArray& line)
{
    const QString text = QString::fromLocal8Bit(line.left(kKeptLineLength));
    qCDebug(lcProcess).noquote() << m_process.processId() << text;
    m_lastLines.append(text);
    if (m_lastLines.size() > kKeptLines)
        m_lastLines.removeFirst();
}

void ProcessCarrier::reportFailedStart(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return; // the others end with finished()
    Q_EMIT ended(
        { vmm::ErrorKind::ProcessFailed, m_program, m_process.errorString(), m_options.ofMissing });
}

void ProcessCarrier::reportExit(int exitCode, QProcess::ExitStatus status)
{
    if (m_process.bytesAvailable() > 0)
        Q_EMIT received(m_process.readAllStandardOutput());
    readErrors();
    if (!m_partialLine.isEmpty())
        keepLine(std::exchange(m_partialLine, {}));
    if (status == QProcess::NormalExit && m_options.ofEnd)
        return Q_EMIT ended(m_options.ofEnd(exitCode, lastWords()));
    const bool isUsage = status == QProcess::NormalExit && exitCode == kUsageExitCode;
    const QString detail = status == QProcess::NormalExit
        ? QStringLiteral("exit code %1").arg(exitCode)
        : QStringLiteral("ended by signal %1 (%2)")
              .arg(exitCode)
              .arg(QString::fromLocal8Bit(::strsignal(exitCode)));
    Q_EMIT ended({ isUsage ? vmm::ErrorKind::InvalidConfig : vmm::ErrorKind::Disconnected,
        m_program, detail, isUsage ? vmm::ErrorCause::None : vmm::ErrorCause::HostProgramDied });
}

} // namespace hosts::wire
