// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace tests {

/// A Wayland compositor (sway) that nobody sees, with a screen of 1280 x 800, the environment set
/// so that an application of this process comes to it. To be started before the application.
class WaylandDesktop {
public:
    ~WaylandDesktop();

    /// Lines of sway's configuration. An empty answer: it runs; else why not.
    QString start(const QStringList& configuration);
    /// Ends this process at once, and the compositor with it, but leaves no folder behind. (Qt 6.4
    /// can crash when a window goes while its compositor asks for a frame.)
    [[noreturn]] void exit(int code);
    QString folder() const { return m_folder.path(); } ///< sway may write there

private:
    QTemporaryDir m_folder;
    QProcess m_process;
};

} // namespace tests
