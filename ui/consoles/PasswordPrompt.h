// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"

#include <QObject>
#include <QPointer>

namespace ui {

class OpenConsole;

/// Asks for the password, and where the server wants one the user's name, of a console that does
/// not let us in: by itself up to three times, then only when it is told to. Kept in the keyring if
/// the user says so. The question goes when it has become pointless.
class PasswordPrompt : public QObject {
    Q_OBJECT

public:
    static constexpr int kTries = 3;

    PasswordPrompt(Context& context, QWidget* parent);

    void askIfDue(OpenConsole& console); ///< the console is looked at, and its state changed
    void ask(OpenConsole& console); ///< the user wants to be asked

private:
    void askUser(OpenConsole& console);
    void askPassword(OpenConsole& console, const QString& user);
    void endQuestion();

    Context& m_context;
    QWidget* m_parent;
    QObject* m_question = nullptr; ///< lives while one is asked
};

} // namespace ui
