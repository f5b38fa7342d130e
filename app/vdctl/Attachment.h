// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalSocket>
#include <QSocketNotifier>

#include <memory>

struct termios;

namespace vdctl {

/// This terminal at the end of a serial port: every key goes to the guest, but for Ctrl+], which
/// leaves. The terminal is as it was before when this is gone. Input that is no terminal is copied
/// until its end.
class Attachment : public QObject {
    Q_OBJECT

public:
    explicit Attachment(const QString& unixSocket, QObject* parent = nullptr);
    ~Attachment() override;

Q_SIGNALS:
    void ended(const QString& problem); ///< empty: left, or the port was closed
    void unwritable(int error); ///< what the guest says can't be written out: an errno

private:
    void makeRaw();
    void readKeys();
    void readPort();

    QLocalSocket m_port;
    QSocketNotifier m_keys;
    std::unique_ptr<termios> m_before; ///< null: it is no terminal
};

} // namespace vdctl
