// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>
#include <QWidget>

class QFormLayout;
class QLabel;

namespace ui {

/// One line of facts.
struct Fact {
    QString label {};
    QString value {};
    QString tip {}; ///< exact value, or libvirt's word

    bool operator==(const Fact&) const = default;
};

/// Facts as label and value, the values selectable. Updates in place, so what the user has marked
/// in one value stays while another changes.
class FactList : public QWidget {
    Q_OBJECT

public:
    explicit FactList(const QString& objectName, QWidget* parent = nullptr);

    void setFacts(const QVector<Fact>& facts);
    const QVector<Fact>& facts() const { return m_facts; }

private:
    struct Row {
        QLabel* label = nullptr;
        QLabel* value = nullptr;
    };

    void addRow();

    QFormLayout* m_layout;
    QVector<Row> m_rows;
    QVector<Fact> m_facts;
};

} // namespace ui
