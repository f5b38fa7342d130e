// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/GuestPorts.h"

#include "console/GuestDevices.h"
#include "ui/widgets/GuestPortWindow.h"

namespace ui {

GuestPorts::GuestPorts(console::GuestDevices& devices)
    : m_devices(devices)
{
}

GuestPorts::~GuestPorts()
{
    qDeleteAll(m_windows);
}

QStringList GuestPorts::names() const
{
    QStringList names = m_devices.ports();
    // Shared folders have a protocol of their own in theirs.
    names.removeIf([](const QString& name) {
        return name.isEmpty() || name.startsWith(QStringLiteral("org.spice-space.webdav"));
    });
    names.removeDuplicates();
    names.sort();
    return names;
}

void GuestPorts::show(const QString& port)
{
    GuestPortWindow*& window = m_windows[port];
    if (!window) {
        window = new GuestPortWindow(m_devices, port, m_name);
        connect(window, &GuestPortWindow::closed, this, [this, port] { drop(port); });
        Q_EMIT opened(window);
    }
    window->show();
    window->raise();
    window->activateWindow();
}

void GuestPorts::drop(const QString& port)
{
    GuestPortWindow* window = m_windows.take(port);
    if (!window)
        return;
    window->hide();
    window->deleteLater(); // it may be what asks for this
    Q_EMIT closed(window);
}

void GuestPorts::closeAll()
{
    while (!m_windows.isEmpty())
        drop(m_windows.firstKey());
}

} // namespace ui
