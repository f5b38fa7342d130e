// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Error.h"

#include <QByteArray>

namespace vdctl {

/// How errors are told.
struct ErrorStyle {
    bool isJson = false;
    bool isVerbose = false;
};

/// Tells an error on standard error. `remedy`: instead of what is usual for such a one.
void tellError(const vmm::Error& error, ErrorStyle style, const QString& remedy = {});
/// The same of what makes no sense as a command line, in one sentence.
void tellUsageError(const vmm::Error& error, ErrorStyle style);

/// Writes all of it to standard output, now: events are read as they come. The errno of what went
/// wrong, or 0.
int writeOut(const QByteArray& bytes);
/// The same of what the system still holds back, at the end of the program.
int closeOut();

/// The exit code when whoever read the output is gone; as of a program that SIGPIPE ended.
inline constexpr int kReaderGone = 141;
/// The exit code for such an errno, after telling it on standard error if it is worth that.
int tellUnwritable(int error, ErrorStyle style);

} // namespace vdctl
