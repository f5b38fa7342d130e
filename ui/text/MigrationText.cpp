// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/MigrationText.h"

namespace ui {

using hosts::MigrationObstacle;

QString MigrationText::obstacle(const MigrationObstacle& obstacle)
{
    using Kind = MigrationObstacle::Kind;
    const QString& what = obstacle.subject;
    switch (obstacle.kind) {
    case Kind::TargetUnreachable:
        return tr("%1 can't be reached.").arg(what);
    case Kind::TargetUnsuitable:
        return tr("%1 can't run this machine.").arg(what);
    case Kind::NameTaken:
        return tr("Another machine over there is called %1.").arg(what);
    case Kind::AlreadyThere:
        return tr("The machine %1 runs over there already.").arg(what);
    case Kind::CpuIncompatible:
        return tr("The CPU over there lacks what the guest of %1 sees.").arg(what);
    case Kind::DisksNotShared:
        return tr("Disk %1 is not on storage that both hosts share: have it copied.").arg(what);
    case Kind::DiskMissingThere:
        return tr("There is no place over there that disk %1 could be copied to.").arg(what);
    case Kind::NetworkMissing:
        return tr("The network %1 is not there, or does not run.").arg(what);
    case Kind::OlderVersion:
        return tr("%1 is older over there: going back may fail.").arg(what);
    case Kind::DeviceOfHost:
        return tr("The device %1 belongs to this host and can't come along.").arg(what);
    case Kind::TooLittleMemory:
        return tr("There is too little free memory on %1.").arg(what);
    case Kind::SameHost:
        return tr("%1 is the host that it is on already.").arg(what);
    }
    return {};
}

} // namespace ui
