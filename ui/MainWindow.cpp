// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MainWindow.h"

#include "models/InventoryModel.h"
#include "models/VmTableModel.h"
#include "ui/AppMenu.h"
#include "ui/CommandPalette.h"
#include "ui/HostTitles.h"
#include "ui/MachineActions.h"
#include "ui/MainToolBar.h"
#include "ui/NewVmSelector.h"
#include "ui/PageStack.h"
#include "ui/RunningWork.h"
#include "ui/Sidebar.h"
#include "ui/SplitterSizes.h"
#include "ui/TaskDock.h"
#include "ui/consoles/ConnectionFiles.h"
#include "ui/consoles/ConsoleSessions.h"
#include "ui/consoles/ConsoleWindows.h"
#include "ui/consoles/FurtherDisplays.h"
#include "ui/consoles/ScreenWall.h"
#include "ui/consoles/Thumbnails.h"
#include "ui/dialogs/AboutDialog.h"
#include "ui/dialogs/AddConnectionDialog.h"
#include "ui/dialogs/ConfirmDialog.h"
#include "ui/dialogs/NewMachineDialog.h"

#include <QAbstractItemView>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QSplitter>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

const auto kGeometryKey = QStringLiteral("window-geometry");

// A line that divides without a frame.
QWidget* hairline()
{
    auto* line = new QFrame;
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Midlight);
    return line;
}

std::unique_ptr<ConsoleSessions> makeSessions(Context& context)
{
    auto sessions = std::make_unique<ConsoleSessions>(context);
    context.sessions = sessions.get();
    return sessions;
}

std::unique_ptr<Thumbnails> makeThumbnails(Context& context)
{
    auto thumbnails = std::make_unique<Thumbnails>(context);
    context.thumbnails = thumbnails.get();
    return thumbnails;
}

} // namespace

MainWindow::MainWindow(const Context& context)
    : m_context(context)
    , m_titles(std::make_unique<HostTitles>(context.workspace.inventory))
    , m_sessions(makeSessions(m_context))
    , m_thumbnails(makeThumbnails(m_context))
    , m_windows(std::make_unique<ConsoleWindows>(m_context))
    , m_selection(context.workspace.inventory)
    , m_actions(new VmActions(m_context, m_selection, this))
    , m_more(new MachineActions(m_context, m_selection, this))
    , m_menu(new AppMenu(m_context, *m_actions, this))
    , m_files(new ConnectionFiles(m_context, *m_windows, this))
    , m_sidebar(new Sidebar(m_context, m_selection))
    , m_pages(new PageStack(m_context, m_selection, *m_actions, *m_more))
    , m_tasks(new TaskDock(m_context))
    , m_splitter(new QSplitter)
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("VirtDeck"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/virtdeck.svg")));
    addShortcuts();
    layOut();
    wire();
    wireConsoles();
    addFileCommands();
    restoreState();
    m_sidebar->focusTree();
}

MainWindow::~MainWindow()
{
    m_wall.reset();
    delete m_splitter; // what it shows speaks to the consoles and pictures to its last moment
}

void MainWindow::layOut()
{
    addToolBar(new MainToolBar(*m_actions, m_more->takeSnapshot(), m_palette, m_menu, this));
    m_splitter->setObjectName(QStringLiteral("mainSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_sidebar);
    m_splitter->addWidget(m_pages);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({ 264, 1016 });
    m_sidebar->setMinimumWidth(180);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(hairline());
    layout->addWidget(m_tasks);
    setCentralWidget(content);
}

void MainWindow::wire()
{
    m_actions->setUnapplied([this](const hosts::Host* host) { return linesOfUnapplied(host); });
    connect(m_actions, &VmActions::consoleRequested, m_pages, &PageStack::openConsole);
    connect(m_more, &MachineActions::hardwareRequested, m_pages,
        [this] { m_pages->showTab(VmPage::Tab::Hardware); });
    connect(m_actions, &VmActions::newMachineRequested, this, &MainWindow::openNewMachineDialog);
    connect(
        m_actions, &VmActions::addConnectionRequested, this, &MainWindow::openAddConnectionDialog);
    connect(m_sidebar, &Sidebar::activated, m_pages, &PageStack::openConsole);
    connect(m_sidebar, &Sidebar::contextMenuRequested, this, &MainWindow::showContextMenu);
    connect(m_pages, &PageStack::contextMenuRequested, this, &MainWindow::showContextMenu);
    connect(m_menu, &AppMenu::denseChanged, m_sidebar, &Sidebar::setDense);
    connect(m_menu, &AppMenu::denseChanged, m_pages, &PageStack::setDense);
    connect(m_menu, &AppMenu::quitRequested, this, &QWidget::close);
    connect(m_menu, &AppMenu::aboutRequested, this, [this] {
        auto* about = new AboutDialog(this);
        about->setAttribute(Qt::WA_DeleteOnClose);
        about->open();
    });
    new NewVmSelector(m_context.workspace, m_selection, this);
    models::Workspace& workspace = m_context.workspace;
    connect(&workspace.hosts, &models::HostList::hostAdded, this, &MainWindow::rememberConnections);
    connect(&workspace.hosts, &models::HostList::hostAboutToBeRemoved, this,
        &MainWindow::rememberConnections, Qt::QueuedConnection);
}

void MainWindow::addFileCommands()
{
    setAcceptDrops(true);
    m_menu->addFileAction(addCommand(QStringLiteral("actionOpenConnectionFile"),
        tr("Open a connection file…"), { QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O) },
        [this] { m_files->chooseAndOpen(); }));
    const auto console = [this] {
        return m_selection.singleTarget() ? m_sessions->find(m_selection.targets().first())
                                          : nullptr;
    };
    QAction* save = addCommand(QStringLiteral("actionSaveConnectionFile"),
        tr("Save a connection file of the console…"), {}, [this, console] {
            if (const OpenConsole* open = console())
                m_files->save(*open);
        });
    const auto update = [save, console] {
        const OpenConsole* open = console();
        const QString whyNot = !open || open->isFresh()
            ? tr("Open the console of one machine first")
            : ConnectionFiles::whyNotSaved(*open);
        save->setEnabled(whyNot.isEmpty());
        save->setToolTip(whyNot.isEmpty() ? save->text() : whyNot);
    };
    connect(m_sessions.get(), &ConsoleSessions::changed, this, update);
    connect(&m_selection, &Selection::targetsChanged, this, update);
    update();
}

void MainWindow::wireConsoles()
{
    connect(m_sessions.get(), &ConsoleSessions::activationRequested, this,
        [this](OpenConsole* console) {
            if (m_sessions->isDetached(console) || !console->vm().host)
                return;
            if (isMinimized())
                showNormal();
            activateWindow();
            showVm(console->vm(), VmPage::Tab::Console);
            m_pages->openConsole();
        });
    const auto rotate = [this](int step) {
        if (m_sessions->all().isEmpty())
            return;
        OpenConsole* here = m_selection.singleTarget()
            ? m_sessions->find(m_selection.targets().first())
            : nullptr;
        m_sessions->activateNext(here, here ? step : 0);
    };
    addCommand(QStringLiteral("actionNextConsole"), tr("Next open console"),
        { QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_PageDown) }, [rotate] { rotate(1); });
    addCommand(QStringLiteral("actionPreviousConsole"), tr("Previous open console"),
        { QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_PageUp) }, [rotate] { rotate(-1); });
    addActions(m_pages->consoleCommands());
    m_menu->addFileAction(addCommand(QStringLiteral("actionWall"), tr("Screens side by side"),
        { QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W) }, [this] { openWall(); }));
    addCommand(
        QStringLiteral("actionDetachConsole"), tr("Console in a window of its own"), {}, [this] {
            if (!m_selection.singleTarget())
                return;
            if (OpenConsole* console = m_sessions->open(m_selection.targets().first()))
                m_sessions->setDetached(console, true);
        });
}

/// Of the machines that are marked or selected; of one or none: all of its host, or of all hosts.
void MainWindow::openWall()
{
    if (!m_wall) {
        m_wall = std::make_unique<ScreenWall>(m_context);
        connect(m_wall.get(), &ScreenWall::opened, this, [this](const models::VmRef& vm) {
            OpenConsole* console = m_sessions->find(vm);
            if (console && m_sessions->isDetached(console))
                return m_sessions->activate(console);
            activateWindow();
            showVm(vm, VmPage::Tab::Console);
            m_pages->openConsole();
        });
        connect(m_wall.get(), &ScreenWall::contextMenuRequested, this,
            [this](const QVector<models::VmRef>& vms, QPoint position) {
                m_selection.setVms(vms);
                showContextMenu(position);
            });
    }
    if (m_selection.targets().size() > 1)
        m_wall->showVms(m_selection.targets());
    else
        m_wall->showHost(m_selection.host());
    m_wall->show();
    m_wall->raise();
    m_wall->activateWindow();
}

QAction* MainWindow::addCommand(const QString& name, const QString& text,
    const QList<QKeySequence>& shortcuts, const std::function<void()>& run)
{
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcuts(shortcuts);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    return action;
}

void MainWindow::addShortcuts()
{
    m_palette = addCommand(QStringLiteral("actionPalette"), tr("Search or command"),
        { QKeySequence(Qt::CTRL | Qt::Key_K) }, [this] { openPalette(); });
    addCommand(QStringLiteral("actionFilter"), tr("Filter the machines"), { QKeySequence::Find },
        [this] { m_sidebar->focusFilter(); });
    addCommand(QStringLiteral("actionConsoleFullScreen"), tr("Console on the whole screen"),
        { QKeySequence(Qt::Key_F11) }, [this] { m_pages->toggleFullScreen(); });
    addCommand(QStringLiteral("actionTasks"), tr("Show or hide the tasks"),
        { QKeySequence(Qt::CTRL | Qt::Key_J) },
        [this] { m_tasks->setExpanded(!m_tasks->isExpanded()); });
    addCommand(QStringLiteral("actionCancelWaiting"), tr("Cancel all tasks that wait"), {},
        [this] { m_context.workspace.tasks.cancelWaiting(); });
    addCommand(QStringLiteral("actionDashboard"), tr("All hosts"),
        { QKeySequence(Qt::ALT | Qt::Key_Home) }, [this] { m_selection.clear(); });
    addHostCommands();
}

void MainWindow::addHostCommands()
{
    const auto show = [this](HostPage::Tab tab) {
        hosts::Host* host = m_selection.host();
        if (!host && !m_context.workspace.inventory.hosts().isEmpty())
            host = m_context.workspace.inventory.hosts().first();
        if (!host)
            return;
        m_selection.setHost(host);
        m_pages->showHostTab(tab);
    };
    m_hostCommands = { addCommand(QStringLiteral("actionHostLoad"), tr("Load of the host"), {},
                           [show] { show(HostPage::Tab::Performance); }),
        addCommand(QStringLiteral("actionImages"), tr("Disk images of the host"),
            { QKeySequence(Qt::CTRL | Qt::Key_I) }, [show] { show(HostPage::Tab::Images); }),
        addCommand(QStringLiteral("actionTrash"), tr("Trash of the host"), {},
            [show] { show(HostPage::Tab::Trash); }) };
    const auto showTab = [this](VmPage::Tab tab) {
        if (m_selection.singleTarget())
            showVm(m_selection.targets().first(), tab);
    };
    m_vmCommands = { addCommand(QStringLiteral("actionVmOverview"), tr("Overview of the machine"),
                         {}, [showTab] { showTab(VmPage::Tab::Overview); }),
        addCommand(QStringLiteral("actionVmPerformance"), tr("Performance of the machine"), {},
            [showTab] { showTab(VmPage::Tab::Performance); }),
        addCommand(QStringLiteral("actionVmSnapshots"), tr("Snapshots of the machine"), {},
            [showTab] { showTab(VmPage::Tab::Snapshots); }),
        addCommand(QStringLiteral("actionVmBackups"), tr("Backups of the machine"), {},
            [showTab] { showTab(VmPage::Tab::Backups); }) };
    models::Inventory& inventory = m_context.workspace.inventory;
    connect(&m_selection, &Selection::targetsChanged, this, &MainWindow::updateCommands);
    connect(&inventory, &models::Inventory::hostAdded, this, &MainWindow::updateCommands);
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, &MainWindow::updateCommands,
        Qt::QueuedConnection);
    updateCommands();
}

void MainWindow::updateCommands()
{
    for (QAction* command : std::as_const(m_hostCommands))
        command->setEnabled(!m_context.workspace.inventory.hosts().isEmpty());
    for (QAction* command : std::as_const(m_vmCommands))
        command->setEnabled(m_selection.singleTarget() != nullptr);
}

void MainWindow::showVm(const models::VmRef& vm, std::optional<VmPage::Tab> tab)
{
    m_selection.setVms({ vm });
    if (tab)
        m_pages->showTab(*tab);
}

void MainWindow::openNewMachineDialog()
{
    auto* dialog = new NewMachineDialog(m_context, m_selection.host(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::openAddConnectionDialog()
{
    auto* dialog = new AddConnectionDialog(m_context, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddConnectionDialog::connected, &m_selection, &Selection::setHost);
    dialog->open();
}

void MainWindow::openPalette()
{
    QList<QAction*> commands = QWidget::actions();
    commands.removeOne(m_palette);
    (new CommandPalette(m_context, m_selection, commands, this))->show();
}

void MainWindow::showContextMenu(QPoint globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("contextMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    m_actions->fill(*menu, *m_more);
    menu->popup(globalPosition);
}

void MainWindow::rememberConnections()
{
    if (!m_context.remembersConnections)
        return;
    QStringList uris;
    for (const hosts::Host* host : m_context.workspace.hosts.hosts())
        uris << host->uri().toString();
    m_context.settings.setConnections(uris);
}

void MainWindow::restoreState()
{
    resize(1280, 800);
    const Settings& settings = m_context.settings;
    restoreGeometry(settings.view(kGeometryKey).toByteArray());
    SplitterSizes::restore(settings, *this);
    m_sidebar->setDense(settings.isDense());
    m_sidebar->restoreState();
}

void MainWindow::saveState() const
{
    Settings& settings = m_context.settings;
    settings.setView(kGeometryKey, saveGeometry());
    SplitterSizes::save(settings, *this);
    m_sidebar->saveState();
    m_pages->saveState();
    m_tasks->saveState();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    const bool areFiles
        = !urls.isEmpty() && std::all_of(urls.begin(), urls.end(), [](const QUrl& url) {
              return url.isLocalFile() && ConnectionFiles::isConnectionFile(url.path());
          });
    if (areFiles)
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    for (const QUrl& url : urls)
        m_files->open(url.toLocalFile());
    event->acceptProposedAction();
}

/// The keys of what is done to machines (Del removes one, Ctrl+D shuts it down) do nothing from
/// within a text or a list of something else.
bool MainWindow::isAboutMachines(const QWidget* focus) const
{
    if (!focus)
        return true;
    if (m_tasks->isAncestorOf(focus))
        return false;
    const auto* view = qobject_cast<const QAbstractItemView*>(focus);
    if (!view)
        return !focus->testAttribute(Qt::WA_InputMethodEnabled);
    return qobject_cast<const models::InventoryModel*>(view->model())
        || qobject_cast<const models::VmTableModel*>(view->model());
}

bool MainWindow::isMachineKey(const QKeyEvent& key) const
{
    const QKeySequence pressed(key.keyCombination());
    return std::any_of(vmm::kAllVmActions.begin(), vmm::kAllVmActions.end(),
        [&](vmm::VmAction each) { return m_actions->action(each)->shortcut() == pressed; });
}

bool MainWindow::event(QEvent* event)
{
    // Comes here if the widget with the focus does not care.
    if (event->type() == QEvent::ShortcutOverride && isMachineKey(*static_cast<QKeyEvent*>(event))
        && !isAboutMachines(focusWidget())) {
        event->accept();
        return true;
    }
    return QMainWindow::event(event);
}

QStringList MainWindow::linesOfUnapplied(const hosts::Host* host) const
{
    QStringList lines;
    for (const QString& name : m_pages->unappliedHardware(host))
        lines << tr("%1: changes of its hardware are not applied, and will be lost").arg(name);
    return lines;
}

void MainWindow::askToQuit(const QStringList& lost)
{
    if (m_quitQuestion)
        return m_quitQuestion->raise();
    const bool isWorking = m_context.workspace.tasks.runningCount() > 0;
    const Question question { .title = isWorking ? tr("Quit while work is under way?")
                                                 : tr("Quit without applying the changes?"),
        .text = isWorking
            ? tr("Machines go on running. This work is done by this window or through its "
                 "connections; what becomes of it:")
            : tr("Machines go on running. What was changed of these is not stored anywhere:"),
        .items = RunningWork::lines(m_context.workspace.tasks) + lost,
        .verb = tr("Quit") };
    m_quitQuestion = ConfirmDialog::ask(this, question, [this] {
        m_isQuitting = true;
        close();
    });
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    const QStringList lost = linesOfUnapplied();
    if (!m_isQuitting && (m_context.workspace.tasks.runningCount() > 0 || !lost.isEmpty())) {
        event->ignore();
        return askToQuit(lost);
    }
    saveState();
    m_windows->closeAll();
    for (OpenConsole* console : m_context.sessions->all())
        console->closeFurtherWindows();
    if (m_wall)
        m_wall->close();
    QMainWindow::closeEvent(event);
}

} // namespace ui
