// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidget>

class QPushButton;

namespace ui {

/// A tree of a few dozen things with columns, each known by a key: filled anew as a whole, with
/// what was selected and expanded kept.
class ListTree : public QTreeWidget {
    Q_OBJECT

public:
    ListTree(const QString& objectName, const QString& accessibleName, const QStringList& columns);

    /// Between these two, add rows by addRow.
    void beginFill();
    void endFill();
    /// `parent` null: on top. A row of the empty key can't be selected.
    QTreeWidgetItem* addRow(
        QTreeWidgetItem* parent, const QString& key, const QStringList& cells, const QIcon& icon);

    /// What its context menu offers, too; the last is what Del does.
    void setButtons(const QVector<QPushButton*>& buttons) { m_buttons = buttons; }

    QString selectedKey() const; ///< empty: none
    void select(const QString& key);

Q_SIGNALS:
    void selectionMoved();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    QVector<QPushButton*> m_buttons;
    QString m_keptKey;
};

} // namespace ui
