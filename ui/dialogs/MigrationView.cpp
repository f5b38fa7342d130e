// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/MigrationView.h"

#include "models/MigrationEstimate.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Units.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kTickMs = 1000;

} // namespace

MigrationView::MigrationView(Context& context, const models::VmRef& vm, const QString& name,
    const models::Begun& begun, const hosts::MigrationRequest& request, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_vm(vm)
    , m_name(name)
    , m_task(begun.task)
    , m_request(request)
    , m_verdict(wrappedLabel(tr("Beginning…"), QStringLiteral("migrationVerdict")))
    , m_bar(named(new QProgressBar, "migrationBar", tr("How far it is")))
    , m_facts(new FactList(QStringLiteral("migrationFacts")))
    , m_postCopy(named(new QPushButton(tr("Go on over there &now")), "migrationPostCopy",
          tr("Go on over there now")))
    , m_cancel(
          named(new QPushButton(tr("Cancel the move")), "migrationCancel", tr("Cancel the move")))
    , m_close(named(new QPushButton(tr("Close")), "migrationClose", tr("Close")))
{
    setObjectName(QStringLiteral("migrationView"));
    setWindowTitle(tr("Moving %1").arg(m_name));
    layOut();
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_context.workspace.tasks.cancel(m_task);
        m_cancel->setEnabled(false);
    });
    connect(m_postCopy, &QPushButton::clicked, this, [this] {
        m_context.workspace.commands.run(m_vm.host, hosts::SwitchToPostCopy { m_vm.vm });
        m_postCopy->setEnabled(false);
    });
    connect(m_close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_vm.host, &QObject::destroyed, this, &QDialog::reject);
    vmm::async::onFinished(
        begun.answer, this, [this](const vmm::Result<hosts::Answer>& answer) { finish(answer); });
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &MigrationView::ask);
    m_tick.start();
    ask();
}

void MigrationView::layOut()
{
    m_bar->setRange(0, 0);
    m_postCopy->setVisible(m_request.isPostCopyAllowed);
    m_postCopy->setToolTip(
        tr("The guest goes on over there; what is missing of its memory follows. "
           "If the connection breaks then, the machine is lost."));
    m_close->setToolTip(tr("The move goes on; the tasks tell how far it is."));
    auto* heading = headingLabel(tr("Moving %1").arg(m_name), QStringLiteral("migrationTitle"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_postCopy);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(heading);
    layout->addWidget(mutedLabel(m_request.target, QStringLiteral("migrationTarget")));
    layout->addWidget(m_bar);
    layout->addWidget(m_verdict);
    layout->addWidget(m_facts, 1);
    layout->addLayout(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 66);
}

void MigrationView::ask()
{
    m_question.ask(m_vm.host, hosts::GetMigrationProgress { m_vm.vm }, this,
        [this](const vmm::Result<hosts::MigrationProgress>& progress) {
            if (progress && progress->isActive && m_tick.isActive())
                take(*progress);
        });
}

void MigrationView::take(const hosts::MigrationProgress& progress)
{
    const models::MigrationOutlook outlook = models::outlookOf(progress);
    m_bar->setRange(0, outlook.percent < 0 ? 0 : 100);
    m_bar->setValue(outlook.percent);
    if (progress.isPostCopy)
        m_verdict->setText(tr("It runs over there already; the rest of its memory follows."));
    else if (outlook.isLosing)
        m_verdict->setText(tr("The guest writes as fast as is copied: it does not end like this. "
                              "It is slowed down, or can go on over there now if that was "
                              "allowed."));
    else if (outlook.left)
        m_verdict->setText(tr("About %1 left").arg(Units::duration(*outlook.left)));
    else
        m_verdict->setText(tr("Copying…"));
    const auto rate
        = [](vmm::Bytes bytes) { return Units::rate(static_cast<double>(bytes.count())); };
    m_facts->setFacts(
        { { tr("Left to copy"),
              tr("%1 of %2").arg(Units::bytes(progress.remaining), Units::bytes(progress.total)) },
            { tr("Copied"), rate(progress.rate) },
            { tr("Written by the guest"), rate(progress.dirtyRate) },
            { tr("Rounds over the memory"), QLocale().toString(progress.rounds) },
            { tr("Will stand still for"), tr("about %1 ms").arg(progress.downtimeMs) },
            { tr("So far"), Units::duration(std::chrono::seconds(progress.elapsedMs / 1000)) } });
    m_postCopy->setEnabled(!progress.isPostCopy);
    m_cancel->setEnabled(!progress.isPostCopy);
    m_cancel->setToolTip(
        progress.isPostCopy ? tr("It runs over there: there is no way back.") : QString());
}

void MigrationView::finish(const vmm::Result<hosts::Answer>& answer)
{
    m_tick.stop();
    m_question.forget();
    m_bar->setRange(0, 100);
    m_bar->setValue(answer ? 100 : 0);
    m_cancel->hide();
    m_postCopy->hide();
    m_close->setToolTip(QString());
    m_close->setDefault(true);
    if (answer)
        m_verdict->setText(tr("%1 is over there.").arg(m_name));
    else if (answer.error().kind == vmm::ErrorKind::Cancelled)
        m_verdict->setText(tr("Cancelled: %1 runs on here.").arg(m_name));
    else
        m_verdict->setText(ErrorText::of(answer.error()).inOneLine());
}

} // namespace ui
