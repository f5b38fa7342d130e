// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace vdctl {

/// Writes all of it to standard output, now: events are read as they come. The errno of what went
/// wrong, or 0.
int writeOut(const QByteArray& bytes);
/// The same of what the system still holds back, at the end of the program.
int closeOut();

/// The exit code when whoever read the output is gone; as of a program that SIGPIPE ended.
inline constexpr int kReaderGone = 141;
/// The exit code for such an errno, after telling it on standard error if it is worth that.
int tellUnwritable(int error);

} // namespace vdctl
