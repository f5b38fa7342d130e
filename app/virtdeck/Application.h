// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/virtdeck/Options.h"
#include "hosts/wire/WireThread.h"
#include "models/Workspace.h"
#include "ui/MainWindow.h"
#include "ui/SecretStore.h"
#include "ui/dialogs/SecretQuestions.h"

#include <memory>

class QSettings;

namespace app {

/// Where our other programs are.
struct ProgramPaths {
    QString host {}; ///< virtdeck-host
    QString console {}; ///< virtdeck-console
};

/// The window with all that stands behind it, wired: the composition root of `virtdeck`. Lives as
/// long as the program; what it starts is ended in the right order when it goes.
class Application : public QObject {
    Q_OBJECT

public:
    Application(const Options& options, const ProgramPaths& programs, QSettings& settings);
    ~Application() override;

    /// Shows the window and starts connecting. Machines named by the options follow as soon as
    /// their host is there.
    void start();

    ui::MainWindow& window() { return *m_window; }
    models::Workspace& workspace() { return m_workspace; }

Q_SIGNALS:
    void finished(int exitCode); ///< the picture that was asked for is saved, or could not be

private:
    std::unique_ptr<hosts::Host> makeHost(const hosts::HostUri& uri);
    void applyAppearance();
    void connectHosts();
    void tellUnusable();
    void makeWindow();
    void saveScreenshot();

    Options m_options;
    ProgramPaths m_programs;
    hosts::wire::WireThread m_wireThread;
    models::Workspace m_workspace;
    ui::Settings m_settings;
    std::unique_ptr<ui::SecretStore> m_keyring; ///< null: nothing can be remembered
    ui::SecretQuestions m_questions;
    ui::Theme m_theme;
    std::unique_ptr<ui::MainWindow> m_window;
    QVector<vmm::Error> m_unusable; ///< addresses
};

} // namespace app
