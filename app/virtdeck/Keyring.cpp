// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/virtdeck/Keyring.h"

#ifdef VIRTDECK_HAS_KEYCHAIN

#include <QLoggingCategory>
#include <QTimer>
#include <qt6keychain/keychain.h>

namespace app {

namespace {

Q_LOGGING_CATEGORY(logKeyring, "app.keyring")

const auto kService = QStringLiteral("virtdeck");
// A keyring that has to be unlocked asks. Who logs in does not wait for that; what is to be kept
// may.
constexpr std::chrono::milliseconds kPatienceToFind { 3'000 };
constexpr std::chrono::milliseconds kPatienceToKeep { 60'000 };

ui::KeyringProblem problemOf(const QKeychain::Job& job)
{
    using Kind = ui::KeyringProblem::Kind;
    switch (job.error()) {
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return { Kind::Missing, job.errorString() };
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return { Kind::Locked, job.errorString() };
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    return { Kind::Other, job.errorString() };
}

class Keyring : public ui::SecretStore {
public:
    void find(const QString& name, std::function<void(const Found& found)> answer) override
    {
        auto* job = new QKeychain::ReadPasswordJob(kService); // deletes itself
        job->setKey(name);
        start(job, kPatienceToFind, [job, answer = std::move(answer)](const Problem& problem) {
            const bool isThere = !problem && job->error() == QKeychain::NoError;
            answer({ isThere ? std::optional(job->textData()) : std::nullopt, problem });
        });
    }

    void keep(const QString& name, const QString& secret,
        std::function<void(const ui::KeyringProblem& problem)> failed) override
    {
        auto* job = new QKeychain::WritePasswordJob(kService);
        job->setKey(name);
        job->setTextData(secret);
        start(job, kPatienceToKeep, [failed = std::move(failed)](const Problem& problem) {
            if (problem)
                failed(*problem);
        });
    }

    void forget(const QString& name) override
    {
        auto* job = new QKeychain::DeletePasswordJob(kService);
        job->setKey(name);
        start(job, kPatienceToKeep, [](const Problem& problem) {
            if (problem)
                qCInfo(logKeyring).noquote() << problem->detail;
        });
    }

private:
    using Problem = std::optional<ui::KeyringProblem>;

    /// `done` is called once: at the end, or when the keyring has been silent for long.
    static void start(QKeychain::Job* job, std::chrono::milliseconds patience,
        std::function<void(const Problem& problem)> done)
    {
        const auto once = std::make_shared<std::function<void(const Problem&)>>(std::move(done));
        const auto say = [once](const Problem& problem) {
            if (const auto function = std::exchange(*once, nullptr))
                function(problem);
        };
        QObject::connect(job, &QKeychain::Job::finished, job, [job, say] {
            const bool isWell
                = job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound;
            say(isWell ? std::nullopt : Problem(problemOf(*job)));
        });
        QTimer::singleShot(
            patience, job, [say] { say(ui::KeyringProblem { ui::KeyringProblem::Kind::Silent }); });
        job->start();
    }
};

} // namespace

std::unique_ptr<ui::SecretStore> makeKeyring()
{
    return std::make_unique<Keyring>();
}

} // namespace app

#else

namespace app {

std::unique_ptr<ui::SecretStore> makeKeyring()
{
    return nullptr;
}

} // namespace app

#endif
