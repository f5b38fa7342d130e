// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/SecretDialog.h"

#include "ui/SecretStore.h"
#include "ui/style/Colors.h"
#include "ui/widgets/Labels.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
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
    const auto askPerson = [=, guarded = QPointer(parent), stays = QPointer(asker)] {
        if (asker && !stays)
            return;
        if (parent && !guarded)
            return answer(std::nullopt);
        auto* dialog = new SecretDialog(
            { .subject = subject, .question = question, .canBeKept = canBeKept }, guarded);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, dialog, [=] {
            if (dialog->isToBeKept())
                store->keep(question.keyName, dialog->text());
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
        return askPerson();
    store->find(
        question.keyName, [=, stays = QPointer(asker)](const std::optional<QString>& secret) {
            if (!secret)
                askPerson();
            else if (!asker || stays)
                answer(secret);
        });
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
