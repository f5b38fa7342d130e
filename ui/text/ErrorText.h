// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Error.h"

#include <QCoreApplication>

namespace ui {

/// A failure as the user reads it: what happened, why, and what to do about it, in sentences of the
/// current language. The only place that turns vmm::Error into words.
class ErrorText {
    Q_DECLARE_TR_FUNCTIONS(ui::ErrorText)

public:
    QString what {};
    QString why {}; ///< may be empty
    QString remedy {}; ///< may be empty

    static ErrorText of(const vmm::Error& error);

    /// "what why remedy" in one line.
    QString inOneLine() const;

    /// Everything for a bug report or a search engine, raw text included.
    static QString details(const vmm::Error& error);

private:
    static ErrorText ofCause(const vmm::Error& error);
    static ErrorText ofBackupCause(const vmm::Error& error);
    static ErrorText ofHostCause(const vmm::Error& error);
    static ErrorText ofKind(const vmm::Error& error);
};

} // namespace ui
