// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ActionTally.h"
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
    void takeSelection();
    void scheduleRefresh();
    void refresh();
    void refreshFacts();

    Context& m_context;
    Selection& m_selection;
    PageHeader* m_header;
    FactList* m_facts;
    std::array<QLabel*, vmm::kAllVmActions.size()> m_consequences {};
    models::ActionTally m_tally;
    bool m_isCounted = false; ///< the tally is of what is selected now
    QTimer m_refresh;
};

} // namespace ui
