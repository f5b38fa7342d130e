// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QTreeWidget>

class QPushButton;

namespace ui {

/// A tree of a few dozen things with columns, each known by a key. Filled anew as a whole, which
/// leaves it as the user has it: scrolled, collapsed, selected. If what was selected is gone, its
/// neighbour is selected.
class ListTree : public QTreeWidget {
    Q_OBJECT

public:
    ListTree(const QString& objectName, const QString& accessibleName, const QStringList& columns);

    ~ListTree() override;

    /// Between these two, add rows by addRow; they are shown by the second.
    void beginFill();
    void endFill();
    /// `parent` null: on top. A row of the empty key can't be selected.
    QTreeWidgetItem* addRow(
        QTreeWidgetItem* parent, const QString& key, const QStringList& cells, const QIcon& icon);

    /// What its context menu offers, too.
    void setButtons(const QVector<QPushButton*>& buttons) { m_buttons = buttons; }
    /// What Del does; without one, nothing.
    void setDeleteButton(QPushButton* button) { m_delete = button; }

    QString selectedKey() const; ///< empty: none
    void select(const QString& key);

Q_SIGNALS:
    void selectionMoved();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    bool takeCells();
    void replaceRows();
    QStringList keys() const;
    void collapseWhatWas(const QSet<QString>& collapsed);

    QVector<QPushButton*> m_buttons;
    QPushButton* m_delete = nullptr;
    QList<QTreeWidgetItem*> m_fresh; // the rows on top, until endFill
};

} // namespace ui
