// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConnectionFile.h"
#include "ui/Context.h"

#include <QHash>
#include <QObject>

#include <memory>

class QTemporaryFile;

namespace ui {

class ConsoleWindows;
class OpenConsole;

/// Opens connection files (.vv), each as a console in a window of its own, and writes them. Files
/// are read and written on another thread; what can't be opened is told in a dialog.
class ConnectionFiles : public QObject {
    Q_OBJECT

public:
    ConnectionFiles(Context& context, ConsoleWindows& windows, QWidget* window);
    ~ConnectionFiles() override;

    void open(const QString& path);
    void chooseAndOpen(); ///< asks which
    /// Writes the way to `console` where the user wants it; never its password.
    void save(const OpenConsole& console);
    /// Why a file could not lead to it, in a sentence; empty if it can.
    static QString whyNotSaved(const OpenConsole& console);

    static bool isConnectionFile(const QString& path); ///< by its name

Q_SIGNALS:
    void opened(ui::OpenConsole* console);
    void failed(const vmm::Error& error);

private:
    struct Read {
        console::ConnectionFile file {};
        std::shared_ptr<QTemporaryFile> certificates {};
        bool isKept = false; ///< it asked to be deleted, and could not be
    };

    static vmm::Result<Read> read(const QString& path);
    static vmm::Result<void> write(const QString& path, console::ConnectionFile file);
    void show(const QString& path, const Read& read);
    void tell(const vmm::Error& error);

    Context& m_context;
    ConsoleWindows& m_windows;
    QWidget* m_window;
    QHash<const OpenConsole*, std::shared_ptr<QTemporaryFile>> m_certificates; ///< while it is open
};

} // namespace ui
