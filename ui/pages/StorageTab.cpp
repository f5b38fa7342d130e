// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/StorageTab.h"

#include "ui/dialogs/PoolDialogs.h"
#include "ui/dialogs/VolumeDialogs.h"
#include "ui/text/ResourceText.h"
#include "ui/text/Units.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/PanelStack.h"

#include <QAction>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace ui {

using hosts::Feature;
using hosts::PoolInfo;
using hosts::PoolState;
using hosts::ResourceAction;
using hosts::VolumeInfo;

namespace {

QIcon iconOf(PoolState state)
{
    switch (state) {
    case PoolState::Stopped:
        return icon(Glyph::StateOff, Tint::Off);
    case PoolState::Building:
        return icon(Glyph::StateBusy, Tint::Progress);
    case PoolState::Running:
        return icon(Glyph::StateRunning, Tint::Running);
    case PoolState::Degraded:
        return icon(Glyph::Warning, Tint::Attention);
    case PoolState::Inaccessible:
        return icon(Glyph::Error, Tint::Failed);
    }
    return {};
}

QWidget* columnOf(QLayout* buttons, QWidget* content)
{
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->setSpacing(8);
    layout->addLayout(buttons);
    layout->addWidget(content, 1);
    return column;
}

} // namespace

StorageTab::StorageTab(Context& context)
    : ResourceTab(context, Feature::Storage, "storage")
    , m_poolTree(new ListTree(QStringLiteral("poolTree"), tr("Storage pools"),
          { tr("Pool"), tr("State"), tr("Type"), tr("Used"), tr("Size"), tr("Starts with host"),
              tr("Place") }))
    , m_volumeTree(new ListTree(QStringLiteral("volumeTree"), tr("Volumes of the pool"),
          { tr("Volume"), tr("Format"), tr("Size"), tr("Occupied"), tr("Used by") }))
{
    follow(hosts::ResourceKind::Storage);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("storageSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makePools());
    splitter->addWidget(makeVolumes());
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    setContent(splitter, Glyph::Disk, tr("No storage pools"));
    auto* create = new QAction(icon(Glyph::New), tr("New pool…"), this);
    create->setObjectName(QStringLiteral("storageFirstPool"));
    connect(create, &QAction::triggered, m_newPool, &QPushButton::click);
    panels()->addEmptyAction(create);
    connect(m_poolTree, &ListTree::selectionMoved, this, [this] {
        loadVolumes();
        refreshButtons();
    });
    connect(m_volumeTree, &ListTree::selectionMoved, this, &StorageTab::refreshVolumeButtons);
    connect(m_volumePanels, &PanelStack::retryRequested, this, &StorageTab::loadVolumes);
}

QWidget* StorageTab::makePools()
{
    m_newPool = makeButton("poolNew", Glyph::New, tr("New pool…"), tr("Add a storage pool"),
        [this] { PoolDialogs::create(context(), host(), window()); });
    m_start = makeButton("poolStart", Glyph::Start, tr("Start"), tr("Start the pool"),
        [this] { changePool(ResourceAction::Start); });
    m_stop = makeButton("poolStop", Glyph::ForceOff, tr("Stop"),
        tr("Stop the pool; its volumes stay, and running machines keep theirs open"), [this] {
            if (const PoolInfo* pool = selectedPool())
                PoolDialogs::stop(context(), host(), *pool, window());
        });
    m_refresh = makeButton("poolRefresh", Glyph::Retry, tr("Refresh"),
        tr("Look for volumes that others have added or removed"),
        [this] { changePool(ResourceAction::Refresh); });
    m_autostart = makeButton("poolAutostart", Glyph::Autostart, tr("Autostart"),
        tr("Whether the pool starts with its host"), [this] {
            const PoolInfo* pool = selectedPool();
            changePool(pool && pool->isAutostart ? ResourceAction::DisableAutostart
                                                 : ResourceAction::EnableAutostart);
        });
    m_editXml = makeButton("poolXml", Glyph::Rename, tr("Edit XML…"),
        tr("Change the stored definition of the pool"), [this] {
            if (const PoolInfo* pool = selectedPool())
                PoolDialogs::editXml(context(), host(), *pool, window());
        });
    m_deletePool = makeButton("poolDelete", Glyph::Remove, tr("Delete…"),
        tr("Forget the pool, with or without what is in it"), [this] {
            if (const PoolInfo* pool = selectedPool())
                PoolDialogs::remove(context(), host(), *pool, window());
        });
    m_poolTree->setButtons(
        { m_newPool, m_start, m_stop, m_refresh, m_autostart, m_editXml, m_deletePool });
    m_poolTree->setDeleteButton(m_deletePool);
    return columnOf(
        rowOf({ m_newPool, m_start, m_stop, m_refresh, m_autostart, m_editXml, m_deletePool }),
        m_poolTree);
}

QWidget* StorageTab::makeVolumes()
{
    m_newVolume = makeButton(
        "volumeNew", Glyph::New, tr("New volume…"), tr("Make an empty volume"), [this] {
            if (const PoolInfo* pool = selectedPool())
                VolumeDialogs::create(context(), host(), *pool, m_volumes, window());
        });
    m_upload = makeButton("volumeUpload", Glyph::Upload, tr("Upload…"),
        tr("Bring a file of this computer over as a volume"), [this] {
            if (const PoolInfo* pool = selectedPool())
                VolumeDialogs::upload(context(), host(), *pool, window());
        });
    const auto make = [this](const char* name, Glyph glyph, const QString& text, const QString& tip,
                          void (*open)(Context&, hosts::Host*, const VolumeInfo&, QWidget*)) {
        return makeButton(name, glyph, text, tip, [this, open] {
            if (const VolumeInfo* volume = selectedVolume())
                open(context(), host(), *volume, window());
        });
    };
    m_download = make("volumeDownload", Glyph::Download, tr("Download…"),
        tr("Copy the volume to a file of this computer"), &VolumeDialogs::download);
    m_grow
        = make("volumeGrow", Glyph::Grow, tr("Grow…"), tr("Make it larger"), &VolumeDialogs::grow);
    m_clone = makeButton(
        "volumeClone", Glyph::Clone, tr("Clone…"), tr("Make a copy that stands alone"), [this] {
            if (const VolumeInfo* volume = selectedVolume())
                VolumeDialogs::clone(context(), host(), *volume, m_pools, window());
        });
    m_deleteVolume = make("volumeDelete", Glyph::Remove, tr("Delete…"), tr("Delete the volume"),
        &VolumeDialogs::remove);
    m_volumeTree->setButtons(
        { m_newVolume, m_upload, m_download, m_grow, m_clone, m_deleteVolume });
    m_volumeTree->setDeleteButton(m_deleteVolume);
    m_volumePanels
        = new PanelStack(QStringLiteral("volumes"), m_volumeTree, Glyph::Disk, tr("No volumes"));
    return columnOf(rowOf({ m_newVolume, m_upload, m_download, m_grow, m_clone, m_deleteVolume }),
        m_volumePanels);
}

void StorageTab::ask()
{
    question().ask(
        host(), hosts::ListPools {}, this, [this](const vmm::Result<QVector<PoolInfo>>& pools) {
            if (take(pools ? std::nullopt : std::optional(pools.error())))
                fillPools(*pools);
        });
}

void StorageTab::forget()
{
    m_pools.clear();
    m_volumes.clear();
    m_volumesOf.clear();
    m_volumesAsked.forget();
}

void StorageTab::fillPools(const QVector<PoolInfo>& pools)
{
    m_pools = pools;
    if (pools.isEmpty()) {
        panels()->showEmpty(tr("A pool is a place where a host keeps disks: a folder, a volume "
                               "group, a server. Add the first one."));
        refreshButtons();
        return;
    }
    panels()->showContent();
    m_poolTree->beginFill();
    for (const PoolInfo& pool : pools) {
        const QString none(QChar(0x2013));
        const QString place = pool.target.isEmpty() ? pool.source : pool.target;
        QTreeWidgetItem* row = m_poolTree->addRow(nullptr, pool.name,
            { pool.name, ResourceText::poolState(pool.state), ResourceText::poolType(pool.type),
                pool.isActive() ? Units::bytes(pool.allocation) : none,
                pool.isActive() ? Units::bytes(pool.capacity) : none,
                pool.isAutostart ? tr("yes") : tr("no"), place },
            iconOf(pool.state));
        row->setToolTip(2, ResourceText::poolTypeTip(pool.type));
        row->setToolTip(6, pool.source.isEmpty() ? place : pool.source + QLatin1Char('\n') + place);
        if (pool.isActive())
            row->setToolTip(3, tr("%1 are free").arg(Units::bytes(pool.available)));
    }
    m_poolTree->endFill(); // which asks for the volumes
}

void StorageTab::loadVolumes()
{
    const PoolInfo* pool = selectedPool();
    if (!pool || !host()) {
        m_volumesAsked.forget();
        m_volumes.clear();
        return;
    }
    if (m_volumesOf != pool->name) {
        m_volumes.clear();
        m_volumesOf = pool->name;
        m_volumePanels->showLoading();
    }
    if (!pool->isActive()) {
        m_volumesAsked.forget();
        m_volumes.clear();
        m_volumePanels->showEmpty(tr("The pool is stopped: start it to see what is in it."));
        return;
    }
    m_volumesAsked.ask(host(), hosts::ListVolumes { pool->name }, this,
        [this](const vmm::Result<QVector<VolumeInfo>>& volumes) { takeVolumes(volumes); });
}

void StorageTab::takeVolumes(const vmm::Result<QVector<VolumeInfo>>& volumes)
{
    if (!volumes) {
        if (m_volumes.isEmpty())
            m_volumePanels->showError(volumes.error());
        return;
    }
    m_volumes = *volumes;
    if (m_volumes.isEmpty())
        m_volumePanels->showEmpty(tr("There is nothing in this pool yet."));
    else
        m_volumePanels->showContent();
    m_volumeTree->beginFill();
    for (const VolumeInfo& volume : std::as_const(m_volumes)) {
        QString users = volume.machines.join(QStringLiteral(", "));
        if (users.isEmpty() && !volume.dependents.isEmpty())
            users = tr("%Ln volume(s)", nullptr, static_cast<int>(volume.dependents.size()));
        QTreeWidgetItem* row = m_volumeTree->addRow(nullptr, volume.name,
            { volume.name, volume.format, Units::bytes(volume.capacity),
                Units::bytes(volume.allocation), users.isEmpty() ? tr("nobody") : users },
            icon(volume.format == QStringLiteral("iso") ? Glyph::Disc : Glyph::Disk));
        row->setToolTip(0,
            volume.backing.isEmpty() ? volume.path
                                     : tr("%1\nstands on %2").arg(volume.path, volume.backing));
    }
    m_volumeTree->endFill();
}

const PoolInfo* StorageTab::selectedPool() const
{
    const QString name = m_poolTree->selectedKey();
    for (const PoolInfo& pool : m_pools) {
        if (!name.isEmpty() && pool.name == name)
            return &pool;
    }
    return nullptr;
}

const VolumeInfo* StorageTab::selectedVolume() const
{
    const QString name = m_volumeTree->selectedKey();
    for (const VolumeInfo& volume : m_volumes) {
        if (!name.isEmpty() && volume.name == name)
            return &volume;
    }
    return nullptr;
}

void StorageTab::changePool(ResourceAction action)
{
    if (const PoolInfo* pool = selectedPool())
        run(hosts::ChangePool { pool->name, action });
}

void StorageTab::refreshButtons()
{
    refreshPoolButtons();
    refreshVolumeButtons();
}

void StorageTab::refreshPoolButtons()
{
    const QString lacks = whyNot(Feature::ChangePools);
    const PoolInfo* pool = selectedPool();
    const auto set = [&](QPushButton* button, const QString& own) {
        QString why = lacks;
        if (why.isEmpty() && !pool)
            why = tr("Select a pool first.");
        setUsable(button, why.isEmpty() ? own : why);
    };
    const bool isActive = pool && pool->isActive();
    setUsable(m_newPool, lacks);
    set(m_start, isActive ? tr("It runs already.") : QString());
    set(m_stop, isActive ? QString() : tr("It is stopped already."));
    set(m_refresh, isActive ? QString() : tr("A stopped pool can't be read."));
    set(m_autostart,
        pool && !pool->isPersistent ? tr("It is gone when it stops: there is nothing to start.")
                                    : QString());
    m_autostart->setText(pool && pool->isAutostart ? tr("No autostart") : tr("Autostart"));
    set(m_editXml, {});
    set(m_deletePool, {});
}

QString StorageTab::whyNoDelete(const VolumeInfo& volume) const
{
    if (!volume.machines.isEmpty())
        return tr("It is a disk of %1.").arg(volume.machines.join(QStringLiteral(", ")));
    if (!volume.dependents.isEmpty())
        return tr("Other volumes stand on it: %1.")
            .arg(volume.dependents.join(QStringLiteral(", ")));
    return {};
}

void StorageTab::refreshVolumeButtons()
{
    const PoolInfo* pool = selectedPool();
    const VolumeInfo* volume = selectedVolume();
    const QString noPool
        = pool && pool->isActive() ? QString() : tr("Select a pool that runs first.");
    const QString noVolume = volume ? QString() : tr("Select a volume first.");
    const auto set
        = [&](QPushButton* button, Feature feature, std::initializer_list<QString> more) {
              QString why = whyNot(feature);
              for (const QString& each : more) {
                  if (why.isEmpty())
                      why = each;
              }
              setUsable(button, why);
          };
    const bool isBelow = volume && !volume->dependents.isEmpty();
    set(m_newVolume, Feature::CreateVolumes, { noPool });
    set(m_upload, Feature::TransferVolumes, { noPool });
    set(m_download, Feature::TransferVolumes, { noPool, noVolume });
    set(m_grow, Feature::ResizeVolumes,
        { noPool, noVolume,
            isBelow ? tr("Other volumes stand on it: it must not change.") : QString() });
    set(m_clone, Feature::CreateVolumes, { noPool, noVolume });
    set(m_deleteVolume, Feature::CreateVolumes,
        { noPool, noVolume, volume ? whyNoDelete(*volume) : QString() });
}

} // namespace ui
