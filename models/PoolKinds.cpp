// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/PoolKinds.h"

namespace models {

namespace {

using Build = PoolKind::Build;
using F = PoolField;

QString word(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

QStringList fileFormats()
{
    return { word("qcow2"), word("raw") };
}

QVector<PoolKind> makeKinds()
{
    const QStringList fileSystems { word("auto"), word("ext4"), word("xfs"), word("vfat") };
    return {
        { word("dir"), { F::Target }, {}, {}, fileFormats(), Build::Harmless },
        { word("fs"), { F::Devices, F::Target }, { F::Format }, fileSystems, fileFormats(),
            Build::Destructive },
        { word("netfs"), { F::Host, F::Path, F::Target }, { F::Format },
            { word("auto"), word("nfs"), word("cifs"), word("glusterfs") }, fileFormats(),
            Build::Harmless },
        { word("logical"), { F::SourceName }, { F::Devices, F::Target }, {}, {},
            Build::Destructive },
        { word("disk"), { F::Devices, F::Target }, { F::Format },
            { word("gpt"), word("dos"), word("bsd"), word("mac") }, {}, Build::Destructive },
        { word("iscsi"), { F::Host, F::Path, F::Target }, { F::Login }, {}, {}, Build::Never },
        { word("iscsi-direct"), { F::Host, F::Path, F::Initiator }, { F::Login }, {}, {},
            Build::Never },
        { word("scsi"), { F::Path, F::Target }, {}, {}, {}, Build::Never },
        { word("mpath"), { F::Target }, {}, {}, {}, Build::Never },
        { word("rbd"), { F::Host, F::SourceName }, { F::Login }, {}, {}, Build::Never },
        { word("gluster"), { F::Host, F::SourceName }, { F::Path }, {}, fileFormats(),
            Build::Never },
        { word("zfs"), { F::SourceName }, { F::Devices, F::Target }, {}, {}, Build::Destructive },
        { word("vstorage"), { F::SourceName, F::Target }, {}, {}, fileFormats(), Build::Never },
    };
}

bool isGiven(PoolField field, const hosts::NewPool& pool)
{
    switch (field) {
    case F::Target:
        return pool.target.startsWith(QLatin1Char('/'));
    case F::Host:
        return !pool.host.trimmed().isEmpty();
    case F::Path:
        return !pool.path.trimmed().isEmpty();
    case F::Devices:
        return !pool.devices.isEmpty();
    case F::SourceName:
        return !pool.sourceName.trimmed().isEmpty();
    case F::Format:
        return !pool.format.isEmpty();
    case F::Initiator:
        return !pool.initiator.trimmed().isEmpty();
    case F::Login:
        return !pool.user.trimmed().isEmpty();
    }
    return true;
}

} // namespace

const QVector<PoolKind>& poolKinds()
{
    static const QVector<PoolKind> kinds = makeKinds();
    return kinds;
}

PoolKind poolKindOf(const QString& type)
{
    for (const PoolKind& kind : poolKinds()) {
        if (kind.type == type)
            return kind;
    }
    return { .type = type, .required = { F::Target } };
}

QString usualPoolTarget(const PoolKind& kind, const QString& name)
{
    if (!kind.takes(F::Target))
        return {};
    if (kind.type == word("logical"))
        return {}; // /dev/VG, which libvirt knows
    if (kind.type == word("disk"))
        return word("/dev");
    if (kind.type == word("mpath"))
        return word("/dev/mapper");
    if (kind.type == word("iscsi") || kind.type == word("scsi"))
        return word("/dev/disk/by-path");
    if (kind.type == word("zfs"))
        return {};
    return word("/var/lib/libvirt/") + (name.isEmpty() ? word("images") : name);
}

QVector<PoolField> missingFields(const PoolKind& kind, const hosts::NewPool& pool)
{
    QVector<PoolField> missing;
    for (const PoolField field : kind.required) {
        if (!isGiven(field, pool))
            missing.append(field);
    }
    return missing;
}

} // namespace models
