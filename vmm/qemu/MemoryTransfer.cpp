// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/MemoryTransfer.h"

#include "vmm/qemu/Complaints.h"
#include "vmm/qemu/HotPlug.h"
#include "vmm/qemu/Machine.h"

#include <QElapsedTimer>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vmm {

namespace {

using namespace std::chrono_literals;

constexpr auto kPollInterval = 50ms;
constexpr auto kWriteAnswerDeadline = 30s;
constexpr auto kLongestStandstill = 60s;
// QEMU holds back for the sake of networks (128 MiB/s): a file needs no such care.
constexpr qint64 kMostBytesPerSecond = qint64(1) << 40;

/// What both directions share: the descriptor's way to QEMU, and watching QEMU's migration. A child
/// of the machine, gone when it is over.
class Transfer : public QObject {
public:
    Transfer(Machine& machine, FileDescriptor file)
        : QObject(&machine)
        , m_machine(machine)
        , m_file(std::move(file))
    {
        m_promise.setProgressRange(0, 100);
        auto* watcher = new QFutureWatcher<Result<void>>(this);
        connect(watcher, &QFutureWatcherBase::canceled, this, [this] { cancel(); });
        watcher->setFuture(m_promise.future());
        m_poll.setSingleShot(true);
        m_poll.setInterval(kPollInterval);
        connect(&m_poll, &QTimer::timeout, this, [this] { ask(); });
    }

    Future<void> begin()
    {
        Future<void> future = m_promise.future();
        const QString name = QStringLiteral("memory");
        follow(m_machine.executeWithFd(
                   QStringLiteral("getfd"), { { QStringLiteral("fdname"), name } }, m_file.get()),
            [this, name](const QJsonValue&) { start(QStringLiteral("fd:") + name); });
        return future;
    }

protected:
    virtual void start(const QString& uri) = 0;
    virtual void cancel() = 0;
    virtual void ask() = 0;

    template <typename F> void follow(const Future<QJsonValue>& answer, F next)
    {
        async::onFinished(answer, this, [this, next](const Result<QJsonValue>& value) {
            if (m_promise.isAnswered())
                return;
            if (value)
                next(*value);
            else
                finish(value.error());
        });
    }

    Future<QJsonValue> execute(const char* command, const QJsonObject& arguments = {},
        std::chrono::milliseconds deadline = kWriteAnswerDeadline)
    {
        return m_machine.execute(QString::fromLatin1(command), arguments, deadline);
    }

    void takeAnswer(const QJsonObject& answer)
    {
        const QString status = answer.value(QLatin1StringView("status")).toString();
        if (status == QLatin1StringView("completed"))
            return finish({});
        if (status == QLatin1StringView("cancelled"))
            return finish(Error { ErrorKind::Cancelled, m_machine.name() });
        if (status == QLatin1StringView("failed"))
            return finish(failure(answer.value(QLatin1StringView("error-desc")).toString()));
        m_poll.start();
    }

    virtual Error failure(const QString& words) const
    {
        return complaintError(words, m_machine.name())
            .value_or(Error { ErrorKind::ProcessFailed, m_machine.name(), words });
    }

    void finish(Result<void> result)
    {
        m_promise.finish(std::move(result));
        deleteLater();
    }

    Machine& m_machine;
    FileDescriptor m_file;
    Promise<void> m_promise;
    QTimer m_poll;
};

class Writing : public Transfer {
public:
    using Transfer::Transfer;

private:
    void start(const QString& uri) override
    {
        follow(execute("migrate-set-parameters",
                   { { QStringLiteral("max-bandwidth"), kMostBytesPerSecond } }),
            [this, uri](const QJsonValue&) {
                follow(execute("migrate", { { QStringLiteral("uri"), uri } }),
                    [this](const QJsonValue&) { ask(); });
            });
    }

    void cancel() override { (void)execute("migrate_cancel"); }

    void ask() override
    {
        follow(execute("query-migrate"), [this](const QJsonValue& answer) {
            const QJsonObject ram = answer.toObject().value(QLatin1StringView("ram")).toObject();
            const qint64 total = ram.value(QLatin1StringView("total")).toInteger();
            const qint64 remaining = ram.value(QLatin1StringView("remaining")).toInteger();
            if (total > 0)
                m_promise.setProgress(static_cast<int>((total - remaining) * 100 / total));
            takeAnswer(answer.toObject());
        });
    }

    // QEMU 7.2 mostly does not say why: then the file does.
    Error failure(const QString& words) const override
    {
        Error error = Transfer::failure(words);
        if (error.cause == ErrorCause::None && !hasRoom()) {
            error.kind = ErrorKind::Io;
            error.cause = ErrorCause::DiskFull;
            error.detail = QStringLiteral("No space left on device");
        }
        // Worth nothing now, and whoever puts things back may need the room.
        (void)::ftruncate(m_file.get(), 0);
        return error;
    }

    bool hasRoom() const
    {
        const off_t end = ::lseek(m_file.get(), 0, SEEK_END);
        constexpr off_t kProbe = 1 << 20;
        return ::posix_fallocate(m_file.get(), end, kProbe) != ENOSPC;
    }
};

/// While QEMU reads a file it answers nobody: progress is seen from the place in the file, which
/// its descriptor shares with ours.
class Reading : public Transfer {
public:
    Reading(Machine& machine, FileDescriptor file)
        : Transfer(machine, std::move(file))
    {
        struct stat status { };
        if (::fstat(m_file.get(), &status) == 0)
            m_size = status.st_size;
        connect(&m_progress, &QTimer::timeout, this, &Reading::look);
        m_progress.start(kPollInterval);
        m_standstill.start();
    }

private:
    void start(const QString& uri) override
    {
        follow(execute("migrate-incoming", { { QStringLiteral("uri"), uri } }, 24h),
            [this](const QJsonValue&) { ask(); });
    }

    void cancel() override { finish(Error { ErrorKind::Cancelled, m_machine.name() }); }

    void ask() override
    {
        follow(execute("query-migrate", {}, 24h),
            [this](const QJsonValue& answer) { takeAnswer(answer.toObject()); });
    }

    void look()
    {
        const qint64 place = ::lseek(m_file.get(), 0, SEEK_CUR);
        if (place != std::exchange(m_place, place))
            m_standstill.restart();
        if (m_size > 0)
            m_promise.setProgress(static_cast<int>(place * 100 / m_size));
        if (m_standstill.hasExpired(std::chrono::milliseconds(kLongestStandstill).count()))
            finish(Error { ErrorKind::TimedOut, m_machine.name(),
                QStringLiteral("QEMU does not go on reading the saved memory") });
    }

    qint64 m_size = 0;
    qint64 m_place = 0;
    QTimer m_progress;
    QElapsedTimer m_standstill;
};

} // namespace

Future<void> writeMemory(Machine& machine, FileDescriptor file)
{
    return (new Writing(machine, std::move(file)))->begin();
}

namespace {

/// Asks until QEMU writes no more.
class Ending : public QObject {
public:
    explicit Ending(Machine& machine)
        : QObject(&machine)
        , m_machine(machine)
    {
        m_poll.setSingleShot(true);
        m_poll.setInterval(kPollInterval);
        connect(&m_poll, &QTimer::timeout, this, &Ending::ask);
        m_patience.start();
    }

    Future<void> begin()
    {
        const Future<void> future = m_promise.future();
        async::onFinished(
            m_machine.execute(QStringLiteral("migrate_cancel")), this, [this](const auto& asked) {
                if (!asked)
                    return finish(asked.error());
                ask();
            });
        return future;
    }

private:
    void ask()
    {
        async::onFinished(
            m_machine.execute(QStringLiteral("query-migrate")), this, [this](const auto& answer) {
                if (!answer)
                    return finish(answer.error());
                const QString status
                    = answer->toObject().value(QLatin1StringView("status")).toString();
                static const QStringList ended { QString(), QStringLiteral("none"),
                    QStringLiteral("completed"), QStringLiteral("cancelled"),
                    QStringLiteral("failed") };
                if (ended.contains(status))
                    return finish({});
                if (m_patience.hasExpired(std::chrono::milliseconds(kWriteAnswerDeadline).count()))
                    return finish(Error { ErrorKind::TimedOut, m_machine.name(),
                        QStringLiteral("QEMU does not stop writing the memory: it is ") + status });
                m_poll.start();
            });
    }

    void finish(Result<void> result)
    {
        m_promise.finish(std::move(result));
        deleteLater();
    }

    Machine& m_machine;
    Promise<void> m_promise;
    QTimer m_poll;
    QElapsedTimer m_patience;
};

/// On and off again, in one go.
Future<void> blink(Machine& machine)
{
    const VmStatus before = machine.status();
    const auto on = command(machine, QStringLiteral("cont"), {});
    machine.expect(before.reason);
    const auto off = command(machine, QStringLiteral("stop"), {});
    return async::eitherWay(
        off, &machine, [vm = &machine, on, before](const Result<void>& held) -> Future<void> {
            if (held && vm->state() == VmState::Paused)
                vm->changeTo(before);
            return held ? on : async::failed<void>(held.error());
        });
}

} // namespace

Future<void> endWriting(Machine& machine)
{
    return (new Ending(machine))->begin();
}

Future<void> takeDisksBack(Machine& machine, bool isHeld)
{
    if (!isHeld)
        return machine.letGoOn();
    return async::andThen(machine.execute(QStringLiteral("query-status")), &machine,
        [vm = &machine](const QJsonValue& answer) {
            const QString state = answer.toObject().value(QLatin1StringView("status")).toString();
            return state == QLatin1StringView("postmigrate") ? blink(*vm) : async::ready<void>({});
        });
}

Future<void> readMemory(Machine& machine, FileDescriptor file)
{
    return (new Reading(machine, std::move(file)))->begin();
}

} // namespace vmm
