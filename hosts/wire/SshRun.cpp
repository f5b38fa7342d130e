// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/SshRun.h"

#include <QProcess>
#include <QTimer>

namespace hosts::wire {

namespace {

using vmm::ErrorKind;

constexpr std::chrono::milliseconds kForwardLimit { 10'000 };

/// One short run of ssh, in the thread of its parent; deletes itself.
class SshRun : public QObject {
public:
    SshRun(const QString& program, const QStringList& arguments,
        std::shared_ptr<vmm::Promise<void>> promise, QObject* parent)
        : QObject(parent)
        , m_promise(std::move(promise))
        , m_process(this)
    {
        connect(&m_process, &QProcess::finished, this, [this](int code) { end(code); });
        connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                end(-1);
        });
        QTimer::singleShot(kForwardLimit, this, [this] {
            m_promise->finish(vmm::Error { ErrorKind::TimedOut, QStringLiteral("ssh -O") });
            m_process.kill();
        });
        m_process.setStandardInputFile(QProcess::nullDevice());
        m_process.start(program, arguments);
    }

private:
    void end(int code)
    {
        if (code == 0)
            m_promise->finish({});
        else
            m_promise->finish(vmm::Error { ErrorKind::ProcessFailed, QStringLiteral("ssh -O"),
                QString::fromLocal8Bit(m_process.readAllStandardError()).trimmed() });
        deleteLater();
    }

    std::shared_ptr<vmm::Promise<void>> m_promise;
    QProcess m_process;
};

} // namespace

vmm::Future<void> runSsh(const QString& program, const QStringList& arguments, QObject* runner)
{
    auto promise = std::make_shared<vmm::Promise<void>>();
    const vmm::Future<void> future = promise->future();
    QMetaObject::invokeMethod(runner, [promise, runner, program, arguments] {
        new SshRun(program, arguments, promise, runner); // deletes itself
    });
    return future;
}

} // namespace hosts::wire
