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
constexpr std::chrono::milliseconds kPatience { 3'000 }; // a keyring that has to be unlocked asks

class Keyring : public ui::SecretStore {
public:
    void find(const QString& name,
        std::function<void(const std::optional<QString>& secret)> answer) override
    {
        auto* job = new QKeychain::ReadPasswordJob(kService); // deletes itself
        job->setKey(name);
        const auto once = std::make_shared<std::function<void(const std::optional<QString>&)>>(
            std::move(answer));
        const auto say = [once](const std::optional<QString>& secret) {
            if (const auto function = std::exchange(*once, nullptr))
                function(secret);
        };
        QObject::connect(job, &QKeychain::Job::finished, job, [job, say] {
            say(job->error() == QKeychain::NoError ? std::optional(job->textData()) : std::nullopt);
        });
        QTimer::singleShot(kPatience, job, [say] { say(std::nullopt); });
        job->start();
    }

    void keep(const QString& name, const QString& secret) override
    {
        auto* job = new QKeychain::WritePasswordJob(kService);
        job->setKey(name);
        job->setTextData(secret);
        finishQuietly(job);
    }

    void forget(const QString& name) override
    {
        auto* job = new QKeychain::DeletePasswordJob(kService);
        job->setKey(name);
        finishQuietly(job);
    }

private:
    static void finishQuietly(QKeychain::Job* job)
    {
        QObject::connect(job, &QKeychain::Job::finished, job, [job] {
            if (job->error() != QKeychain::NoError && job->error() != QKeychain::EntryNotFound)
                qCInfo(logKeyring).noquote() << job->errorString();
        });
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
