// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/base/ErrnoError.h"

#include <QtGlobal>

#include <cerrno>

namespace vmm {

Error errnoError(const QString& subject, const QString& call)
{
    return errnoError(subject, call, errno);
}

Error errnoError(const QString& subject, const QString& call, int errorNumber)
{
    Error error { ErrorKind::Io, subject,
        call + QStringLiteral(": ") + qt_error_string(errorNumber) };
    switch (errorNumber) {
    case ENOENT:
        error.kind = ErrorKind::NotFound;
        break;
    case EACCES:
    case EPERM:
    case EROFS:
        error.kind = ErrorKind::PermissionDenied;
        break;
    case ENOSPC:
    case EDQUOT:
        error.cause = ErrorCause::DiskFull;
        break;
    default:
        break;
    }
    return error;
}

} // namespace vmm
