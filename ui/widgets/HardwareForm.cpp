// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/HardwareForm.h"

#include "ui/dialogs/PathEdit.h"
#include "ui/dialogs/VolumePicker.h"
#include "ui/text/HardwareText.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"

#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace ui {

using models::FieldType;
using models::HardwareField;
using models::HardwareKind;
using models::HardwareValue;

namespace {

constexpr double kMiB = 1024.0 * 1024.0;

QSpinBox* numberEditor(HardwareField field)
{
    auto* spin = new QSpinBox;
    const bool isPort = field == HardwareField::Port;
    spin->setRange(isPort ? -1 : 0, std::numeric_limits<int>::max());
    if (isPort)
        spin->setSpecialValueText(HardwareForm::tr("chosen by the host"));
    if (field == HardwareField::Heads)
        spin->setRange(1, 16); // what QEMU's cards have at most
    if (field == HardwareField::RequestsLimit)
        spin->setSpecialValueText(HardwareForm::tr("no limit"));
    return spin;
}

QDoubleSpinBox* amountEditor(HardwareField field)
{
    auto* spin = new QDoubleSpinBox;
    spin->setDecimals(0);
    spin->setRange(0, 64.0 * 1024 * 1024);
    spin->setSingleStep(field == HardwareField::BytesLimit ? 10 : 256);
    spin->setSuffix(
        field == HardwareField::BytesLimit ? QStringLiteral(" MiB/s") : QStringLiteral(" MiB"));
    if (field == HardwareField::BytesLimit)
        spin->setSpecialValueText(HardwareForm::tr("no limit"));
    return spin;
}

void fillChoices(QComboBox* box, HardwareKind kind, HardwareField field)
{
    for (const QString& choice : models::choicesOf(kind, field))
        box->addItem(HardwareText::value(field, choice), choice);
}

} // namespace

HardwareForm::HardwareForm(const QString& prefix, QWidget* parent)
    : QWidget(parent)
    , m_prefix(prefix)
    , m_layout(new QFormLayout(this))
{
    setObjectName(prefix);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(16);
    m_layout->setVerticalSpacing(8);
    m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
}

QString HardwareForm::editorName(HardwareField field) const
{
    return m_prefix + QStringLiteral("Field") + QString::number(static_cast<int>(field));
}

void HardwareForm::setHost(hosts::Host* host)
{
    if (m_host != host) {
        m_host = host;
        m_networks.clear();
        askNetworks();
    }
    offer(); // what it can do is known once it is connected
}

void HardwareForm::offer()
{
    for (const Row& row : std::as_const(m_rows)) {
        if (auto* edit = qobject_cast<PathEdit*>(row.editor)) {
            edit->setBrowsable(m_host && m_host->uri().isLocal());
            if (models::typeOf(row.field) == FieldType::Path)
                VolumePicker::equip(edit, m_host);
        }
    }
}

void HardwareForm::askNetworks()
{
    m_question.forget();
    const bool hasRow = std::any_of(m_rows.begin(), m_rows.end(),
        [](const Row& row) { return row.field == HardwareField::Network; });
    if (!hasRow || !m_host || !m_host->info().has(hosts::Feature::Networks))
        return fillNetworks();
    m_question.ask(m_host, hosts::ListNetworks {}, this,
        [this](const vmm::Result<QVector<hosts::NetworkInfo>>& networks) {
            m_networks.clear();
            for (const hosts::NetworkInfo& each : networks.value_or(QVector<hosts::NetworkInfo> {}))
                m_networks << each.name;
            fillNetworks();
        });
    fillNetworks(); // with what is known of it
}

void HardwareForm::fillNetworks()
{
    for (const Row& row : std::as_const(m_rows)) {
        auto* box = qobject_cast<QComboBox*>(row.editor);
        if (row.field != HardwareField::Network || !box)
            continue;
        const QSignalBlocker quiet(box);
        const QString typed = box->currentText();
        box->clear();
        box->addItems(m_networks);
        box->setEditText(typed);
    }
}

void HardwareForm::setValues(
    HardwareKind kind, const QVector<HardwareValue>& values, const Running& running)
{
    const bool isSame = kind == m_kind && values.size() == m_rows.size()
        && std::equal(values.begin(), values.end(), m_rows.begin(),
            [](const HardwareValue& value, const Row& row) { return value.field == row.field; });
    m_kind = kind;
    if (!isSame)
        rebuild(values);
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (read(m_rows[i]) != values[i].value)
            write(m_rows[i], values[i].value);
        const bool differs = running.contains(values[i].field);
        m_rows[i].note->setVisible(differs);
        //: %1 is a value
        m_rows[i].note->setText(differs
                ? tr("It runs with: %1")
                      .arg(HardwareText::value(values[i].field, running.value(values[i].field)))
                : QString());
    }
}

void HardwareForm::rebuild(const QVector<HardwareValue>& values)
{
    while (m_layout->rowCount() > 0)
        m_layout->removeRow(0);
    m_rows.clear();
    for (const HardwareValue& value : values) {
        Row row { value.field, makeEditor(value.field),
            mutedLabel({}, editorName(value.field) + QStringLiteral("Running")) };
        row.note->setWordWrap(true);
        row.editor->setToolTip(HardwareText::hint(value.field));
        keepFromWheel(row.editor);
        auto* cell = new QVBoxLayout;
        cell->setContentsMargins(0, 0, 0, 0);
        cell->setSpacing(2);
        cell->addWidget(row.editor);
        cell->addWidget(row.note);
        // A box says itself what it is.
        const bool isFlag = models::typeOf(value.field) == models::FieldType::Flag;
        auto* label = new QLabel(isFlag ? QString() : HardwareText::field(value.field));
        label->setBuddy(row.editor);
        m_layout->addRow(label, cell);
        m_rows.append(row);
    }
    offer();
    askNetworks();
}

// A wheel that scrolls the form comes across its fields, and they would take it as meant for them.
void HardwareForm::keepFromWheel(QWidget* editor)
{
    if (!qobject_cast<QAbstractSpinBox*>(editor) && !qobject_cast<QComboBox*>(editor))
        return;
    editor->setFocusPolicy(Qt::StrongFocus); // not by the wheel
    editor->installEventFilter(this);
}

bool HardwareForm::eventFilter(QObject* watched, QEvent* event)
{
    const auto* editor = qobject_cast<QWidget*>(watched);
    if (event->type() != QEvent::Wheel || !editor || editor->hasFocus())
        return QWidget::eventFilter(watched, event);
    event->ignore(); // it is for what can be scrolled
    return true;
}

QWidget* HardwareForm::makeEditor(HardwareField field)
{
    const QString name = editorName(field);
    const QString label = HardwareText::field(field);
    const auto follow = [this](auto* editor) { return [this, editor] { tell(editor); }; };
    if (field == HardwareField::Description) {
        auto* edit = named(new QPlainTextEdit, name, label);
        edit->setTabChangesFocus(true);
        edit->setFixedHeight(fontMetrics().lineSpacing() * 4 + 12);
        connect(edit, &QPlainTextEdit::textChanged, this, follow(edit));
        return edit;
    }
    if (field == HardwareField::Network)
        return makeNetworkEditor();
    switch (models::typeOf(field)) {
    case FieldType::Text: {
        auto* edit = named(new QLineEdit, name, label);
        connect(edit, &QLineEdit::textChanged, this, follow(edit));
        return edit;
    }
    case FieldType::Path:
    case FieldType::Folder: {
        auto* edit = named(new PathEdit(name, label, tr("All files (*)")), name, label);
        if (models::typeOf(field) == FieldType::Folder)
            edit->setFolder();
        connect(edit, &PathEdit::changed, this, follow(edit));
        return edit;
    }
    case FieldType::Number: {
        auto* spin = named(numberEditor(field), name, label);
        connect(spin, &QSpinBox::valueChanged, this, follow(spin));
        return spin;
    }
    case FieldType::Amount: {
        auto* spin = named(amountEditor(field), name, label);
        connect(spin, &QDoubleSpinBox::valueChanged, this, follow(spin));
        return spin;
    }
    case FieldType::Choice: {
        auto* box = named(new QComboBox, name, label);
        fillChoices(box, m_kind, field);
        connect(box, &QComboBox::currentIndexChanged, this, follow(box));
        return box;
    }
    case FieldType::Flag: {
        auto* box = named(new QCheckBox(label), name, label);
        connect(box, &QCheckBox::toggled, this, follow(box));
        return box;
    }
    }
    return new QWidget;
}

// One of the host's networks, or one that it doesn't have yet.
QComboBox* HardwareForm::makeNetworkEditor()
{
    auto* box = named(new QComboBox, editorName(HardwareField::Network),
        HardwareText::field(HardwareField::Network));
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->completer()->setCaseSensitivity(Qt::CaseSensitive);
    connect(box, &QComboBox::editTextChanged, this, [this, box] { tell(box); });
    return box;
}

QString HardwareForm::read(const Row& row) const
{
    if (const auto* lines = qobject_cast<QPlainTextEdit*>(row.editor))
        return lines->toPlainText();
    if (const auto* edit = qobject_cast<QLineEdit*>(row.editor))
        return edit->text();
    if (const auto* path = qobject_cast<PathEdit*>(row.editor))
        return path->path();
    if (const auto* number = qobject_cast<QSpinBox*>(row.editor))
        return QString::number(number->value());
    if (const auto* amount = qobject_cast<QDoubleSpinBox*>(row.editor))
        return QString::number(static_cast<quint64>(amount->value() * kMiB));
    if (const auto* box = qobject_cast<QComboBox*>(row.editor))
        return box->isEditable() ? box->currentText() : box->currentData().toString();
    if (const auto* check = qobject_cast<QCheckBox*>(row.editor))
        return check->isChecked() ? QStringLiteral("yes") : QStringLiteral("no");
    return {};
}

void HardwareForm::write(const Row& row, const QString& value)
{
    const QSignalBlocker quiet(row.editor);
    if (auto* lines = qobject_cast<QPlainTextEdit*>(row.editor)) {
        lines->setPlainText(value);
    } else if (auto* edit = qobject_cast<QLineEdit*>(row.editor)) {
        edit->setText(value);
    } else if (auto* path = qobject_cast<PathEdit*>(row.editor)) {
        path->setPath(value);
    } else if (auto* number = qobject_cast<QSpinBox*>(row.editor)) {
        number->setValue(value.toInt());
    } else if (auto* amount = qobject_cast<QDoubleSpinBox*>(row.editor)) {
        amount->setValue(value.toDouble() / kMiB);
    } else if (auto* box = qobject_cast<QComboBox*>(row.editor); box && box->isEditable()) {
        box->setEditText(value);
    } else if (box) {
        // What a definition says is shown even if it is none of ours to offer.
        if (box->findData(value) < 0)
            box->addItem(HardwareText::value(row.field, value), value);
        box->setCurrentIndex(box->findData(value));
    } else if (auto* check = qobject_cast<QCheckBox*>(row.editor)) {
        check->setChecked(value == QStringLiteral("yes"));
    }
}

void HardwareForm::tell(const QWidget* editor)
{
    for (const Row& row : std::as_const(m_rows)) {
        if (row.editor == editor)
            Q_EMIT edited(row.field, read(row));
    }
}

QVector<HardwareValue> HardwareForm::values() const
{
    QVector<HardwareValue> all;
    for (const Row& row : m_rows)
        all.append({ row.field, read(row) });
    return all;
}

} // namespace ui
