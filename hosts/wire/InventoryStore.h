// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/HostUri.h"
#include "vmm/base/Result.h"

namespace hosts::wire {

/// What was last known of a host.
struct KnownHost {
    HostInfo info {};
    QVector<VmInfo> vms {};
    QDateTime lastSeen {}; ///< UTC

    bool operator==(const KnownHost&) const = default;
};

/// Keeps what was last known of each host across the end of the program: one file per host, in a
/// cache folder, in the form in which it travels over the wire (frames of a hello, the info, parts
/// of the inventory). A file is believed nothing: one that is too big, of another version or host,
/// or no such file at all, is as good as none. Blocking, for a thread that may wait.
class InventoryStore {
public:
    static constexpr int kFormat = 1;
    static constexpr qint64 kMaxSize = qint64(64) << 20; ///< bytes

    explicit InventoryStore(QString folder)
        : m_folder(std::move(folder))
    {
    }

    /// Errors: NotFound, Io, ProtocolViolation (detail: what is wrong with the file).
    vmm::Result<KnownHost> load(const HostUri& uri) const;
    /// Replaces the file as a whole, readable for this user alone. Errors: Io.
    vmm::Result<void> save(const HostUri& uri, const KnownHost& known) const;

    QString pathFor(const HostUri& uri) const;

private:
    QString m_folder;
};

} // namespace hosts::wire
