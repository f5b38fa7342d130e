// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/GuestTools.h"

#include "console/ClipboardBridge.h"
#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "console/FileTransfers.h"
#include "ui/Settings.h"
#include "ui/consoles/FurtherDisplays.h"
#include "ui/consoles/ToolBarTools.h"
#include "ui/dialogs/HostKeysDialog.h"
#include "ui/style/Icons.h"
#include "ui/text/Units.h"
#include "ui/widgets/HeadWindow.h"
#include "ui/widgets/Named.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QToolBar>
#include <QToolTip>

namespace ui {

namespace {

using console::ClipboardSharing;

} // namespace

GuestTools::GuestTools(
    QToolBar& tools, console::ConsoleView& view, Settings& settings, QWidget* parent)
    : QObject(parent)
    , m_parent(parent)
    , m_view(view)
    , m_settings(settings)
    , m_clipboard(new console::ClipboardBridge(view, this))
{
    makeClipboardMenu(tools);
    makeGuestMenu(tools);
    m_locks = named(new QLabel, "consoleLocks", tr("Locks of the machine's keyboard"));
    m_locks->setMargin(4);
    tools.addWidget(m_locks);
    connect(m_clipboard, &console::ClipboardBridge::tooLarge, this, [this](bool isToGuest) {
        const QString limit = console::ClipboardBridge::limit();
        tell(isToGuest
                ? tr("What you copied is larger than %1 and was not given to the machine. "
                     "Send it as a file instead.")
                      .arg(limit)
                : tr("What the machine copied is larger than %1 and was left there.").arg(limit));
    });
    connect(m_clipboard, &console::ClipboardBridge::refused, this, [this](quint64 limit) {
        tell(tr("What you copied was not given to the machine: its VNC server takes no more "
                "than %1.")
                 .arg(Units::bytes(vmm::Bytes::fromBytes(limit))));
    });
    connect(m_clipboard, &console::ClipboardBridge::replaced, this, [this](int characters) {
        tell(tr("This VNC server knows Western European letters alone (Latin-1): %n character(s) "
                "of what you copied became question marks.",
            nullptr, characters));
    });
    connect(&view, &console::ConsoleView::keyboardGrabChanged, this, &GuestTools::refresh);
    restore();
    refresh();
}

GuestTools::~GuestTools() = default;

void GuestTools::makeClipboardMenu(QToolBar& tools)
{
    m_clipboardTool
        = addTool(tools, QStringLiteral("consoleClipboard"), icon(Glyph::Copy), tr("Clipboard"));
    auto* menu = named(new QMenu(m_parent), "consoleClipboardMenu", tr("Clipboard"));
    auto* choices = new QActionGroup(this);
    const auto add
        = [&](ClipboardSharing sharing, const char* name, const QString& text, const QString& tip) {
              QAction* action = menu->addAction(text);
              action->setObjectName(QString::fromLatin1(name));
              action->setCheckable(true);
              action->setToolTip(tip);
              choices->addAction(action);
              connect(action, &QAction::triggered, this, [this, sharing] { setSharing(sharing); });
              m_sharing[sharing] = action;
          };
    add(ClipboardSharing::Off, "clipboardOff", tr("&Off"),
        tr("Nothing that is copied here or there is seen on the other side"));
    add(ClipboardSharing::ToGuest, "clipboardToGuest", tr("&To the machine"),
        tr("What you copy here can be pasted in the machine. Every program there can read it."));
    add(ClipboardSharing::FromGuest, "clipboardFromGuest", tr("&From the machine"),
        tr("What is copied in the machine can be pasted here"));
    add(ClipboardSharing::Both, "clipboardBoth", tr("&Both ways"),
        tr("What is copied on one side can be pasted on the other"));
    setToolMenu(tools, m_clipboardTool, menu);
}

void GuestTools::makeGuestMenu(QToolBar& tools)
{
    QAction* tool = addTool(tools, QStringLiteral("consoleGuest"), icon(Glyph::Guest), tr("Guest"));
    tool->setToolTip(tr("Size, displays, files and keyboard of the machine"));
    m_menu = named(new QMenu(m_parent), "consoleGuestMenu", tr("Guest"));
    m_follow = addChoice("consoleFollow", tr("&Resize with the window"));
    connect(m_follow, &QAction::triggered, this, [this](bool isOn) {
        m_settings.setView(keyFor("follow"), isOn);
        m_view.setGuestFollowsSize(isOn);
    });
    m_displays = m_menu->addMenu(tr("&Displays"));
    named(m_displays, "consoleDisplays", tr("Displays"))->setToolTipsVisible(true);
    m_files = m_menu->addAction(tr("Send &files…"), this, &GuestTools::chooseFiles);
    m_files->setObjectName(QStringLiteral("consoleSendFiles"));
    m_menu->addSeparator();
    m_grab = addChoice("consoleGrabKeyboard", tr("Take the whole &keyboard"));
    connect(m_grab, &QAction::triggered, this, [this](bool isOn) {
        m_settings.setView(keyFor("grab"), isOn);
        m_view.setGrabsKeyboard(isOn);
        m_view.setFocus();
    });
    QAction* keys = m_menu->addAction(tr("Keys that &stay here…"), this, &GuestTools::editHostKeys);
    keys->setObjectName(QStringLiteral("consoleHostKeys"));
    keys->setToolTip(tr("Shortcuts that work here while the machine has the keyboard"));
    setToolMenu(tools, tool, m_menu);
}

QAction* GuestTools::addChoice(const char* name, const QString& text)
{
    QAction* action = m_menu->addAction(text);
    action->setObjectName(QString::fromLatin1(name));
    action->setCheckable(true);
    return action;
}

void GuestTools::setSession(
    console::ConsoleSession* session, const QString& key, FurtherDisplays* further)
{
    if (m_session == session && m_key == key)
        return;
    if (m_session)
        m_session->disconnect(this);
    if (m_further) {
        m_further->disconnect(this);
        m_further->part(m_view);
    }
    m_further = further;
    m_session = session;
    m_key = key;
    m_clipboard->setSession(nullptr); // no machine may get what was chosen for another
    restore();
    m_clipboard->setSession(session);
    if (session) {
        using console::ConsoleSession;
        connect(session, &ConsoleSession::stateChanged, this, &GuestTools::refresh);
        connect(session, &ConsoleSession::agentChanged, this, &GuestTools::refresh);
        connect(session, &ConsoleSession::headsChanged, this, &GuestTools::refresh);
        connect(session, &ConsoleSession::locksChanged, this, &GuestTools::refreshLocks);
    }
    if (further) {
        connect(further, &FurtherDisplays::changed, this, &GuestTools::refreshDisplays);
        further->join(m_view, *m_clipboard);
    }
    refresh();
}

QString GuestTools::keyFor(const char* what) const
{
    return QStringLiteral("console-%1/%2").arg(m_key, QLatin1StringView(what));
}

void GuestTools::restore()
{
    const bool isKnown = !m_key.isEmpty();
    const int sharing = isKnown ? m_settings.view(keyFor("clipboard"), 0).toInt() : 0;
    const bool isValid = sharing >= 0 && sharing <= int(ClipboardSharing::Both);
    m_clipboard->setSharing(isValid ? ClipboardSharing(sharing) : ClipboardSharing::Off);
    m_follow->setChecked(isKnown && m_settings.view(keyFor("follow"), false).toBool());
    m_view.setGuestFollowsSize(m_follow->isChecked());
    m_grab->setChecked(isKnown && m_settings.view(keyFor("grab"), false).toBool());
    m_view.setGrabsKeyboard(m_grab->isChecked());
    m_view.setHostShortcuts(HostKeysDialog::shortcuts(m_settings));
}

void GuestTools::setSharing(ClipboardSharing sharing)
{
    m_clipboard->setSharing(sharing);
    if (!m_key.isEmpty())
        m_settings.setView(keyFor("clipboard"), int(sharing));
    refresh();
}

QString GuestTools::whyNoAgent() const
{
    if (!m_session || m_session->state() != console::SessionState::Live)
        return tr("The console is not connected.");
    if (!m_session->isAgentConnected())
        return tr(
            "Needs the SPICE agent in the machine (spice-vdagent), which does not run there.");
    return {};
}

void GuestTools::refresh()
{
    const ClipboardSharing sharing = m_clipboard->sharing();
    static const QMap<ClipboardSharing, QString> texts {
        { ClipboardSharing::Off, tr("Clipboard: off") },
        { ClipboardSharing::ToGuest, tr("Clipboard → machine") },
        { ClipboardSharing::FromGuest, tr("Clipboard ← machine") },
        { ClipboardSharing::Both, tr("Clipboard ↔ machine") },
    };
    m_sharing[sharing]->setChecked(true);
    m_clipboardTool->setText(texts[sharing]);
    const QString reason = whyNoAgent();
    const bool isTextOnly
        = reason.isEmpty() && m_session->agent() && m_session->agent()->isTextOnly();
    const QString whyNothing
        = isTextOnly ? tr("Not over VNC: only SPICE has an agent that does this.") : reason;
    m_clipboardTool->setToolTip(!reason.isEmpty() ? reason
            : isTextOnly
            ? tr("Which way the clipboard is shared with the machine: text alone over VNC, and "
                 "only if the machine has a channel for it (qemu-vdagent)")
            : tr("Which way the clipboard is shared with the machine"));
    allow(m_follow, reason, tr("The machine's screen takes the size of the window"));
    allow(m_files, whyNothing,
        tr("Copy files to the machine; dropping them on its screen does the same"));
    allow(m_grab, console::KeyboardGrab::whyNot(),
        tr("Alt+Tab and the like go to the machine, too. Ctrl+Alt gives the keyboard back."));
    refreshDisplays();
    refreshLocks();
}

void GuestTools::refreshDisplays()
{
    const int offered = m_session ? m_session->heads().offered() : 1;
    m_displays->setEnabled(m_session);
    if (m_displays->actions().size() != console::HeadSet::kMax) {
        for (int i = 0; i < console::HeadSet::kMax; ++i) {
            QAction* action = m_displays->addAction(tr("Display &%1").arg(i + 1));
            action->setObjectName(QStringLiteral("consoleDisplay%1").arg(i + 1));
            action->setCheckable(true);
            connect(
                action, &QAction::triggered, this, [this, i](bool isOn) { showDisplay(i, isOn); });
        }
    }
    for (int i = 0; i < console::HeadSet::kMax; ++i) {
        QAction* action = m_displays->actions().at(i);
        const bool isOn = m_session && m_session->heads().at(i)->isOn();
        action->setChecked(i == 0 || (isOn && m_further && m_further->window(i)));
        QString reason = i == 0 ? tr("The first display is always on.") : whyNoAgent();
        if (i > 0 && i >= offered)
            reason = tr("The machine's graphics card has %n display(s).", nullptr, offered);
        allow(action, reason, tr("Shown in a window of its own"));
    }
}

void GuestTools::refreshLocks()
{
    const console::KeyLocks locks = m_session ? m_session->keyLocks() : console::KeyLocks();
    QStringList on;
    if (locks.capsLock)
        on << tr("Caps");
    if (locks.numLock)
        on << tr("Num");
    if (locks.scrollLock)
        on << tr("Scroll");
    m_locks->setText(on.join(QLatin1Char(' ')));
    m_locks->setToolTip(on.isEmpty() ? QString() : tr("Locked on the machine's keyboard"));
}

void GuestTools::showDisplay(int number, bool isOn)
{
    if (m_further)
        m_further->show(number, isOn);
    refreshDisplays();
}

void GuestTools::showDisplaysOn(const QList<QScreen*>& screens)
{
    const int offered = m_session ? m_session->heads().offered() : 1;
    const int count
        = whyNoAgent().isEmpty() && m_further ? std::min(offered - 1, int(screens.size())) : 0;
    for (int i = 0; i < count; ++i) {
        showDisplay(i + 1, true);
        m_further->window(i + 1)->setFullScreen(true, screens[i]);
    }
    if (count == 0)
        m_view.showHint(tr("The machine has no other display that could be shown."));
}

void GuestTools::chooseFiles()
{
    auto* dialog = new QFileDialog(m_parent, tr("Send files to %1").arg(m_name));
    dialog->setObjectName(QStringLiteral("sendFilesDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setLabelText(QFileDialog::Accept, tr("Send"));
    // Another machine may be shown by then.
    connect(
        dialog, &QFileDialog::filesSelected, this, [session = m_session](const QStringList& paths) {
            if (session)
                session->files().send(paths);
        });
    dialog->open();
}

void GuestTools::editHostKeys()
{
    auto* dialog = new HostKeysDialog(m_settings, m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
        [this] { m_view.setHostShortcuts(HostKeysDialog::shortcuts(m_settings)); });
    dialog->open();
}

void GuestTools::tell(const QString& text)
{
    QToolTip::showText(m_view.mapToGlobal(QPoint(24, 24)), text, &m_view, {}, 8000);
}

} // namespace ui
