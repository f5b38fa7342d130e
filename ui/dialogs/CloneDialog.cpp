// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/CloneDialog.h"

#include "ui/dialogs/MachineDialogs.h"
#include "ui/text/HostText.h"
#include "ui/text/Text.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace ui {

using hosts::Feature;
using vmm::CloneKind;

CloneDialog::CloneDialog(Context& context, const models::VmRecord& vm, QWidget* parent)
    : FormDialog(QStringLiteral("clone"), tr("Clone %1").arg(vm.info.name), tr("Clone"), parent)
    , m_context(context)
    , m_vm { vm.host, vm.info.id }
    , m_info(vm.info)
    , m_name(new QLineEdit)
    , m_start(new QCheckBox(tr("&Start it when it is there")))
{
    QString proposal;
    for (int i = 1; proposal.isEmpty(); ++i) {
        const QString name = QStringLiteral("%1-%2").arg(vm.info.name).arg(i);
        if (MachineDialogs::nameProblem(context, vm.host, name).isEmpty())
            proposal = name;
    }
    m_name->setText(proposal);
    m_name->selectAll();
    add(tr("&Name"), "Name", m_name);
    addKind(CloneKind::Full, "Full",
        tr("Copies all disks. It takes a while and as much room, and stands alone."));
    addKind(CloneKind::Linked, "Linked",
        tr("Keeps only what differs from the original. It is there at once and small; the original "
           "can't be changed or removed while it exists."));
    addKind(CloneKind::Instant, "Instant",
        tr("Runs within a moment, as a twin of a running template; memory is shared until it is "
           "written to."));
    add(tr("Then"), "Start", m_start);
    for (QRadioButton* each : std::as_const(m_kinds)) {
        if (each->isEnabled()) {
            each->setChecked(true);
            break;
        }
    }
    // A template is there to be stood on.
    QRadioButton* linked = m_kinds[static_cast<int>(CloneKind::Linked)];
    QRadioButton* instant = m_kinds[static_cast<int>(CloneKind::Instant)];
    if (m_info.isTemplate && linked->isEnabled())
        linked->setChecked(true);
    if (instant->isEnabled())
        instant->setChecked(true);
    setProblem([this] {
        if (!m_kinds[static_cast<int>(kind())]->isEnabled())
            return whyNot(kind());
        return MachineDialogs::nameProblem(m_context, m_vm.host, m_name->text().trimmed());
    });
    setConsequence([this] { return what(); });
    setRun([this] {
        if (m_context.workspace.hosts.contains(m_vm.host))
            m_context.workspace.commands.run(m_vm.host, hosts::CloneMachine { m_vm.vm, request() });
    });
}

void CloneDialog::addKind(CloneKind kind, const char* name, const QString& explanation)
{
    auto* radio = named(new QRadioButton(Text::cloneKind(kind)),
        prefix() + QString::fromLatin1(name), Text::cloneKind(kind));
    const QString why = whyNot(kind);
    radio->setEnabled(why.isEmpty());
    radio->setToolTip(why);
    auto* text = mutedLabel(why.isEmpty() ? explanation : explanation + QLatin1Char('\n') + why,
        radio->objectName() + QStringLiteral("Text"));
    text->setWordWrap(true);
    text->setContentsMargins(24, 0, 0, 0);
    addWide(radio);
    form()->addRow(text);
    m_kinds.append(radio);
}

QString CloneDialog::whyNot(CloneKind kind) const
{
    const Feature feature = kind == CloneKind::Instant ? Feature::InstantClone : Feature::Clone;
    if (const QString why = HostText::whyNot(*m_vm.host, feature); !why.isEmpty())
        return why;
    const bool isActive = vmm::isActive(m_info.state);
    if (kind == CloneKind::Instant && !(m_info.isTemplate && isActive))
        return tr("Only a template that was made of a running machine has instant clones.");
    if (kind != CloneKind::Instant && isActive && !m_info.isTemplate)
        return tr("Switch the machine off first: its disks change while it runs.");
    return {};
}

CloneKind CloneDialog::kind() const
{
    for (qsizetype i = 0; i < m_kinds.size(); ++i) {
        if (m_kinds[i]->isChecked())
            return static_cast<CloneKind>(i);
    }
    return CloneKind::Full;
}

vmm::CloneRequest CloneDialog::request() const
{
    return { .name = m_name->text().trimmed(),
        .kind = kind(),
        .isStarted = m_start->isChecked() || kind() == CloneKind::Instant };
}

QString CloneDialog::what() const
{
    m_start->setEnabled(kind() != CloneKind::Instant);
    m_start->setToolTip(
        kind() == CloneKind::Instant ? tr("An instant clone always runs.") : QString());
    return tr("Makes %1 with an identity of its own: UUID and MAC addresses are new.")
        .arg(m_name->text().trimmed());
}

} // namespace ui
