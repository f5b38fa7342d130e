// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QImage>
#include <QObject>
#include <QPointer>

class QAction;
class QMenu;
class QToolBar;

namespace console {
class ConsoleSession;
class ConsoleView;
} // namespace console

namespace ui {

/// Pictures of a machine's screen, pixel for pixel as the machine has it, whatever the view shows
/// of it: to the clipboard, or as a PNG file where the user wants it.
class PictureTools : public QObject {
    Q_OBJECT

public:
    PictureTools(QToolBar& tools, console::ConsoleView& view, QWidget* parent);

    /// What the view shows. `name` is the machine's: files are called by it. Null: nothing.
    void setSession(console::ConsoleSession* session, const QString& name);
    QAction* copy() const { return m_copy; }
    QAction* save() const { return m_save; }
    QMenu* menu() const { return m_menu; }

    /// "web 2026-11-28 14.02.05.png": sorts by time, and is allowed on every file system.
    static QString fileName(
        const QString& machine, const QDateTime& when, const QString& extension);
    /// Whole or not at all. Errors: Io.
    static vmm::Result<void> write(const QImage& picture, const QString& path);

private:
    void refresh();
    void copyPicture();
    void savePicture();
    void saveTo(const QString& path, const QImage& picture);
    QImage picture() const; ///< a copy: the guest goes on drawing

    console::ConsoleView& m_view;
    QWidget* m_parent;
    QPointer<console::ConsoleSession> m_session;
    QString m_name;
    QMenu* m_menu;
    QAction* m_copy;
    QAction* m_save;
};

} // namespace ui
