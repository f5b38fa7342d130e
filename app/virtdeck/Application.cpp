// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/virtdeck/Application.h"

#include "app/virtdeck/Keyring.h"
#include "app/virtdeck/StartupJob.h"
#include "console/HelperStarter.h"
#include "console/SpiceHelperTransport.h"
#include "hosts/wire/RemoteHost.h"
#include "ui/Languages.h"
#include "ui/consoles/ConnectionFiles.h"
#include "ui/dialogs/UnusableAddresses.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QPixmap>
#include <QStandardPaths>
#include <QTimer>

namespace app {

Q_LOGGING_CATEGORY(logApplication, "app")

namespace {

const auto kThisComputer = QStringLiteral("embedded:///");

std::optional<ui::VmPage::Tab> tabNamed(const QString& page)
{
    const qsizetype index = pageNames().indexOf(page);
    return index < 0 ? std::nullopt : std::optional(static_cast<ui::VmPage::Tab>(index));
}

ui::Theme::Scheme schemeNamed(const QString& theme)
{
    if (theme == QStringLiteral("light"))
        return ui::Theme::Scheme::Light;
    if (theme == QStringLiteral("dark"))
        return ui::Theme::Scheme::Dark;
    return ui::Theme::Scheme::System;
}

} // namespace

Application::Application(const Options& options, const ProgramPaths& programs, QSettings& settings)
    : m_options(options)
    , m_programs(programs)
    , m_workspace([this](const hosts::HostUri& uri) { return makeHost(uri); })
    , m_settings(settings)
    , m_keyring(makeKeyring())
    , m_questions(m_keyring.get())
{
    applyAppearance();
}

Application::~Application() = default;

std::unique_ptr<hosts::Host> Application::makeHost(const hosts::HostUri& uri)
{
    hosts::wire::RemoteHostOptions options { .program = m_programs.host };
    options.ssh.askpassProgram = m_programs.host;
    options.ask
        = [this, uri](const hosts::Question& question, const hosts::QuestionAnswer& answer) {
              m_questions.ask(m_window.get(), uri.hostName(), question, answer);
          };
    options.ssh.ask = options.ask;
    // This computer's own core answers sooner than a disk.
    if (!uri.isEmbedded() && m_options.only.isEmpty())
        options.cacheFolder = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
            + QStringLiteral("/virtdeck/inventory");
    return std::make_unique<hosts::wire::RemoteHost>(uri, m_wireThread, options);
}

void Application::applyAppearance()
{
    m_theme.setScheme(
        m_options.theme.isEmpty() ? m_settings.scheme() : schemeNamed(m_options.theme));
    ui::Languages::install(*QCoreApplication::instance(),
        m_options.language.isEmpty() ? m_settings.language() : m_options.language);
}

void Application::start()
{
    // First, for it costs the host programs as long to start as it takes to make the window.
    connectHosts();
    makeWindow();
    // Who opened a connection file wants that console, not this window.
    if (m_options.files.isEmpty())
        m_window->show();
    tellUnusable();
    for (const QString& file : std::as_const(m_options.files))
        m_window->connectionFiles().open(file);
    if (!m_options.screenshot.isEmpty())
        QTimer::singleShot(m_options.screenshotAfter, this, &Application::saveScreenshot);
}

void Application::makeWindow()
{
    const auto helpers = std::make_shared<console::HelperStarter>(m_programs.console);
    m_window = std::make_unique<ui::MainWindow>(ui::Context { .workspace = m_workspace,
        .theme = m_theme,
        .settings = m_settings,
        .consoles = console::SpiceHelperTransport::factory(helpers),
        .consoleIsNear = [helpers] { helpers->prepare(); },
        .secrets = m_keyring.get(),
        .remembersConnections = m_options.only.isEmpty() });
    if (!m_options.size.isEmpty())
        m_window->resize(m_options.size);
    auto* startup = new StartupJob(m_options, m_workspace, this);
    connect(startup, &StartupJob::showRequested, m_window.get(),
        [this](hosts::Host* host, hosts::VmId vm, const QString& page) {
            m_window->showVm({ host, vm }, tabNamed(page));
        });
}

void Application::connectHosts()
{
    QStringList uris = m_options.only;
    if (uris.isEmpty()) {
        uris = m_settings.hasConnections() ? m_settings.connections()
                                           : QStringList { kThisComputer };
        uris.append(m_options.connect);
    }
    for (const QString& uri : std::as_const(uris)) {
        const auto added = m_workspace.hosts.connectTo(uri);
        if (!added && added.error().kind != vmm::ErrorKind::AlreadyExists)
            m_unusable.append(added.error());
    }
}

void Application::tellUnusable()
{
    if (!m_unusable.isEmpty())
        ui::UnusableAddresses::tell(
            m_window.get(), m_unusable, [this] { m_window->openAddConnectionDialog(); });
}

void Application::saveScreenshot()
{
    const bool isSaved = m_window->grab().save(m_options.screenshot, "PNG");
    if (!isSaved)
        qCWarning(logApplication).noquote() << m_options.screenshot << "could not be written";
    Q_EMIT finished(isSaved ? 0 : 1);
}

} // namespace app
