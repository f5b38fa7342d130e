// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"
#include "hosts/SerialRelays.h"
#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/Inventory.h"
#include "hosts/libvirt/Library.h"
#include "hosts/libvirt/MonitorTurns.h"
#include "hosts/libvirt/ScreenDoors.h"
#include "hosts/libvirt/Timing.h"
#include "hosts/wire/Backoff.h"
#include "hosts/wire/SshTunnel.h"

#include <QTimer>

#include <functional>
#include <map>
#include <memory>

namespace hosts::vsphere {
class Reader;
}

namespace hosts::libvirt {

class JobControl;
class JobRunner;
class LoadMeter;
class OtherHost;
class Sampler;
class Session;
class TransferRoute;

/// A host that libvirt manages: any URI that virConnectOpen takes. See hosts::Host for what the
/// calls mean. Blocking calls of libvirt run on worker threads (Session, Sampler); none of them is
/// waited for, neither here nor in the destructor.
class LibvirtHost : public Host {
    Q_OBJECT

public:
    /// `ssh`: how "+ssh" URIs are reached; who is asked on the way is the asker's business.
    explicit LibvirtHost(
        HostUri uri, QObject* parent = nullptr, Timing timing = {}, wire::SshOptions ssh = {});
    ~LibvirtHost() override;

    // hosts::Host
    const HostUri& uri() const override { return m_uri; }
    void open() override;
    void close() override;
    ConnectionState connectionState() const override { return m_state; }
    std::optional<vmm::Error> lastError() const override { return m_lastError; }
    const HostInfo& info() const override { return m_info; }
    QVector<VmInfo> vms() const override { return m_inventory.vms(); }
    vmm::Future<Answer> run(const Operation& operation) override;
    void setVisibleVms(const QSet<VmId>& vms) override;
    void setAsker(const Asker& asker) override;

    // The operations that it offers, for run(), which has seen to it that the host is connected.
    vmm::Future<void> answer(const Perform& operation);
    vmm::Future<VmId> answer(const Define& operation);
    vmm::Future<VmId> answer(const CreateMachine& operation);
    vmm::Future<QString> answer(const GetDefinition& operation);
    vmm::Future<vmm::ConsoleEndpoint> answer(const GetConsole& operation);
    vmm::Future<void> answer(const SetScreenPassword& operation);
    vmm::Future<vmm::ConsoleEndpoint> answer(const OpenSerial& operation);
    vmm::Future<vmm::Screenshot> answer(const GetScreenshot& operation);
    // LibvirtHostMachines.cpp:
    vmm::Future<QString> answer(const GetRunningDefinition& operation);
    vmm::Future<void> answer(const SetAutostart& operation);
    vmm::Future<void> answer(const Rename& operation);
    vmm::Future<void> answer(const SetNotes& operation);
    vmm::Future<void> answer(const AttachDevice& operation);
    vmm::Future<void> answer(const DetachDevice& operation);
    vmm::Future<void> answer(const UpdateDevice& operation);
    vmm::Future<void> answer(const SetMemory& operation);
    vmm::Future<void> answer(const SetVcpus& operation);
    vmm::Future<void> answer(const ResizeDisk& operation);
    vmm::Future<QVector<vmm::SnapshotInfo>> answer(const ListSnapshots& operation);
    vmm::Future<QString> answer(const CreateSnapshot& operation);
    vmm::Future<void> answer(const RevertSnapshot& operation);
    vmm::Future<void> answer(const DeleteSnapshot& operation);
    vmm::Future<QVector<vmm::CheckpointInfo>> answer(const ListCheckpoints& operation);
    vmm::Future<QString> answer(const CreateCheckpoint& operation);
    vmm::Future<void> answer(const DeleteCheckpoint& operation);
    vmm::Future<vmm::BackupReport> answer(const BackUpMachine& operation);
    vmm::Future<VmId> answer(const CloneMachine& operation);
    vmm::Future<void> answer(const SetTemplate& operation);
    vmm::Future<void> answer(const RemoveWithDisks& operation);
    vmm::Future<vmm::GuestFacts> answer(const GetGuestFacts& operation);
    vmm::Future<vmm::GuestCommandResult> answer(const RunInGuest& operation);
    vmm::Future<void> answer(const SetGuestTime& operation);
    vmm::Future<void> answer(const SetGuestPassword& operation);
    vmm::Future<void> answer(const FreezeGuest& operation);
    vmm::Future<void> answer(const SendKeys& operation);
    vmm::Future<void> answer(const InjectNmi& operation);
    vmm::Future<void> answer(const DumpMemory& operation);
    vmm::Future<vmm::LoadDetail> answer(const GetLoadDetail& operation);
    vmm::Future<vmm::HostLoadDetail> answer(const GetHostLoadDetail& operation);
    // LibvirtHostResources.cpp:
    vmm::Future<QVector<PoolInfo>> answer(const ListPools& operation);
    vmm::Future<QString> answer(const GetPoolXml& operation);
    vmm::Future<void> answer(const DefinePool& operation);
    vmm::Future<void> answer(const ChangePool& operation);
    vmm::Future<void> answer(const DeletePool& operation);
    vmm::Future<QVector<VolumeInfo>> answer(const ListVolumes& operation);
    vmm::Future<void> answer(const CreateVolume& operation);
    vmm::Future<void> answer(const ResizeVolume& operation);
    vmm::Future<void> answer(const CloneVolume& operation);
    vmm::Future<void> answer(const DeleteVolume& operation);
    vmm::Future<void> answer(const UploadVolume& operation);
    vmm::Future<void> answer(const DownloadVolume& operation);
    vmm::Future<QVector<NetworkInfo>> answer(const ListNetworks& operation);
    vmm::Future<QString> answer(const GetNetworkXml& operation);
    vmm::Future<void> answer(const DefineNetwork& operation);
    vmm::Future<void> answer(const ChangeNetwork& operation);
    vmm::Future<void> answer(const DeleteNetwork& operation);
    vmm::Future<QVector<DhcpLease>> answer(const ListLeases& operation);
    vmm::Future<QVector<HostDevice>> answer(const ListHostDevices& operation);
    // LibvirtHostMigration.cpp:
    vmm::Future<QVector<MigrationObstacle>> answer(const CheckMigration& operation);
    vmm::Future<void> answer(const MigrateMachine& operation);
    vmm::Future<MigrationProgress> answer(const GetMigrationProgress& operation);
    vmm::Future<void> answer(const SwitchToPostCopy& operation);

private:
    /// How long a guest has to let go of a device.
    static constexpr Timing::Milliseconds kUnplugPatience { 20'000 };

    template <typename Op>
    vmm::Future<typename Op::Reply> quick(const Op& operation,
        vmm::Result<typename Op::Reply> (*function)(const Connection&, const Op&));
    template <typename Op>
    vmm::Future<typename Op::Reply> job(const Op& operation,
        vmm::Result<typename Op::Reply> (*function)(const Connection&, const Op&, JobControl&));
    template <typename Op, typename Function>
    vmm::Future<typename Op::Reply> ask(
        const Op& operation, const QString& subject, Function function);
    template <typename Op> void noteResource(const vmm::Future<typename Op::Reply>& future);
    template <typename Op>
    void noteOutcome(const vmm::Future<typename Op::Reply>& future, const Op& operation);

    void connectNow();
    void openTunnel();
    void openSession(const QByteArray& address);
    bool triesRelay();
    vmm::Error explained(vmm::Error error) const;
    void startSampling(const Target& target);
    void readVsphere();
    void offerHosts(const vmm::Error& error);
    void fail(const vmm::Error& error);
    void takeFigures(const QHash<Feature, QString>& missing);
    void takeOpened(const HostInfo& info, const QVector<DomainRecord>& records);
    void takeOpenFailure(const vmm::Error& error);
    void takeLoss(const vmm::Error& error);
    void dropSession(const vmm::Error& error);
    void setState(ConnectionState state, std::optional<vmm::Error> error = std::nullopt);
    void publish(const InventoryChange& change);
    void finishAction(VmId vm, vmm::VmAction action, const vmm::Result<void>& result);
    vmm::Result<vmm::ConsoleEndpoint> relayConsole(
        const QString& port, const Stream& stream, const QString& name);
    vmm::Future<VmId> storeMachine(
        std::function<vmm::Result<VmId>(const Connection&)> function, const QString& subject);
    vmm::Future<Target> reach(const QString& uri);
    vmm::Future<vmm::ConsoleEndpoint> wayTo(const GetConsole& operation);
    bool isOfThisComputer() const;
    void handOver(VmId vm, unsigned int index, const std::shared_ptr<vmm::FileDescriptor>& socket);
    std::optional<vmm::Error> refuse() const;
    std::optional<vmm::Error> refuseAction(VmId vm, vmm::VmAction action) const;
    std::optional<vmm::Error> refuseChange(VmId vm) const;
    std::optional<vmm::Error> refuseWhileRead(VmId vm) const;
    template <typename T>
    void noteReading(VmId vm, const QString& purpose, const vmm::Future<T>& future);
    vmm::Result<MonitorTurns::Turn> takeTurn(VmId vm, Feature question);
    QString nameOfVm(VmId vm) const;
    void probeDriver();
    void markMissing(Feature feature, const QString& reason);
    void markMissing(const QHash<Feature, QString>& missing);

    HostUri m_uri;
    Timing m_timing;
    ConnectionState m_state = ConnectionState::Disconnected;
    std::optional<vmm::Error> m_lastError;
    HostInfo m_info;
    bool m_isProbed = false; ///< what its driver lacks
    Inventory m_inventory;
    std::unique_ptr<Sampler> m_sampler;
    std::unique_ptr<vsphere::Reader> m_vsphere; ///< in place of the sampler on VMware hosts
    std::unique_ptr<Session> m_session;
    SerialRelays m_serialPorts;
    std::unique_ptr<JobRunner> m_jobs;
    std::unique_ptr<JobRunner> m_unplugs; ///< wait for guests, which must hold up nobody else
    std::unique_ptr<JobRunner> m_transfers; ///< they outlive a lost connection
    std::shared_ptr<TransferRoute> m_transferRoute;
    std::unique_ptr<LoadMeter> m_loadMeter;
    MonitorTurns m_turns;
    QMultiHash<VmId, QString> m_readings; ///< machines whose disks must stay as they are, and why
    QTimer m_retryTimer;
    wire::Backoff m_backoff;
    std::shared_ptr<Credentials> m_credentials;
    std::unique_ptr<wire::SshTunnel> m_tunnel; ///< of "+ssh" URIs
    QString m_tunnelSocket; ///< where it leads to libvirt, while it is open
    wire::SshOptions m_ssh; ///< for the ways to other hosts
    std::map<QString, std::unique_ptr<OtherHost>> m_others; ///< where machines move to, by URI
    ScreenDoors m_doors;
};

/// Until `future` has finished, nobody who comes through here changes the machine's disks.
template <typename T>
void LibvirtHost::noteReading(VmId vm, const QString& purpose, const vmm::Future<T>& future)
{
    m_readings.insert(vm, purpose);
    vmm::async::onFinished(future, this, [this, vm, purpose](const vmm::Result<T>&) {
        m_readings.erase(m_readings.find(vm, purpose)); // one of them, there may be more
    });
}

} // namespace hosts::libvirt
