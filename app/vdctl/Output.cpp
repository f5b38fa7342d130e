// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/vdctl/Output.h"

#include "app/vdctl/Invocation.h"

#include <cerrno>
#include <cstdio>

namespace vdctl {

namespace {

int errorOf(bool isDone)
{
    if (isDone)
        return 0;
    return errno != 0 ? errno : EIO;
}

} // namespace

int writeOut(const QByteArray& bytes)
{
    const auto size = static_cast<size_t>(bytes.size());
    errno = 0;
    return errorOf(
        std::fwrite(bytes.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0);
}

int closeOut()
{
    errno = 0;
    return errorOf(std::fclose(stdout) == 0);
}

int tellUnwritable(int error)
{
    if (error == EPIPE)
        return kReaderGone;
    std::fprintf(stderr, "vdctl: standard output: %s\n", qPrintable(qt_error_string(error)));
    return exitCodeFor(vmm::ErrorKind::Io);
}

} // namespace vdctl
