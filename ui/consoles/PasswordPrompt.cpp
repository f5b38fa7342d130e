// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/PasswordPrompt.h"

#include "ui/consoles/OpenConsole.h"
#include "ui/dialogs/SecretDialog.h"

#include <QWidget>

#include <utility>

namespace ui {

namespace {

/// A machine keeps its password from one address to the next; a connection file has but the
/// address.
QString keyNameOf(const OpenConsole& console)
{
    if (console.vm().host)
        return QStringLiteral("console %1 %2")
            .arg(console.vm().host->uri().toString(), console.settingsKey());
    const vmm::ConsoleEndpoint& endpoint = console.session().endpoint();
    return QStringLiteral("console %1:%2")
        .arg(endpoint.host)
        .arg(endpoint.tlsPort != 0 ? endpoint.tlsPort : endpoint.port);
}

} // namespace

PasswordPrompt::PasswordPrompt(Context& context, QWidget* parent)
    : QObject(parent)
    , m_context(context)
    , m_parent(parent)
{
}

void PasswordPrompt::askIfDue(OpenConsole& console)
{
    if (console.wantsPassword() && !console.isPasswordDeclined()
        && console.passwordTries() < kTries)
        ask(console);
}

void PasswordPrompt::ask(OpenConsole& console)
{
    if (m_question || !console.wantsPassword())
        return;
    m_question = new QObject(this);
    connect(&console, &OpenConsole::changed, m_question, [this, &console] {
        if (!console.wantsPassword())
            endQuestion();
    });
    connect(&console, &QObject::destroyed, m_question, [this] { endQuestion(); });
    if (console.session().isUserWanted())
        askUser(console);
    else
        askPassword(console, {});
}

void PasswordPrompt::endQuestion()
{
    if (m_question)
        std::exchange(m_question, nullptr)->deleteLater(); // it may be what this was called for
}

void PasswordPrompt::askUser(OpenConsole& console)
{
    const hosts::Question question { .prompt
        = tr("User name for the console of %1").arg(console.name()),
        .kind = hosts::Question::Kind::Text,
        .keyName = keyNameOf(console) + QStringLiteral(" user"),
        .isRepeated = console.passwordTries() > 0 };
    SecretDialog::askOrRecall(
        m_parent, console.name(), question, m_context.secrets,
        [me = QPointer(this), to = QPointer(&console)](const std::optional<QString>& user) {
            if (!me)
                return;
            if (to && user)
                return me->askPassword(*to, *user);
            me->endQuestion();
            if (to)
                to->declinePassword();
        },
        m_question);
}

void PasswordPrompt::askPassword(OpenConsole& console, const QString& user)
{
    const hosts::Question question { .prompt
        = tr("Password for the console of %1").arg(console.name()),
        .keyName = keyNameOf(console),
        .isRepeated = console.passwordTries() > 0 };
    SecretDialog::askOrRecall(
        m_parent, console.name(), question, m_context.secrets,
        [me = QPointer(this), to = QPointer(&console), user](
            const std::optional<QString>& password) {
            if (me)
                me->endQuestion();
            if (to && password)
                to->reconnectAs(user, *password);
            else if (to)
                to->declinePassword();
        },
        m_question);
}

} // namespace ui
