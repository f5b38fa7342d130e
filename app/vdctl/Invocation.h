// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/vdctl/CommandTable.h"
#include "app/vdctl/Output.h"

namespace vdctl {

/// What the command line of vdctl asks for.
struct Invocation {
    QString uri {};
    QString hostProgram {}; ///< instead of virtdeck-host; for tests
    bool isJson = false;
    bool isVerbose = false;
    const CommandSpec* command = nullptr; ///< null: only `text` is to be printed
    Call call {};
    QString text {}; ///< help or version

    ErrorStyle errorStyle() const { return { .isJson = isJson, .isVerbose = isVerbose }; }
};

/// Reads arguments (without the program's name). Errors: InvalidConfig, with a sentence.
vmm::Result<Invocation> parseArguments(const QStringList& arguments);

/// Whether such arguments ask for JSON, also where they make no sense otherwise.
bool wantJson(const QStringList& arguments);

/// What could come next on a command line: `words` end with the one that is being typed.
struct Completion {
    QStringList words {};
    QStringList listing {}; ///< and each line that this command prints
    QString uri {};
    QString hostProgram {};
};
Completion complete(const QStringList& words);

/// 0 is success; the rest as in vdctl(1). They never change.
int exitCodeFor(vmm::ErrorKind kind);
inline constexpr int kUsageError = 2;

} // namespace vdctl
