// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>
#include <QPointer>

namespace console {

class GuestDevices;

/// One port of a guest ("spiceport") as a stream of bytes. Made by GuestDevices::openPort; begins
/// with the last of what the guest said before. It stays while the console reconnects, and follows
/// the port of the same name.
class GuestPort : public QIODevice {
    Q_OBJECT

public:
    GuestPort(GuestDevices& devices, const QString& name, const QByteArray& past);

    const QString& name() const { return m_name; }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override;

protected:
    qint64 readData(char* data, qint64 size) override;
    /// Errors: the guest's side is not open.
    qint64 writeData(const char* data, qint64 size) override;

private:
    QPointer<GuestDevices> m_devices;
    QString m_name;
    QByteArray m_pending;
};

} // namespace console
