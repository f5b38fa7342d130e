// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/UnusableAddresses.h"

#include <QMessageBox>
#include <QPushButton>

namespace ui {

void UnusableAddresses::tell(
    QWidget* parent, const QVector<vmm::Error>& problems, const std::function<void()>& add)
{
    QStringList lines;
    for (const vmm::Error& problem : problems)
        //: %1 is an address, %2 what is wrong with it
        lines << tr("“%1”: %2.").arg(problem.subject, problem.detail);
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Not connected"),
        tr("%Ln address(es) can't be connected to", nullptr, int(problems.size())),
        QMessageBox::Close, parent);
    box->setObjectName(QStringLiteral("unusableAddresses"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(lines.join(QLatin1Char('\n')) + QStringLiteral("\n\n") + forms());
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* adding = box->addButton(tr("Add connection…"), QMessageBox::AcceptRole);
    adding->setObjectName(QStringLiteral("unusableAddressesAdd"));
    QObject::connect(adding, &QPushButton::clicked, box, add);
    box->open();
}

QString UnusableAddresses::forms()
{
    return QStringList { tr("What an address looks like:"),
        tr("%1 – this computer, without any service").arg(QStringLiteral("embedded:///")),
        tr("%1 – libvirt on this computer").arg(QStringLiteral("qemu:///system")),
        tr("%1 – libvirt on another computer, through ssh")
            .arg(QStringLiteral("qemu+ssh://user@host/system")),
        tr("%1 – VirtDeck on another computer, through ssh")
            .arg(QStringLiteral("embedded+ssh://user@host")) }
        .join(QLatin1Char('\n'));
}

} // namespace ui
