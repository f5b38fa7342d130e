// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/HelperProcess.h"

#include <QCoreApplication>
#include <QFile>
#include <QSocketNotifier>
#include <QTimer>
#include <QVector>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

extern char** environ;

namespace console {

namespace {

using namespace std::chrono_literals;

constexpr int kInheritedFd = 3;
constexpr auto kPatience = 3s;
constexpr auto kFilmPatience = 10s; ///< for a slow disk

/// posix_spawn's file actions: standard input from nowhere, `theirs` as kInheritedFd. dup2 clears
/// close-on-exec, also where both numbers are the same (glibc >= 2.29).
class FileActions {
public:
    explicit FileActions(int theirs)
    {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&m_actions, theirs, kInheritedFd);
    }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    ~FileActions() { ::posix_spawn_file_actions_destroy(&m_actions); }
    const posix_spawn_file_actions_t* get() const { return &m_actions; }

private:
    posix_spawn_file_actions_t m_actions;
};

/// Our environment, and for glibc's memcpy: `rep movsb`, which it takes from 4 KiB on, is several
/// times slower than its other ways on some processors (AMD's Zen), and a line of a picture is as
/// long. (glibc's manual, "Hardware Capability Tunables"; other C libraries don't look.)
class Environment {
public:
    Environment()
    {
        QByteArray tunables = qgetenv("GLIBC_TUNABLES");
        if (!tunables.isEmpty())
            tunables.append(':');
        m_tunables = "GLIBC_TUNABLES=" + tunables + "glibc.cpu.x86_rep_movsb_threshold=1073741824";
        for (char** entry = environ; *entry; ++entry) {
            if (!QByteArrayView(*entry).startsWith("GLIBC_TUNABLES="))
                m_entries.append(*entry);
        }
        m_entries.append(m_tunables.data());
        m_entries.append(nullptr);
    }
    char* const* get() const { return m_entries.constData(); }

private:
    QByteArray m_tunables;
    QVector<char*> m_entries;
};

vmm::Error spawnError(const QString& program, int code)
{
    return { .kind = code == ENOENT ? vmm::ErrorKind::NotFound : vmm::ErrorKind::ProcessFailed,
        .subject = program,
        .detail = QString::fromLocal8Bit(std::strerror(code)) };
}

QString describe(int status)
{
    if (WIFSIGNALED(status))
        return QStringLiteral("was killed by signal %1 (%2)")
            .arg(WTERMSIG(status))
            .arg(QString::fromLocal8Bit(::strsignal(WTERMSIG(status))));
    return QStringLiteral("ended with status %1").arg(WEXITSTATUS(status));
}

} // namespace

vmm::Result<std::unique_ptr<HelperProcess>> HelperProcess::start(
    const QString& program, protocol::Fd theirs)
{
    const QByteArray path = QFile::encodeName(program);
    const QByteArray fd = QByteArray::number(kInheritedFd);
    const QByteArray parent = QByteArray::number(::getpid());
    char* const arguments[] = { const_cast<char*>(path.data()), const_cast<char*>(fd.data()),
        const_cast<char*>(parent.data()), nullptr };

    pid_t pid = 0;
    const FileActions actions(theirs.get());
    const Environment environment;
    const int code = ::posix_spawn(
        &pid, path.constData(), actions.get(), nullptr, arguments, environment.get());
    if (code != 0)
        return spawnError(program, code);

    // The child is unreaped, so its number can't have passed to another process.
    protocol::Fd pidFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (!pidFd.isValid()) {
        const int reason = errno;
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
        return spawnError(program, reason);
    }
    return std::unique_ptr<HelperProcess>(new HelperProcess(pid, std::move(pidFd)));
}

HelperProcess::HelperProcess(qint64 pid, protocol::Fd pidFd)
    : m_pid(pid)
    , m_pidFd(std::move(pidFd))
    , m_ended(std::make_unique<QSocketNotifier>(m_pidFd.get(), QSocketNotifier::Read))
{
    connect(m_ended.get(), &QSocketNotifier::activated, this, &HelperProcess::reap);
}

HelperProcess::~HelperProcess()
{
    if (m_pid == 0)
        return;
    if (m_hasFilms)
        waitForFilms();
    ::kill(static_cast<pid_t>(m_pid), SIGKILL);
    ::waitpid(static_cast<pid_t>(m_pid), nullptr, 0);
}

/// Only at the end of the application, after its event loop and its windows.
void HelperProcess::waitForFilms()
{
    pollfd end { .fd = m_pidFd.get(), .events = POLLIN, .revents = 0 };
    while (::poll(&end, 1, int(m_patience.remainingTime())) < 0 && errno == EINTR) { }
}

void HelperProcess::retire(std::unique_ptr<HelperProcess> process)
{
    retireWithin(std::move(process), kPatience);
}

HelperProcess* HelperProcess::retireFilming(std::unique_ptr<HelperProcess> process)
{
    HelperProcess* const retired = retireWithin(std::move(process), kFilmPatience);
    if (retired)
        retired->m_hasFilms = true;
    return retired;
}

HelperProcess* HelperProcess::retireWithin(
    std::unique_ptr<HelperProcess> process, std::chrono::milliseconds patience)
{
    if (!process || process->m_pid == 0)
        return nullptr;
    process->disconnect();
    process->m_retired = true;
    process->m_patience.setRemainingTime(patience);
    process->setParent(QCoreApplication::instance());
    HelperProcess* retired = process.release();
    QTimer::singleShot(patience, retired, [retired] {
        if (retired->m_pid != 0)
            ::kill(static_cast<pid_t>(retired->m_pid), SIGKILL);
    });
    return retired;
}

void HelperProcess::reap()
{
    int status = 0;
    if (::waitpid(static_cast<pid_t>(m_pid), &status, WNOHANG) == 0)
        return;
    m_pid = 0;
    m_ended->setEnabled(false);
    if (m_retired)
        deleteLater();
    Q_EMIT exited(WIFSIGNALED(status) || WEXITSTATUS(status) != 0, describe(status));
}

} // namespace console
