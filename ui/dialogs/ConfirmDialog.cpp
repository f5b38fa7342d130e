// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ConfirmDialog.h"

#include "ui/style/Icons.h"
#include "ui/widgets/Labels.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kWidth = 72; ///< characters, as all of these
constexpr int kItemWidth = 54; ///< of the list, beside icon and margins
constexpr int kMostLines = 8; ///< before it scrolls

/// How many lines the items take, once those that are too long are broken.
int linesOf(const QStringList& items, const QFontMetrics& font)
{
    const int width = font.averageCharWidth() * kItemWidth;
    int lines = 0;
    for (qsizetype i = 0; i < items.size() && lines < kMostLines; ++i)
        lines += 1 + font.horizontalAdvance(items[i]) / width;
    return std::min(lines, kMostLines);
}

} // namespace

ConfirmDialog::ConfirmDialog(const Question& question, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("confirmDialog"));
    setWindowTitle(question.title);
    setAccessibleDescription(question.text);

    auto* text = new QVBoxLayout;
    text->setSpacing(8);
    auto* title = headingLabel(question.title, QStringLiteral("confirmTitle"));
    title->setWordWrap(true);
    text->addWidget(title);
    text->addWidget(wrappedLabel(question.text, QStringLiteral("confirmText")));
    if (!question.items.isEmpty()) {
        auto* items = new QPlainTextEdit(question.items.join(QLatin1Char('\n')));
        items->setObjectName(QStringLiteral("confirmItems"));
        items->setAccessibleName(tr("What it is about"));
        items->setReadOnly(true);
        items->setTabChangesFocus(true);
        const int lines = linesOf(question.items, items->fontMetrics());
        items->setFixedHeight(items->fontMetrics().lineSpacing() * (lines + 1) + 12);
        text->addWidget(items);
    }

    if (!question.optionsTitle.isEmpty())
        text->addWidget(wrappedLabel(question.optionsTitle, QStringLiteral("confirmOptions")));
    for (const QString& option : question.options) {
        auto* box = new QCheckBox(QString(option).replace(QLatin1Char('&'), QStringLiteral("&&")));
        box->setObjectName(QStringLiteral("confirmOption%1").arg(m_options.size()));
        box->setAccessibleName(option);
        text->addWidget(box);
        m_options.append(box);
    }

    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(glyphLabel(question.isDangerous ? Glyph::Warning : Glyph::Info,
                       question.isDangerous ? Tint::Attention : Tint::Progress, 32),
        0, Qt::AlignTop);
    row->addLayout(text, 1);

    auto* buttons = new QDialogButtonBox;
    auto* accept = buttons->addButton(question.verb, QDialogButtonBox::AcceptRole);
    accept->setObjectName(QStringLiteral("confirmAccept"));
    accept->setAccessibleName(question.verb);
    auto* cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    cancel->setObjectName(QStringLiteral("confirmCancel"));
    cancel->setAccessibleName(tr("Cancel"));
    accept->setAutoDefault(!question.isDangerous);
    (question.isDangerous ? cancel : accept)->setDefault(true);
    (question.isDangerous ? cancel : accept)->setFocus();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(16);
    layout->addLayout(row, 1);
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * kWidth);
}

QStringList ConfirmDialog::ticked() const
{
    QStringList found;
    for (const QCheckBox* box : m_options) {
        if (box->isChecked())
            found.append(box->accessibleName());
    }
    return found;
}

void ConfirmDialog::ask(QWidget* parent, const Question& question,
    std::function<void(const QStringList& ticked)> accepted)
{
    auto* dialog = new ConfirmDialog(question, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, parent,
        [dialog, accepted = std::move(accepted)] { accepted(dialog->ticked()); });
    dialog->open();
}

QDialog* ConfirmDialog::ask(
    QWidget* parent, const Question& question, std::function<void()> accepted)
{
    auto* dialog = new ConfirmDialog(question, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, parent, std::move(accepted));
    dialog->open();
    return dialog;
}

} // namespace ui
