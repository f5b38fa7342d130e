// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/SecretDialog.h"

#include "ui/style/Colors.h"
#include "ui/widgets/Labels.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using Kind = hosts::Question::Kind;

SecretDialog::SecretDialog(const SecretQuestion& asked, QWidget* parent)
    : QDialog(parent)
    , m_kind(asked.question.kind)
    , m_edit(new QLineEdit)
    , m_keep(new QCheckBox(tr("&Remember it in the keyring")))
{
    setObjectName(QStringLiteral("secretDialog"));
    const bool isTyped = m_kind != Kind::YesOrNo;
    setWindowTitle(
        isTyped ? tr("Log in to %1").arg(asked.subject) : tr("Trust %1?").arg(asked.subject));
    auto* prompt = wrappedLabel(asked.question.prompt, QStringLiteral("secretPrompt"));
    prompt->setTextFormat(Qt::PlainText); // it comes from outside
    prompt->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_edit->setObjectName(QStringLiteral("secretEdit"));
    m_edit->setAccessibleName(asked.question.prompt);
    m_edit->setEchoMode(m_kind == Kind::Secret ? QLineEdit::Password : QLineEdit::Normal);
    m_edit->setVisible(isTyped);
    auto* wrong = wrappedLabel(
        asked.question.isRepeated ? tr("That was not accepted. Try again, or cancel.") : QString(),
        QStringLiteral("secretWrong"));
    setTextColor(wrong, Colors::of(palette()).failed);
    wrong->setVisible(asked.question.isRepeated);

    m_keep->setObjectName(QStringLiteral("secretKeep"));
    m_keep->setAccessibleName(tr("Remember it in the keyring"));
    m_keep->setVisible(isTyped && asked.canBeKept);
    const QString problem = asked.problem ? sentence(*asked.problem) : QString();
    auto* noKeyring = mutedLabel(problem, QStringLiteral("secretKeyring"));
    noKeyring->setWordWrap(true);
    noKeyring->setTextFormat(Qt::PlainText);
    noKeyring->setVisible(asked.problem && m_keep->isVisibleTo(this));
    if (asked.problem && asked.problem->kind == KeyringProblem::Kind::Missing)
        m_keep->setEnabled(false);
    m_keep->setToolTip(problem);

    auto* buttons = new QDialogButtonBox;
    auto* agree = buttons->addButton(
        isTyped ? tr("Log in") : tr("Trust this computer"), QDialogButtonBox::AcceptRole);
    agree->setObjectName(QStringLiteral("secretAgree"));
    agree->setAccessibleName(agree->text());
    auto* decline = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    decline->setObjectName(QStringLiteral("secretDecline"));
    decline->setAccessibleName(decline->text());
    // Trust is not given by a careless Return.
    (isTyped ? agree : decline)->setDefault(true);
    agree->setAutoDefault(isTyped); // trust is not given by a Return that merely comes first
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(prompt);
    layout->addWidget(m_edit);
    layout->addWidget(wrong);
    layout->addWidget(m_keep);
    layout->addWidget(noKeyring);
    layout->addStretch(1);
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
    if (isTyped)
        m_edit->setFocus();
    else
        decline->setFocus();
}

QString SecretDialog::text() const
{
    return m_kind != Kind::YesOrNo ? m_edit->text() : QStringLiteral("yes");
}

bool SecretDialog::isToBeKept() const
{
    return m_keep->isVisibleTo(this) && m_keep->isChecked();
}

void SecretDialog::askOrRecall(QWidget* parent, const QString& subject,
    const hosts::Question& question, SecretStore* store, const Answer& answer, QObject* asker)
{
    const bool canBeKept = store != nullptr && !question.keyName.isEmpty();
    const auto askPerson = [=, guarded = QPointer(parent), stays = QPointer(asker)](
                               const std::optional<KeyringProblem>& problem) {
        if (asker && !stays)
            return;
        if (parent && !guarded)
            return answer(std::nullopt);
        auto* dialog = new SecretDialog({ .subject = subject,
                                            .question = question,
                                            .canBeKept = canBeKept,
                                            .problem = problem },
            guarded);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, dialog, [=] {
            if (dialog->isToBeKept())
                store->keep(question.keyName, dialog->text(),
                    [subject, guarded, isOwned = parent != nullptr](const KeyringProblem& why) {
                        if (guarded || !isOwned)
                            tellNotKept(guarded, subject, why);
                    });
            answer(dialog->text());
        });
        connect(dialog, &QDialog::rejected, dialog, [answer] { answer(std::nullopt); });
        if (asker) {
            connect(asker, &QObject::destroyed, dialog, [dialog] {
                dialog->disconnect(dialog);
                dialog->close();
            });
        }
        dialog->open();
    };
    if (canBeKept && question.isRepeated)
        store->forget(question.keyName); // whatever it was, it is not that
    if (!canBeKept || question.isRepeated)
        return askPerson(std::nullopt);
    store->find(question.keyName, [=, stays = QPointer(asker)](const SecretStore::Found& found) {
        if (!found.secret)
            askPerson(found.problem);
        else if (!asker || stays)
            answer(found.secret);
    });
}

QString SecretDialog::sentence(const KeyringProblem& problem)
{
    switch (problem.kind) {
    case KeyringProblem::Kind::Missing:
        return tr("There is no keyring here: nothing can be remembered. Install one (Debian: "
                  "gnome-keyring), then log in to the desktop again.");
    case KeyringProblem::Kind::Locked:
        return tr("The keyring is locked, or refuses. Unlock it, or allow VirtDeck to use it.");
    case KeyringProblem::Kind::Silent:
        return tr("The keyring has not answered so far. It may be locked and wait for you to "
                  "unlock it.");
    case KeyringProblem::Kind::Other:
        //: %1 is what the keyring said
        return tr("The keyring can't be used: %1 Make sure that one runs (Debian: gnome-keyring) "
                  "and is unlocked.")
            .arg(problem.detail);
    }
    return {};
}

void SecretDialog::tellNotKept(
    QWidget* parent, const QString& subject, const KeyringProblem& problem)
{
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Not remembered"),
        tr("What you typed for %1 was used, but is not remembered.").arg(subject),
        QMessageBox::Close, parent);
    box->setObjectName(QStringLiteral("secretNotKept"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        sentence(problem) + QLatin1Char(' ') + tr("You will be asked for it again."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void SecretDialog::ask(QWidget* parent, const SecretQuestion& question, const Answer& answer)
{
    auto* dialog = new SecretDialog(question, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, dialog, [dialog, answer] { answer(dialog->text()); });
    connect(dialog, &QDialog::rejected, dialog, [answer] { answer(std::nullopt); });
    dialog->open();
}

} // namespace ui
