// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ConnectionFiles.h"

#include "console/ConsoleView.h"
#include "ui/consoles/ConsoleSessions.h"
#include "ui/consoles/ConsoleWindows.h"
#include "ui/consoles/FullScreenTools.h"
#include "ui/consoles/Hotkeys.h"
#include "ui/pages/ConsoleTab.h"
#include "ui/text/ErrorText.h"
#include "vmm/base/AtomicFile.h"
#include "vmm/base/Background.h"

#include <QAction>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QTemporaryFile>

namespace ui {

namespace {

const auto kFilter = QStringLiteral("*.vv");
constexpr qint64 kMostCertificates = 64 << 10; ///< bytes; a chain has a few thousand

} // namespace

ConnectionFiles::ConnectionFiles(Context& context, ConsoleWindows& windows, QWidget* window)
    : QObject(window)
    , m_context(context)
    , m_windows(windows)
    , m_window(window)
{
    connect(context.sessions, &ConsoleSessions::aboutToClose, this,
        [this](const OpenConsole* console) { m_certificates.remove(console); });
}

ConnectionFiles::~ConnectionFiles() = default;

bool ConnectionFiles::isConnectionFile(const QString& path)
{
    return path.endsWith(QStringLiteral(".vv"), Qt::CaseInsensitive);
}

vmm::Result<ConnectionFiles::Read> ConnectionFiles::read(const QString& path)
{
    Read read { .file = TRY(console::readConnectionFile(path)) };
    if (read.file.isDeleted)
        read.isKept = !QFile::remove(path);
    if (read.file.certificates.isEmpty())
        return read;
    // The library takes certificates from a file alone.
    read.certificates = std::make_shared<QTemporaryFile>();
    if (!read.certificates->open()
        || read.certificates->write(read.file.certificates) != read.file.certificates.size()
        || !read.certificates->flush())
        return vmm::Error { vmm::ErrorKind::Io, read.certificates->fileName(),
            read.certificates->errorString() };
    read.file.endpoint.tlsCaFile = read.certificates->fileName();
    return read;
}

void ConnectionFiles::open(const QString& path)
{
    vmm::async::onFinished(vmm::inBackground<Read>([path] { return read(path); }), this,
        [this, path](const vmm::Result<Read>& result) {
            if (result)
                show(path, *result);
            else
                tell(result.error());
        });
}

void ConnectionFiles::show(const QString& path, const Read& read)
{
    const QString name
        = read.file.title.isEmpty() ? QFileInfo(path).completeBaseName() : read.file.title;
    OpenConsole* console
        = m_context.sessions->open(name, read.file.endpoint, { .proxy = read.file.proxy });
    if (read.certificates)
        m_certificates.insert(console, read.certificates);
    m_context.sessions->setDetached(console, true);
    ConsoleTab& tab = m_windows.windowOf(console)->tab();
    tab.hotkeys().set({ .fullScreen = read.file.fullScreenKey,
        .release = read.file.releaseKey,
        .attention = read.file.attentionKey });
    if (read.file.isFullScreen)
        tab.fullScreen().action()->setChecked(true);
    if (read.isKept)
        tab.view()->showHint(tr("The connection file could not be deleted, as it asks for."));
    else if (!read.file.ignored.isEmpty())
        tab.view()->showHint(tr("Of the connection file, not followed: %1")
                                 .arg(read.file.ignored.join(QStringLiteral(", "))));
    Q_EMIT opened(console);
}

void ConnectionFiles::tell(const vmm::Error& error)
{
    const ErrorText text = ErrorText::of(error);
    auto* box = new QMessageBox(
        QMessageBox::Warning, tr("Connection file"), text.what, QMessageBox::Close, m_window);
    box->setObjectName(QStringLiteral("connectionFileError"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        QStringList { text.why, error.detail, text.remedy }.join(QLatin1Char('\n')).trimmed());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
    Q_EMIT failed(error);
}

void ConnectionFiles::chooseAndOpen()
{
    auto* dialog = new QFileDialog(
        m_window, tr("Open a connection file"), {}, tr("Connection files (%1)").arg(kFilter));
    dialog->setObjectName(QStringLiteral("openConnectionFile"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
        for (const QString& path : paths)
            open(path);
    });
    dialog->open();
}

QString ConnectionFiles::whyNotSaved(const OpenConsole& console)
{
    // A socket that this program has made goes with it.
    const hosts::Host* host = console.vm().host;
    const bool isOurs = host && !host->uri().isEmbedded();
    return isOurs && !console.session().endpoint().unixSocket.isEmpty()
        ? tr("This screen has no address of its own: VirtDeck makes the way to it.")
        : QString();
}

void ConnectionFiles::save(const OpenConsole& console)
{
    console::ConnectionFile file { .endpoint = console.session().endpoint(),
        .proxy = console.session().options().proxy,
        .title = console.name() };
    if (ConsoleWindow* window = m_windows.windowOf(&console)) {
        const Hotkeys::Keys& keys = window->tab().hotkeys().keys();
        file.fullScreenKey = keys.fullScreen;
        file.releaseKey = keys.release;
        file.attentionKey = keys.attention;
    }
    auto* dialog = new QFileDialog(
        m_window, tr("Save a connection file"), {}, tr("Connection files (%1)").arg(kFilter));
    dialog->setObjectName(QStringLiteral("saveConnectionFile"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("vv"));
    dialog->selectFile(console.name() + QStringLiteral(".vv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, file](const QString& path) {
        vmm::async::onFinished(vmm::inBackground<void>([path, file] { return write(path, file); }),
            this, [this](const vmm::Result<void>& result) {
                if (!result)
                    tell(result.error());
            });
    });
    dialog->open();
}

/// With the certificates that are trusted now: their file may be gone when this one is opened.
vmm::Result<void> ConnectionFiles::write(const QString& path, console::ConnectionFile file)
{
    if (const QString& trusted = file.endpoint.tlsCaFile; !trusted.isEmpty()) {
        QFile certificates(trusted);
        if (!certificates.open(QIODevice::ReadOnly))
            return vmm::Error { vmm::ErrorKind::Io, trusted, certificates.errorString() };
        file.certificates = certificates.read(kMostCertificates);
    }
    return vmm::writeAtomically(path, toConnectionFile(file));
}

} // namespace ui
