// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ConsoleTab.h"

#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "console/terminal/TerminalPanel.h"
#include "models/VmRecord.h"
#include "ui/style/Icons.h"
#include "ui/widgets/EmptyPanel.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/FullScreenConsole.h"

#include <QActionGroup>
#include <QKeyEvent>
#include <QMenu>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

namespace {

using vmm::ConsoleChoice;
using Protocol = vmm::ConsoleEndpoint::Protocol;

const auto kScalingKey = QStringLiteral("console-one-to-one");

QString choiceKey(const models::VmRef& vm)
{
    return QStringLiteral("console-choice-") + vm.vm.toString(QUuid::WithoutBraces);
}

QString keyText(const QList<Qt::Key>& keys)
{
    QStringList names;
    for (const Qt::Key key : keys) {
        QString name = QKeySequence(key).toString(QKeySequence::NativeText);
        if (key == Qt::Key_Control)
            name = QStringLiteral("Ctrl");
        else if (key == Qt::Key_Alt)
            name = QStringLiteral("Alt");
        names << name;
    }
    return names.join(QLatin1Char('+'));
}

} // namespace

ConsoleTab::ConsoleTab(Context& context, QAction* start, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_session(std::make_unique<console::ConsoleSession>(context.consoles))
    , m_view(new console::ConsoleView)
    , m_tools(new QToolBar)
    , m_pages(new QStackedWidget)
    , m_terminal(new console::TerminalPanel)
    , m_empty(new EmptyPanel(
          QStringLiteral("consoleEmpty"), Glyph::Console, tr("No screen to show"), QString()))
    , m_error(new ErrorPanel(QStringLiteral("consoleError")))
{
    setObjectName(QStringLiteral("consoleTab"));
    m_view->setObjectName(QStringLiteral("consoleView"));
    m_view->setAccessibleName(tr("Screen of the machine"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSession(m_session.get());
    m_view->installEventFilter(this);
    connect(m_view, &console::ConsoleView::reconnectRequested, this, &ConsoleTab::requestEndpoint);
    connect(m_error, &ErrorPanel::retryRequested, this, &ConsoleTab::requestEndpoint);
    connect(m_terminal, &console::TerminalPanel::reconnectRequested, this,
        &ConsoleTab::requestEndpoint);
    m_empty->addAction(start);
    makeToolBar();

    auto* error = new QWidget;
    auto* errorLayout = new QVBoxLayout(error);
    errorLayout->setContentsMargins(16, 16, 16, 16);
    errorLayout->addWidget(m_error);
    errorLayout->addStretch(1);
    m_pages->setObjectName(QStringLiteral("consolePages"));
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(error);
    m_pages->addWidget(m_terminal);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tools);
    layout->addWidget(m_pages, 1);
    connect(&context.workspace.inventory, &models::Inventory::hostChanged, this,
        &ConsoleTab::connectIfShown);
}

ConsoleTab::~ConsoleTab()
{
    m_view->setSession(nullptr);
}

QAction* ConsoleTab::addTool(const QString& name, const QIcon& icon, const QString& text)
{
    QAction* action = m_tools->addAction(icon, text);
    action->setObjectName(name);
    QWidget* button = m_tools->widgetForAction(action);
    button->setObjectName(name + QStringLiteral("Button"));
    button->setAccessibleName(text);
    return action;
}

void ConsoleTab::makeToolBar()
{
    m_tools->setObjectName(QStringLiteral("consoleTools"));
    m_tools->setAccessibleName(tr("Console tools"));
    m_tools->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    makeSwitch();
    QAction* keys = addTool(QStringLiteral("consoleKeys"), icon(Glyph::Keyboard), tr("Send keys"));
    fillKeyMenu(keys);
    m_tools->addSeparator();
    auto* scaling = new QActionGroup(this);
    QAction* fit = addTool(QStringLiteral("consoleFit"), icon(Glyph::Fit), tr("Fit"));
    fit->setToolTip(tr("Scale the screen to the window"));
    QAction* exact = addTool(QStringLiteral("consoleOneToOne"), icon(Glyph::OneToOne), tr("1:1"));
    exact->setToolTip(tr("Show every pixel of the guest as one pixel"));
    for (QAction* action : { fit, exact }) {
        action->setCheckable(true);
        scaling->addAction(action);
    }
    const bool isExact = m_context.settings.view(kScalingKey, false).toBool();
    (isExact ? exact : fit)->setChecked(true);
    m_view->setScaling(isExact ? console::Scaling::OneToOne : console::Scaling::FitWindow);
    connect(exact, &QAction::toggled, this, [this](bool isOn) {
        m_view->setScaling(isOn ? console::Scaling::OneToOne : console::Scaling::FitWindow);
        m_context.settings.setView(kScalingKey, isOn);
    });
    m_fullScreen
        = addTool(QStringLiteral("actionFullScreen"), icon(Glyph::FullScreen), tr("Full screen"));
    m_fullScreen->setToolTip(tr("Show the console on the whole screen (F11)"));
    m_fullScreen->setCheckable(true);
    connect(m_fullScreen, &QAction::toggled, this, &ConsoleTab::setFullScreen);
    m_screenTools = { keys, fit, exact, m_fullScreen };
}

void ConsoleTab::makeSwitch()
{
    m_switch = addTool(QStringLiteral("consoleSwitch"), icon(Glyph::Console), tr("Console"));
    m_switch->setToolTip(tr("Choose between the machine's screens and serial ports"));
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("consoleSwitchMenu"));
    m_switch->setMenu(menu);
    if (auto* button = qobject_cast<QToolButton*>(m_tools->widgetForAction(m_switch)))
        button->setPopupMode(QToolButton::InstantPopup);
    QAction* find = addTool(QStringLiteral("terminalFind"), icon(Glyph::Search), tr("Find"));
    find->setToolTip(tr("Find in the terminal (Ctrl+Shift+F)"));
    connect(find, &QAction::triggered, m_terminal, &console::TerminalPanel::showSearch);
    QAction* log = addTool(QStringLiteral("terminalLog"), icon(Glyph::Save), tr("Log"));
    log->setToolTip(tr("Write what the serial port says to a file, or stop"));
    connect(log, &QAction::triggered, m_terminal, &console::TerminalPanel::askForLog);
    m_takeOver = addTool(QStringLiteral("terminalTakeOver"), icon(Glyph::Console), tr("Take over"));
    m_takeOver->setToolTip(tr("Take the serial port from whoever has it open"));
    m_takeOver->setVisible(false);
    connect(m_takeOver, &QAction::triggered, this, [this] { openSerial(true); });
    m_terminalTools = { find, log };
}

void ConsoleTab::fillSwitch(const QVector<ConsoleChoice>& choices)
{
    const QVariant stored = m_context.settings.view(choiceKey(m_vm), vmm::nameOf(choices.value(0)));
    const auto remembered = vmm::consoleChoiceFromString(stored.toString());
    m_choice = remembered && choices.contains(*remembered) ? *remembered : choices.value(0);
    m_switch->setVisible(choices.size() > 1);
    m_switch->setText(textFor(m_choice));
    for (QAction* tool : qAsConst(m_screenTools))
        tool->setVisible(!isSerial());
    for (QAction* tool : qAsConst(m_terminalTools))
        tool->setVisible(isSerial());
    if (choices == m_choices)
        return;
    m_choices = choices;
    m_switch->menu()->clear();
    for (const ConsoleChoice& choice : choices) {
        QAction* action = m_switch->menu()->addAction(textFor(choice));
        action->setObjectName(QStringLiteral("console-") + vmm::nameOf(choice));
        connect(action, &QAction::triggered, this, [this, choice] { choose(choice); });
    }
}

QString ConsoleTab::textFor(const ConsoleChoice& choice)
{
    switch (choice.protocol) {
    case Protocol::Spice:
        return tr("Screen (SPICE)");
    case Protocol::Vnc:
        return tr("Screen (VNC)");
    case Protocol::Serial:
        return tr("Serial port %1").arg(choice.port + 1);
    }
    return {};
}

void ConsoleTab::choose(const ConsoleChoice& choice)
{
    if (choice == m_choice)
        return;
    m_context.settings.setView(choiceKey(m_vm), vmm::nameOf(choice));
    m_fullScreen->setChecked(false);
    m_session->close();
    m_terminal->session().close();
    ++m_generation;
    fillSwitch(QVector<ConsoleChoice>(m_choices));
    m_isOpened = false;
    showPage(isSerial() ? Page::Terminal : Page::Screen);
    connectIfShown();
    focusConsole();
}

void ConsoleTab::fillKeyMenu(QAction* keys)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("consoleKeyMenu"));
    QList<QList<Qt::Key>> combinations { { Qt::Key_Control, Qt::Key_Alt, Qt::Key_Delete },
        { Qt::Key_Control, Qt::Key_Alt, Qt::Key_Backspace } };
    for (int i = 0; i < 7; ++i)
        combinations.append({ Qt::Key_Control, Qt::Key_Alt, static_cast<Qt::Key>(Qt::Key_F1 + i) });
    combinations << QList<Qt::Key> { Qt::Key_Print };
    combinations << QList<Qt::Key> { Qt::Key_F11 };
    for (const QList<Qt::Key>& combination : combinations) {
        QAction* action = menu->addAction(keyText(combination));
        action->setObjectName(QStringLiteral("sendKeys") + keyText(combination));
        connect(action, &QAction::triggered, this, [this, combination] {
            m_view->sendKeyCombination(combination);
            m_view->setFocus();
        });
    }
    keys->setToolTip(tr("Send keys that this computer would take itself"));
    keys->setMenu(menu);
    if (auto* button = qobject_cast<QToolButton*>(m_tools->widgetForAction(keys)))
        button->setPopupMode(QToolButton::InstantPopup);
}

QString ConsoleTab::whyNoScreen(const models::VmRecord& vm) const
{
    const hosts::HostInfo& info = vm.host->info();
    if (!info.has(hosts::Feature::Console))
        return tr("Not offered by this host. %1").arg(info.missing.value(hosts::Feature::Console));
    if (!vm.info.hasScreen && vm.info.consoles.isEmpty())
        return tr("This machine has neither a screen nor a serial port that could be shown.");
    if (!vmm::isActive(vm.info.state))
        return tr("The machine is off. Its screen appears here when it is started.");
    if (vm.info.state == vmm::VmState::Starting)
        return tr("The machine is starting. Its screen appears in a moment.");
    return {};
}

void ConsoleTab::show(const models::VmRecord& vm)
{
    if (m_vm.vm != vm.info.id || m_vm.host != vm.host) {
        clear();
        m_vm = { vm.host, vm.info.id };
    }
    m_name = vm.info.name;
    m_session->setMachineState(vm.info.state);
    // While it starts nobody serves its screen yet.
    const bool isActive = vmm::isActive(vm.info.state) && vm.info.state != vmm::VmState::Starting;
    if (isActive != m_isActive)
        m_isOpened = false; // another run has another screen
    m_isActive = isActive;
    fillSwitch(vm.info.consoles.isEmpty() ? QVector<ConsoleChoice> { ConsoleChoice {} }
                                          : vm.info.consoles);
    const QString reason = whyNoScreen(vm);
    m_canShow = reason.isEmpty();
    m_tools->setEnabled(m_canShow);
    if (!m_canShow) {
        m_empty->setText(reason);
        showPage(Page::Empty);
        if (m_window && !m_isActive)
            m_fullScreen->setChecked(false);
        return;
    }
    if (m_pages->currentIndex() != static_cast<int>(Page::Error) || !m_isOpened)
        showPage(isSerial() ? Page::Terminal : Page::Screen);
    connectIfShown();
}

void ConsoleTab::clear()
{
    ++m_generation;
    m_fullScreen->setChecked(false);
    // A new session: the picture of another machine must not be seen for a moment.
    m_view->setSession(nullptr);
    m_session = std::make_unique<console::ConsoleSession>(m_context.consoles);
    m_view->setSession(m_session.get());
    m_terminal->session().close();
    m_takeOver->setVisible(false);
    m_vm = {};
    m_isOpened = false;
    m_isActive = false;
    m_canShow = false;
    showPage(Page::Screen);
}

void ConsoleTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    connectIfShown();
}

void ConsoleTab::connectIfShown()
{
    // A host tells its machines before it is connected; until then it would refuse.
    const bool isConnected
        = m_vm.host && m_vm.host->connectionState() == hosts::ConnectionState::Connected;
    if (m_canShow && !m_isOpened && isVisible() && isConnected)
        requestEndpoint();
}

void ConsoleTab::requestEndpoint()
{
    if (!m_canShow || !m_vm.host)
        return;
    if (isSerial())
        return openSerial(false);
    m_isOpened = true;
    const quint64 generation = ++m_generation;
    const bool isVnc = m_choice.protocol == Protocol::Vnc;
    const hosts::GetConsole operation { .vm = m_vm.vm,
        .screen = isVnc ? hosts::ScreenKind::Vnc : hosts::ScreenKind::Best };
    vmm::async::onFinished(m_vm.host->call(operation), this,
        [this, generation](const vmm::Result<vmm::ConsoleEndpoint>& endpoint) {
            if (generation != m_generation)
                return;
            if (!endpoint) {
                showOpenError(endpoint.error());
                return;
            }
            showPage(Page::Screen);
            m_session->open(*endpoint);
        });
}

void ConsoleTab::openSerial(bool isTakenOver)
{
    if (!m_vm.host)
        return;
    m_isOpened = true;
    m_takeOver->setVisible(false);
    const quint64 generation = ++m_generation;
    const hosts::OpenSerial operation {
        .vm = m_vm.vm, .port = m_choice.port, .isTakenOver = isTakenOver
    };
    vmm::async::onFinished(m_vm.host->call(operation), this,
        [this, generation](const vmm::Result<vmm::ConsoleEndpoint>& endpoint) {
            if (generation != m_generation)
                return;
            if (!endpoint) {
                showOpenError(endpoint.error());
                return;
            }
            showPage(Page::Terminal);
            m_terminal->session().open(*endpoint);
        });
}

void ConsoleTab::showOpenError(const vmm::Error& error)
{
    m_error->setError(error);
    m_takeOver->setVisible(error.cause == vmm::ErrorCause::ConsoleInUse);
    showPage(Page::Error);
}

void ConsoleTab::showPage(Page page)
{
    m_pages->setCurrentIndex(static_cast<int>(page));
}

void ConsoleTab::focusConsole()
{
    if (m_canShow && isSerial())
        m_terminal->view().setFocus(Qt::OtherFocusReason);
    else if (m_canShow)
        m_view->setFocus(Qt::OtherFocusReason);
}

void ConsoleTab::setFullScreen(bool isFullScreen)
{
    if (isFullScreen && !m_window) {
        m_window = new FullScreenConsole(m_view, m_name, window());
        connect(m_window, &FullScreenConsole::leaveRequested, this,
            [this] { m_fullScreen->setChecked(false); });
        m_window->showFullScreen();
        m_view->setFocus();
    } else if (!isFullScreen && m_window) {
        m_pages->insertWidget(static_cast<int>(Page::Screen), m_view);
        m_view->show();
        showPage(m_canShow ? Page::Screen : Page::Empty);
        m_window->deleteLater();
        m_window = nullptr;
        m_view->setFocus();
    }
}

// The view gives every key to the guest; F11 alone stays here ("Send keys" sends it).
bool ConsoleTab::eventFilter(QObject* watched, QEvent* event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease
        || event->type() == QEvent::ShortcutOverride;
    if (watched != m_view || !isKey)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() != Qt::Key_F11 || key->modifiers() != Qt::NoModifier)
        return false;
    if (event->type() == QEvent::KeyPress && !key->isAutoRepeat())
        m_fullScreen->toggle();
    event->accept();
    return true;
}

} // namespace ui
