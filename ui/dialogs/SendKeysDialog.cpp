// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/SendKeysDialog.h"

#include "console/KeyTranslator.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QPushButton>

#include <array>
#include <utility>

namespace ui {

namespace {

struct Modifier {
    Qt::Key key;
    const char* name;
};
constexpr std::array kModifiers {
    Modifier { Qt::Key_Control, "Ctrl" },
    Modifier { Qt::Key_Alt, "Alt" },
    Modifier { Qt::Key_Shift, "Shift" },
    Modifier { Qt::Key_Meta, "Super" },
};

} // namespace

SendKeysDialog::SendKeysDialog(QWidget* parent)
    : QDialog(parent)
    , m_key(named(new QComboBox, "sendKeysKey", tr("Key")))
    , m_sent(mutedLabel({}, QStringLiteral("sendKeysSent")))
{
    setObjectName(QStringLiteral("sendKeysDialog"));
    setWindowTitle(tr("Send keys"));
    auto* line = new QHBoxLayout;
    for (const Modifier& modifier : kModifiers) {
        const QString name = QString::fromLatin1(modifier.name);
        auto* box = named(
            new QCheckBox(QLatin1Char('&') + name), QStringLiteral("sendKeys") + name, name);
        m_modifiers.append(box);
        line->addWidget(box);
    }
    fillKeys();
    line->addWidget(m_key, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_send = buttons->addButton(tr("Se&nd"), QDialogButtonBox::ActionRole);
    m_send->setObjectName(QStringLiteral("sendKeysSend"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_send, &QPushButton::clicked, this, [this] {
        m_sent->setText(tr("Sent."));
        Q_EMIT sendRequested(combination());
    });
    auto* column = new QVBoxLayout(this);
    column->addLayout(line);
    column->addWidget(m_sent);
    column->addWidget(buttons);
    m_send->setDefault(true); // it is in the dialog only now

    for (const QCheckBox* box : m_modifiers)
        connect(box, &QCheckBox::toggled, this, &SendKeysDialog::follow);
    connect(m_key, &QComboBox::currentIndexChanged, this, &SendKeysDialog::follow);
    follow();
}

void SendKeysDialog::follow()
{
    m_send->setEnabled(m_whyNot.isEmpty() && !combination().isEmpty());
    m_sent->setText(m_whyNot); // what was sent was another one
}

void SendKeysDialog::setWhyNot(const QString& reason)
{
    if (std::exchange(m_whyNot, reason) != reason)
        follow();
}

void SendKeysDialog::fillKeys()
{
    m_key->addItem(tr("(no other key)"), 0);
    const auto add = [this](int first, int last) {
        for (int key = first; key <= last; ++key) {
            if (console::KeyTranslator::fromQtKey(Qt::Key(key)))
                m_key->addItem(QKeySequence(key).toString(QKeySequence::NativeText), key);
        }
    };
    add(Qt::Key_F1, Qt::Key_F24);
    add(Qt::Key_Escape, Qt::Key_PageDown); // tab, return, arrows and their like
    add(Qt::Key_Space, Qt::Key_AsciiTilde);
    add(Qt::Key_Menu, Qt::Key_Menu);
}

QList<Qt::Key> SendKeysDialog::combination() const
{
    QList<Qt::Key> out;
    for (int i = 0; i < m_modifiers.size(); ++i) {
        if (m_modifiers[i]->isChecked())
            out.append(kModifiers[size_t(i)].key);
    }
    if (const int key = m_key->currentData().toInt())
        out.append(Qt::Key(key));
    return out;
}

} // namespace ui
