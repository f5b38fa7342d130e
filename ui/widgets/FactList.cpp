// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/FactList.h"

#include "ui/widgets/Labels.h"

#include <QFormLayout>

namespace ui {

FactList::FactList(const QString& objectName, QWidget* parent)
    : QWidget(parent)
    , m_layout(new QFormLayout(this))
{
    setObjectName(objectName);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(16);
    m_layout->setVerticalSpacing(8);
    m_layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_layout->setRowWrapPolicy(QFormLayout::DontWrapRows);
}

void FactList::addRow()
{
    const QString name = objectName() + QString::number(m_rows.size());
    Row row { mutedLabel({}, name + QStringLiteral("Label")),
        wrappedLabel({}, name + QStringLiteral("Value")) };
    row.value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QSizePolicy policy = row.value->sizePolicy(); // keeps that its height follows its width
    policy.setHorizontalPolicy(QSizePolicy::Expanding);
    row.value->setSizePolicy(policy);
    row.label->setBuddy(row.value);
    // Lists that stand one below the other line up.
    row.label->setMinimumWidth(fontMetrics().averageCharWidth() * 17);
    row.label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_layout->addRow(row.label, row.value);
    m_rows.append(row);
}

void FactList::setFacts(const QVector<Fact>& facts)
{
    if (m_facts == facts)
        return;
    while (m_rows.size() < facts.size())
        addRow();
    while (m_rows.size() > facts.size()) {
        m_layout->removeRow(static_cast<int>(m_rows.size()) - 1);
        m_rows.removeLast();
    }
    for (qsizetype i = 0; i < facts.size(); ++i) {
        if (i < m_facts.size() && m_facts[i] == facts[i])
            continue;
        m_rows[i].label->setText(facts[i].label);
        m_rows[i].value->setText(facts[i].value);
        m_rows[i].value->setToolTip(facts[i].tip);
        m_rows[i].value->setAccessibleName(facts[i].label + QStringLiteral(": ") + facts[i].value);
    }
    m_facts = facts;
}

} // namespace ui
