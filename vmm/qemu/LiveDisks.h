// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

#include <QHash>
#include <QJsonValue>
#include <QStringList>

namespace vmm {

class Machine;

/// The disks of a running machine as its QEMU has them now. Which node a disk is on changes with
/// every layer that is put on it or merged, so it is asked for, never remembered.
struct LiveDisks {
    struct Disk {
        QString rootNode {}; ///< what the device is on: the image, or the throttle above it
        QStringList chain {}; ///< paths of its images, top first
    };

    QHash<QString, Disk> disks {}; ///< by target: vda
    QHash<QString, QString> nodes {}; ///< path of an image -> its format node

    QString top(const QString& target) const { return disks.value(target).chain.value(0); }
};

/// Source: QMP `query-block`, `query-named-block-nodes` (QEMU 7.2).
Future<LiveDisks> readLiveDisks(Machine& machine);
/// From the answers to both. Pure.
LiveDisks parseLiveDisks(const QJsonValue& blockDevices, const QJsonValue& namedNodes);

} // namespace vmm
