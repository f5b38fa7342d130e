// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/consoles/WallModel.h"

#include <QListView>
#include <QTimer>
#include <QWidget>

#include <array>

class QLabel;

namespace ui {

class WallDelegate;
class EmptyPanel;

/// The screens of many machines side by side, alive: from the frames of consoles that are open,
/// else pictures that their hosts take, and only of those that can be seen now. It never connects
/// to a screen itself. A window of its own; remembers its place and the size of its tiles.
class ScreenWall : public QWidget {
    Q_OBJECT

public:
    static constexpr std::array kTileWidths { 160, 240, 320, 480, 640 }; ///< logical pixels

    explicit ScreenWall(Context& context);
    ~ScreenWall() override;

    void showVms(const QVector<models::VmRef>& vms);
    void showHost(hosts::Host* host); ///< null: all hosts
    WallModel& model() { return m_model; }
    QListView* view() { return m_view; }
    int tileWidth() const;
    void resizeTiles(int step); ///< to the next size up or down

Q_SIGNALS:
    void opened(const models::VmRef& vm); ///< double-click or Enter
    void contextMenuRequested(const QVector<models::VmRef>& vms, QPoint globalPosition);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeView();
    QWidget* makeHead();
    void reportVisible();
    void refresh();
    void applySize();
    QVector<models::VmRef> selected() const;

    Context& m_context;
    WallModel m_model;
    QLabel* m_title;
    QListView* m_view;
    EmptyPanel* m_empty;
    WallDelegate* m_delegate;
    QAction* m_larger;
    QAction* m_smaller;
    QTimer m_report;
    int m_size = 1; ///< index of kTileWidths
    QString m_subject;
};

} // namespace ui
