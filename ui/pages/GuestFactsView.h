// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "models/LatestAnswer.h"
#include "ui/widgets/FactList.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace ui {

/// What the agent in the guest tells: its name, system and addresses. Asked now and then while it
/// is seen; without an agent a word on what it would be good for.
class GuestFactsView : public QWidget {
    Q_OBJECT

public:
    explicit GuestFactsView(QWidget* parent = nullptr);

    void show(const models::VmRecord& vm);
    void forget(); ///< the machine or its host is gone

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void ask();
    void take(const vmm::Result<vmm::GuestFacts>& facts);
    static QVector<Fact> factsOf(const vmm::GuestFacts& guest);

    models::VmRef m_vm;
    bool m_isOffered = false;
    models::LatestAnswer m_question;
    QTimer m_poll;
    QLabel* m_title;
    QLabel* m_none;
    FactList* m_facts;
};

} // namespace ui
