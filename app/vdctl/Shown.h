// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/vdctl/CommandTable.h"

/// What answers look like.
namespace vdctl {

QString yesNo(bool is);
QString orDash(const QString& text); ///< "-" for nothing
QString timeText(const QDateTime& when); ///< of this time zone; "-" if there is none

Shown showMachines(const QVector<hosts::VmInfo>& vms);
Shown showMachine(const hosts::VmInfo& vm);
Shown showHost(const hosts::HostInfo& info, const hosts::HostUri& uri);
Shown showTrash(const QVector<vmm::TrashedMachine>& machines);
Shown showSnapshots(const QVector<vmm::SnapshotInfo>& snapshots);
Shown showCheckpoints(const QVector<vmm::CheckpointInfo>& checkpoints);
Shown showBackup(const vmm::BackupReport& report);
Shown showImages(const QVector<vmm::ImageUse>& images);
Shown showChain(const vmm::ImageChain& chain);
Shown showCheck(const vmm::ImageCheck& check); ///< exit code 1 if it is not sound
Shown showFacts(const vmm::GuestFacts& facts);
Shown showResult(const vmm::GuestCommandResult& result); ///< exit code: the guest's
Shown showLoad(const vmm::LoadDetail& load);
Shown showHostLoad(const vmm::HostLoadDetail& load);
Shown showConsole(const vmm::ConsoleEndpoint& endpoint); ///< never its password
Shown showDefinition(const QString& xml);
Shown showId(const hosts::VmId& id);
// ShownResources.cpp:
Shown showPools(const QVector<hosts::PoolInfo>& pools);
Shown showVolumes(const QVector<hosts::VolumeInfo>& volumes);
Shown showNetworks(const QVector<hosts::NetworkInfo>& networks);
Shown showLeases(const QVector<hosts::DhcpLease>& leases);
Shown showMigrationCheck(const QVector<hosts::MigrationObstacle>& obstacles);
Shown showName(const QString& name);

} // namespace vdctl
