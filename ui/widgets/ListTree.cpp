// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ListTree.h"

#include "ui/widgets/Rows.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QTreeWidgetItemIterator>

#include <algorithm>

namespace ui {

namespace {

constexpr int kKeyRole = Qt::UserRole;

QString itemKey(const QTreeWidgetItem* item)
{
    return item->data(0, kKeyRole).toString();
}

QList<QTreeWidgetItem*> childrenOf(const QTreeWidgetItem* item)
{
    QList<QTreeWidgetItem*> children;
    for (int i = 0; i < item->childCount(); ++i)
        children.append(item->child(i));
    return children;
}

/// The same things in the same places, whatever their cells say.
bool areAlike(const QList<QTreeWidgetItem*>& some, const QList<QTreeWidgetItem*>& others)
{
    return std::equal(some.begin(), some.end(), others.begin(), others.end(),
        [](const QTreeWidgetItem* one, const QTreeWidgetItem* other) {
            return itemKey(one) == itemKey(other) && areAlike(childrenOf(one), childrenOf(other));
        });
}

void copyCells(const QList<QTreeWidgetItem*>& to, const QList<QTreeWidgetItem*>& from)
{
    for (qsizetype i = 0; i < to.size(); ++i) {
        to[i]->setIcon(0, from[i]->icon(0));
        for (int column = 0; column < from[i]->columnCount(); ++column) {
            for (const int role : { Qt::DisplayRole, Qt::ToolTipRole, Qt::ForegroundRole,
                     Qt::TextAlignmentRole, Qt::FontRole, Qt::SizeHintRole })
                to[i]->setData(column, role, from[i]->data(column, role));
        }
        copyCells(childrenOf(to[i]), childrenOf(from[i]));
    }
}

/// `key`, or what is there now of the rows that followed it, or else of those before it.
QString nearest(const QString& key, const QStringList& before, const QStringList& now)
{
    const QSet<QString> there(now.begin(), now.end());
    const qsizetype at = before.indexOf(key);
    for (qsizetype i = at; i >= 0 && i < before.size(); ++i) {
        if (there.contains(before[i]))
            return before[i];
    }
    for (qsizetype i = at - 1; i >= 0; --i) {
        if (there.contains(before[i]))
            return before[i];
    }
    return {};
}

} // namespace

ListTree::ListTree(
    const QString& objectName, const QString& accessibleName, const QStringList& columns)
{
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setColumnCount(static_cast<int>(columns.size()));
    setHeaderLabels(columns);
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTextElideMode(Qt::ElideMiddle);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(this, &QTreeWidget::currentItemChanged, this, &ListTree::selectionMoved);
}

ListTree::~ListTree()
{
    qDeleteAll(m_fresh);
}

void ListTree::beginFill()
{
    qDeleteAll(std::exchange(m_fresh, {}));
}

void ListTree::endFill()
{
    // Rows that stay are changed where they are: nothing else moves then.
    if (!takeCells())
        replaceRows();
    Q_EMIT selectionMoved();
}

/// False if other rows are to be shown than before.
bool ListTree::takeCells()
{
    if (!areAlike(childrenOf(invisibleRootItem()), m_fresh))
        return false;
    blockSignals(true);
    copyCells(childrenOf(invisibleRootItem()), m_fresh);
    blockSignals(false);
    qDeleteAll(std::exchange(m_fresh, {}));
    return true;
}

void ListTree::replaceRows()
{
    const QStringList before = keys();
    const QString current = selectedKey();
    const int scrolled = verticalScrollBar()->value();
    QSet<QString> collapsed;
    for (QTreeWidgetItemIterator each(this); *each; ++each) {
        if ((*each)->childCount() > 0 && !(*each)->isExpanded())
            collapsed.insert(itemKey(*each));
    }
    blockSignals(true);
    clear();
    addTopLevelItems(std::exchange(m_fresh, {}));
    expandAll();
    const QStringList now = keys();
    const bool isAnother // nothing of what was there before
        = !QSet<QString>(now.begin(), now.end()).intersects({ before.begin(), before.end() });
    if (!isAnother)
        select(nearest(current, before, now));
    else if (topLevelItemCount() > 0)
        setCurrentItem(topLevelItem(0));
    collapseWhatWas(collapsed);
    doItemsLayout(); // else there is nothing to scroll yet
    verticalScrollBar()->setValue(isAnother ? 0 : scrolled);
    blockSignals(false);
}

void ListTree::collapseWhatWas(const QSet<QString>& collapsed)
{
    for (QTreeWidgetItemIterator each(this); *each; ++each) {
        if (collapsed.contains(itemKey(*each)))
            (*each)->setExpanded(false);
    }
}

QStringList ListTree::keys() const
{
    QStringList keys;
    for (QTreeWidgetItemIterator each(const_cast<ListTree*>(this)); *each; ++each) {
        if (const QString key = itemKey(*each); !key.isEmpty())
            keys.append(key);
    }
    return keys;
}

QTreeWidgetItem* ListTree::addRow(
    QTreeWidgetItem* parent, const QString& key, const QStringList& cells, const QIcon& icon)
{
    auto* item = parent ? new QTreeWidgetItem(parent, cells) : new QTreeWidgetItem(cells);
    if (!parent)
        m_fresh.append(item);
    item->setData(0, kKeyRole, key);
    item->setIcon(0, icon);
    item->setSizeHint(0, { 0, Rows::height(fontMetrics(), false) });
    for (int column = 0; column < cells.size(); ++column)
        item->setToolTip(column, cells[column]);
    if (key.isEmpty())
        item->setFlags(Qt::ItemIsEnabled);
    return item;
}

// Del is the window's for the selected machine; here it means what is selected here.
bool ListTree::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        event->accept();
        return true;
    }
    return QTreeWidget::event(event);
}

void ListTree::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Delete)
        QTreeWidget::keyPressEvent(event);
    else if (m_delete)
        m_delete->click();
}

void ListTree::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(objectName() + QStringLiteral("Menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    for (QPushButton* button : std::as_const(m_buttons)) {
        QAction* action = menu->addAction(button->icon(), button->text());
        action->setEnabled(button->isEnabled());
        action->setToolTip(button->toolTip());
        connect(action, &QAction::triggered, button, &QPushButton::click);
    }
    menu->popup(event->globalPos());
}

QString ListTree::selectedKey() const
{
    return currentItem() ? itemKey(currentItem()) : QString();
}

void ListTree::select(const QString& key)
{
    if (key.isEmpty())
        return;
    for (QTreeWidgetItemIterator each(this); *each; ++each) {
        if (itemKey(*each) == key) {
            setCurrentItem(*each);
            return;
        }
    }
}

} // namespace ui
