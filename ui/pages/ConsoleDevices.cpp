// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ConsoleDevices.h"

#include "console/ConsoleSession.h"
#include "ui/consoles/GuestPorts.h"
#include "ui/dialogs/FileLook.h"
#include "ui/dialogs/UsbDialog.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Named.h"

#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidgetAction>

namespace ui {

namespace {

using console::SoundFlow;
using console::SoundState;

constexpr int kVolumeStep = 5;
constexpr int kVolumePage = 20;

/// What is as usual is told by the icon alone: the tools must fit beside each other.
void showAs(QToolButton* button, const QString& name, const QString& news)
{
    button->setText(news.isEmpty() ? name : news);
    button->setToolButtonStyle(
        news.isEmpty() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
}

QAction* addAction(QMenu* menu, const char* name, const QString& text)
{
    QAction* action = menu->addAction(text);
    action->setObjectName(QLatin1StringView(name));
    return action;
}

} // namespace

ConsoleDevices::ConsoleDevices(Settings& settings, QToolBar* tools, QWidget* window)
    : QObject(tools)
    , m_settings(settings)
    , m_tools(tools)
    , m_window(window)
    , m_folderLook(new FileLook([this] { restoreFolder(); }, this))
{
    tools->addSeparator();
    makeSoundMenu();
    m_usbButton = named(new QToolButton, "consoleUsb", tr("USB"));
    m_usbButton->setIcon(icon(Glyph::Usb));
    connect(m_usbButton, &QToolButton::clicked, this, [this] {
        if (!m_session)
            return;
        // Of a connection file's machine nothing is remembered: the next one's is another.
        if (!m_usbDialog)
            m_usbDialog = new UsbDialog(m_session->devices(), m_settings,
                m_key.isEmpty() ? QString() : settingsKey("usb", m_key), m_name, m_window);
        m_usbDialog->show();
        m_usbDialog->raise();
    });
    tools->addWidget(m_usbButton);
    makeFolderMenu();
    makeSmartcardButton();
    makePortMenu();
    setSession(nullptr, {}, nullptr);
}

QToolButton* ConsoleDevices::addMenu(const char* name, QMenu* menu, const QString& text)
{
    auto* button = named(new QToolButton, name, text);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    m_tools->addWidget(button);
    return button;
}

void ConsoleDevices::makeSoundMenu()
{
    auto* menu = named(new QMenu(m_tools), "consoleSoundMenu", tr("Sound"));
    menu->setToolTipsVisible(true);
    m_soundState = addAction(menu, "soundState", {});
    m_soundState->setEnabled(false);
    m_mute = addAction(menu, "soundMute", tr("&Mute"));
    m_mute->setCheckable(true);

    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(12, 4, 12, 8);
    m_volume = named(new QSlider(Qt::Horizontal), "soundVolume", tr("Volume"));
    m_volume->setRange(0, 100);
    m_volume->setSingleStep(kVolumeStep);
    m_volume->setPageStep(kVolumePage);
    m_volume->setMinimumWidth(160);
    auto* label = new QLabel(tr("&Volume"));
    label->setBuddy(m_volume);
    layout->addWidget(label);
    layout->addWidget(m_volume);
    auto* slider = new QWidgetAction(menu);
    slider->setDefaultWidget(box);
    menu->addAction(slider);

    menu->addSeparator();
    m_microphone = addAction(menu, "soundMicrophone", tr("Let the guest &listen"));
    m_microphone->setIcon(icon(Glyph::Microphone));
    m_microphone->setCheckable(true);
    m_soundButton = addMenu("consoleSound", menu, tr("Sound"));
    const auto take = [this] {
        setSound({ .isMuted = m_mute->isChecked(),
            .volume = m_volume->value(),
            .isMicrophoneOn = m_microphone->isChecked() });
    };
    connect(m_mute, &QAction::toggled, this, take);
    connect(m_microphone, &QAction::toggled, this, take);
    connect(m_volume, &QSlider::valueChanged, this, take);
}

void ConsoleDevices::makeFolderMenu()
{
    auto* menu = named(new QMenu(m_tools), "consoleFolderMenu", tr("Shared folder"));
    menu->setToolTipsVisible(true);
    m_folderState = addAction(menu, "folderState", {});
    m_folderState->setEnabled(false);
    m_share = addAction(menu, "folderShare", tr("&Share a folder…"));
    m_readOnly = addAction(menu, "folderReadOnly", tr("The guest may only &read"));
    m_readOnly->setCheckable(true);
    m_readOnly->setChecked(true);
    m_stopSharing = addAction(menu, "folderStop", tr("S&top sharing"));
    m_folderButton = addMenu("consoleFolder", menu, tr("Folder"));
    m_folderButton->setIcon(icon(Glyph::Folder));
    connect(m_share, &QAction::triggered, this, &ConsoleDevices::chooseFolder);
    connect(m_stopSharing, &QAction::triggered, this,
        [this] { share(target(), {}, m_readOnly->isChecked()); });
    connect(m_readOnly, &QAction::toggled, this, &ConsoleDevices::setReadOnly);
}

void ConsoleDevices::makeSmartcardButton()
{
    m_smartcardButton = named(new QToolButton, "consoleSmartcards", tr("Smart cards"));
    m_smartcardButton->setCheckable(true);
    m_smartcardAction = m_tools->addWidget(m_smartcardButton);
    connect(m_smartcardButton, &QToolButton::toggled, this, [this](bool isOn) {
        if (devices())
            devices()->useSmartcards(isOn);
    });
}

void ConsoleDevices::makePortMenu()
{
    auto* menu = named(new QMenu(m_tools), "consolePortMenu", tr("Ports"));
    m_portButton = addMenu("consolePorts", menu, tr("Ports"));
    m_portButton->setIcon(icon(Glyph::Console));
    m_portButton->setToolTip(tr("Look at a port of the guest, as a terminal"));
    m_portAction = m_tools->actions().last();
    connect(menu, &QMenu::aboutToShow, this, &ConsoleDevices::showPorts);
}

console::GuestDevices* ConsoleDevices::devices() const
{
    return m_session ? &m_session->devices() : nullptr;
}

QString ConsoleDevices::settingsKey(const char* what, const QString& key)
{
    return QStringLiteral("console-%1/%2").arg(QLatin1StringView(what), key);
}

void ConsoleDevices::setSession(
    console::ConsoleSession* session, const QString& key, GuestPorts* ports)
{
    if (m_session)
        m_session->devices().disconnect(this);
    if (m_usbDialog)
        m_usbDialog->close();
    m_session = session;
    m_key = key;
    m_ports = ports;
    m_goneFolder.clear();
    if (session) {
        console::GuestDevices* guest = devices();
        connect(guest, &console::GuestDevices::soundChanged, this, &ConsoleDevices::showSound);
        connect(guest, &console::GuestDevices::usbChanged, this, &ConsoleDevices::showUsb);
        connect(guest, &console::GuestDevices::folderChanged, this, &ConsoleDevices::showFolder);
        connect(guest, &console::GuestDevices::smartcardsChanged, this,
            &ConsoleDevices::showSmartcards);
        connect(guest, &console::GuestDevices::portsChanged, this, &ConsoleDevices::showPorts);
        if (!key.isEmpty())
            restore();
    }
    showSound();
    showUsb();
    showFolder();
    showSmartcards();
    showPorts();
}

void ConsoleDevices::restore()
{
    const auto sound = m_settings.view(settingsKey("sound", m_key)).toList();
    devices()->setSound({ .isMuted = sound.value(0).toBool(),
        .volume = sound.size() > 1 ? sound.value(1).toInt() : 100,
        .isMicrophoneOn = devices()->soundWish().isMicrophoneOn }); // it may come from a window
    restoreFolder();
    const auto rules = UsbDialog::savedRules(m_settings, settingsKey("usb", m_key));
    if (!rules.isEmpty())
        devices()->watchUsb(rules);
}

/// What was shared with the machine that is shown, as soon as it is known whether it is there.
void ConsoleDevices::restoreFolder()
{
    if (!devices() || m_key.isEmpty())
        return;
    const auto folder = m_settings.view(settingsKey("folder", m_key)).toList();
    const QString path = folder.value(0).toString();
    const auto facts = path.isEmpty() ? std::nullopt : m_folderLook->of(path);
    if (!facts)
        return;
    const bool isReadOnly = folder.value(1, true).toBool();
    m_goneFolder = facts->isFolder ? QString() : path;
    if (facts->isFolder)
        devices()->shareFolder({ .path = path, .isReadOnly = isReadOnly });
    {
        const QSignalBlocker blocker(m_readOnly);
        m_readOnly->setChecked(isReadOnly);
    }
    showFolder();
}

void ConsoleDevices::setSound(const console::SoundWish& wish)
{
    if (!devices())
        return;
    devices()->setSound(wish);
    if (!m_key.isEmpty())
        m_settings.setView(settingsKey("sound", m_key), QVariantList { wish.isMuted, wish.volume });
}

void ConsoleDevices::showSound()
{
    const console::SoundWish wish = devices() ? devices()->soundWish() : console::SoundWish {};
    {
        const QSignalBlocker mute(m_mute);
        const QSignalBlocker volume(m_volume);
        const QSignalBlocker microphone(m_microphone);
        m_mute->setChecked(wish.isMuted);
        m_volume->setValue(wish.volume);
        m_microphone->setChecked(wish.isMicrophoneOn);
    }
    const SoundState playback = devices() ? devices()->playback() : SoundState {};
    const SoundState microphone = devices() ? devices()->microphone() : SoundState {};
    const bool hasSound = playback.flow != SoundFlow::Absent;
    const bool canRecord = microphone.flow != SoundFlow::Absent;
    QString state;
    if (!hasSound)
        state = tr("The machine has no sound card, or its console carries no sound");
    else if (playback.flow == SoundFlow::Failed)
        state = tr("Not heard: %1").arg(playback.problem);
    else if (microphone.flow == SoundFlow::Failed)
        state = tr("Can't listen: %1").arg(microphone.problem);
    else
        state = playback.flow == SoundFlow::Flowing ? tr("The guest is playing sound")
                                                    : tr("The guest is silent");
    m_soundState->setText(state);
    const bool isListening = wish.isMicrophoneOn && canRecord;
    m_soundButton->setEnabled(hasSound || canRecord);
    m_soundButton->setToolTip(isListening ? tr("The guest may listen to your microphone") : state);
    const bool isBroken
        = playback.flow == SoundFlow::Failed || microphone.flow == SoundFlow::Failed;
    showAs(m_soundButton, tr("Sound"), isListening ? tr("Microphone on") : QString());
    if (isListening)
        m_soundButton->setIcon(icon(Glyph::Microphone, Tint::Attention));
    else if (isBroken)
        m_soundButton->setIcon(icon(Glyph::Mute, Tint::Attention));
    else
        m_soundButton->setIcon(icon(wish.isMuted ? Glyph::Mute : Glyph::Sound));
    m_microphone->setEnabled(canRecord);
    m_microphone->setToolTip(canRecord ? QString() : tr("The machine has no microphone"));
}

void ConsoleDevices::showUsb()
{
    const int channels = devices() ? devices()->usbChannels().count : 0;
    int redirected = 0;
    if (devices()) {
        for (const console::UsbDevice& device : devices()->usbDevices())
            redirected += device.isRedirected ? 1 : 0;
    }
    m_usbButton->setEnabled(channels > 0);
    showAs(m_usbButton, tr("USB"), redirected > 0 ? tr("USB (%1)").arg(redirected) : QString());
    m_usbButton->setToolTip(channels > 0
            ? tr("Give USB devices of this computer to the guest")
            : tr("The machine has no USB redirection channel. Add one in its hardware."));
}

void ConsoleDevices::showFolder()
{
    const console::FolderState state = devices() ? devices()->folder() : console::FolderState {};
    const console::FolderWish wish = devices() ? devices()->folderWish() : console::FolderWish {};
    const bool isShared = !wish.path.isEmpty();
    {
        const QSignalBlocker blocker(m_readOnly);
        if (isShared)
            m_readOnly->setChecked(wish.isReadOnly);
    }
    const bool isGone = !isShared && !m_goneFolder.isEmpty();
    const QString name = QDir(wish.path).dirName();
    m_folderButton->setEnabled(state.isOffered);
    showAs(m_folderButton, tr("Folder"),
        isShared     ? tr("Shares “%1”").arg(name)
            : isGone ? tr("Folder is gone")
                     : QString());
    m_folderButton->setIcon(icon(Glyph::Folder,
        isShared     ? Tint::Accent
            : isGone ? Tint::Attention
                     : Tint::Text));
    m_stopSharing->setEnabled(isShared || isGone);
    if (isGone)
        m_folderState->setText(tr("Not shared again, since it is not there: %1")
                                   .arg(QDir::toNativeSeparators(m_goneFolder)));
    else if (!isShared)
        m_folderState->setText(tr("No folder is shared"));
    else if (state.isUsed)
        m_folderState->setText(tr("The guest sees %1").arg(QDir::toNativeSeparators(wish.path)));
    else
        m_folderState->setText(
            tr("Shared, but no service in the guest asks for it (spice-webdavd)"));
    m_folderButton->setToolTip(state.isOffered
            ? m_folderState->text()
            : tr("The machine has no channel for folders. Add a channel of type spiceport named "
                 "org.spice-space.webdav.0 in its hardware."));
}

void ConsoleDevices::showSmartcards()
{
    const console::SmartcardState state
        = devices() ? devices()->smartcards() : console::SmartcardState {};
    const bool isOn = devices() && devices()->usesSmartcards();
    {
        const QSignalBlocker blocker(m_smartcardButton);
        m_smartcardButton->setChecked(isOn);
    }
    m_smartcardAction->setVisible(state.isOffered);
    const bool isBroken = isOn && !state.problem.isEmpty();
    showAs(m_smartcardButton, tr("Smart cards"), isBroken ? tr("No card reader") : QString());
    m_smartcardButton->setIcon(icon(Glyph::Smartcard,
        isBroken   ? Tint::Attention
            : isOn ? Tint::Accent
                   : Tint::Text));
    if (isBroken)
        m_smartcardButton->setToolTip(tr("Not given to the guest: %1").arg(state.problem));
    else if (isOn)
        m_smartcardButton->setToolTip(
            tr("The guest may use the smart cards of this computer (%n reader(s)). Turning it off "
               "takes effect at the next connection.",
                nullptr, state.readers));
    else
        m_smartcardButton->setToolTip(tr("Give the smart cards of this computer to the guest"));
}

void ConsoleDevices::showPorts()
{
    QMenu* menu = m_portButton->menu();
    const QStringList names = m_ports ? m_ports->names() : QStringList();
    m_portAction->setVisible(!names.isEmpty());
    if (menu->isVisible())
        return; // nothing moves away under the mouse
    menu->clear();
    for (const QString& name : names) {
        QString text = name;
        text.replace(QLatin1Char('&'), QStringLiteral("&&")); // no shortcut
        //: %1 is the name of a port
        QAction* action = menu->addAction(
            devices()->isPortOpen(name) ? text : tr("%1 (nobody listens)").arg(text));
        action->setObjectName(QStringLiteral("port-") + name);
        connect(action, &QAction::triggered, this, [this, name] {
            if (m_ports)
                m_ports->show(name);
        });
    }
}

void ConsoleDevices::chooseFolder()
{
    auto* dialog = new QFileDialog(m_window, tr("Share a folder with %1").arg(m_name));
    dialog->setObjectName(QStringLiteral("folderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    // Another machine may be shown by then, with choices of its own.
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, target = target(), isReadOnly = m_readOnly->isChecked()](
            const QString& path) { share(target, path, isReadOnly); });
    dialog->open();
}

/// Of the folder that is shared, or that would be if it were there.
void ConsoleDevices::setReadOnly(bool isReadOnly)
{
    if (!devices())
        return;
    if (const QString shared = devices()->folderWish().path; !shared.isEmpty())
        return share(target(), shared, isReadOnly);
    const QString key = settingsKey("folder", m_key);
    const QVariant remembered = m_settings.view(key).toList().value(0);
    if (!m_key.isEmpty() && !remembered.toString().isEmpty())
        m_settings.setView(key, QVariantList { remembered, isReadOnly });
}

void ConsoleDevices::share(const Target& target, const QString& path, bool isReadOnly)
{
    if (!target.session)
        return;
    if (!target.key.isEmpty())
        m_settings.setView(settingsKey("folder", target.key), QVariantList { path, isReadOnly });
    if (target.session == m_session && target.key == m_key)
        m_goneFolder.clear();
    target.session->devices().shareFolder({ .path = path, .isReadOnly = isReadOnly });
    showFolder();
}

} // namespace ui
