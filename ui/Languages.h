// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QCoreApplication;

namespace ui {

/// The languages the program speaks. Translations lie in its resources.
class Languages {
public:
    static QStringList codes(); ///< "de", "en"
    static QString nativeName(const QString& code); ///< "Deutsch"

    /// Makes the program speak `code`; empty: what the desktop speaks, English if we don't know it.
    /// Before the first window.
    static void install(QCoreApplication& application, const QString& code);
};

} // namespace ui
