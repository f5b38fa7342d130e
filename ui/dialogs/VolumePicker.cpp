// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/VolumePicker.h"

#include "ui/dialogs/PathEdit.h"
#include "ui/text/Units.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/Named.h"
#include "ui/widgets/PanelStack.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using hosts::PoolInfo;
using hosts::VolumeInfo;

VolumePicker::VolumePicker(hosts::Host* host, QWidget* parent)
    : QDialog(parent)
    , m_host(host)
    , m_pool(named(new QComboBox, "volumePickerPool", tr("Pool")))
    , m_tree(new ListTree(QStringLiteral("volumePickerTree"), tr("Volumes"),
          { tr("Volume"), tr("Format"), tr("Size"), tr("Used by") }))
    , m_panels(new PanelStack(
          QStringLiteral("volumePicker"), m_tree, Glyph::Disk, tr("No volumes here")))
{
    setObjectName(QStringLiteral("volumePickerDialog"));
    setWindowTitle(tr("Choose a volume"));
    auto* buttons = new QDialogButtonBox;
    m_choose = named(buttons->addButton(tr("Choose"), QDialogButtonBox::AcceptRole),
        "volumePickerAccept", tr("Choose"));
    named(buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole), "volumePickerCancel",
        tr("Cancel"));
    auto* label = new QLabel(tr("&Pool"));
    label->setBuddy(m_pool);
    auto* top = new QHBoxLayout;
    top->addWidget(label);
    top->addWidget(m_pool, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addLayout(top);
    layout->addWidget(m_panels, 1);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().lineSpacing() * 22);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT picked(m_tree->selectedKey());
        accept();
    });
    connect(m_tree, &ListTree::selectionMoved, this, &VolumePicker::noteSelection);
    connect(m_tree, &QTreeWidget::itemActivated, m_choose, &QPushButton::click);
    connect(m_pool, &QComboBox::currentIndexChanged, this, &VolumePicker::loadVolumes);
    connect(m_panels, &PanelStack::retryRequested, this, &VolumePicker::loadVolumes);
    connect(m_host, &QObject::destroyed, this, &QDialog::reject);
    noteSelection();
    m_panels->showLoading();
    m_question.ask(m_host, hosts::ListPools {}, this,
        [this](const vmm::Result<QVector<PoolInfo>>& pools) { takePools(pools); });
}

void VolumePicker::equip(PathEdit* edit, hosts::Host* host)
{
    if (!host || !host->info().has(hosts::Feature::Storage))
        return edit->setPicker({}, nullptr);
    edit->setPicker(tr("Choose a volume of a storage pool"),
        [edit, still = QPointer<hosts::Host>(host)](const PathEdit::Picked& picked) {
            if (!still)
                return;
            auto* dialog = new VolumePicker(still, edit->window());
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &VolumePicker::picked, edit, picked);
            dialog->open();
        });
}

void VolumePicker::takePools(const vmm::Result<QVector<PoolInfo>>& pools)
{
    if (!pools)
        return m_panels->showError(pools.error());
    for (const PoolInfo& pool : *pools) {
        if (pool.isActive())
            m_pool->addItem(pool.name, pool.name); // the first loads its volumes
    }
    if (m_pool->count() == 0)
        m_panels->showEmpty(tr("No pool of this host runs: see its page, under Storage."));
}

void VolumePicker::loadVolumes()
{
    m_question.ask(m_host, hosts::ListVolumes { m_pool->currentData().toString() }, this,
        [this](const vmm::Result<QVector<VolumeInfo>>& volumes) { takeVolumes(volumes); });
}

void VolumePicker::takeVolumes(const vmm::Result<QVector<VolumeInfo>>& volumes)
{
    m_tree->beginFill();
    if (volumes) {
        for (const VolumeInfo& volume : *volumes)
            m_tree->addRow(nullptr, volume.path,
                { volume.name, volume.format, Units::bytes(volume.capacity),
                    volume.machines.join(QStringLiteral(", ")) },
                icon(volume.format == QStringLiteral("iso") ? Glyph::Disc : Glyph::Disk));
    }
    m_tree->endFill();
    if (!volumes)
        m_panels->showError(volumes.error());
    else if (volumes->isEmpty())
        m_panels->showEmpty(tr("There is nothing in this pool yet."));
    else
        m_panels->showContent();
}

void VolumePicker::noteSelection()
{
    const bool hasOne = !m_tree->selectedKey().isEmpty();
    m_choose->setEnabled(hasOne);
    m_choose->setToolTip(hasOne ? QString() : tr("Select a volume first."));
}

} // namespace ui
