// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Moving machines to other hosts. The host itself is in LibvirtHost.cpp.
#include "hosts/libvirt/Abilities.h"
#include "hosts/libvirt/DomainMigration.h"
#include "hosts/libvirt/JobRunner.h"
#include "hosts/libvirt/LibvirtHost.h"
#include "hosts/libvirt/MigrationCheck.h"
#include "hosts/libvirt/OtherHost.h"
#include "hosts/libvirt/Session.h"
#include "hosts/libvirt/TimedOpening.h"

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Future;
using vmm::Result;

namespace {

using Kind = MigrationObstacle::Kind;

/// What keeps us from asking the target at all. Peer-to-peer it need not be in our reach.
QVector<MigrationObstacle> unreachable(const MigrationRequest& request, const Error& why)
{
    const bool isFatal = request.route == MigrationRoute::Direct;
    return { { .kind = Kind::TargetUnreachable,
        .isFatal = isFatal,
        .subject = request.target,
        .detail = why.detail } };
}

} // namespace

Future<Target> LibvirtHost::reach(const QString& uri)
{
    const auto parsed = HostUri::parse(uri);
    if (!parsed)
        return vmm::async::failed<Target>(parsed.error());
    auto& other = m_others[uri];
    if (!other)
        other = std::make_unique<OtherHost>(*parsed, m_ssh, asker());
    return other->reach();
}

Future<QVector<MigrationObstacle>> LibvirtHost::answer(const CheckMigration& operation)
{
    using Found = QVector<MigrationObstacle>;
    const MigrationRequest request = operation.request;
    return vmm::async::eitherWay(reach(request.target), this,
        [this, operation, request](const Result<Target>& target) -> Future<Found> {
            if (!target)
                return vmm::async::ready<Found>(unreachable(request, target.error()));
            if (!m_jobs)
                return vmm::async::failed<Found>({ ErrorKind::Disconnected, m_uri.toString() });
            return m_jobs->run<Found>([operation, target = *target, limit = m_timing.connect](
                                          const Connection& source, JobControl& control) {
                const auto there = openWithin(limit, target, control);
                if (!there)
                    return Result<Found>(unreachable(operation.request, there.error()));
                return findObstacles(source, *there, operation.vm, operation.request);
            });
        });
}

Future<void> LibvirtHost::answer(const MigrateMachine& operation)
{
    if (const auto error = refuseChange(operation.vm))
        return vmm::async::failed<void>(*error);
    const auto target = reach(operation.request.target);
    const bool needsIt = operation.request.route == MigrationRoute::Direct;
    const Future<void> future = vmm::async::andThen(
        vmm::async::transformed<std::optional<Target>>(target, this,
            [needsIt](const Result<Target>& found) -> Result<std::optional<Target>> {
                if (!found && needsIt)
                    return found.error();
                return found ? std::optional(*found) : std::nullopt;
            }),
        this, [this, operation, needsIt](const std::optional<Target>& found) -> Future<void> {
            if (!m_jobs)
                return vmm::async::failed<void>({ ErrorKind::Disconnected, m_uri.toString() });
            return m_jobs->run<void>(
                [operation, found, needsIt, limit = m_timing.connect](
                    const Connection& source, JobControl& control) -> Result<void> {
                    Connection there;
                    if (found) {
                        auto opened = openWithin(limit, *found, control);
                        if (!opened && needsIt)
                            return opened.error();
                        if (opened)
                            there = *opened;
                    }
                    return migrateMachine(source, there, operation.vm, operation.request, control);
                });
        });
    noteReading(operation.vm, QStringLiteral("it is moving to another host"), future);
    vmm::async::onFinished(future, this, [this, vm = operation.vm](const Result<void>& result) {
        if (!result && isLack(result.error()))
            markMissing(Feature::Migration, lackReason(result.error()));
        if (m_session)
            m_session->touch({ vm });
    });
    return future;
}

Future<MigrationProgress> LibvirtHost::answer(const GetMigrationProgress& operation)
{
    return m_session->call<MigrationProgress>(
        nameOfVm(operation.vm), m_timing.query, [vm = operation.vm](const Connection& connection) {
            return readMigration(connection, vm);
        });
}

Future<void> LibvirtHost::answer(const SwitchToPostCopy& operation)
{
    return m_session->call<void>(
        nameOfVm(operation.vm), m_timing.query, [vm = operation.vm](const Connection& connection) {
            return switchToPostCopy(connection, vm);
        });
}

} // namespace hosts::libvirt
