// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QObject>
#include <QStringList>

namespace console {
class GuestDevices;
}

namespace ui {

class GuestPortWindow;

/// The ports of a guest that come with its SPICE screen ("spiceport" channels), each as a terminal
/// in a window of its own. They follow the console through its connections, and stay when its view
/// goes to another machine.
class GuestPorts : public QObject {
    Q_OBJECT

public:
    /// `devices` must outlive this.
    explicit GuestPorts(console::GuestDevices& devices);
    ~GuestPorts() override;

    void setMachineName(const QString& name) { m_name = name; } ///< for windows yet to come
    QStringList names() const; ///< those that can be looked at, sorted
    void show(const QString& port);
    GuestPortWindow* window(const QString& port) const { return m_windows.value(port); }
    void closeAll();

Q_SIGNALS:
    void opened(const QObject* window);
    void closed(const QObject* window);

private:
    void drop(const QString& port);

    console::GuestDevices& m_devices;
    QString m_name;
    QMap<QString, GuestPortWindow*> m_windows;
};

} // namespace ui
