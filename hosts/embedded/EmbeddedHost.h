// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/Storage.h"

#include <QTimer>

#include <memory>

namespace hosts::embedded {

class HostLoadMeter;
class MetricsSampler;
class SerialPorts;

/// What differs from a user's own computer: a test's folders, another QEMU. Empty members mean the
/// usual; the data folder's default is that of the URI.
using EmbeddedOptions = vmm::CoreOptions;

/// This computer as a host: the embedded core behind the Host interface. Connected means: data
/// folder locked, machines read, running ones taken up, QEMU sought. A missing QEMU makes no
/// failure: its machines can be seen, and HostInfo::missing says why they can't be started.
class EmbeddedHost : public Host {
    Q_OBJECT

public:
    explicit EmbeddedHost(
        const HostUri& uri, EmbeddedOptions options = {}, QObject* parent = nullptr);
    ~EmbeddedHost() override;

    const HostUri& uri() const override { return m_uri; }
    void open() override;
    void close() override;
    ConnectionState connectionState() const override { return m_connection; }
    std::optional<vmm::Error> lastError() const override { return m_lastError; }
    const HostInfo& info() const override { return m_info; }
    QVector<VmInfo> vms() const override { return m_vms.values(); }
    vmm::Future<Answer> run(const Operation& operation) override;
    void setVisibleVms(const QSet<VmId>& vms) override;

    /// A guest waits for something that only this program does: close() had better wait, too.
    bool isAwaited() const;

    // The operations that it offers, for run(), which has seen to it that the host is connected.
    vmm::Future<void> answer(const Perform& operation);
    vmm::Future<VmId> answer(const Define& operation);
    vmm::Future<VmId> answer(const CreateMachine& operation);
    vmm::Future<QString> answer(const GetDefinition& operation);
    vmm::Future<QString> answer(const GetRunningDefinition& operation);
    vmm::Future<vmm::ConsoleEndpoint> answer(const GetConsole& operation);
    vmm::Future<void> answer(const SetScreenPassword& operation);
    vmm::Future<vmm::ConsoleEndpoint> answer(const OpenSerial& operation);
    // Images, snapshots, clones: EmbeddedHostStorage.cpp
    vmm::Future<QVector<vmm::ImageUse>> answer(const ListImages& operation);
    vmm::Future<vmm::ImageChain> answer(const InspectImage& operation);
    vmm::Future<void> answer(const CreateImage& operation);
    vmm::Future<void> answer(const ResizeImage& operation);
    vmm::Future<void> answer(const ConvertImage& operation);
    vmm::Future<void> answer(const FlattenImage& operation);
    vmm::Future<vmm::ImageCheck> answer(const CheckImage& operation);
    vmm::Future<void> answer(const DeleteImage& operation);
    vmm::Future<QVector<vmm::SnapshotInfo>> answer(const ListSnapshots& operation);
    vmm::Future<QString> answer(const CreateSnapshot& operation);
    vmm::Future<void> answer(const RevertSnapshot& operation);
    vmm::Future<void> answer(const DeleteSnapshot& operation);
    vmm::Future<VmId> answer(const CloneMachine& operation);
    vmm::Future<void> answer(const SetTemplate& operation);
    // Life cycle, trash, guest: EmbeddedMachines.cpp
    vmm::Future<void> answer(const SetAutostart& operation);
    vmm::Future<void> answer(const Rename& operation);
    vmm::Future<QVector<vmm::TrashedMachine>> answer(const ListTrash& operation);
    vmm::Future<void> answer(const RestoreTrashed& operation);
    vmm::Future<void> answer(const EmptyTrash& operation);
    vmm::Future<vmm::GuestFacts> answer(const GetGuestFacts& operation);
    vmm::Future<vmm::GuestCommandResult> answer(const RunInGuest& operation);
    vmm::Future<void> answer(const SetGuestTime& operation);
    vmm::Future<void> answer(const SetGuestPassword& operation);
    vmm::Future<void> answer(const FreezeGuest& operation);
    vmm::Future<void> answer(const SetNotes& operation);
    vmm::Future<void> answer(const SendKeys& operation);
    vmm::Future<void> answer(const InjectNmi& operation);

    // In EmbeddedHostChanges.cpp.
    vmm::Future<void> answer(const AttachDevice& operation);
    vmm::Future<void> answer(const DetachDevice& operation);
    vmm::Future<void> answer(const UpdateDevice& operation);
    vmm::Future<void> answer(const SetMemory& operation);
    vmm::Future<void> answer(const SetVcpus& operation);
    vmm::Future<void> answer(const ResizeDisk& operation);
    vmm::Future<vmm::Screenshot> answer(const GetScreenshot& operation);
    vmm::Future<vmm::LoadDetail> answer(const GetLoadDetail& operation);
    vmm::Future<vmm::HostLoadDetail> answer(const GetHostLoadDetail& operation);

private:
    void setConnection(ConnectionState state, std::optional<vmm::Error> error = std::nullopt);
    void finishOpening();
    void readInfo();
    void noteChange(const VmId& id, vmm::VmState from);
    void noteRemoval(const VmId& id);
    void publish();
    vmm::Error disconnectedError() const;
    VmInfo describe(const vmm::Machine& machine) const;

    HostUri m_uri;
    EmbeddedOptions m_options;
    ConnectionState m_connection = ConnectionState::Disconnected;
    std::optional<vmm::Error> m_lastError;
    HostInfo m_info;
    bool m_hasCountedNetwork = false; ///< of any machine, so far
    QHash<VmId, VmInfo> m_vms;
    QHash<VmId, VmInfo> m_changed; ///< since the last inventoryChanged
    QSet<VmId> m_removed;
    QHash<VmId, vmm::VmState> m_publishedStates;
    QTimer m_publishTimer; ///< fires in the next turn of the event loop
    QSet<VmId> m_visible;
    std::unique_ptr<vmm::Core> m_core;
    vmm::Storage* m_storage = nullptr; ///< the core's; null until it is open
    std::unique_ptr<MetricsSampler> m_sampler;
    std::unique_ptr<SerialPorts> m_serialPorts;
    std::unique_ptr<HostLoadMeter> m_hostLoad; ///< made when somebody asks
};

} // namespace hosts::embedded
