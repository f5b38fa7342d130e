// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/StandardStreams.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

namespace hosts::wire {

WireDescriptors takeStandardStreams()
{
    std::signal(SIGPIPE, SIG_IGN);
    const WireDescriptors wire {
        .readFd = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1),
        .writeFd = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1),
    };
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing >= 0) {
        ::dup2(nothing, STDIN_FILENO); // the copy is not close-on-exec
        ::close(nothing);
    }
    return wire;
}

} // namespace hosts::wire
