// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QCoreApplication>

#include <functional>
#include <optional>

class QPlainTextEdit;

namespace ui {

/// Edits a definition as XML: fetches it, shows it, and begins what stores it. If somebody else has
/// stored another one meanwhile, both are shown.
class XmlDialog {
    Q_DECLARE_TR_FUNCTIONS(ui::XmlDialog)

public:
    struct Subject {
        QString title {}; ///< "Edit network lab"
        QString hint {}; ///< when a change counts
        hosts::Operation fetch {}; ///< answered by text
        /// `base`: what was fetched.
        std::function<hosts::Operation(const QString& xml, const QString& base)> store {};
    };

    static void edit(Context& context, hosts::Host* host, const Subject& subject, QWidget* parent);
    /// A field for a form.
    static QPlainTextEdit* makeEditor(const QString& xml);
    /// Why it can't be a definition, in a sentence; empty if it may be one.
    static QString problem(const QString& xml, const QString& root);

private:
    /// Of what is edited: as it is stored, and as it was typed before it was refused.
    struct Content {
        QString stored {};
        std::optional<QString> typed {};
    };

    static void fetch(Context& context, hosts::Host* host, const Subject& subject,
        const std::optional<QString>& typed, QWidget* parent);
    static void show(Context& context, hosts::Host* host, const Subject& subject,
        const Content& content, QWidget* parent);
    static void store(Context& context, hosts::Host* host, const Subject& subject,
        const Content& content, QWidget* parent);
};

} // namespace ui
