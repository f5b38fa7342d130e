// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/ConsoleEndpoint.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace tests {

/// Runs spice-test-server on a unix socket of its own folder (or as the options say).
class SpiceTestServer {
public:
    /// `binFolder` is where the programs were built.
    explicit SpiceTestServer(const QString& binFolder);
    ~SpiceTestServer();
    SpiceTestServer(const SpiceTestServer&) = delete;
    SpiceTestServer& operator=(const SpiceTestServer&) = delete;

    /// True when it listens.
    bool start(const QStringList& options = {});
    void kill(); ///< SIGKILL, and waits for the end
    void say(const QString& line);
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    qint64 pid() const { return m_process.processId(); }

    /// Lines it has written so far: "KEY 1e", "POSITION 3 4 0", ...
    const QStringList& lines();
    QStringList linesOf(const QString& verb); ///< what follows the verb
    vmm::ConsoleEndpoint endpoint() const;
    QString socketPath() const { return m_folder.filePath(QStringLiteral("spice.sock")); }

private:
    QTemporaryDir m_folder;
    QString m_program;
    QProcess m_process;
    QByteArray m_rest;
    QStringList m_lines;
};

} // namespace tests
