// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/Lane.h"
#include "hosts/libvirt/Mailbox.h"
#include "vmm/base/Async.h"

#include <QHash>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace hosts::libvirt {

/// How a job talks to whom who asked for it. Any thread.
class JobControl {
public:
    virtual ~JobControl() = default;
    virtual bool isCancelled() const = 0; ///< asked to stop, or nobody waits any more
    /// Nobody waits any more, and nobody asked to stop: what can go on without us may.
    virtual bool isAbandoned() const { return false; }
    virtual void setProgress(int percent) = 0;
    /// What is to be known of it, should its connection be lost from now on: ends the error's
    /// words.
    virtual void noteLeftOver(const QString& /*words*/) { }
    /// Lets a moment pass on this worker thread, for what libvirt can only be asked about again.
    static void rest() { std::this_thread::sleep_for(std::chrono::milliseconds(100)); }
};

/// Runs what takes its time on a host (saving memory, copying disks, merging images): without a
/// deadline, with progress and cancel, on threads of its own, so that quick calls never wait for
/// them. Three at a time, since libvirtd takes five calls at once from a client; the others wait.
/// Jobs with connections of their own are given none.
///
/// Thread: its owner's; futures finish there.
class JobRunner : public QObject {
    Q_OBJECT

public:
    explicit JobRunner(Connection connection, QObject* parent = nullptr);
    ~JobRunner() override;

    /// `function` is called on a worker thread; it looks at its control now and then. One that was
    /// cancelled while it waited is not called.
    template <typename T>
    vmm::Future<T> run(std::function<vmm::Result<T>(const Connection&, JobControl&)> function);

    /// Jobs under way finish with `error`; what they do on the host goes on. The destructor does it
    /// with Cancelled.
    void abandon(const vmm::Error& error);

private:
    template <typename T> struct Job : JobControl {
        bool isCancelled() const override { return isLeft || promise.isCancelRequested(); }
        bool isAbandoned() const override { return isLeft; }
        void setProgress(int percent) override { promise.setProgress(percent); }
        void noteLeftOver(const QString& words) override
        {
            const std::lock_guard guard(mutex);
            leftOver = words;
        }
        void abandon(vmm::Error error)
        {
            isLeft = true;
            const std::lock_guard guard(mutex);
            error.detail += leftOver;
            promise.finish(error);
        }
        vmm::Promise<T> promise;
        std::atomic_bool isLeft = false;
        std::mutex mutex; ///< of the words
        QString leftOver;
    };

    Connection m_connection;
    std::shared_ptr<Mailbox> m_mail;
    Lane m_lane;
    QHash<quint64, std::function<void(const vmm::Error&)>> m_pending;
    quint64 m_next = 1;
};

template <typename T>
vmm::Future<T> JobRunner::run(
    std::function<vmm::Result<T>(const Connection&, JobControl&)> function)
{
    auto job = std::make_shared<Job<T>>();
    job->promise.setProgressRange(0, 100);
    const quint64 id = m_next++;
    m_pending.insert(id, [job](const vmm::Error& error) { job->abandon(error); });
    auto future = job->promise.future();
    m_lane.post([=, this, mail = m_mail, connection = m_connection] {
        vmm::Result<T> result = job->isCancelled()
            ? vmm::Result<T>(vmm::Error { vmm::ErrorKind::Cancelled })
            : function(connection, *job);
        // `this` is used in letters alone, which are dropped once the runner is gone.
        mail->post([=, this, result = std::move(result)] {
            m_pending.remove(id);
            job->promise.finish(result);
        });
    });
    return future;
}

} // namespace hosts::libvirt
