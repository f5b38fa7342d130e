// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

#include <QHash>
#include <QMap>

#include <functional>

namespace tests {

/// A host that lives in memory and obeys the state table: for tests of everything above `hosts/`.
/// It knows every operation; jobs tell their progress and can be cancelled. Answers come from the
/// event loop, as with a real one; `failNext` makes the next operation fail.
class FakeHost : public hosts::Host {
    Q_OBJECT

public:
    explicit FakeHost(
        const QString& uri = QStringLiteral("test:///fake"), QObject* parent = nullptr);

    // hosts::Host
    const hosts::HostUri& uri() const override { return m_uri; }
    void open() override;
    void close() override;
    hosts::ConnectionState connectionState() const override { return m_connection; }
    std::optional<vmm::Error> lastError() const override { return m_lastError; }
    const hosts::HostInfo& info() const override { return m_info; }
    QVector<hosts::VmInfo> vms() const override { return m_vms.values(); }
    vmm::Future<hosts::Answer> run(const hosts::Operation& operation) override;
    void setVisibleVms(const QSet<hosts::VmId>& vms) override { m_visible = vms; }

    // The operations: machines, their definitions and devices
    virtual vmm::Future<void> answer(const hosts::Perform& operation);
    vmm::Future<hosts::VmId> answer(const hosts::Define& operation);
    vmm::Future<hosts::VmId> answer(const hosts::CreateMachine& operation);
    virtual vmm::Future<QString> answer(const hosts::GetDefinition& operation);
    vmm::Future<QString> answer(const hosts::GetRunningDefinition& operation);
    vmm::Future<vmm::ConsoleEndpoint> answer(const hosts::GetConsole& operation);
    vmm::Future<void> answer(const hosts::SetScreenPassword& operation);
    vmm::Future<vmm::ConsoleEndpoint> answer(const hosts::OpenSerial& operation);
    vmm::Future<void> answer(const hosts::SetAutostart& operation);
    vmm::Future<void> answer(const hosts::Rename& operation);
    vmm::Future<void> answer(const hosts::AttachDevice& operation);
    vmm::Future<void> answer(const hosts::DetachDevice& operation);
    vmm::Future<void> answer(const hosts::UpdateDevice& operation);
    vmm::Future<void> answer(const hosts::SetMemory& operation);
    vmm::Future<void> answer(const hosts::SetVcpus& operation);
    vmm::Future<void> answer(const hosts::ResizeDisk& operation);
    // Trash, snapshots, clones
    vmm::Future<QVector<vmm::TrashedMachine>> answer(const hosts::ListTrash& operation);
    vmm::Future<void> answer(const hosts::RestoreTrashed& operation);
    vmm::Future<void> answer(const hosts::EmptyTrash& operation);
    vmm::Future<QVector<vmm::SnapshotInfo>> answer(const hosts::ListSnapshots& operation);
    vmm::Future<QString> answer(const hosts::CreateSnapshot& operation);
    vmm::Future<void> answer(const hosts::RevertSnapshot& operation);
    vmm::Future<void> answer(const hosts::DeleteSnapshot& operation);
    vmm::Future<QVector<vmm::CheckpointInfo>> answer(const hosts::ListCheckpoints& operation);
    vmm::Future<QString> answer(const hosts::CreateCheckpoint& operation);
    vmm::Future<void> answer(const hosts::DeleteCheckpoint& operation);
    vmm::Future<vmm::BackupReport> answer(const hosts::BackUpMachine& operation);
    vmm::Future<hosts::VmId> answer(const hosts::CloneMachine& operation);
    vmm::Future<void> answer(const hosts::SetTemplate& operation);
    // Images
    vmm::Future<QVector<vmm::ImageUse>> answer(const hosts::ListImages& operation);
    vmm::Future<vmm::ImageChain> answer(const hosts::InspectImage& operation);
    vmm::Future<void> answer(const hosts::CreateImage& operation);
    vmm::Future<void> answer(const hosts::ResizeImage& operation);
    vmm::Future<void> answer(const hosts::ConvertImage& operation);
    vmm::Future<void> answer(const hosts::FlattenImage& operation);
    vmm::Future<vmm::ImageCheck> answer(const hosts::CheckImage& operation);
    vmm::Future<void> answer(const hosts::DeleteImage& operation);
    // Guest and load
    vmm::Future<vmm::GuestFacts> answer(const hosts::GetGuestFacts& operation);
    vmm::Future<vmm::GuestCommandResult> answer(const hosts::RunInGuest& operation);
    vmm::Future<void> answer(const hosts::SetGuestTime& operation);
    vmm::Future<void> answer(const hosts::SetGuestPassword& operation);
    vmm::Future<void> answer(const hosts::FreezeGuest& operation);
    vmm::Future<void> answer(const hosts::SetNotes& operation);
    vmm::Future<void> answer(const hosts::RemoveWithDisks& operation);
    vmm::Future<void> answer(const hosts::SendKeys& operation);
    vmm::Future<void> answer(const hosts::InjectNmi& operation);
    vmm::Future<void> answer(const hosts::DumpMemory& operation);
    vmm::Future<vmm::Screenshot> answer(const hosts::GetScreenshot& operation);
    vmm::Future<vmm::LoadDetail> answer(const hosts::GetLoadDetail& operation);
    vmm::Future<vmm::HostLoadDetail> answer(const hosts::GetHostLoadDetail& operation);
    // Storage, networks, devices, migration (FakeHostResources.cpp)
    vmm::Future<QVector<hosts::PoolInfo>> answer(const hosts::ListPools& operation);
    vmm::Future<QString> answer(const hosts::GetPoolXml& operation);
    vmm::Future<void> answer(const hosts::DefinePool& operation);
    vmm::Future<void> answer(const hosts::ChangePool& operation);
    vmm::Future<void> answer(const hosts::DeletePool& operation);
    vmm::Future<QVector<hosts::VolumeInfo>> answer(const hosts::ListVolumes& operation);
    vmm::Future<void> answer(const hosts::CreateVolume& operation);
    vmm::Future<void> answer(const hosts::ResizeVolume& operation);
    vmm::Future<void> answer(const hosts::CloneVolume& operation);
    vmm::Future<void> answer(const hosts::DeleteVolume& operation);
    vmm::Future<void> answer(const hosts::UploadVolume& operation);
    vmm::Future<void> answer(const hosts::DownloadVolume& operation);
    vmm::Future<QVector<hosts::NetworkInfo>> answer(const hosts::ListNetworks& operation);
    vmm::Future<QString> answer(const hosts::GetNetworkXml& operation);
    vmm::Future<void> answer(const hosts::DefineNetwork& operation);
    vmm::Future<void> answer(const hosts::ChangeNetwork& operation);
    vmm::Future<void> answer(const hosts::DeleteNetwork& operation);
    vmm::Future<QVector<hosts::DhcpLease>> answer(const hosts::ListLeases& operation);
    vmm::Future<QVector<hosts::HostDevice>> answer(const hosts::ListHostDevices& operation);
    vmm::Future<QVector<hosts::MigrationObstacle>> answer(const hosts::CheckMigration& operation);
    vmm::Future<void> answer(const hosts::MigrateMachine& operation);
    vmm::Future<hosts::MigrationProgress> answer(const hosts::GetMigrationProgress& operation);
    vmm::Future<void> answer(const hosts::SwitchToPostCopy& operation);

    // What a test does to it
    hosts::VmId addVm(const QString& name, vmm::VmState state = vmm::VmState::ShutOff,
        hosts::VmId id = hosts::VmId::createUuid());
    void addVms(
        int count, const QString& prefix = QStringLiteral("vm")); ///< one change, mixed states
    void addKnownVm(const hosts::VmInfo& vm) { publish(vm); } ///< new, or changed as a whole
    hosts::VmInfo vm(hosts::VmId id) const { return m_vms.value(id); }
    void removeVm(hosts::VmId vm);
    void setState(
        hosts::VmId vm, vmm::VmState state, vmm::StateReason reason = vmm::StateReason::None);
    void setInfo(const hosts::HostInfo& info);
    void setMissing(hosts::Feature feature, const QString& reason);
    void setConnection(
        hosts::ConnectionState state, std::optional<vmm::Error> error = std::nullopt);
    void failNext(const vmm::Error& error) { m_nextError = error; }
    /// From now on everything fails.
    void failAll(const vmm::Error& error) { m_everyError = error; }
    void failNoMore() { m_everyError.reset(); }
    /// Operations are asked, but not answered until it is released again.
    void setSilent(bool isSilent);
    /// How long each of the four quarters of a job takes.
    void setJobStep(int milliseconds) { m_jobStepMs = milliseconds; }
    int cancelledJobs() const { return m_cancelledJobs; }
    /// Jobs stop at so many percent until they are cancelled; -1: they go on.
    void holdJobsAt(int percent) { m_holdAt = percent; }
    void setGuestFacts(hosts::VmId vm, const vmm::GuestFacts& facts) { m_facts[vm] = facts; }
    /// What the screen of every running machine shows from now on.
    void setScreenshot(const vmm::Screenshot& shot) { m_screenshot = shot; }
    void setSnapshots(hosts::VmId vm, const QVector<vmm::SnapshotInfo>& snapshots)
    {
        m_snapshots[vm] = snapshots;
    }
    void removeAgent(hosts::VmId vm) { m_withoutAgent.insert(vm); }
    /// Where its machines' serial ports are found, and whether somebody else has them.
    void setSerial(const QString& socket, bool isInUse = false)
    {
        m_serialSocket = socket;
        m_isSerialInUse = isInUse;
    }
    /// Its screens are served encrypted at that host instead of on a socket.
    void setScreensHost(const QString& name) { m_screensHost = name; }
    /// Who has the screens of its machines open.
    void setScreenClients(const QVector<vmm::ConsoleClient>& clients,
        vmm::ConsoleEndpoint::Protocol protocol = vmm::ConsoleEndpoint::Protocol::Spice)
    {
        m_screenClients = clients;
        m_screenProtocol = protocol;
    }
    /// Where its screens are.
    void setScreenSocket(const QString& path) { m_screenSocket = path; }
    /// What was asked of it, newest last, questions left out.
    const QVector<hosts::Operation>& asked() const { return m_asked; }
    int questionCount() const { return static_cast<int>(m_questions.size()); }
    /// How often it was asked that one question, by its name.
    int questionCount(const QString& name) const
    {
        return static_cast<int>(m_questions.count(name));
    }
    void emitMetrics(const hosts::MetricsBatch& batch) { Q_EMIT metricsSampled(batch); }
    /// A batch with invented, smooth values for all running machines.
    hosts::MetricsBatch inventMetrics(qint64 timeMs) const;
    const QSet<hosts::VmId>& visibleVms() const { return m_visible; }
    /// From now on, while connected, a batch of inventMetrics every `milliseconds`.
    void sampleEvery(int milliseconds);
    /// Adds a snapshot and a checkpoint of each running machine, a removed machine, and two images.
    void seed();
    /// Adds pools with volumes, networks with leases, and devices.
    void seedResources();
    /// What the next checks of a migration find.
    void setObstacles(const QVector<hosts::MigrationObstacle>& found) { m_obstacles = found; }
    const hosts::PoolInfo* pool(const QString& name) const;
    const hosts::NetworkInfo* network(const QString& name) const;
    void sampleVisibleOnly(bool isVisibleOnly) { m_samplesVisibleOnly = isVisibleOnly; }
    /// A definition that define() takes.
    static QString domainXml(const QString& name, const QUuid& id);

private:
    QString m_serialSocket;
    bool m_isSerialInUse = false;
    QString m_screenSocket = QStringLiteral("/nonexistent/virtdeck-fake.sock");
    QVector<vmm::ConsoleClient> m_screenClients;
    QString m_screensHost;
    vmm::ConsoleEndpoint::Protocol m_screenProtocol = vmm::ConsoleEndpoint::Protocol::Spice;

    struct Trashed {
        vmm::TrashedMachine what {};
        hosts::VmInfo vm {};
        QString definition {};
    };

    std::optional<vmm::Error> refuse(hosts::VmId vm);
    void publish(const hosts::VmInfo& vm);
    void stop(hosts::VmId vm, vmm::VmState state, vmm::StateReason reason);
    std::optional<vmm::Error> nameProblem(const QString& name, hosts::VmId except) const;
    QString storedXml(hosts::VmId vm) const;
    QString runningXml(hosts::VmId vm) const { return m_running.value(vm, storedXml(vm)); }
    void store(hosts::VmId vm, const QString& xml); ///< and tells what follows from it
    vmm::Result<void> change(hosts::VmId vm, hosts::DeviceScope scope,
        const std::function<vmm::Result<QString>(const QString& xml)>& edit);
    vmm::Future<void> job(std::function<vmm::Result<void>()> done);
    QVector<vmm::ImageUse> images() const;
    vmm::Result<QString> addCheckpoint(hosts::VmId vm, const vmm::CheckpointRequest& request);
    vmm::Result<vmm::ImageUse> image(const QString& path) const;
    vmm::Future<void> done(hosts::ResourceKind kind);
    QString resourceXml(const QString& name, const char* kind) const;
    vmm::Result<void> storeXml(
        const char* kind, const QString& name, const QString& xml, const QString& base);
    hosts::VolumeInfo* findVolume(const QString& pool, const QString& name);

    hosts::HostUri m_uri;
    hosts::ConnectionState m_connection = hosts::ConnectionState::Disconnected;
    std::optional<vmm::Error> m_lastError;
    std::optional<vmm::Error> m_nextError;
    std::optional<vmm::Error> m_everyError;
    hosts::HostInfo m_info;
    QHash<hosts::VmId, hosts::VmInfo> m_vms;
    QHash<hosts::VmId, QString> m_definitions;
    QHash<hosts::VmId, QString> m_running;
    QHash<hosts::VmId, QVector<vmm::SnapshotInfo>> m_snapshots;
    QHash<hosts::VmId, QVector<vmm::CheckpointInfo>> m_checkpoints;
    QHash<hosts::VmId, vmm::GuestFacts> m_facts;
    QSet<hosts::VmId> m_withoutAgent;
    vmm::Screenshot m_screenshot;
    QVector<Trashed> m_trash;
    QMap<QString, vmm::ImageInfo> m_images;
    QVector<hosts::PoolInfo> m_pools;
    QHash<QString, QVector<hosts::VolumeInfo>> m_volumes; ///< by pool
    QVector<hosts::NetworkInfo> m_networks;
    QHash<QString, QString> m_resourceXml; ///< of pools and networks whose definition was stored
    QVector<hosts::DhcpLease> m_leases;
    QVector<hosts::HostDevice> m_devices;
    QVector<hosts::MigrationObstacle> m_obstacles;
    QSet<hosts::VmId> m_migrating;
    QVector<hosts::Operation> m_asked;
    QVector<std::function<void()>> m_unanswered;
    QStringList m_questions;
    int m_holdAt = -1;
    int m_jobStepMs = 2;
    int m_cancelledJobs = 0;
    bool m_isSilent = false;
    QSet<hosts::VmId> m_visible;
    bool m_samplesVisibleOnly = false;
};

} // namespace tests
