// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QCoreApplication>

#include <functional>

class QPlainTextEdit;

namespace ui {

/// Edits a definition as XML: fetches it, shows it, and begins what stores it.
class XmlDialog {
    Q_DECLARE_TR_FUNCTIONS(ui::XmlDialog)

public:
    struct Subject {
        QString title {}; ///< "Edit network lab"
        QString hint {}; ///< when a change counts
        hosts::Operation fetch {}; ///< answered by text
        std::function<hosts::Operation(const QString& xml)> store {};
    };

    static void edit(Context& context, hosts::Host* host, const Subject& subject, QWidget* parent);
    /// A field for a form.
    static QPlainTextEdit* makeEditor(const QString& xml);
    /// Why it can't be a definition, in a sentence; empty if it may be one.
    static QString problem(const QString& xml, const QString& root);

private:
    static void show(Context& context, hosts::Host* host, const Subject& subject,
        const QString& xml, QWidget* parent);
};

} // namespace ui
