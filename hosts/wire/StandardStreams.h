// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hosts::wire {

/// The two ends of a wire, to be given to a HostServer.
struct WireDescriptors {
    int readFd = -1;
    int writeFd = -1;
};

/// Takes standard input and output for the wire, for the life of the process: what others write to
/// standard output goes to standard error from now on, who reads standard input finds its end, and
/// child processes inherit neither end (a QEMU that outlives this process would keep the wire
/// open). Call it first of all in main(). Also ignores SIGPIPE.
WireDescriptors takeStandardStreams();

} // namespace hosts::wire
