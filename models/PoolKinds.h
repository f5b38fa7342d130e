// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Storage.h"

namespace models {

/// What has to be said of a new pool, beside its name.
enum class PoolField { Target, Host, Path, Devices, SourceName, Format, Initiator, Login };

/// A type of pool that libvirt has (https://libvirt.org/storage.html).
struct PoolKind {
    QString type {};
    QVector<PoolField> required {};
    QVector<PoolField> optional {};
    QStringList formats {}; ///< of what it is made of; the first is the usual one
    QStringList volumeFormats {}; ///< empty: volumes have none
    enum class Build {
        Never, ///< it must be there
        Harmless, ///< an empty folder is made
        Destructive, ///< what is on the device is lost
    } build
        = Build::Never;

    bool takes(PoolField field) const
    {
        return required.contains(field) || optional.contains(field);
    }
};

const QVector<PoolKind>& poolKinds();
/// One of that type; of one that is not known: with a target alone.
PoolKind poolKindOf(const QString& type);

/// Where the volumes of a new pool are usually found; empty for types that need no folder.
QString usualPoolTarget(const PoolKind& kind, const QString& name);

/// The fields that are still missing.
QVector<PoolField> missingFields(const PoolKind& kind, const hosts::NewPool& pool);

} // namespace models
