// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/MachineListTab.h"

#include "ui/text/HostText.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/PanelStack.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

MachineListTab::MachineListTab(Context& context, const Look& look, ListTree* tree, FactList* facts)
    : m_context(context)
    , m_look(look)
    , m_tree(tree)
    , m_facts(facts)
{
    setObjectName(QString::fromLatin1(look.name) + QStringLiteral("Tab"));
}

void MachineListTab::setContent(const QVector<QPushButton*>& buttons, QPushButton* deletes)
{
    m_tree->setButtons(buttons);
    m_tree->setDeleteButton(deletes);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    for (QPushButton* button : buttons)
        row->addWidget(button);
    row->addStretch(1);
    auto* content = new QWidget;
    auto* inside = new QVBoxLayout(content);
    inside->setContentsMargins(16, 12, 16, 12);
    inside->setSpacing(12);
    inside->addLayout(row);
    inside->addWidget(m_tree, 1);
    inside->addWidget(m_facts);
    m_panels = new PanelStack(
        QString::fromLatin1(m_look.name), content, m_look.glyph, m_look.emptyTitle);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panels);
    connect(m_tree, &ListTree::selectionMoved, this, [this] { refreshDetails(); });
    connect(m_panels, &PanelStack::retryRequested, this, &MachineListTab::load);
}

void MachineListTab::follow(std::function<bool(const hosts::Operation&)> concerns)
{
    connect(&m_context.workspace.tasks, &models::TaskModel::finished, this,
        [this, concerns = std::move(concerns)](const models::Task& task) {
            const hosts::Operation& operation = task.info.operation;
            if (concerns(operation) && hosts::vmOf(operation) == m_vm.vm)
                load();
        });
}

void MachineListTab::show(const models::VmRecord& vm)
{
    const models::VmRef ref { vm.host, vm.info.id };
    const bool isOther = !(ref == m_vm);
    if (isOther) {
        forget();
        m_vm = ref;
    }
    const bool mustAsk = isOther || !m_isKnown || isChanged(m_info, vm.info);
    m_info = vm.info;
    if (mustAsk)
        load(); // a host tells its machines before it is connected, and comes back
}

bool MachineListTab::isChanged(const hosts::VmInfo& before, const hosts::VmInfo& now) const
{
    return before.state != now.state;
}

void MachineListTab::forget()
{
    m_question.forget();
    m_vm = {};
    m_isKnown = false;
    clear();
}

void MachineListTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    load();
}

void MachineListTab::load()
{
    if (!m_vm.host || !isVisible()) {
        m_question.forget(); // asked when it is seen
        return;
    }
    const hosts::HostInfo& host = m_vm.host->info();
    if (!host.has(m_look.feature)) {
        //: %1 is a reason in a sentence
        m_panels->showEmpty(
            tr("Not offered by this host. %1").arg(host.missing.value(m_look.feature)));
        return;
    }
    if (!m_isKnown)
        m_panels->showLoading();
    if (m_vm.host->connectionState() == hosts::ConnectionState::Connected)
        ask();
}

bool MachineListTab::take(const std::optional<vmm::Error>& error)
{
    if (error && !m_isKnown)
        m_panels->showError(*error);
    m_isKnown = m_isKnown || !error;
    return !error;
}

QString MachineListTab::whyNot(hosts::Feature feature) const
{
    if (!m_vm.host)
        return {};
    return HostText::whyNot(*m_vm.host, feature);
}

void MachineListTab::setUsable(QPushButton* button, const QString& whyNot)
{
    button->setEnabled(whyNot.isEmpty());
    button->setToolTip(whyNot);
}

} // namespace ui
