// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/GuestAgent.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/qemu/CommandLine.h"
#include "vmm/qemu/GuestAgentAnswers.h"

#include <QDateTime>
#include <QFile>
#include <QLoggingCategory>

namespace vmm {

namespace {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(guestLog, "vm.agent", QtInfoMsg)

constexpr auto kExecPoll = 150ms;
constexpr auto kFreezeDeadline = 60s; // much may have to be written out
constexpr auto kObeyed = 1500ms; // an agent that would refuse has done so by then

Future<void> withoutValue(const Future<QJsonValue>& future, QObject* context)
{
    return async::transformed<void>(
        future, context, [](const Result<QJsonValue>& answer) -> Result<void> {
            if (!answer)
                return answer.error();
            return {};
        });
}

/// Asks one question after the other; a child of the agent, gone when it is over.
class FactsReading : public QObject {
public:
    FactsReading(GuestAgentChannel& channel, QObject* parent)
        : QObject(parent)
        , m_channel(channel)
    {
    }

    Future<GuestFacts> begin()
    {
        Future<GuestFacts> future = m_promise.future();
        next();
        return future;
    }

private:
    void next()
    {
        if (m_at == std::size(kGuestQuestions)) {
            m_promise.finish(m_facts);
            deleteLater();
            return;
        }
        const GuestQuestion& question = kGuestQuestions[m_at++];
        async::onFinished(m_channel.call(QString::fromLatin1(question.command)), this,
            [this, &question](const Result<QJsonValue>& answer) {
                // That it doesn't know one thing is no reason to know nothing.
                const bool isLost = !answer && answer.error().kind != ErrorKind::RefusedByGuest
                    && answer.error().kind != ErrorKind::TimedOut
                    && (answer.error().kind != ErrorKind::HostLacksFeature
                        || answer.error().cause == ErrorCause::GuestAgentMissing);
                if (isLost) {
                    m_promise.finish(answer.error());
                    deleteLater();
                    return;
                }
                if (answer)
                    question.take(*answer, m_facts);
                next();
            });
    }

    GuestAgentChannel& m_channel;
    Promise<GuestFacts> m_promise;
    GuestFacts m_facts;
    size_t m_at = 0;
};

/// Waits for the end of a program in the guest.
class ExecWaiting : public QObject {
public:
    ExecWaiting(GuestAgentChannel& channel, qint64 pid, QObject* parent)
        : QObject(parent)
        , m_channel(channel)
        , m_pid(pid)
    {
        m_poll.setSingleShot(true);
        m_poll.setInterval(kExecPoll);
        connect(&m_poll, &QTimer::timeout, this, &ExecWaiting::ask);
    }

    Future<GuestCommandResult> begin()
    {
        Future<GuestCommandResult> future = m_promise.future();
        ask();
        return future;
    }

private:
    void ask()
    {
        if (m_promise.isCancelRequested())
            return finish(Error { ErrorKind::Cancelled });
        async::onFinished(m_channel.call(QStringLiteral("guest-exec-status"),
                              { { QStringLiteral("pid"), m_pid } }),
            this, [this](const Result<QJsonValue>& answer) {
                if (!answer)
                    return finish(answer.error());
                const std::optional<GuestCommandResult> result = readExecStatus(*answer);
                if (result)
                    finish(*result);
                else
                    m_poll.start();
            });
    }

    void finish(Result<GuestCommandResult> result)
    {
        m_promise.finish(std::move(result));
        deleteLater();
    }

    GuestAgentChannel& m_channel;
    qint64 m_pid;
    Promise<GuestCommandResult> m_promise;
    QTimer m_poll;
};

} // namespace

GuestAgent::GuestAgent(const QString& socketPath, QObject* parent)
    : QObject(parent)
    , m_channel(socketPath)
    , m_frozenMark(socketPath + QStringLiteral(".frozen"))
{
    m_thawTimer.setSingleShot(true);
    m_thawTimer.setInterval(kLongestFreeze);
    connect(&m_thawTimer, &QTimer::timeout, this, [this] {
        qCWarning(guestLog) << "nobody thawed the guest: done now";
        (void)thaw();
    });
}

GuestAgent::~GuestAgent()
{
    if (!m_isFrozen)
        return;
    m_channel.sayLast(QStringLiteral("guest-fsfreeze-thaw"));
    markFrozen(false);
}

void GuestAgent::markFrozen(bool isFrozen)
{
    m_isFrozen = isFrozen;
    if (isFrozen)
        (void)replaceFile(m_frozenMark, {});
    else
        QFile::remove(m_frozenMark);
}

void GuestAgent::thawLeftOver()
{
    if (QFile::exists(m_frozenMark))
        (void)thaw();
}

Future<void> GuestAgent::ping()
{
    return withoutValue(m_channel.call(QStringLiteral("guest-ping"), {}, 2s), this);
}

Future<GuestFacts> GuestAgent::facts()
{
    return (new FactsReading(m_channel, this))->begin();
}

Future<GuestCommandResult> GuestAgent::run(const GuestCommand& command)
{
    if (command.program.isEmpty())
        return async::failed<GuestCommandResult>(
            { ErrorKind::InvalidConfig, {}, QStringLiteral("no program named") });
    QJsonObject arguments { { QStringLiteral("path"), command.program },
        { QStringLiteral("arg"), QJsonArray::fromStringList(command.arguments) },
        { QStringLiteral("capture-output"), true } };
    if (!command.input.isEmpty())
        arguments.insert(
            QStringLiteral("input-data"), QString::fromLatin1(command.input.toBase64()));
    return async::andThen(m_channel.call(QStringLiteral("guest-exec"), arguments), this,
        [this](const QJsonValue& answer) {
            const qint64 pid = answer.toObject().value(QLatin1StringView("pid")).toInteger();
            return (new ExecWaiting(m_channel, pid, this))->begin();
        });
}

Future<void> GuestAgent::setTime()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
    return withoutValue(
        m_channel.call(QStringLiteral("guest-set-time"), { { QStringLiteral("time"), now } }),
        this);
}

Future<void> GuestAgent::setPassword(const QString& user, const QString& password)
{
    const QJsonObject arguments { { QStringLiteral("username"), user },
        { QStringLiteral("password"), QString::fromLatin1(password.toUtf8().toBase64()) },
        { QStringLiteral("crypted"), false } };
    return withoutValue(m_channel.call(QStringLiteral("guest-set-user-password"), arguments), this);
}

Future<void> GuestAgent::powerDown()
{
    return shutDown(QStringLiteral("powerdown"));
}

Future<void> GuestAgent::reboot()
{
    return shutDown(QStringLiteral("reboot"));
}

Future<void> GuestAgent::shutDown(const QString& mode)
{
    const auto asked = m_channel.call(
        QStringLiteral("guest-shutdown"), { { QStringLiteral("mode"), mode } }, kObeyed);
    return async::transformed<void>(
        asked, this, [](const Result<QJsonValue>& answer) -> Result<void> {
            // No answer is consent.
            if (answer || answer.error().kind == ErrorKind::TimedOut
                || answer.error().kind == ErrorKind::Disconnected)
                return {};
            return answer.error();
        });
}

Future<void> GuestAgent::freeze()
{
    markFrozen(true); // from now on it may be, whatever comes back
    m_thawTimer.start();
    const auto asked = m_channel.call(QStringLiteral("guest-fsfreeze-freeze"), {}, kFreezeDeadline);
    return async::transformed<void>(
        asked, this, [this](const Result<QJsonValue>& answer) -> Result<void> {
            if (answer)
                return {};
            if (answer.error().cause == ErrorCause::GuestAgentMissing) {
                markFrozen(false); // never asked
                m_thawTimer.stop();
            } else {
                (void)thaw(); // some of them may be frozen
            }
            return answer.error();
        });
}

Future<void> GuestAgent::thaw()
{
    markFrozen(false);
    m_thawTimer.stop();
    return withoutValue(m_channel.call(QStringLiteral("guest-fsfreeze-thaw")), this);
}

QString agentSocket(const Definition& definition, const MachinePlaces& places)
{
    const QVector<Channel> channels = definition.devices<Channel>();
    for (qsizetype index = 0; index < channels.size(); ++index) {
        const Channel& channel = channels[index];
        if (channel.targetName != QLatin1StringView("org.qemu.guest_agent.0")
            || channel.type != QLatin1StringView("unix"))
            continue;
        const QString own
            = QStringLiteral("%1/channel-%2.sock").arg(places.runtimeFolder).arg(index);
        return isHostsChoice(channel.sourcePath) ? own : channel.sourcePath;
    }
    return {};
}

} // namespace vmm
