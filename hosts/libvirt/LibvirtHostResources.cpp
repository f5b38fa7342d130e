// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of a host about storage, networks and devices. The host itself is in
// LibvirtHost.cpp.
#include "hosts/libvirt/Abilities.h"
#include "hosts/libvirt/HostNetworks.h"
#include "hosts/libvirt/JobRunner.h"
#include "hosts/libvirt/LibvirtHost.h"
#include "hosts/libvirt/Overlapped.h"
#include "hosts/libvirt/PoolVolumes.h"
#include "hosts/libvirt/Pools.h"
#include "hosts/libvirt/Session.h"
#include "hosts/libvirt/VolumeTransfer.h"

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Future;
using vmm::Result;

namespace {

template <typename Op> constexpr ResourceKind kindOf()
{
    if constexpr (Op::kFeature == Feature::HostDevices)
        return ResourceKind::Devices;
    else if constexpr (Op::kFeature == Feature::Networks || Op::kFeature == Feature::ChangeNetworks
        || Op::kFeature == Feature::NetworkLeases)
        return ResourceKind::Networks;
    else
        return ResourceKind::Storage;
}

} // namespace

/// Runs `function(connection)` on the lane of quick calls, or `function(connection, wanted)`.
template <typename Op, typename Function>
Future<typename Op::Reply> LibvirtHost::ask(
    const Op& operation, const QString& subject, Function function)
{
    using Reply = typename Op::Reply;
    const auto deadline
        = patienceFor(operation) == Patience::Question ? m_timing.query : m_timing.action;
    Future<Reply> future;
    if constexpr (std::is_invocable_v<Function, const Connection&, const Wanted&>)
        future = m_session->callInSteps<Reply>(subject, deadline, std::move(function));
    else
        future = m_session->call<Reply>(subject, deadline, std::move(function));
    noteResource<Op>(future);
    return future;
}

/// What a question shows, its asker wants to follow; what a change changed is told at once, since
/// not every driver has events for it.
template <typename Op> void LibvirtHost::noteResource(const Future<typename Op::Reply>& future)
{
    if (!std::is_void_v<typename Op::Reply>)
        m_session->listenTo(kindOf<Op>());
    vmm::async::onFinished(future, this, [this](const Result<typename Op::Reply>& result) {
        if (!result && isLack(result.error()))
            markMissing(Op::kFeature, lackReason(result.error()));
        if (std::is_void_v<typename Op::Reply> && m_session)
            Q_EMIT resourcesChanged(kindOf<Op>());
    });
}

Future<QVector<PoolInfo>> LibvirtHost::answer(const ListPools& operation)
{
    return ask(operation, m_uri.toString(),
        [width = widthFor(m_uri)](const Connection& host) { return listPools(host, width); });
}

Future<QString> LibvirtHost::answer(const GetPoolXml& operation)
{
    return ask(operation, operation.pool,
        [operation](const Connection& host) { return readPoolXml(host, operation.pool); });
}

Future<void> LibvirtHost::answer(const DefinePool& operation)
{
    return ask(operation, operation.pool.name,
        [operation](const Connection& host) { return definePool(host, operation); });
}

Future<void> LibvirtHost::answer(const ChangePool& operation)
{
    return ask(operation, operation.pool,
        [operation](const Connection& host) { return changePool(host, operation); });
}

Future<void> LibvirtHost::answer(const DeletePool& operation)
{
    return ask(
        operation, operation.pool, [operation](const Connection& host, const Wanted& wanted) {
            return deletePool(host, operation, wanted);
        });
}

Future<QVector<VolumeInfo>> LibvirtHost::answer(const ListVolumes& operation)
{
    return ask(operation, operation.pool,
        [operation, use = DiskUse(m_inventory.all()), width = widthFor(m_uri)](
            const Connection& host) { return listVolumes(host, operation.pool, use, width); });
}

Future<void> LibvirtHost::answer(const CreateVolume& operation)
{
    return ask(operation, operation.volume.name,
        [operation](const Connection& host) { return createVolume(host, operation); });
}

Future<void> LibvirtHost::answer(const ResizeVolume& operation)
{
    return ask(operation, operation.volume,
        [operation, use = DiskUse(m_inventory.all())](
            const Connection& host) { return resizePoolVolume(host, operation, use); });
}

Future<void> LibvirtHost::answer(const CloneVolume& operation)
{
    const Future<void> future = m_jobs->run<void>(
        [operation, use = DiskUse(m_inventory.all())](const Connection& host, JobControl& control) {
            return cloneVolume(host, operation, use, control);
        });
    noteResource<CloneVolume>(future);
    return future;
}

Future<void> LibvirtHost::answer(const DeleteVolume& operation)
{
    return ask(
        operation, operation.volume, [operation](const Connection& host, const Wanted& wanted) {
            return deletePoolVolume(host, operation, wanted);
        });
}

Future<void> LibvirtHost::answer(const UploadVolume& operation)
{
    if (!m_transfers)
        m_transfers = std::make_unique<JobRunner>(Connection());
    const Future<void> future = m_transfers->run<void>(
        [operation, route = m_transferRoute, uri = m_uri.toString()](const Connection&,
            JobControl& control) { return uploadVolume(*route, uri, operation, control); });
    noteResource<UploadVolume>(future);
    return future;
}

Future<void> LibvirtHost::answer(const DownloadVolume& operation)
{
    if (!m_transfers)
        m_transfers = std::make_unique<JobRunner>(Connection());
    const Future<void> future = m_transfers->run<void>(
        [operation, route = m_transferRoute](const Connection&, JobControl& control) {
            return downloadVolume(*route, operation, control);
        });
    noteResource<DownloadVolume>(future);
    return future;
}

Future<QVector<NetworkInfo>> LibvirtHost::answer(const ListNetworks& operation)
{
    return ask(operation, m_uri.toString(),
        [width = widthFor(m_uri)](const Connection& host) { return listNetworks(host, width); });
}

Future<QString> LibvirtHost::answer(const GetNetworkXml& operation)
{
    return ask(operation, operation.network,
        [operation](const Connection& host) { return readNetworkXml(host, operation.network); });
}

Future<void> LibvirtHost::answer(const DefineNetwork& operation)
{
    return ask(operation, operation.network.name,
        [operation](const Connection& host) { return defineNetwork(host, operation); });
}

Future<void> LibvirtHost::answer(const ChangeNetwork& operation)
{
    return ask(operation, operation.network,
        [operation](const Connection& host) { return changeNetwork(host, operation); });
}

Future<void> LibvirtHost::answer(const DeleteNetwork& operation)
{
    return ask(operation, operation.network,
        [operation](const Connection& host) { return deleteNetwork(host, operation.network); });
}

Future<QVector<DhcpLease>> LibvirtHost::answer(const ListLeases& operation)
{
    return ask(operation, operation.network,
        [operation](const Connection& host) { return listLeases(host, operation.network); });
}

Future<QVector<HostDevice>> LibvirtHost::answer(const ListHostDevices& operation)
{
    return ask(operation, m_uri.toString(),
        [width = widthFor(m_uri)](const Connection& host) { return listHostDevices(host, width); });
}

} // namespace hosts::libvirt
