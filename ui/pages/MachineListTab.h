// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "models/LatestAnswer.h"
#include "ui/Context.h"
#include "ui/style/Icons.h"

#include <QWidget>

#include <functional>

class QPushButton;

namespace ui {

class FactList;
class ListTree;
class PanelStack;

/// A page of what one machine has several of, snapshots say: a tree, what can be done to them above
/// it and the facts of the chosen one below. Asked for when it is seen, and again when the machine
/// or a task has changed them.
class MachineListTab : public QWidget {
    Q_OBJECT

public:
    void show(const models::VmRecord& vm);
    void forget(); ///< the machine or its host is gone

protected:
    struct Look {
        hosts::Feature feature; ///< that the host must offer
        const char* name; ///< "snapshots": of the page and its panels
        Glyph glyph;
        QString emptyTitle;
    };
    MachineListTab(Context& context, const Look& look, ListTree* tree, FactList* facts);
    /// The first thing that the derived page does. Del is the same as `deletes`.
    void setContent(const QVector<QPushButton*>& buttons, QPushButton* deletes);
    /// Asked again when a task of this machine is done that concerns them.
    void follow(std::function<bool(const hosts::Operation&)> concerns);

    virtual void ask() = 0; ///< the host; take the answer by `take`
    virtual void clear() = 0; ///< it is another machine
    virtual void refreshDetails() = 0; ///< another row is chosen
    virtual bool isChanged(const hosts::VmInfo& before, const hosts::VmInfo& now) const;

    void showEvent(QShowEvent* event) override;
    void load();
    /// Whether there is something to show; if not, the error is shown unless more is known.
    bool take(const std::optional<vmm::Error>& error);
    /// Why nothing of this feature can be done now; empty if it can.
    QString whyNot(hosts::Feature feature) const;
    /// Usable, or not for a reason in a sentence.
    static void setUsable(QPushButton* button, const QString& whyNot);

    Context& context() { return m_context; }
    const models::VmRef& vm() const { return m_vm; }
    const hosts::VmInfo& info() const { return m_info; }
    ListTree* tree() const { return m_tree; }
    FactList* facts() const { return m_facts; }
    PanelStack* panels() const { return m_panels; }
    models::LatestAnswer& question() { return m_question; }

private:
    Context& m_context;
    Look m_look;
    ListTree* m_tree;
    FactList* m_facts;
    PanelStack* m_panels = nullptr;
    models::VmRef m_vm;
    hosts::VmInfo m_info;
    models::LatestAnswer m_question;
    bool m_isKnown = false;
};

} // namespace ui
