// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/MoveOptions.h"

#include "hosts/moving/MoveSurvey.h"
#include "models/MoveCommand.h"
#include "ui/dialogs/FormDialog.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>

namespace ui {

using hosts::moving::MovePlan;
using hosts::moving::MoveRequest;
using hosts::moving::MoveSurvey;
using hosts::moving::Obstacle;

namespace {

void accessible(QWidget* widget, const QString& name, const QString& tip)
{
    widget->setAccessibleName(name);
    widget->setToolTip(tip);
}

} // namespace

MoveOptions::MoveOptions(
    Context& context, const models::VmRef& vm, const QString& name, FormDialog& dialog)
    : QObject(&dialog)
    , m_context(context)
    , m_vm(vm)
    , m_machine(name)
    , m_dialog(dialog)
    , m_name(dialog.add(tr("&Name there"), "Name", new QLineEdit(name)))
    , m_pool(dialog.add(tr("Disks &go into"), "Pool", new QComboBox))
    , m_network(dialog.add(tr("Net&work"), "Network", new QComboBox))
    , m_copy(dialog.add(
          QString(), "Copy", new QCheckBox(tr("&Keep the machine here, and make a copy of it"))))
    , m_deleteDisks(dialog.add(
          QString(), "DeleteDisks", new QCheckBox(tr("D&elete its disks on the old host"))))
    , m_accept(
          dialog.add(QString(), "Loss", new QCheckBox(tr("Go on although something is &lost"))))
{
    accessible(m_copy, tr("Keep the machine here, and make a copy of it"),
        tr("The copy has an identity of its own: UUID and MAC addresses are new."));
    accessible(m_deleteDisks, tr("Delete its disks on the old host"),
        tr("At the end, once the machine is here with all it had. For good."));
    accessible(m_accept, tr("Go on although something is lost"), tr("What it is stands below."));
    m_network->setToolTip(tr("For network cards that are in a user-mode network now."));
    connect(m_copy, &QCheckBox::toggled, this, &MoveOptions::showRows);
    showRows();
}

bool MoveOptions::isWay(const hosts::Host* source, const hosts::Host* target)
{
    return source && target && MoveSurvey::isWay(*source, *target);
}

bool MoveOptions::isToLibvirt() const
{
    return m_target && !m_target->uri().isEmbedded();
}

void MoveOptions::setTarget(hosts::Host* target)
{
    if (m_target == target)
        return;
    m_target = target;
    m_pools.forget();
    m_networks.forget();
    showRows();
    if (isToLibvirt()) {
        loadPools();
        loadNetworks();
    }
}

void MoveOptions::showRows()
{
    const bool isLost = isLooked()
        && std::any_of(m_obstacles.begin(), m_obstacles.end(),
            [](const Obstacle& each) { return each.weight == Obstacle::Weight::Loss; });
    QFormLayout* form = m_dialog.form();
    form->setRowVisible(m_name, m_target != nullptr);
    form->setRowVisible(m_pool, isToLibvirt());
    form->setRowVisible(m_network, isToLibvirt());
    form->setRowVisible(m_copy, m_target != nullptr);
    form->setRowVisible(
        m_deleteDisks, m_target != nullptr && !isToLibvirt() && !m_copy->isChecked());
    form->setRowVisible(m_accept, m_target != nullptr && isLost);
}

void MoveOptions::loadPools()
{
    m_pools.ask(m_target, hosts::ListPools {}, this,
        [this](const vmm::Result<QVector<hosts::PoolInfo>>& pools) {
            const QSignalBlocker quiet(m_pool);
            m_pool->clear();
            for (const hosts::PoolInfo& pool : pools.value_or(QVector<hosts::PoolInfo> {})) {
                if (!MoveSurvey::canTake(pool))
                    continue;
                m_pool->addItem(
                    tr("%1 (%2 free)").arg(pool.name, Units::bytes(pool.available)), pool.name);
                if (pool.name == QStringLiteral("default"))
                    m_pool->setCurrentIndex(m_pool->count() - 1);
            }
            m_dialog.validate();
        });
}

void MoveOptions::loadNetworks()
{
    m_networks.ask(m_target, hosts::ListNetworks {}, this,
        [this](const vmm::Result<QVector<hosts::NetworkInfo>>& networks) {
            const QSignalBlocker quiet(m_network);
            m_network->clear();
            m_network->addItem(tr("A user-mode network of its own, as now"), QString());
            for (const hosts::NetworkInfo& network :
                networks.value_or(QVector<hosts::NetworkInfo> {})) {
                if (!network.isActive)
                    continue;
                m_network->addItem(network.name, network.name);
                if (network.name == QStringLiteral("default"))
                    m_network->setCurrentIndex(m_network->count() - 1);
            }
            m_dialog.validate();
        });
}

MoveRequest MoveOptions::question() const
{
    const bool isCopy = m_copy->isChecked();
    return { .vm = m_vm.vm,
        .name = m_name->text().trimmed(),
        .isCopy = isCopy,
        .pool = isToLibvirt() ? m_pool->currentData().toString() : QString(),
        .network = isToLibvirt() ? m_network->currentData().toString() : QString(),
        .deletesDisks = !isToLibvirt() && !isCopy && m_deleteDisks->isChecked() };
}

MoveRequest MoveOptions::request() const
{
    MoveRequest wanted = question();
    wanted.acceptsLoss = m_accept->isChecked();
    return wanted;
}

bool MoveOptions::isLooked() const
{
    return m_target && m_lookedTarget == m_target && m_looked == question();
}

void MoveOptions::look()
{
    if (!m_target || !m_context.workspace.hosts.contains(m_vm.host) || m_pools.isAsking()
        || m_networks.isAsking())
        return;
    const quint64 mine = ++m_question;
    const MoveRequest wanted = question();
    // It ends by itself, also if the dialog is closed meanwhile: it gives back what it borrowed.
    vmm::async::onFinished(
        MoveSurvey::make(*m_vm.host, *m_target, wanted, &m_context.workspace.tasks), this,
        [this, mine, wanted, target = m_target](const vmm::Result<MovePlan>& plan) {
            if (mine != m_question)
                return;
            m_looked = wanted;
            m_lookedTarget = target;
            m_failure = plan ? QString() : ErrorText::of(plan.error()).inOneLine();
            m_obstacles = plan ? plan->obstacles : QVector<Obstacle> {};
            showRows();
            Q_EMIT looked();
        });
}

QString MoveOptions::why() const
{
    if (!m_failure.isEmpty())
        return m_failure;
    const auto has = [this](Obstacle::Weight weight) {
        return std::any_of(m_obstacles.begin(), m_obstacles.end(),
            [&](const Obstacle& each) { return each.weight == weight; });
    };
    if (has(Obstacle::Weight::Fatal))
        return tr("It can't move like this.");
    if (has(Obstacle::Weight::Loss) && !m_accept->isChecked())
        return tr("Something would be lost: see what, and whether you can do without it.");
    return {};
}

QString MoveOptions::what() const
{
    const QString there = Text::hostTitle(m_target->uri());
    if (m_copy->isChecked())
        return tr("%1 gets a copy of the machine and its disks. Here all stays as it is.")
            .arg(there);
    if (isToLibvirt())
        return tr("The machine and its disks go to %1. Once all is there, what was here goes to "
                  "the trash.")
            .arg(there);
    return m_deleteDisks->isChecked()
        ? tr("The machine and its disks come to %1. Once all is there, it and its disks are "
             "deleted on the old host, for good.")
              .arg(there)
        : tr("The machine and its disks come to %1. Once all is there, it is removed from the old "
             "host; its disks stay there, unused.")
              .arg(there);
}

void MoveOptions::move()
{
    if (m_target && m_context.workspace.hosts.contains(m_vm.host))
        models::beginMove(m_context.workspace.tasks, *m_vm.host, *m_target, request(), m_machine);
}

} // namespace ui
