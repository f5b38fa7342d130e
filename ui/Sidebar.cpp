// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Sidebar.h"

#include "ui/style/Icons.h"
#include "ui/text/RowText.h"
#include "ui/text/Text.h"
#include "ui/widgets/InventoryDelegate.h"
#include "ui/widgets/Labels.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using models::Role;
using models::RowKind;
using models::VmRef;

namespace {

const auto kCollapsedKey = QStringLiteral("sidebar-collapsed");
const auto kSelectedHostKey = QStringLiteral("selected-host");
const auto kSelectedVmKey = QStringLiteral("selected-vm");
const auto kFilterKey = QStringLiteral("sidebar-filter");

RowKind kindOf(const QModelIndex& index)
{
    return index.data(Role::KindRole).value<RowKind>();
}

hosts::Host* hostAt(const QModelIndex& index)
{
    return index.data(Role::HostRole).value<hosts::Host*>();
}

// Not when the focus only comes back with the window, or from a menu.
bool isChosen(const QEvent& focusIn)
{
    switch (static_cast<const QFocusEvent&>(focusIn).reason()) {
    case Qt::MouseFocusReason:
    case Qt::TabFocusReason:
    case Qt::BacktabFocusReason:
    case Qt::ShortcutFocusReason:
        return true;
    default:
        return false;
    }
}

// Neighbouring rows in one range: a selection model is quadratic in its ranges.
QItemSelection inRanges(QModelIndexList rows)
{
    std::sort(rows.begin(), rows.end(), [](const QModelIndex& a, const QModelIndex& b) {
        return a.internalPointer() == b.internalPointer()
            ? a.row() < b.row()
            : std::less<>()(a.internalPointer(), b.internalPointer());
    });
    QItemSelection ranges;
    for (qsizetype i = 0; i < rows.size();) {
        qsizetype end = i + 1;
        while (end < rows.size() && rows[end].internalPointer() == rows[i].internalPointer()
            && rows[end].row() == rows[end - 1].row() + 1)
            ++end;
        ranges.append(QItemSelectionRange(rows[i], rows[end - 1]));
        i = end;
    }
    return ranges;
}

} // namespace

Sidebar::Sidebar(Context& context, Selection& selection, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_selection(selection)
    , m_model(context.workspace.inventory, context.workspace.metrics)
    , m_filter(new QLineEdit)
    , m_tree(new QTreeView)
    , m_nothing(mutedLabel(tr("No machine matches the filter."), QStringLiteral("filterNothing")))
    , m_delegate(new InventoryDelegate(this))
{
    setObjectName(QStringLiteral("sidebar"));
    m_model.setWording(RowText::wording());
    m_filter->setObjectName(QStringLiteral("filterEdit"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setToolTip(tr("Words of a name, tag, host or state; also state:saved, host:a2, "
                            "tag:shop, cpu>80, mem>512. A leading minus excludes. (Ctrl+F or /)"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(Glyph::Search, Tint::Muted), QLineEdit::LeadingPosition);
    m_filter->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, &Sidebar::applyFilter);
    makeTree();
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setContentsMargins(12, 24, 12, 0);
    m_nothing->setWordWrap(true);
    m_nothing->hide();

    auto* top = new QVBoxLayout;
    top->setContentsMargins(8, 8, 8, 8);
    top->addWidget(m_filter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_nothing);
    layout->addWidget(m_tree, 1);

    m_report.setSingleShot(true);
    m_report.setInterval(100);
    connect(&m_report, &QTimer::timeout, this, &Sidebar::reportVisible);
    m_age.setInterval(30'000);
    connect(&m_age, &QTimer::timeout, m_tree->viewport(), qOverload<>(&QWidget::update));
    m_age.start();
    connect(&selection, &Selection::changed, this, &Sidebar::showSelection);
    // Whatever is chosen anywhere in the meantime is not taken away again.
    connect(&selection, &Selection::targetsChanged, this, [this] { m_wantedHost.clear(); });
    connect(&context.workspace.inventory, &models::Inventory::changed, this, &Sidebar::noteVm);
    connect(
        &context.workspace.inventory, &models::Inventory::hostAdded, this, &Sidebar::restoreHost);
    for (hosts::Host* host : context.workspace.inventory.hosts())
        restoreHost(host);
    // What a host is called depends on the others.
    for (const auto signal :
        { &models::Inventory::hostAdded, &models::Inventory::hostAboutToBeRemoved })
        connect(&context.workspace.inventory, signal, m_tree->viewport(),
            qOverload<>(&QWidget::update));
}

void Sidebar::makeTree()
{
    m_tree->setObjectName(QStringLiteral("inventoryTree"));
    m_tree->setAccessibleName(tr("Hosts and machines"));
    // Rows that the filter hides stay selected; those whose machine is gone are dropped by the
    // selection itself. Connected before the view is, so that it is noted before rows are
    // deselected.
    connect(
        &m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_isSyncing = true; });
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, [this] { m_isSyncing = false; });
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(m_delegate);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(16);
    m_tree->setExpandsOnDoubleClick(true);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->installEventFilter(this);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, [this](QPoint position) {
        m_selection.mark({}); // what is offered here is for what is selected here
        Q_EMIT contextMenuRequested(m_tree->viewport()->mapToGlobal(position));
    });
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex& index) {
        if (kindOf(index) == RowKind::Vm)
            Q_EMIT activated();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &Sidebar::takeSelection);
    connect(m_tree->verticalScrollBar(), &QScrollBar::valueChanged, &m_report,
        qOverload<>(&QTimer::start));
    for (const auto signal : { &QTreeView::expanded, &QTreeView::collapsed })
        connect(m_tree, signal, this, [this](const QModelIndex& index) {
            const QString uri = hostAt(index)->uri().toString();
            if (m_tree->isExpanded(index))
                m_collapsed.remove(uri);
            else
                m_collapsed.insert(uri);
            m_report.start();
        });
    connect(&m_model, &QAbstractItemModel::rowsInserted, this,
        [this](const QModelIndex& parent, int first, int last) {
            if (parent.isValid()) {
                if (!m_tree->selectionModel()->hasSelection())
                    showSelection(); // it was hidden, and is here again
                return;
            }
            for (int row = first; row <= last; ++row)
                restoreHost(hostAt(m_model.index(row, 0)));
        });
}

void Sidebar::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void Sidebar::focusTree()
{
    m_tree->setFocus(Qt::ShortcutFocusReason);
}

void Sidebar::setDense(bool isDense)
{
    m_delegate->setDense(isDense);
    m_tree->doItemsLayout();
}

bool Sidebar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_tree && event->type() == QEvent::FocusIn && isChosen(*event))
        m_selection.mark({}); // from here on keys and actions are about the tree's rows
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (watched == m_filter) {
        if (key->key() == Qt::Key_Escape && !m_filter->text().isEmpty()) {
            m_filter->clear();
            return true;
        }
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Return) {
            focusTree();
            return true;
        }
    }
    if (watched == m_tree && key->key() == Qt::Key_Slash) {
        focusFilter();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void Sidebar::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_report.start();
}

void Sidebar::applyFilter()
{
    m_model.setFilter(models::VmFilter::parse(m_filter->text(), Text::stateWords()));
    if (!m_filter->text().trimmed().isEmpty())
        m_tree->expandAll();
    showSelection();
    updateEmptyHint();
    m_report.start();
}

void Sidebar::updateEmptyHint()
{
    m_nothing->setVisible(!m_filter->text().trimmed().isEmpty() && m_model.shownVmCount() == 0);
}

void Sidebar::takeSelection()
{
    if (m_isSyncing)
        return;
    m_isSyncing = true;
    QVector<VmRef> vms;
    QVector<hosts::Host*> hosts;
    const QModelIndexList rows = m_tree->selectionModel()->selectedIndexes();
    for (const QModelIndex& row : rows) {
        if (kindOf(row) == RowKind::Vm)
            vms.append({ hostAt(row), row.data(Role::VmIdRole).value<hosts::VmId>() });
        else
            hosts.append(hostAt(row));
    }
    m_wantedHost.clear();
    if (!vms.isEmpty())
        m_selection.setVms(vms);
    else if (hosts.size() == 1)
        m_selection.setHost(hosts.first());
    else
        m_selection.clear();
    m_isSyncing = false;
}

void Sidebar::showSelection()
{
    if (m_isSyncing)
        return;
    m_isSyncing = true;
    QModelIndexList rows;
    for (const VmRef& ref : m_selection.vms())
        rows.append(m_model.indexOf(ref.vm, ref.host));
    if (m_selection.isHost())
        rows.append(m_model.indexOf(m_selection.host()));
    rows.removeAll(QModelIndex());
    const QModelIndex first = rows.value(0);
    const QItemSelection items = inRanges(rows);
    QItemSelectionModel* model = m_tree->selectionModel();
    if (first.isValid() && !items.contains(model->currentIndex()))
        model->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    model->select(items, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (first.isValid() && m_selection.vms().size() <= 1)
        m_tree->scrollTo(first);
    m_isSyncing = false;
}

void Sidebar::restoreHost(hosts::Host* host)
{
    const QModelIndex index = m_model.indexOf(host);
    if (!index.isValid())
        return;
    const QString uri = host->uri().toString();
    if (!m_collapsed.contains(uri))
        m_tree->expand(index);
    if (m_wantedHost == uri && m_wantedVm.isNull()) {
        m_selection.setHost(host);
        m_wantedHost.clear();
    }
}

// Machines come from the event loop: the remembered one is selected when it appears.
void Sidebar::noteVm()
{
    // Not put off by the next change, which may come sooner than the timer.
    if (!m_report.isActive())
        m_report.start();
    updateEmptyHint();
    if (m_wantedHost.isEmpty())
        return;
    for (hosts::Host* host : m_context.workspace.inventory.hosts()) {
        if (host->uri().toString() == m_wantedHost
            && m_context.workspace.inventory.find(host, m_wantedVm)) {
            m_wantedHost.clear();
            m_selection.setVms({ { host, m_wantedVm } });
        }
    }
}

void Sidebar::reportVisible()
{
    QHash<hosts::Host*, QSet<hosts::VmId>> shown;
    if (isVisible()) {
        const int bottom = m_tree->viewport()->height();
        QModelIndex index = m_tree->indexAt(QPoint(m_tree->viewport()->width() / 2, 1));
        while (index.isValid() && m_tree->visualRect(index).top() < bottom) {
            if (kindOf(index) == RowKind::Vm)
                shown[hostAt(index)].insert(index.data(Role::VmIdRole).value<hosts::VmId>());
            index = m_tree->indexBelow(index);
        }
    }
    m_context.workspace.visible.show(this, shown);
}

void Sidebar::saveState() const
{
    Settings& settings = m_context.settings;
    settings.setView(kCollapsedKey, QStringList(m_collapsed.begin(), m_collapsed.end()));
    settings.setView(kFilterKey, m_filter->text());
    if (!m_wantedHost.isEmpty())
        return; // what was remembered has not been seen yet
    const bool isSaved = m_selection.host() && m_selection.vms().size() <= 1;
    settings.setView(kSelectedHostKey, isSaved ? m_selection.host()->uri().toString() : QString());
    settings.setView(kSelectedVmKey,
        isSaved && !m_selection.vms().isEmpty() ? m_selection.vms().first().vm.toString()
                                                : QString());
}

void Sidebar::restoreState()
{
    const Settings& settings = m_context.settings;
    const QStringList collapsed = settings.view(kCollapsedKey).toStringList();
    m_collapsed = { collapsed.begin(), collapsed.end() };
    m_wantedHost = settings.view(kSelectedHostKey).toString();
    m_wantedVm = hosts::VmId(settings.view(kSelectedVmKey).toString());
    m_filter->setText(settings.view(kFilterKey).toString());
    for (hosts::Host* host : m_context.workspace.inventory.hosts()) {
        const QModelIndex index = m_model.indexOf(host);
        m_tree->setExpanded(index, !m_collapsed.contains(host->uri().toString()));
        restoreHost(host);
    }
    noteVm();
}

} // namespace ui
