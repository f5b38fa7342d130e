// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/ProgramRun.h"

#include <QFile>
#include <QProcess>
#include <QTimer>

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <memory>

namespace vmm {

namespace {

constexpr qsizetype kMostOutput = 4 << 20; // more than that no helper has to say

// CPU time of a running process, all its threads together (proc(5): fields 14 and 15 of stat).
std::chrono::milliseconds cpuTimeOf(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = stat.readAll();
    // The name in brackets may hold blanks: count from behind it.
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    const qint64 ticks = fields.value(11).toLongLong() + fields.value(12).toLongLong();
    return std::chrono::milliseconds(ticks * 1000 / ::sysconf(_SC_CLK_TCK));
}

// One run. The process is its child, so nothing outlives the context.
class ProgramRun : public QObject {
public:
    Q_DISABLE_COPY_MOVE(ProgramRun)

    ProgramRun(QObject* parent, std::chrono::milliseconds deadline, OutputListener onOutput)
        : QObject(parent)
        , m_onOutput(std::move(onOutput))
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
        m_process.setProcessEnvironment(environment);
        m_process.setStandardInputFile(QProcess::nullDevice());
        m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        m_deadline.setSingleShot(true);
        m_deadline.setInterval(deadline);
        connect(&m_deadline, &QTimer::timeout, this, &ProgramRun::giveUp);
        connect(&m_process, &QProcess::finished, this, &ProgramRun::conclude);
        connect(&m_process, &QProcess::errorOccurred, this, &ProgramRun::refuse);
        connect(&m_process, &QProcess::readyReadStandardOutput, this, &ProgramRun::gather);
        connect(&m_process, &QProcess::readyReadStandardError, this, &ProgramRun::gather);
        connect(&m_caller, &QFutureWatcherBase::canceled, &m_process, &QProcess::kill);
        m_caller.setFuture(m_promise.future());
    }

    ~ProgramRun() override
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        // Whoever sweeps up after the program must find it gone. This is no wait for its work: it
        // gets SIGKILL.
        m_process.disconnect(this);
        m_process.kill();
        m_process.waitForFinished(1000);
    }

    Future<ProgramOutput> start(const QString& program, const QStringList& arguments)
    {
        m_deadline.start();
        m_process.start(program, arguments, QIODevice::ReadOnly);
        return m_promise.future();
    }

private:
    void gather()
    {
        const QByteArray piece = m_process.readAllStandardOutput();
        if (m_onOutput && !piece.isEmpty())
            m_onOutput(piece);
        m_output.standardOutput += piece;
        m_output.standardError += m_process.readAllStandardError();
        if (m_output.standardOutput.size() + m_output.standardError.size() > kMostOutput)
            m_process.kill();
    }

    void giveUp()
    {
        m_output.hasTimedOut = true;
        m_output.cpuTime = cpuTimeOf(m_process.processId());
        m_process.kill();
    }

    void conclude(int exitCode, QProcess::ExitStatus status)
    {
        gather();
        m_output.exitCode = exitCode;
        m_output.hasCrashed = status == QProcess::CrashExit && !m_output.hasTimedOut;
        if (m_output.hasCrashed && m_promise.isCancelRequested())
            m_promise.finish(Error { ErrorKind::Cancelled });
        else
            m_promise.finish(m_output);
        deleteLater();
    }

    void refuse(QProcess::ProcessError error)
    {
        if (error != QProcess::FailedToStart)
            return; // `finished` follows
        m_promise.finish(
            Error { ErrorKind::ProcessFailed, m_process.program(), m_process.errorString() });
        deleteLater();
    }

    Promise<ProgramOutput> m_promise;
    QFutureWatcher<Result<ProgramOutput>> m_caller;
    OutputListener m_onOutput;
    ProgramOutput m_output;
    QTimer m_deadline;
    QProcess m_process;
};

} // namespace

QString ProgramOutput::lastWords() const
{
    QStringList lines;
    for (const QByteArray& line : standardError.split('\n')) {
        if (!line.trimmed().isEmpty())
            lines.append(QString::fromUtf8(line.trimmed()));
    }
    while (lines.size() > 5)
        lines.removeFirst();
    return lines.join(QStringLiteral("; "));
}

Future<ProgramOutput> runProgram(QObject* context, const QString& program,
    const QStringList& arguments, std::chrono::milliseconds deadline, OutputListener onOutput)
{
    auto* run = new ProgramRun(context, deadline, std::move(onOutput));
    return run->start(program, arguments);
}

} // namespace vmm
