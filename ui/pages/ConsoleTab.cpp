// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ConsoleTab.h"

#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "console/terminal/TerminalPanel.h"
#include "models/VmRecord.h"
#include "ui/consoles/ConsoleNotice.h"
#include "ui/consoles/ConsoleSessions.h"
#include "ui/consoles/ConsoleStrip.h"
#include "ui/consoles/ConsoleSwitch.h"
#include "ui/consoles/FullScreenTools.h"
#include "ui/consoles/Hotkeys.h"
#include "ui/consoles/KeyTools.h"
#include "ui/consoles/LookTools.h"
#include "ui/consoles/PasswordPrompt.h"
#include "ui/consoles/PicturePreferences.h"
#include "ui/consoles/PictureTools.h"
#include "ui/consoles/PlaceTools.h"
#include "ui/consoles/RecordTools.h"
#include "ui/consoles/ScreenTrust.h"
#include "ui/pages/ConsoleDevices.h"
#include "ui/style/Icons.h"
#include "ui/widgets/EmptyPanel.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/GuestTools.h"
#include "ui/widgets/TransferStrip.h"

#include <QKeyEvent>
#include <QStackedWidget>
#include <QToolBar>
#include <QVBoxLayout>

namespace ui {

namespace {

/// Ctrl+Alt+PageDown and PageUp go from one open console to the next.
int rotationOf(const QKeyEvent& key)
{
    if ((key.modifiers() & ~Qt::KeypadModifier) != (Qt::ControlModifier | Qt::AltModifier))
        return 0;
    return key.key() == Qt::Key_PageDown ? 1 : key.key() == Qt::Key_PageUp ? -1 : 0;
}

} // namespace

ConsoleTab::ConsoleTab(Context& context, QAction* start, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_view(new console::ConsoleView)
    , m_strip(new ConsoleStrip(*context.sessions))
    , m_tools(new QToolBar)
    , m_pages(new QStackedWidget)
    , m_empty(new EmptyPanel(
          QStringLiteral("consoleEmpty"), Glyph::Console, tr("No screen to show"), QString()))
    , m_error(new ErrorPanel(QStringLiteral("consoleError")))
    , m_elsewhere(new EmptyPanel(QStringLiteral("consoleElsewhere"), Glyph::Console,
          tr("This console has a window of its own"), QString()))
    , m_password(new PasswordPrompt(context, this))
    , m_transfers(new TransferStrip(m_view->viewport()))
    , m_follower(std::make_unique<QObject>())
{
    setObjectName(QStringLiteral("consoleTab"));
    m_view->setObjectName(QStringLiteral("consoleView"));
    m_view->setAccessibleName(tr("Screen of the machine"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->installEventFilter(this);
    connect(m_view, &console::ConsoleView::reconnectRequested, this, &ConsoleTab::reconnect);
    connect(m_view, &console::ConsoleView::actionRequested, this, &ConsoleTab::actOnNotice);
    connect(m_view, &console::ConsoleView::furtherRequested, this, [this](int index) {
        if (m_console && ScreenTrust::isQuestioned(*m_console))
            ScreenTrust::choose(m_context.settings, *m_console, this);
        else if (m_console)
            ConsoleNotice::actFurther(*m_console, index);
    });
    connect(m_error, &ErrorPanel::retryRequested, this, &ConsoleTab::reconnect);
    if (start)
        m_empty->addAction(start);
    makeToolBar();
    layOut();
    ConsoleSessions& sessions = *context.sessions;
    connect(&sessions, &ConsoleSessions::changed, m_follower.get(), [this](OpenConsole* console) {
        if (console != m_console)
            return;
        noteMove();
        refresh();
    });
    connect(
        &sessions, &ConsoleSessions::aboutToClose, m_follower.get(), [this](OpenConsole* console) {
            if (console == m_console)
                setConsole(nullptr);
        });
    connect(
        &sessions, &ConsoleSessions::closedForRoom, m_follower.get(), [this](const QString& name) {
            if (isVisible())
                m_view->showHint(tr("The console of %1 was closed: %n are kept in the background.",
                    nullptr, ConsoleSessions::kMaxHidden)
                                     .arg(name));
        });
    connect(&context.workspace.inventory, &models::Inventory::hostChanged, this,
        &ConsoleTab::openIfShown);
}

ConsoleTab::~ConsoleTab()
{
    // Consoles are closed when the widget's own destructor says that it goes: nothing of that is
    // for half a page.
    m_follower.reset();
    m_keys->setSession(nullptr, {});
    m_pictures->setSession(nullptr, {});
    m_recordings->setSession(nullptr, {});
    m_guest->setSession(nullptr, {});
    m_devices->setSession(nullptr, {}, nullptr);
    m_transfers->setSession(nullptr);
    m_look->pictures().setConsole(nullptr);
    m_view->setSession(nullptr);
}

void ConsoleTab::layOut()
{
    auto* error = new QWidget;
    auto* errorLayout = new QVBoxLayout(error);
    errorLayout->setContentsMargins(16, 16, 16, 16);
    errorLayout->addWidget(m_error);
    errorLayout->addStretch(1);
    m_pages->setObjectName(QStringLiteral("consolePages"));
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(error);
    m_pages->addWidget(m_elsewhere);
    connect(m_switch, &ConsoleSwitch::panelMade, m_pages, &QStackedWidget::addWidget);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_strip);
    layout->addWidget(m_tools);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_transfers);
}

void ConsoleTab::makeToolBar()
{
    m_tools->setObjectName(QStringLiteral("consoleTools"));
    m_tools->setAccessibleName(tr("Console tools"));
    m_tools->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_switch = new ConsoleSwitch(m_context, *m_tools, this);
    connect(m_switch, &ConsoleSwitch::switched, this, &ConsoleTab::followSwitch);
    connect(m_switch, &ConsoleSwitch::changed, this, &ConsoleTab::refresh);
    const qsizetype first = m_tools->actions().size();
    m_keys = new KeyTools(*m_tools, *m_view, m_context.settings, this);
    m_tools->addSeparator();
    m_look = new LookTools(*m_tools, *m_view, m_context.settings, this);
    m_tools->addSeparator();
    m_guest = new GuestTools(*m_tools, *m_view, m_context.settings, this);
    m_devices = new ConsoleDevices(m_context.settings, m_tools, this);
    m_tools->addSeparator();
    m_pictures = new PictureTools(*m_tools, *m_view, this);
    m_recordings = new RecordTools(*m_tools, *m_pictures->menu(), *m_view, this);
    m_fullScreen = new FullScreenTools(*m_tools, *m_view, this);
    connect(m_recordings, &RecordTools::noteChanged, m_fullScreen, &FullScreenTools::setNote);
    m_hotkeys = std::make_unique<Hotkeys>(*m_view, [this] { m_fullScreen->action()->toggle(); });
    connect(m_fullScreen, &FullScreenTools::left, this, &ConsoleTab::takeViewBack);
    connect(m_fullScreen, &FullScreenTools::moreDisplaysRequested, m_guest,
        &GuestTools::showDisplaysOn);
    m_place = new PlaceTools(m_context, *m_tools, *m_elsewhere, this);
    m_screenTools = m_tools->actions().mid(first);
}

/// Those that hide for reasons of their own stay hidden.
void ConsoleTab::showScreenTools(bool areShown)
{
    if (areShown == m_hiddenTools.isEmpty())
        return;
    if (areShown) {
        for (QAction* tool : std::exchange(m_hiddenTools, {}))
            tool->setVisible(true);
        return;
    }
    for (QAction* tool : std::as_const(m_screenTools)) {
        if (tool->isVisible())
            m_hiddenTools.append(tool);
        tool->setVisible(false);
    }
}

void ConsoleTab::becomeWindow()
{
    delete std::exchange(m_strip, nullptr);
    m_place->becomeWindow();
}

void ConsoleTab::show(const models::VmRecord& vm)
{
    const models::VmRef ref { vm.host, vm.info.id };
    if (!(m_vm == ref)) {
        clear();
        m_vm = ref;
    }
    m_switch->setVm(vm);
    m_reason = ConsoleNotice::whyNoScreen(vm);
    m_canShow = m_reason.isEmpty();
    if (!m_console && !m_switch->isSerial())
        setConsole(m_context.sessions->find(m_vm));
    if (!vmm::isActive(vm.info.state))
        m_fullScreen->leave();
    refresh();
    openIfShown();
}

void ConsoleTab::show(OpenConsole* console)
{
    clear();
    m_vm = console->vm();
    m_canShow = true;
    setConsole(console);
    refresh();
}

void ConsoleTab::clear()
{
    m_fullScreen->leave();
    setConsole(nullptr);
    m_switch->clear();
    m_vm = {};
    m_reason.clear();
    m_canShow = false;
    showPage(Page::Screen);
}

void ConsoleTab::setConsole(OpenConsole* console)
{
    if (m_console == console)
        return;
    m_console = console;
    // The picture of another machine must not be seen for a moment.
    m_place->setConsole(console);
    const bool isElsewhere = m_place->isElsewhere();
    m_view->setNotice({});
    setSession(isElsewhere ? nullptr : console);
    m_context.sessions->show(this, isElsewhere ? nullptr : console);
    if (m_strip)
        m_strip->setCurrent(console);
    m_look->setVm(console ? console->settingsKey() : QString());
    m_look->pictures().setConsole(console);
}

void ConsoleTab::setSession(OpenConsole* console)
{
    console::ConsoleSession* session = console ? &console->session() : nullptr;
    if (m_view->session() == session)
        return;
    const QString name = console ? console->name() : QString();
    m_view->setSession(session);
    m_keys->setSession(session, console ? console->settingsKey() : QString());
    m_pictures->setSession(session, name);
    m_recordings->setSession(session, name);
    m_fullScreen->setName(name);
    m_guest->setMachineName(name);
    m_guest->setSession(session, console ? console->settingsKey() : QString(),
        console ? &console->furtherDisplays() : nullptr);
    m_devices->setMachineName(name);
    m_devices->setSession(session, console ? console->settingsKey() : QString(),
        console ? &console->guestPorts() : nullptr);
    m_transfers->setSession(session);
}

void ConsoleTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    openIfShown();
}

void ConsoleTab::openIfShown()
{
    if (!m_canShow || !isVisible() || !m_vm.host
        || m_vm.host->connectionState() != hosts::ConnectionState::Connected)
        return;
    if (m_switch->isSerial()) {
        m_switch->openIfDue();
    } else if (!m_console) {
        setConsole(m_context.sessions->open(m_vm));
        m_console->setScreen(m_switch->screen());
    }
    refresh();
}

/// The console went with its machine to another host. A window goes with it; the main window stays
/// with the machine that is chosen there.
void ConsoleTab::noteMove()
{
    if (!m_console || m_console->vm() == m_vm)
        return;
    if (m_strip)
        setConsole(nullptr);
    else
        m_vm = m_console->vm();
}

void ConsoleTab::followSwitch()
{
    m_fullScreen->leave();
    if (m_switch->isSerial())
        setConsole(nullptr); // its connection stays, as that of any console which is not looked at
    else if (m_console)
        m_console->setScreen(m_switch->screen());
    openIfShown();
    refresh();
    focusConsole();
}

void ConsoleTab::refreshSerial()
{
    // What it said last is worth more than that it says nothing any more.
    using State = console::SerialSession::State;
    const State state = m_switch->panel()->session().state();
    const bool hasWords = state == State::Live || state == State::Ended;
    m_switch->panel()->setUnavailable(m_reason);
    m_tools->setEnabled(m_canShow || hasWords);
    if (!m_canShow && !hasWords) {
        m_empty->setText(m_reason);
        showPage(Page::Empty);
    } else if (m_switch->error()) {
        m_error->setError(*m_switch->error());
        showPage(Page::Error);
    } else {
        m_pages->setCurrentWidget(m_switch->panel());
    }
}

void ConsoleTab::reconnect()
{
    if (m_switch->isSerial())
        m_switch->reopen();
    else if (m_console)
        m_console->reconnect();
}

void ConsoleTab::actOnNotice()
{
    if (m_console && !ConsoleNotice::act(m_context, *m_console))
        m_password->ask(*m_console);
}

void ConsoleTab::refresh()
{
    showScreenTools(!m_switch->isSerial());
    if (m_switch->isSerial())
        return refreshSerial();
    const bool hasPicture = m_console && m_console->hasPicture();
    m_tools->setEnabled(m_canShow || hasPicture);
    const bool isElsewhere = m_place->isElsewhere();
    m_look->pictures().setConsole(isElsewhere ? nullptr : m_console);
    setSession(isElsewhere ? nullptr : m_console);
    m_context.sessions->show(this, isElsewhere ? nullptr : m_console);
    if (isElsewhere) {
        m_tools->setEnabled(false);
        showPage(Page::Elsewhere);
    } else if (!m_canShow && !hasPicture) {
        m_empty->setText(m_reason);
        showPage(Page::Empty);
    } else if (m_console && m_console->error()) {
        m_error->setError(*m_console->error());
        showPage(Page::Error);
    } else {
        m_view->setNotice(
            m_console ? ConsoleNotice::of(*m_console) : console::ConsoleCard::Content());
        showPage(Page::Screen);
        if (m_console && isVisible())
            m_password->askIfDue(*m_console);
    }
}

void ConsoleTab::showPage(Page page)
{
    m_pages->setCurrentIndex(static_cast<int>(page));
}

void ConsoleTab::focusConsole()
{
    if (m_switch->isSerial())
        m_switch->panel()->setFocus(Qt::OtherFocusReason);
    else if (m_place->isElsewhere())
        m_context.sessions->activate(m_console);
    else if (m_canShow)
        m_view->setFocus(Qt::OtherFocusReason);
}

void ConsoleTab::takeViewBack()
{
    m_pages->insertWidget(static_cast<int>(Page::Screen), m_view);
    m_view->show();
    refresh();
}

// The view gives every key to the guest; these alone stay here ("Send keys" sends F11).
bool ConsoleTab::eventFilter(QObject* watched, QEvent* event)
{
    // Not releases: the press, with other modifiers, may have gone to the machine, which must not
    // keep the key. Where it did not, the view knows of none and sends nothing.
    const bool isKey
        = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched != m_view || !isKey)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (!m_hotkeys->takeKey(*key) && !m_fullScreen->takeKey(*key)) {
        const int step = rotationOf(*key);
        if (step == 0)
            return false;
        if (event->type() == QEvent::KeyPress && !key->isAutoRepeat())
            m_context.sessions->activateNext(m_console, step);
    }
    m_view->noteTakenKey();
    event->accept();
    return true;
}

} // namespace ui
