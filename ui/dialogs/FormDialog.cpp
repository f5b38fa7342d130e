// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/FormDialog.h"

#include "ui/dialogs/PathEdit.h"
#include "ui/style/Colors.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {

FormDialog::FormDialog(
    const QString& prefix, const QString& title, const QString& verb, QWidget* parent)
    : QDialog(parent)
    , m_form(new QFormLayout)
    , m_heading(headingLabel(title, prefix + QStringLiteral("Title")))
    , m_verdict(wrappedLabel({}, prefix + QStringLiteral("Verdict")))
{
    setObjectName(prefix);
    setWindowTitle(title);
    m_form->setHorizontalSpacing(16);
    m_form->setVerticalSpacing(8);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_heading->setWordWrap(true);
    m_verdict->setMinimumHeight(fontMetrics().lineSpacing() * 3);
    m_verdict->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* buttons = new QDialogButtonBox;
    m_accept = named(buttons->addButton(verb, QDialogButtonBox::AcceptRole),
        prefix + QStringLiteral("Accept"), verb);
    m_accept->setDefault(true);
    named(buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole),
        prefix + QStringLiteral("Cancel"), tr("Cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &FormDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(m_heading);
    layout->addLayout(m_form);
    layout->addStretch(1);
    layout->addWidget(m_verdict);
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 72);
}

void FormDialog::addRow(const QString& label, const char* name, QWidget* field)
{
    named(field, prefix() + QString::fromLatin1(name), QString(label).remove(QLatin1Char('&')));
    m_form->addRow(label, field);
    // Qt measures "To" closer together than it draws the letters around an underlined one.
    if (auto* text = qobject_cast<QLabel*>(m_form->labelForField(field)))
        text->setContentsMargins(0, 0, 3, 0);
    follow(field);
}

void FormDialog::setHeading(const QString& title)
{
    setWindowTitle(title);
    m_heading->setText(title);
}

void FormDialog::addWide(QWidget* widget)
{
    m_form->addRow(widget);
    follow(widget);
}

void FormDialog::follow(QWidget* field)
{
    if (!m_first && field->focusPolicy() != Qt::NoFocus)
        m_first = field;
    if (auto* edit = qobject_cast<QLineEdit*>(field)) {
        connect(edit, &QLineEdit::textEdited, this, [this] { m_isTouched = true; });
        connect(edit, &QLineEdit::textChanged, this, &FormDialog::validate);
    } else if (auto* path = qobject_cast<PathEdit*>(field)) {
        connect(path, &PathEdit::changed, this, &FormDialog::validate);
    } else if (auto* box = qobject_cast<QComboBox*>(field)) {
        connect(box, &QComboBox::currentIndexChanged, this, &FormDialog::validate);
    } else if (auto* check = qobject_cast<QAbstractButton*>(field)) {
        connect(check, &QAbstractButton::toggled, this, &FormDialog::validate);
    } else if (auto* number = qobject_cast<QSpinBox*>(field)) {
        connect(number, &QSpinBox::valueChanged, this, &FormDialog::validate);
    } else if (auto* amount = qobject_cast<QDoubleSpinBox*>(field)) {
        connect(amount, &QDoubleSpinBox::valueChanged, this, &FormDialog::validate);
    } else if (auto* lines = qobject_cast<QPlainTextEdit*>(field)) {
        connect(lines, &QPlainTextEdit::textChanged, this, &FormDialog::validate);
    }
}

void FormDialog::validate()
{
    const QString why = m_problem ? m_problem() : QString();
    m_accept->setEnabled(why.isEmpty());
    m_accept->setToolTip(why);
    const QString what = m_consequence && why.isEmpty() ? m_consequence() : QString();
    m_verdict->setText(why.isEmpty() ? what : why);
    const Colors& colors = Colors::of(palette());
    // What nobody has typed yet is no mistake.
    setTextColor(m_verdict, why.isEmpty() || !m_isTouched ? colors.muted : colors.attention);
}

void FormDialog::start()
{
    setAttribute(Qt::WA_DeleteOnClose);
    validate();
    if (m_first)
        m_first->setFocus(); // typing begins at once
    open();
}

void FormDialog::accept()
{
    if (m_problem && !m_problem().isEmpty())
        return;
    if (m_run)
        m_run();
    QDialog::accept();
}

} // namespace ui
