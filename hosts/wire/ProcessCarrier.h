// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/wire/Carrier.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

#include <functional>
#include <optional>

namespace hosts::wire {

/// How a program is started, and what its ends mean, if it is not virtdeck-host itself.
struct ProcessOptions {
    std::optional<QProcessEnvironment> environment {}; ///< nothing: ours
    /// Of an exit code; empty: as virtdeck-host means it.
    std::function<vmm::Error(int exitCode, const QString& lastWords)> ofEnd {};
    vmm::ErrorCause ofMissing = vmm::ErrorCause::HostProgramMissing; ///< it could not be started
};

/// A child process and its standard streams. Its standard error is logged (category host.process)
/// and the last lines of it are kept.
class ProcessCarrier : public Carrier {
    Q_OBJECT

public:
    /// The exit code of virtdeck-host for arguments that it can't use: trying again is no use.
    static constexpr int kUsageExitCode = 2;

    ProcessCarrier(QString program, QStringList arguments, ProcessOptions options = {});

    // Carrier
    void start() override;
    void write(const QByteArray& bytes) override { m_process.write(bytes); }
    void hangUp() override { m_process.closeWriteChannel(); }
    void kill() override { m_process.kill(); }
    QString lastWords() const override { return m_lastLines.join(QLatin1Char('\n')); }

private:
    void readErrors();
    void keepLine(const QByteArray& line);
    void reportFailedStart(QProcess::ProcessError error);
    void reportExit(int exitCode, QProcess::ExitStatus status);

    QString m_program;
    QStringList m_arguments;
    ProcessOptions m_options;
    QProcess m_process;
    QByteArray m_partialLine;
    QStringList m_lastLines;
};

} // namespace hosts::wire
