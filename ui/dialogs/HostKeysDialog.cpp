// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/HostKeysDialog.h"

#include "ui/Settings.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QKeySequenceEdit>
#include <QListWidget>
#include <QPushButton>

namespace ui {

namespace {

const auto kKey = QStringLiteral("console-host-keys");

} // namespace

HostKeysDialog::HostKeysDialog(Settings& settings, QWidget* parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_list(named(new QListWidget, "hostKeysList", tr("Keys that stay here")))
    , m_edit(named(new QKeySequenceEdit, "hostKeysEdit", tr("Another shortcut")))
    , m_add(named(new QPushButton(tr("&Add")), "hostKeysAdd", tr("Add")))
    , m_remove(named(new QPushButton(tr("&Remove")), "hostKeysRemove", tr("Remove")))
{
    setObjectName(QStringLiteral("hostKeysDialog"));
    setWindowTitle(tr("Keys that stay here"));
    for (const QKeySequence& each : shortcuts(settings))
        m_list->addItem(each.toString());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->setObjectName(QStringLiteral("hostKeysButtons"));
    connect(buttons, &QDialogButtonBox::accepted, this, &HostKeysDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &HostKeysDialog::add);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        delete m_list->currentItem();
        refresh();
    });
    connect(m_edit, &QKeySequenceEdit::keySequenceChanged, this, &HostKeysDialog::refresh);
    connect(m_list, &QListWidget::currentRowChanged, this, &HostKeysDialog::refresh);

    auto* line = new QHBoxLayout;
    line->addWidget(m_edit, 1);
    line->addWidget(m_add);
    line->addWidget(m_remove);
    auto* column = new QVBoxLayout(this);
    column->addWidget(wrappedLabel(
        tr("A machine that has the keyboard gets every key, but for F11, for Ctrl+Alt and for "
           "these. Press a shortcut in the field and add it."),
        QStringLiteral("hostKeysText")));
    column->addWidget(m_list, 1);
    column->addLayout(line);
    column->addWidget(buttons);
    m_edit->setFocus();
    refresh();
}

QList<QKeySequence> HostKeysDialog::shortcuts(const Settings& settings)
{
    QList<QKeySequence> out;
    const QStringList stored = settings.view(kKey).toStringList();
    for (const QString& each : stored) {
        const QKeySequence sequence(each);
        if (sequence.count() == 1)
            out.append(sequence);
    }
    return out;
}

void HostKeysDialog::add()
{
    // One combination: a machine can't be asked whether a second one follows.
    const QKeySequence sequence(m_edit->keySequence()[0]);
    if (m_list->findItems(sequence.toString(), Qt::MatchExactly).isEmpty())
        m_list->addItem(sequence.toString());
    m_edit->clear();
    refresh();
}

void HostKeysDialog::refresh()
{
    m_add->setEnabled(!m_edit->keySequence().isEmpty());
    m_add->setToolTip(m_add->isEnabled() ? QString() : tr("Press a shortcut in the field first."));
    m_remove->setEnabled(m_list->currentItem());
    m_remove->setToolTip(m_remove->isEnabled() ? QString() : tr("Choose one in the list first."));
}

void HostKeysDialog::accept()
{
    QStringList all;
    for (int i = 0; i < m_list->count(); ++i)
        all.append(m_list->item(i)->text());
    m_settings.setView(kKey, all);
    QDialog::accept();
}

} // namespace ui
