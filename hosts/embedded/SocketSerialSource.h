// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/SerialRelay.h"

#include <QLocalSocket>

namespace hosts::embedded {

/// A serial port that QEMU serves on a unix socket.
class SocketSerialSource : public SerialSource {
    Q_OBJECT

public:
    explicit SocketSerialSource(QObject* parent = nullptr);

    void connectTo(const QString& path); ///< ends in connected or closed
    QString errorText() const { return m_socket.errorString(); }

    // SerialSource
    void write(const QByteArray& bytes) override;
    void setReading(bool isReading) override;

Q_SIGNALS:
    void connected();

private:
    void read();

    QLocalSocket m_socket;
    bool m_isReading = true;
};

} // namespace hosts::embedded
