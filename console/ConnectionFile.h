// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/base/Result.h"

#include <QKeySequence>
#include <QStringList>

namespace console {

/// A connection file (.vv), as virt-viewer, Proxmox and oVirt make them: the way to one console, in
/// the [virt-viewer] group of a key file. A value; holds a secret.
/// Source: remote-viewer(1), "CONNECTION FILE" (virt-viewer 11).
struct ConnectionFile {
    vmm::ConsoleEndpoint endpoint {};
    QByteArray certificates {}; ///< PEM, of the key "ca"; the endpoint names no file for them yet
    QString proxy {}; ///< "http://host:port" or "https://…", asked to CONNECT
    QString title {};
    bool isFullScreen = false;
    bool isDeleted = false; ///< "delete-this-file": its secret is good for once
    // Keys that the file gives a meaning; empty: none.
    QKeySequence fullScreenKey {}; ///< "toggle-fullscreen"
    QKeySequence releaseKey {}; ///< "release-cursor": gives a captured pointer back
    QKeySequence attentionKey {}; ///< "secure-attention": sends Ctrl+Alt+Del
    QStringList ignored {}; ///< keys that ask for what is not done here, in their order

    bool operator==(const ConnectionFile&) const = default;
};

/// Reads what is in a file named `name`. Unknown keys are ignored, groups of others too, and a file
/// without any group is taken as a whole. Errors: InvalidConfig, its detail with the line's number.
vmm::Result<ConnectionFile> parseConnectionFile(const QByteArray& bytes, const QString& name);

/// The same, from disk; one larger than a connection file can be is refused. Errors: Io, too.
vmm::Result<ConnectionFile> readConnectionFile(const QString& path);

/// As a file that other viewers read, too. The password is left out.
QByteArray toConnectionFile(const ConnectionFile& file);

} // namespace console
