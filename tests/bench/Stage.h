// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/wire/RemoteHost.h"
#include "models/Workspace.h"
#include "ui/MainWindow.h"

#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>

namespace bench {

/// Lets the event loop run. It sleeps between events, as the window's own does; processEvents()
/// with a limit of time would spin, and take a core from what is measured.
inline void spin(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

/// The same until it is done, which is asked every 5 ms.
inline bool spinUntil(
    const std::function<bool()>& isDone, std::chrono::milliseconds limit = std::chrono::minutes(2))
{
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (isDone())
            loop.quit();
    });
    look.start(std::chrono::milliseconds(5));
    QTimer::singleShot(limit, &loop, &QEventLoop::quit);
    loop.exec();
    return isDone();
}

/// The main window, in this process, with its hosts in processes of their own.
class Stage {
public:
    explicit Stage(hosts::wire::RemoteHostOptions options
        = { .program = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host") })
        : m_store(m_folder.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat)
        , m_settings(m_store)
        , m_workspace([this, options = std::move(options)](const hosts::HostUri& uri) {
            return std::make_unique<hosts::wire::RemoteHost>(uri, m_thread, options);
        })
        , m_window(ui::Context { m_workspace, m_theme, m_settings, {} })
    {
        m_window.resize(1200, 800);
        m_window.show();
    }

    hosts::Host& connectTo(const QString& uri) { return *m_workspace.hosts.connectTo(uri).value(); }
    ui::MainWindow& window() { return m_window; }

private:
    QTemporaryDir m_folder;
    QSettings m_store;
    hosts::wire::WireThread m_thread;
    ui::Settings m_settings;
    ui::Theme m_theme;
    models::Workspace m_workspace;
    ui::MainWindow m_window;
};

inline bool isConnected(const hosts::Host& host)
{
    return host.connectionState() == hosts::ConnectionState::Connected;
}

/// How many machines have come with their definition.
inline qsizetype describedVms(const hosts::Host& host)
{
    const auto vms = host.vms();
    return std::count_if(
        vms.begin(), vms.end(), [](const hosts::VmInfo& vm) { return vm.vcpus > 0; });
}

} // namespace bench
