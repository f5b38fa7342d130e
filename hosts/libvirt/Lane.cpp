// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Lane.h"

#include <pthread.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace hosts::libvirt {

struct Lane::Queue {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Job> jobs;
    int leaving = 0; ///< threads that are too many
    bool isClosed = false;
};

Lane::Lane(const char* name, int threads)
    : m_name(name)
    , m_queue(std::make_shared<Queue>())
{
    for (int i = 0; i < threads; ++i)
        grow();
}

Lane::~Lane()
{
    close({});
}

void Lane::grow()
{
    std::thread thread([queue = m_queue] { work(queue); });
    pthread_setname_np(thread.native_handle(), m_name);
    thread.detach();
}

void Lane::shrink()
{
    const std::lock_guard lock(m_queue->mutex);
    ++m_queue->leaving;
    m_queue->changed.notify_one();
}

void Lane::close(Job last)
{
    std::deque<Job> dropped; // destroyed outside of the lock: jobs own connections
    const std::lock_guard lock(m_queue->mutex);
    if (m_queue->isClosed)
        return;
    m_queue->isClosed = true;
    dropped.swap(m_queue->jobs);
    if (last)
        m_queue->jobs.push_back(std::move(last));
    m_queue->changed.notify_all();
}

void Lane::post(Job job)
{
    const std::lock_guard lock(m_queue->mutex);
    if (m_queue->isClosed)
        return;
    m_queue->jobs.push_back(std::move(job));
    m_queue->changed.notify_one();
}

void Lane::work(const std::shared_ptr<Queue>& queue)
{
    while (true) {
        Job job;
        {
            std::unique_lock lock(queue->mutex);
            queue->changed.wait(lock,
                [&] { return queue->isClosed || queue->leaving > 0 || !queue->jobs.empty(); });
            if (!queue->isClosed && queue->leaving > 0) {
                --queue->leaving;
                if (!queue->jobs.empty())
                    queue->changed.notify_one(); // it was for that job, perhaps
                return;
            }
            if (queue->jobs.empty())
                return; // closed, and nothing left to do
            job = std::move(queue->jobs.front());
            queue->jobs.pop_front();
        }
        job();
    }
}

} // namespace hosts::libvirt
