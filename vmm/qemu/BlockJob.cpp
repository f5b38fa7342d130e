// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/BlockJob.h"

#include "vmm/qemu/Complaints.h"
#include "vmm/qemu/Machine.h"

#include <QJsonArray>

#include <algorithm>

namespace vmm {

namespace {

using namespace std::chrono_literals;

constexpr auto kPollInterval = 250ms;
constexpr auto kStartDeadline = 60s; // it may have to flush first

QString textIn(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1StringView(key)).toString();
}

/// One job being followed. A child of the machine, gone when it is over.
class Following : public QObject {
public:
    Following(Machine& machine, BlockJob job)
        : QObject(&machine)
        , m_machine(machine)
        , m_job(std::move(job))
    {
        m_promise.setProgressRange(0, 100);
        auto* watcher = new QFutureWatcher<Result<void>>(this);
        connect(watcher, &QFutureWatcherBase::canceled, this, [this] { cancel(); });
        watcher->setFuture(m_promise.future());
        m_poll.setSingleShot(true);
        m_poll.setInterval(kPollInterval);
        connect(&m_poll, &QTimer::timeout, this, [this] { ask(); });
        connect(&machine, &Machine::qmpEvent, this, [this](const QmpEvent& event) {
            if (event.name == QLatin1StringView("JOB_STATUS_CHANGE")
                && textIn(event.data, "id") == m_job.id && m_poll.isActive())
                ask();
        });
        connect(&machine, &Machine::stateChanged, this, [this](VmState, VmState to) {
            if (!isActive(to))
                finish(ended());
        });
    }

    Future<void> begin()
    {
        Future<void> future = m_promise.future();
        if (m_job.command.isEmpty()) {
            ask();
            return future;
        }
        // One that was begun by a program that is no more is taken up.
        async::onFinished(m_machine.execute(QStringLiteral("query-jobs")), this,
            [this](const Result<QJsonValue>& jobs) {
                if (jobs && hasOurs(jobs->toArray()))
                    ask();
                else
                    start();
            });
        return future;
    }

private:
    bool hasOurs(const QJsonArray& jobs) const
    {
        return std::any_of(jobs.cbegin(), jobs.cend(),
            [this](const QJsonValue& job) { return textIn(job.toObject(), "id") == m_job.id; });
    }

    void start()
    {
        QJsonObject arguments = m_job.arguments;
        arguments[QStringLiteral("job-id")] = m_job.id;
        arguments[QStringLiteral("auto-dismiss")] = false;
        async::onFinished(m_machine.execute(m_job.command, arguments, kStartDeadline), this,
            [this](const Result<QJsonValue>& started) {
                const bool isUnknown = !started
                    && (started.error().kind == ErrorKind::TimedOut
                        || started.error().kind == ErrorKind::Disconnected);
                if (started || isUnknown)
                    ask();
                else
                    finish(explained(started.error().detail));
            });
    }

    Error ended() const
    {
        return { ErrorKind::WrongState, m_machine.name(),
            QStringLiteral("it ended before the work on its disk was done") };
    }

    Error explained(const QString& words) const
    {
        const QString subject = m_job.image.isEmpty() ? m_machine.name() : m_job.image;
        Error error = complaintError(words, subject)
                          .value_or(Error { ErrorKind::ProcessFailed, subject, words });
        if (error.cause != ErrorCause::None)
            error.subject = subject;
        return error;
    }

    void ask()
    {
        m_poll.stop();
        if (m_promise.isAnswered())
            return;
        if (!isActive(m_machine.state()))
            return finish(ended());
        if (std::exchange(m_isAsking, true))
            return;
        async::onFinished(m_machine.execute(QStringLiteral("query-jobs")), this,
            [this](const Result<QJsonValue>& answer) {
                m_isAsking = false;
                if (m_promise.isAnswered())
                    return;
                if (answer)
                    take(answer->toArray());
                else
                    m_poll.start(); // its monitor is lost for now, or it is busy
            });
    }

    void take(const QJsonArray& jobs)
    {
        for (const QJsonValue& value : jobs) {
            const QJsonObject job = value.toObject();
            if (textIn(job, "id") == m_job.id)
                return takeStatus(job);
        }
        finish(Error { ErrorKind::NotFound, m_machine.name(),
            QStringLiteral("QEMU has no job %1").arg(m_job.id) });
    }

    void takeStatus(const QJsonObject& job)
    {
        const qint64 total = job.value(QLatin1StringView("total-progress")).toInteger();
        const qint64 done = job.value(QLatin1StringView("current-progress")).toInteger();
        if (total > 0)
            m_promise.setProgress(static_cast<int>(std::min<qint64>(100, done * 100 / total)));
        const QString status = textIn(job, "status");
        if (status == QLatin1StringView("concluded"))
            return conclude(textIn(job, "error"));
        if (status == QLatin1StringView("ready") && !m_isCancelled
            && !std::exchange(m_isCompleting, true))
            return complete();
        m_poll.start();
    }

    void complete()
    {
        if (!m_job.beforeCompletion) {
            sendCompletion();
            return;
        }
        async::onFinished(m_job.beforeCompletion(), this, [this](const Result<void>& prepared) {
            if (prepared)
                return sendCompletion();
            m_failure = prepared.error();
            cancelJob();
        });
    }

    void sendCompletion()
    {
        async::onFinished(m_machine.execute(QStringLiteral("job-complete"),
                              { { QStringLiteral("id"), m_job.id } }, kStartDeadline),
            this, [this](const Result<QJsonValue>& told) {
                if (!told && told.error().kind == ErrorKind::ProcessFailed) {
                    m_failure = explained(told.error().detail);
                    return cancelJob();
                }
                m_poll.start();
            });
    }

    void conclude(const QString& words)
    {
        async::onFinished(m_machine.execute(QStringLiteral("job-dismiss"),
                              { { QStringLiteral("id"), m_job.id } }),
            this, [this, words](const Result<QJsonValue>&) {
                if (words.isEmpty())
                    finish({});
                else if (m_failure)
                    finish(*m_failure);
                else if (m_isCancelled)
                    finish(Error { ErrorKind::Cancelled, m_machine.name() });
                else
                    finish(explained(words));
            });
    }

    void cancel()
    {
        if (m_isCompleting || std::exchange(m_isCancelled, true))
            return; // about to be through
        cancelJob();
    }

    void cancelJob()
    {
        async::onFinished(
            m_machine.execute(QStringLiteral("job-cancel"), { { QStringLiteral("id"), m_job.id } }),
            this, [this](const Result<QJsonValue>&) { ask(); });
    }

    void finish(Result<void> result)
    {
        m_promise.finish(std::move(result));
        deleteLater();
    }

    Machine& m_machine;
    BlockJob m_job;
    Promise<void> m_promise;
    QTimer m_poll;
    bool m_isAsking = false;
    bool m_isCancelled = false;
    bool m_isCompleting = false;
    std::optional<Error> m_failure; ///< for which it is being cancelled
};

} // namespace

Future<void> runBlockJob(Machine& machine, const BlockJob& job)
{
    return (new Following(machine, job))->begin();
}

Future<QStringList> blockJobs(Machine& machine)
{
    return async::transformed<QStringList>(machine.execute(QStringLiteral("query-jobs")), &machine,
        [](const Result<QJsonValue>& answer) -> Result<QStringList> {
            if (!answer)
                return answer.error();
            QStringList ids;
            const QJsonArray jobs = answer->toArray();
            for (const QJsonValue& job : jobs) {
                const QString id = textIn(job.toObject(), "id");
                if (id.startsWith(kMergeJob) || id.startsWith(kFlattenJob))
                    ids.append(id);
            }
            return ids;
        });
}

} // namespace vmm
