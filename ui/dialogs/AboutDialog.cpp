// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/AboutDialog.h"

#include "ui/widgets/Labels.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("aboutDialog"));
    setWindowTitle(tr("About VirtDeck"));
    auto* symbol = glyphLabel(Glyph::Info, Tint::Text, 64);
    symbol->setIcon(QIcon(QStringLiteral(":/icons/virtdeck.svg")));
    auto* text = new QVBoxLayout;
    text->setSpacing(8);
    text->addWidget(headingLabel(QStringLiteral("VirtDeck"), QStringLiteral("aboutTitle")));
    text->addWidget(
        mutedLabel(tr("Version %1, Qt %2")
                       .arg(QStringLiteral(VIRTDECK_VERSION), QString::fromLatin1(qVersion())),
            QStringLiteral("aboutVersion")));
    text->addWidget(
        wrappedLabel(tr("Runs virtual machines on this computer and on any number of other hosts."),
            QStringLiteral("aboutText")));
    text->addWidget(wrappedLabel(
        tr("Free software under the GNU General Public License, version 3 or later. It comes "
           "with no warranty."),
        QStringLiteral("aboutLicence")));
    auto* row = new QHBoxLayout;
    row->setSpacing(20);
    row->addWidget(symbol, 0, Qt::AlignTop);
    row->addLayout(text, 1);
    auto* buttons = new QDialogButtonBox;
    auto* close = buttons->addButton(tr("Close"), QDialogButtonBox::AcceptRole);
    close->setObjectName(QStringLiteral("aboutClose"));
    close->setAccessibleName(close->text());
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(16);
    layout->addLayout(row);
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
}

} // namespace ui
