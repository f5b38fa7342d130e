// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"
#include "ui/Selection.h"
#include "ui/VmActions.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace ui {

class FactList;
class PageHeader;

/// Several machines at once: what they share, and for each action what it would do to them.
class SelectionPage : public QWidget {
    Q_OBJECT

public:
    SelectionPage(
        Context& context, Selection& selection, VmActions& actions, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void scheduleRefresh();
    void refresh();
    void refreshFacts();

    Context& m_context;
    Selection& m_selection;
    PageHeader* m_header;
    FactList* m_facts;
    std::array<QLabel*, vmm::kAllVmActions.size()> m_consequences {};
    QTimer m_refresh;
};

} // namespace ui
