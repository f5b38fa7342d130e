// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/gui/SilentTransport.h"
#include "tests/support/FakeHost.h"
#include "ui/MainWindow.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>

namespace tests {

/// Every warning but what Qt's offscreen platform says of itself.
inline QRegularExpression warningsOfOurs()
{
    return QRegularExpression(QStringLiteral("^(?!This plugin does not support)"));
}

/// The real window over fake hosts, with settings of its own that live as long as it.
class WindowFixture {
public:
    WindowFixture()
        : m_store(m_folder.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat)
        , settings(m_store)
    {
        makeWorkspace();
    }

    /// A connected host, its machines already there.
    FakeHost* addHost(const QString& uri = QStringLiteral("test:///fake"))
    {
        auto made = std::make_unique<FakeHost>(uri);
        FakeHost* host = made.get();
        workspace->hosts.add(std::move(made));
        host->open();
        return host;
    }

    ui::MainWindow& open()
    {
        window = std::make_unique<ui::MainWindow>(
            ui::Context { *workspace, theme, settings, consoles, consoleIsNear, secrets });
        window->show();
        return *window;
    }

    /// As if the program had ended and begun again; the hosts must be added anew.
    void restart()
    {
        window->close();
        window.reset();
        makeWorkspace();
    }

    template <typename T> T* find(const char* name) const
    {
        T* found = window->findChild<T*>(QString::fromLatin1(name));
        if (!found)
            qFatal("no widget is named %s", name);
        return found;
    }

    QAction* action(const char* name) const { return find<QAction>(name); }

    void select(FakeHost* host, hosts::VmId vm) { window->selection().setVms({ { host, vm } }); }

private:
    void makeWorkspace()
    {
        workspace = std::make_unique<models::Workspace>([this](const hosts::HostUri& uri) {
            auto host = std::make_unique<FakeHost>(uri.toString());
            if (whenMade)
                whenMade(*host);
            return host;
        });
    }

    QTemporaryDir m_folder;
    QSettings m_store;

public:
    ui::Settings settings;
    ui::Theme theme;
    console::TransportFactory consoles = SilentTransport::factory(); ///< before open()
    std::function<void()> consoleIsNear; ///< before open()
    ui::SecretStore* secrets = nullptr; ///< before open()
    std::function<void(FakeHost&)> whenMade; ///< by the window; what addHost() makes is the test's
    std::unique_ptr<models::Workspace> workspace;
    std::unique_ptr<ui::MainWindow> window;
};

} // namespace tests
