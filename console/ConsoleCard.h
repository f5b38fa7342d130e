// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleTypes.h"

#include <QFrame>
#include <QStringList>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace console {

/// What a console says instead of its picture: a title, why, and what can be done about it.
class ConsoleCard : public QFrame {
    Q_OBJECT

public:
    struct Content {
        QString title {};
        QString reason {}; ///< may be empty
        QString action {}; ///< text of the button; empty for none
        QStringList further {}; ///< texts of other buttons beside it

        bool operator==(const Content&) const = default;
    };

    explicit ConsoleCard(QWidget* parent);

    void show(const Content& content);
    void moveToMiddle(); ///< of the parent
    QPushButton* actionButton() const { return m_action; }

    /// What there is to say about a state; an empty title says nothing (Live).
    static Content describe(SessionState state, EndReason reason, const QString& detail);

Q_SIGNALS:
    void actionRequested();
    void furtherRequested(int index);

private:
    void showFurther(const QStringList& texts);

    QLabel* m_title;
    QLabel* m_reason;
    QPushButton* m_action;
    QHBoxLayout* m_buttons;
    QList<QPushButton*> m_further;
};

} // namespace console
