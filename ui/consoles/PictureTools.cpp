// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/PictureTools.h"

#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "ui/consoles/ToolBarTools.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Named.h"
#include "vmm/base/Background.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>
#include <QStandardPaths>

namespace ui {

namespace {

vmm::Error writeError(const QString& path, const QSaveFile& file)
{
    return { .kind = vmm::ErrorKind::Io, .subject = path, .detail = file.errorString() };
}

} // namespace

PictureTools::PictureTools(QToolBar& tools, console::ConsoleView& view, QWidget* parent)
    : QObject(parent)
    , m_view(view)
    , m_parent(parent)
    , m_menu(named(new QMenu(parent), "consolePictureMenu", tr("Picture")))
    , m_copy(m_menu->addAction(icon(Glyph::Copy), tr("&Copy the picture")))
    , m_save(m_menu->addAction(icon(Glyph::Save), tr("&Save the picture…")))
{
    QAction* tool
        = addTool(tools, QStringLiteral("consolePicture"), icon(Glyph::Camera), tr("Picture"));
    tool->setToolTip(tr("Take a picture of the machine's screen, or record it"));
    m_copy->setObjectName(QStringLiteral("consoleCopyPicture"));
    m_save->setObjectName(QStringLiteral("consoleSavePicture"));
    connect(m_copy, &QAction::triggered, this, &PictureTools::copyPicture);
    connect(m_save, &QAction::triggered, this, &PictureTools::savePicture);
    setToolMenu(tools, tool, m_menu);
    showIconOnly(tools, tool);
    refresh();
}

void PictureTools::setSession(console::ConsoleSession* session, const QString& name)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_name = name;
    if (session)
        connect(session, &console::ConsoleSession::frameSized, this, &PictureTools::refresh);
    refresh();
}

void PictureTools::refresh()
{
    const bool hasPicture = m_session && !m_session->frame().isNull();
    const QString reason
        = hasPicture ? QString() : tr("There is no picture of the machine's screen yet.");
    allow(
        m_copy, reason, tr("Puts the screen into this computer's clipboard, every pixel as it is"));
    allow(m_save, reason, tr("Saves the screen as a PNG file, every pixel as it is"));
}

QImage PictureTools::picture() const
{
    return m_view.head() ? m_view.head()->frame().copy() : QImage();
}

void PictureTools::copyPicture()
{
    const QImage taken = picture();
    if (taken.isNull())
        return;
    QGuiApplication::clipboard()->setImage(taken);
    m_view.showHint(tr("Copied: %1 × %2 pixels").arg(taken.width()).arg(taken.height()));
}

QString PictureTools::fileName(
    const QString& machine, const QDateTime& when, const QString& extension)
{
    QString name = machine;
    for (QChar& character : name) {
        if (!character.isPrint() || QStringLiteral("/\\:*?\"<>|").contains(character))
            character = QLatin1Char('_');
    }
    while (name.startsWith(QLatin1Char('.')))
        name.remove(0, 1);
    return name.left(80) + when.toString(QStringLiteral(" yyyy-MM-dd HH.mm.ss.")) + extension;
}

void PictureTools::savePicture()
{
    const QImage taken = picture(); // what is seen now, not when the dialog ends
    if (taken.isNull())
        return;
    auto* dialog = new QFileDialog(m_parent, tr("Save the picture of the screen"));
    dialog->setObjectName(QStringLiteral("savePictureDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("PNG pictures (*.png)"));
    dialog->setDefaultSuffix(QStringLiteral("png"));
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    dialog->setDirectory(QDir(folder).exists() ? folder : QDir::homePath());
    dialog->selectFile(fileName(m_name, QDateTime::currentDateTime(), QStringLiteral("png")));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, taken](const QString& path) { saveTo(path, taken); });
    connect(dialog, &QDialog::finished, &m_view, [this] { m_view.setFocus(); });
    dialog->open();
}

vmm::Result<void> PictureTools::write(const QImage& picture, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return writeError(path, file);
    if (!picture.save(&file, "PNG") || !file.commit())
        return writeError(path, file);
    return {};
}

void PictureTools::saveTo(const QString& path, const QImage& picture)
{
    vmm::async::onFinished(
        vmm::inBackground<void>([picture, path] { return write(picture, path); }), this,
        [this, path](const vmm::Result<void>& written) {
            if (written) {
                m_view.showHint(tr("Saved as %1").arg(QDir::toNativeSeparators(path)));
                return;
            }
            auto* box = new QMessageBox(QMessageBox::Warning, tr("The picture was not saved"),
                tr("%1 could not be written.").arg(QDir::toNativeSeparators(path)), QMessageBox::Ok,
                m_parent);
            box->setObjectName(QStringLiteral("savePictureError"));
            box->setInformativeText(
                tr("%1. Choose another folder, or make room.").arg(written.error().detail));
            box->setAttribute(Qt::WA_DeleteOnClose);
            box->open();
        });
}

} // namespace ui
