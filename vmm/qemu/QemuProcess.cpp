// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/QemuProcess.h"

#include "vmm/base/ErrnoError.h"

#include <QFile>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <vector>

namespace vmm {

namespace {

// glibc has wrappers for these only from 2.36 on.
FileDescriptor openPidFd(qint64 pid)
{
    return FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0)));
}

void sendSignal(const FileDescriptor& pidFd, int signal)
{
    ::syscall(SYS_pidfd_send_signal, pidFd.get(), signal, nullptr, 0);
}

/// A null-terminated char* array that owns its strings.
class CStringArray {
public:
    void append(const QByteArray& text) { m_texts.push_back(text); }
    char* const* data()
    {
        m_pointers.clear();
        for (QByteArray& text : m_texts)
            m_pointers.push_back(text.data());
        m_pointers.push_back(nullptr);
        return m_pointers.data();
    }

private:
    std::vector<QByteArray> m_texts;
    std::vector<char*> m_pointers;
};

// What QEMU may know of our environment: secrets and loader tricks stay behind. Its messages are
// wanted untranslated.
CStringArray scrubbedEnvironment()
{
    constexpr std::array kept { "PATH", "HOME", "TMPDIR", "XDG_RUNTIME_DIR" };
    CStringArray environment;
    for (const char* name : kept) {
        if (qEnvironmentVariableIsSet(name))
            environment.append(QByteArray(name) + '=' + qgetenv(name));
    }
    environment.append("LC_ALL=C");
    return environment;
}

/// posix_spawn's two settings objects. A session of its own so that no terminal's hang-up reaches
/// QEMU; default signals, for Qt programs ignore SIGPIPE and the like.
class SpawnSettings {
public:
    explicit SpawnSettings(const QemuProcess::Launch& launch)
    {
        // The child's low numbers are filled one by one: what is still to come must not be there.
        for (const int fd : launch.furtherFds)
            m_furtherSources.emplace_back(::fcntl(fd, F_DUPFD_CLOEXEC, kAboveAllTargets));
        posix_spawn_file_actions_init(&m_actions);
        posix_spawn_file_actions_addopen(&m_actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&m_actions, launch.logFd, 1);
        posix_spawn_file_actions_adddup2(&m_actions, launch.logFd, 2);
        posix_spawn_file_actions_adddup2(&m_actions, launch.qmpListenFd, QemuProcess::kQmpFd);
        int next = QemuProcess::kQmpFd + 1;
        for (const FileDescriptor& source : m_furtherSources)
            posix_spawn_file_actions_adddup2(&m_actions, source.get(), next++);
        posix_spawn_file_actions_addclosefrom_np(&m_actions, next);
        if (!launch.workingFolder.isEmpty())
            posix_spawn_file_actions_addchdir_np(
                &m_actions, QFile::encodeName(launch.workingFolder).constData());

        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_init(&m_attributes);
        posix_spawnattr_setsigmask(&m_attributes, &none);
        posix_spawnattr_setsigdefault(&m_attributes, &all);
        posix_spawnattr_setflags(&m_attributes,
            static_cast<short>(
                POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
    }
    ~SpawnSettings()
    {
        posix_spawnattr_destroy(&m_attributes);
        posix_spawn_file_actions_destroy(&m_actions);
    }
    Q_DISABLE_COPY_MOVE(SpawnSettings)

    const posix_spawn_file_actions_t* actions() const { return &m_actions; }
    const posix_spawnattr_t* attributes() const { return &m_attributes; }

private:
    static constexpr int kAboveAllTargets = 64;

    std::vector<FileDescriptor> m_furtherSources;
    posix_spawn_file_actions_t m_actions {};
    posix_spawnattr_t m_attributes {};
};

Error spawnError(const QString& program, int errorNumber)
{
    Error error = errnoError(program, QStringLiteral("exec"), errorNumber);
    if (error.kind == ErrorKind::NotFound)
        error.cause = ErrorCause::QemuMissing;
    else if (error.kind == ErrorKind::Io)
        error.kind = ErrorKind::ProcessFailed;
    return error;
}

} // namespace

QString ProcessExit::describe() const
{
    if (!isKnown)
        return QStringLiteral("ended, its exit status is not known");
    if (signal != 0)
        return QStringLiteral("killed by signal %1 (%2)")
            .arg(signal)
            .arg(QString::fromLatin1(::strsignal(signal)));
    return QStringLiteral("exited with code %1").arg(code);
}

Result<std::unique_ptr<QemuProcess>> QemuProcess::start(const Launch& launch)
{
    const QByteArray program = QFile::encodeName(launch.program);
    CStringArray arguments;
    arguments.append(program);
    for (const QString& argument : launch.arguments)
        arguments.append(QFile::encodeName(argument));
    CStringArray environment = scrubbedEnvironment();

    const SpawnSettings settings(launch);
    pid_t pid = 0;
    const int failure = ::posix_spawnp(&pid, program.constData(), settings.actions(),
        settings.attributes(), arguments.data(), environment.data());
    if (failure != 0)
        return spawnError(launch.program, failure);

    // No core files: they would hold the whole memory of the guest.
    const rlimit none {};
    ::prlimit(pid, RLIMIT_CORE, &none, nullptr);

    // As our child it can't vanish before we reap it: the pid is safe until then.
    const auto stat = ProcStat::read(pid);
    const ProcessIdentity identity { .pid = pid, .startTicks = stat ? stat->startTicks : 0 };
    FileDescriptor pidFd = openPidFd(pid);
    if (!pidFd.isValid()) {
        const Error error = errnoError(launch.program, QStringLiteral("pidfd_open"));
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
        return error;
    }
    return std::unique_ptr<QemuProcess>(new QemuProcess(identity, std::move(pidFd)));
}

Result<std::unique_ptr<QemuProcess>> QemuProcess::adopt(const ProcessIdentity& identity)
{
    const QString name = QStringLiteral("process %1").arg(identity.pid);
    FileDescriptor pidFd = openPidFd(identity.pid);
    // Look after opening: what the descriptor holds can't be exchanged any more.
    if (!pidFd.isValid() || !identity.isAlive())
        return Error { ErrorKind::NotFound, name, QStringLiteral("it has ended") };
    return std::unique_ptr<QemuProcess>(new QemuProcess(identity, std::move(pidFd)));
}

QemuProcess::QemuProcess(const ProcessIdentity& identity, FileDescriptor pidFd)
    : m_identity(identity)
    , m_pidFd(std::move(pidFd))
    , m_notifier(m_pidFd.get(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &QemuProcess::reap);
}

void QemuProcess::kill()
{
    sendSignal(m_pidFd, SIGKILL);
}

void QemuProcess::reap()
{
    m_notifier.setEnabled(false);
    siginfo_t status {};
    ProcessExit exit;
    // Fails with ECHILD for an adopted process: its status goes to its real parent.
    const int outcome
        = ::waitid(P_PIDFD, static_cast<id_t>(m_pidFd.get()), &status, WEXITED | WNOHANG);
    if (outcome == 0 && status.si_pid != 0) {
        exit.isKnown = true;
        if (status.si_code == CLD_EXITED)
            exit.code = status.si_status;
        else
            exit.signal = status.si_status;
    }
    Q_EMIT exited(exit);
}

} // namespace vmm
