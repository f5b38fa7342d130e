// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/RunInGuestDialog.h"

#include "ui/style/Colors.h"
#include "ui/text/ErrorText.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

RunInGuestDialog::RunInGuestDialog(Context& context, const models::VmRecord& vm, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_vm { vm.host, vm.info.id }
    , m_program(named(new QLineEdit, "runProgram", tr("Program")))
    , m_arguments(named(new QPlainTextEdit, "runArguments", tr("Arguments")))
    , m_output(named(new QPlainTextEdit, "runOutput", tr("Output")))
    , m_verdict(wrappedLabel({}, QStringLiteral("runVerdict")))
    , m_run(nullptr)
{
    setObjectName(QStringLiteral("runInGuest"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Run in the guest of %1").arg(vm.info.name));
    m_program->setPlaceholderText(QStringLiteral("/usr/bin/uptime"));
    m_arguments->setPlaceholderText(tr("One a line; no shell reads them"));
    m_arguments->setTabChangesFocus(true);
    m_arguments->setFixedHeight(fontMetrics().lineSpacing() * 4 + 12);
    m_output->setReadOnly(true);
    m_output->setTabChangesFocus(true);
    m_output->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_output->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_output->setMinimumHeight(fontMetrics().lineSpacing() * 8);
    layOut();
    connect(m_program, &QLineEdit::textChanged, this, &RunInGuestDialog::validate);
    connect(m_program, &QLineEdit::returnPressed, m_run, &QPushButton::click);
    connect(m_run, &QPushButton::clicked, this, &RunInGuestDialog::run);
    validate();
}

void RunInGuestDialog::layOut()
{
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->addRow(tr("&Program"), m_program);
    form->addRow(tr("&Arguments"), m_arguments);
    auto* buttons = new QDialogButtonBox;
    m_run = named(
        buttons->addButton(tr("Run"), QDialogButtonBox::ActionRole), "runAccept", tr("Run"));
    m_run->setDefault(true);
    auto* close = named(
        buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole), "runClose", tr("Close"));
    close->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(headingLabel(windowTitle(), QStringLiteral("runTitle")));
    layout->addLayout(form);
    layout->addWidget(m_output, 1);
    layout->addWidget(m_verdict);
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);
}

void RunInGuestDialog::validate()
{
    QString whyNot;
    if (m_isRunning)
        whyNot = tr("What was run last has not ended yet.");
    else if (m_program->text().trimmed().isEmpty())
        whyNot = tr("Name the program first.");
    m_run->setEnabled(whyNot.isEmpty());
    m_run->setToolTip(whyNot);
}

void RunInGuestDialog::run()
{
    if (!m_context.workspace.hosts.contains(m_vm.host))
        return;
    m_isRunning = true;
    validate();
    m_verdict->setText(tr("Running…"));
    setTextColor(m_verdict, Colors::of(palette()).progress);
    const vmm::GuestCommand command { .program = m_program->text().trimmed(),
        .arguments = m_arguments->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts) };
    const auto answer
        = m_context.workspace.commands.run(m_vm.host, hosts::RunInGuest { m_vm.vm, command })
              .answer;
    vmm::async::onFinished(answer, this, [this](vmm::Result<hosts::Answer> done) {
        show(hosts::replyFrom<vmm::GuestCommandResult>(std::move(done)));
    });
}

void RunInGuestDialog::show(const vmm::Result<vmm::GuestCommandResult>& result)
{
    m_isRunning = false;
    validate();
    const Colors& colors = Colors::of(palette());
    if (!result) {
        m_verdict->setText(ErrorText::of(result.error()).inOneLine());
        setTextColor(m_verdict, colors.failed);
        return;
    }
    m_output->setPlainText(
        QString::fromUtf8(result->standardOutput) + QString::fromUtf8(result->standardError));
    QString text = result->signal != 0
        ? tr("Ended by signal %1.").arg(QLocale().toString(result->signal))
        : tr("Ended with exit code %1.").arg(QLocale().toString(result->exitCode));
    if (result->isCut)
        text += QLatin1Char(' ') + tr("There was more output than the agent keeps.");
    m_verdict->setText(text);
    setTextColor(m_verdict,
        result->exitCode == 0 && result->signal == 0 ? colors.running : colors.attention);
}

} // namespace ui
