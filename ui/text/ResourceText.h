// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Networks.h"
#include "hosts/Storage.h"
#include "models/PoolKinds.h"

#include <QCoreApplication>

namespace ui {

/// Storage, networks and devices in words.
class ResourceText {
    Q_DECLARE_TR_FUNCTIONS(ui::ResourceText)

public:
    static QString poolType(const QString& type); ///< "Folder"; libvirt's word if it is not known
    static QString poolTypeTip(const QString& type); ///< what it is, in a sentence
    static QString poolState(hosts::PoolState state);
    static QString poolField(models::PoolField field, const QString& type); ///< with a mnemonic
    static QString poolFieldHint(models::PoolField field, const QString& type); ///< an example
    static QString networkMode(const QString& mode); ///< "NAT"
    static QString networkModeTip(const QString& mode);
    static QString deviceKind(const QString& kind); ///< "PCI device"
    static QString changePool(hosts::ResourceAction action, const QString& name); ///< as a task
    static QString changeNetwork(hosts::ResourceAction action, const QString& name);
};

} // namespace ui
