// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ListTree.h"

#include "ui/widgets/Rows.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidgetItemIterator>

namespace ui {

namespace {

constexpr int kKeyRole = Qt::UserRole;

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

void ListTree::beginFill()
{
    m_keptKey = selectedKey();
    blockSignals(true);
    clear();
}

void ListTree::endFill()
{
    expandAll();
    select(m_keptKey);
    if (!currentItem() && topLevelItemCount() > 0)
        setCurrentItem(topLevelItem(0));
    blockSignals(false);
    Q_EMIT selectionMoved();
}

QTreeWidgetItem* ListTree::addRow(
    QTreeWidgetItem* parent, const QString& key, const QStringList& cells, const QIcon& icon)
{
    auto* item = parent ? new QTreeWidgetItem(parent, cells) : new QTreeWidgetItem(this, cells);
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
    if (event->key() == Qt::Key_Delete && !m_buttons.isEmpty())
        m_buttons.last()->click();
    else
        QTreeWidget::keyPressEvent(event);
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
    return currentItem() ? currentItem()->data(0, kKeyRole).toString() : QString();
}

void ListTree::select(const QString& key)
{
    if (key.isEmpty())
        return;
    for (QTreeWidgetItemIterator each(this); *each; ++each) {
        if ((*each)->data(0, kKeyRole).toString() == key) {
            setCurrentItem(*each);
            return;
        }
    }
}

} // namespace ui
