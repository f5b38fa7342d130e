// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/JobRunner.h"

namespace hosts::libvirt {

namespace {

constexpr int kJobsAtOnce = 3;

} // namespace

JobRunner::JobRunner(Connection connection, QObject* parent)
    : QObject(parent)
    , m_connection(std::move(connection))
    , m_mail(Mailbox::create())
    , m_lane("libvirt-jobs", kJobsAtOnce)
{
}

JobRunner::~JobRunner()
{
    abandon(vmm::Error { vmm::ErrorKind::Cancelled });
}

void JobRunner::abandon(const vmm::Error& error)
{
    m_mail->close();
    const auto pending = std::exchange(m_pending, {});
    for (const auto& fail : pending)
        fail(error);
    // Closing the last reference to a connection is a round trip: the worker's to do.
    m_lane.close([connection = std::move(m_connection)]() mutable { connection = {}; });
}

} // namespace hosts::libvirt
