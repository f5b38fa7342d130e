// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ConsoleTab.h"

#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "models/VmRecord.h"
#include "ui/dialogs/SendKeysDialog.h"
#include "ui/style/Icons.h"
#include "ui/widgets/EmptyPanel.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/FullScreenConsole.h"
#include "ui/widgets/GuestTools.h"
#include "ui/widgets/TransferStrip.h"

#include <QActionGroup>
#include <QKeyEvent>
#include <QMenu>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

namespace {

const auto kScalingKey = QStringLiteral("console-one-to-one");

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
    , m_empty(new EmptyPanel(
          QStringLiteral("consoleEmpty"), Glyph::Console, tr("No screen to show"), QString()))
    , m_error(new ErrorPanel(QStringLiteral("consoleError")))
    , m_transfers(new TransferStrip(m_view->viewport()))
{
    setObjectName(QStringLiteral("consoleTab"));
    m_view->setObjectName(QStringLiteral("consoleView"));
    m_view->setAccessibleName(tr("Screen of the machine"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSession(m_session.get());
    m_view->installEventFilter(this);
    connect(m_view, &console::ConsoleView::reconnectRequested, this, &ConsoleTab::requestEndpoint);
    connect(m_error, &ErrorPanel::retryRequested, this, &ConsoleTab::requestEndpoint);
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

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tools);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_transfers);
    connect(&context.workspace.inventory, &models::Inventory::hostChanged, this,
        &ConsoleTab::connectIfShown);
}

ConsoleTab::~ConsoleTab()
{
    m_guest->setSession(nullptr, {});
    m_transfers->setSession(nullptr);
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
    m_tools->addSeparator();
    m_guest = new GuestTools(*m_tools, *m_view, m_context.settings, this);
    m_tools->addSeparator();
    m_fullScreen
        = addTool(QStringLiteral("actionFullScreen"), icon(Glyph::FullScreen), tr("Full screen"));
    m_fullScreen->setToolTip(tr("Show the console on the whole screen (F11)"));
    m_fullScreen->setCheckable(true);
    connect(m_fullScreen, &QAction::toggled, this, &ConsoleTab::setFullScreen);
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
    menu->addSeparator();
    QAction* other = menu->addAction(tr("&Other keys…"));
    other->setObjectName(QStringLiteral("sendOtherKeys"));
    connect(other, &QAction::triggered, this, [this] {
        auto* dialog = new SendKeysDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &SendKeysDialog::sendRequested, m_view,
            &console::ConsoleView::sendKeyCombination);
        dialog->open();
    });
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
    if (!vm.info.hasScreen)
        return tr("This machine has no screen that could be shown over SPICE.");
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
        m_guest->setSession(m_session.get(), vm.info.id.toString(QUuid::WithoutBraces));
        m_transfers->setSession(m_session.get());
    }
    m_name = vm.info.name;
    m_session->setMachineState(vm.info.state);
    // While it starts nobody serves its screen yet.
    const bool isActive = vmm::isActive(vm.info.state) && vm.info.state != vmm::VmState::Starting;
    if (isActive != m_isActive)
        m_isOpened = false; // another run has another screen
    m_isActive = isActive;
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
    if (m_pages->currentIndex() == static_cast<int>(Page::Empty))
        showPage(Page::Screen);
    connectIfShown();
}

void ConsoleTab::clear()
{
    ++m_generation;
    m_fullScreen->setChecked(false);
    // A new session: the picture of another machine must not be seen for a moment.
    m_guest->setSession(nullptr, {});
    m_transfers->setSession(nullptr);
    m_view->setSession(nullptr);
    m_session = std::make_unique<console::ConsoleSession>(m_context.consoles);
    m_view->setSession(m_session.get());
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
    m_isOpened = true;
    const quint64 generation = ++m_generation;
    vmm::async::onFinished(m_vm.host->consoleEndpoint(m_vm.vm), this,
        [this, generation](const vmm::Result<vmm::ConsoleEndpoint>& endpoint) {
            if (generation != m_generation)
                return;
            if (!endpoint) {
                m_error->setError(endpoint.error());
                showPage(Page::Error);
                return;
            }
            showPage(Page::Screen);
            m_session->open(*endpoint);
        });
}

void ConsoleTab::showPage(Page page)
{
    m_pages->setCurrentIndex(static_cast<int>(page));
}

void ConsoleTab::focusConsole()
{
    if (m_canShow)
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
