// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"
#include "hosts/wire/StandardStreams.h"
#include "vmm/base/FileDescriptor.h"

#include <variant>

/// One process serves a data folder, however many windows and commands use it: it is forked off by
/// the first virtdeck-host that is started for the folder, and lives as long as it has a peer, or a
/// guest waits for something that it does (some minutes at most). Each
/// virtdeck-host hands its standard streams to it (hosts/wire/HostDoor) and only stays to stand for
/// it: killing it takes its peer away, its end tells the window of an end of the serving process.
///
/// Who serves is decided by a lock on the file "host.lock" of the data folder, which names the
/// socket. All of this happens before there is a QCoreApplication or a second thread.
namespace share {

/// This process is the one that serves.
struct Serving {
    vmm::FileDescriptor lock {}; ///< to be kept to the end
    vmm::FileDescriptor listening {}; ///< invalid if nobody can be let in
    vmm::FileDescriptor firstVisitor {}; ///< the socket of the virtdeck-host that was started
};

/// This process stands for another: it has nothing to do any more but to end with this code.
struct Standing {
    int exitCode = 0;
};

/// Finds or forks the serving process and hands `wire` to it. Returns in one or both processes.
std::variant<Serving, Standing> share(
    const hosts::HostUri& uri, const hosts::wire::WireDescriptors& wire);

} // namespace share
