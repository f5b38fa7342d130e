// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Companion.h"

#include "vmm/base/ErrnoError.h"
#include "vmm/qemu/MachineLog.h"
#include "vmm/qemu/RuntimeFolder.h"
#include "vmm/qemu/UnixListener.h"

#include <QDir>
#include <QLoggingCategory>
#include <QStandardPaths>

#include <fcntl.h>
#include <sys/socket.h>

namespace vmm {

namespace {

Q_LOGGING_CATEGORY(companionLog, "vm.companion", QtInfoMsg)

QString logFileOf(const MachinePlaces& places, const QString& name)
{
    return QStringLiteral("%1/logs/%2.log").arg(places.folder, name);
}

struct SocketPair {
    FileDescriptor qemu {};
    FileDescriptor companion {};
};

Result<SocketPair> makePair(const QString& name)
{
    int ends[2] {};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return errnoError(name, QStringLiteral("socketpair"));
    return SocketPair { FileDescriptor(ends[0]), FileDescriptor(ends[1]) };
}

Result<QString> findProgram(const CompanionPlan& plan)
{
    const QString found = QStandardPaths::findExecutable(plan.program);
    if (!found.isEmpty())
        return found;
    return Error { ErrorKind::NotFound, plan.program,
        QStringLiteral("not in $PATH; on Debian it is in the package %1").arg(plan.package),
        ErrorCause::ProgramMissing };
}

} // namespace

QHash<QString, int> companionFds(const QVector<CompanionPlan>& plans)
{
    QHash<QString, int> numbers;
    int next = QemuProcess::kQmpFd + 1;
    for (const CompanionPlan& plan : plans) {
        if (plan.link == CompanionPlan::Link::Pair)
            numbers.insert(plan.name, next++);
    }
    return numbers;
}

Companions::Companions(const MachinePlaces& places)
    : m_places(places)
{
}

Result<std::unique_ptr<Companions>> Companions::start(
    const QVector<CompanionPlan>& plans, const MachinePlaces& places)
{
    std::unique_ptr<Companions> companions(new Companions(places));
    for (const CompanionPlan& plan : plans) {
        if (const Result<void> started = companions->startOne(plan); !started) {
            end(std::move(companions));
            return started.error();
        }
    }
    return companions;
}

Result<void> Companions::startOne(const CompanionPlan& plan)
{
    const QString program = TRY(findProgram(plan));
    if (!plan.folder.isEmpty())
        TRY(ensurePrivateFolder(plan.folder));
    const FileDescriptor log = TRY(MachineLog(logFileOf(m_places, plan.name)).startNew());
    FileDescriptor socket;
    if (plan.link == CompanionPlan::Link::Listening) {
        socket = TRY(listenOn(plan.socket));
    } else {
        SocketPair pair = TRY(makePair(plan.name));
        m_qemuEnds.push_back(std::move(pair.qemu));
        socket = std::move(pair.companion);
    }
    std::unique_ptr<QemuProcess> process = TRY(QemuProcess::start({ .program = program,
        .arguments = plan.arguments,
        .qmpListenFd = socket.get(),
        .logFd = log.get(),
        .workingFolder = m_places.folder }));
    const CompanionRecord record { plan.name, program, process->identity() };
    watch(record, std::move(process));
    return {};
}

std::unique_ptr<Companions> Companions::adopt(
    const QVector<CompanionRecord>& records, const MachinePlaces& places)
{
    std::unique_ptr<Companions> companions(new Companions(places));
    for (const CompanionRecord& record : records) {
        Result<std::unique_ptr<QemuProcess>> process = QemuProcess::adopt(record.process);
        if (process)
            companions->watch(record, std::move(*process));
        else
            companions->tellFailure(record, ProcessExit {});
    }
    return companions;
}

void Companions::watch(const CompanionRecord& record, std::unique_ptr<QemuProcess> process)
{
    connect(process.get(), &QemuProcess::exited, this,
        [this, record](const ProcessExit& exit) { handleExit(record, exit); });
    m_records.append(record);
    ++m_living;
    m_processes.push_back(std::move(process));
}

void Companions::handleExit(const CompanionRecord& record, const ProcessExit& exit)
{
    qCInfo(companionLog).noquote() << record.program << exit.describe();
    --m_living;
    if (!m_isEnding)
        tellFailure(record, exit);
    else if (m_living == 0)
        deleteLater();
}

void Companions::tellFailure(const CompanionRecord& record, const ProcessExit& exit)
{
    if (m_failure)
        return;
    const QString lastWords = MachineLog(logFileOf(m_places, record.name)).lastLines();
    m_failure = Error { ErrorKind::ProcessFailed, record.program,
        lastWords.isEmpty() ? exit.describe() : exit.describe() + QLatin1Char('\n') + lastWords,
        ErrorCause::CompanionDied };
    Q_EMIT failed(*m_failure);
}

void Companions::end(std::unique_ptr<Companions> companions)
{
    if (!companions || companions->m_living == 0)
        return;
    Companions* ending = companions.release();
    ending->m_isEnding = true;
    ending->m_qemuEnds.clear();
    for (const auto& process : ending->m_processes)
        process->kill();
}

} // namespace vmm
