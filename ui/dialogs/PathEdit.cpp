// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/PathEdit.h"

#include "ui/style/Icons.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QToolButton>

namespace ui {

PathEdit::PathEdit(const QString& objectName, const QString& label, const QString& filter)
    : m_label(label)
    , m_filter(filter)
    , m_edit(new QLineEdit)
    , m_browse(new QToolButton)
{
    setObjectName(objectName);
    m_edit->setObjectName(objectName + QStringLiteral("Edit"));
    m_edit->setAccessibleName(label);
    m_edit->setPlaceholderText(tr("Path on the host"));
    m_browse->setObjectName(objectName + QStringLiteral("Browse"));
    m_browse->setIcon(icon(Glyph::Folder));
    m_browse->setAccessibleName(tr("Choose a file"));
    m_browse->setToolTip(tr("Choose a file"));
    m_browse->setAutoRaise(true);
    setFocusProxy(m_edit);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_browse);
    connect(m_edit, &QLineEdit::textChanged, this, &PathEdit::changed);
    connect(m_browse, &QToolButton::clicked, this, &PathEdit::browse);
}

QString PathEdit::path() const
{
    return m_edit->text().trimmed();
}

void PathEdit::setPath(const QString& path)
{
    m_edit->setText(path);
}

void PathEdit::setBrowsable(bool isBrowsable)
{
    m_browse->setEnabled(isBrowsable);
    m_browse->setToolTip(!isBrowsable ? tr("Files of another computer can't be browsed here.")
            : m_isFolder              ? tr("Choose a folder")
                                      : tr("Choose a file"));
}

bool PathEdit::isBrowsable() const
{
    return m_browse->isEnabled();
}

void PathEdit::setLocal(Local local)
{
    m_isNew = local == Local::New;
    m_edit->setPlaceholderText(tr("Path on this computer"));
    setBrowsable(true);
}

void PathEdit::setFolder()
{
    m_isFolder = true;
    m_browse->setAccessibleName(tr("Choose a folder"));
    setBrowsable(isBrowsable());
}

void PathEdit::setPicker(const QString& tip, std::function<void(const Picked& picked)> pick)
{
    m_pick = std::move(pick);
    if (!m_picker && m_pick)
        makePicker();
    if (!m_picker)
        return;
    m_picker->setVisible(hasPicker());
    if (!hasPicker())
        return;
    m_picker->setAccessibleName(tip);
    m_picker->setToolTip(tip);
}

void PathEdit::makePicker()
{
    m_picker = new QToolButton;
    m_picker->setObjectName(objectName() + QStringLiteral("Pick"));
    m_picker->setIcon(icon(Glyph::Disk));
    m_picker->setAutoRaise(true);
    layout()->addWidget(m_picker);
    connect(m_picker, &QToolButton::clicked, this, [this] {
        m_pick([self = QPointer(this)](const QString& path) {
            if (!self)
                return;
            self->m_picked = path.trimmed();
            self->setPath(path);
        });
    });
}

void PathEdit::browse()
{
    auto* dialog = new QFileDialog(this, m_label, path(), m_filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(m_isFolder ? QFileDialog::Directory
            : m_isNew              ? QFileDialog::AnyFile
                                   : QFileDialog::ExistingFile);
    dialog->setAcceptMode(m_isNew ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // what is there is never replaced
    connect(dialog, &QFileDialog::fileSelected, this, &PathEdit::setPath);
    dialog->open();
}

} // namespace ui
