// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/Handles.h"
#include "vmm/base/Result.h"

#include <QHash>
#include <QStringList>
#include <QVector>

namespace hosts::libvirt {

/// How many questions at a time find out who needs an image: enough for a host that is far away,
/// and few enough for others to be answered meanwhile.
inline constexpr int kImageUseWidth = 8;

/// Who needs which image of a host, asked for before something is deleted or merged: the disks of
/// all machines as they are stored and as they run, what their external snapshots keep, and which
/// image stands on which, in all active pools. Images are told by their absolute paths, whatever a
/// definition calls them by (a pool and a volume; a symbolic link, if that can be seen from here).
/// A value.
class ImageUse {
public:
    /// `paths`: images that will be asked about; their folders are looked into though no pool has
    /// them. Pools of files are read anew for it. Blocking, for worker threads. Errors: what
    /// libvirt says. Source: virConnectListAllDomains, virDomainGetXMLDesc, virStoragePoolRefresh,
    /// virStorageVolGetXMLDesc.
    static vmm::Result<ImageUse> read(
        const Connection& connection, const QStringList& paths, int width = kImageUseWidth);

    /// Machines (not `except`) that have it for a disk, or something that stands on it.
    QStringList machines(const QString& path, VmId except = {}) const;
    /// The images that stand directly on it.
    QStringList imagesOn(const QString& path) const;
    /// All of them: "clone.qcow2 (web)".
    QStringList needs(const QString& path, VmId except = {}) const;
    /// Disks of machines (not of `except`) of which can't be told what they are or stand on. As
    /// long as there is one, nothing is known to be needless.
    QStringList unresolved(VmId except = {}) const;

    /// What an image goes by here. On this computer that is where symbolic links lead to.
    QString normal(const QString& path) const;

    /// An error (Busy, ImageNeeded) if somebody else than `except` needs it, or may.
    vmm::Result<void> checkNeedless(const QString& path, VmId except = {}) const;

private:
    friend class ImageUseReader;

    struct User {
        VmId vm {};
        QString name {};
        QString path {}; ///< unresolved: the words
    };
    void addLayer(const QString& above, const QString& below);

    QMultiHash<QString, User> m_users; ///< by path
    QHash<QString, QStringList> m_above; ///< by path
    QVector<User> m_unresolved;
    bool m_isHere = false; ///< the host is this computer
};

} // namespace hosts::libvirt
