// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

#include <QElapsedTimer>

#include <memory>

namespace ui {

/// Connects to a host that nobody keeps, to see whether it works. Ends with the object.
class ConnectionTrial : public QObject {
    Q_OBJECT

public:
    /// Null `host`: nothing here speaks to that address.
    explicit ConnectionTrial(std::unique_ptr<hosts::Host> host, QObject* parent = nullptr);
    void start();

Q_SIGNALS:
    /// Comes once, with what was found there.
    void succeeded(const hosts::HostInfo& info, int machines, qint64 milliseconds);
    void failed(const vmm::Error& error);

private:
    void note(hosts::ConnectionState state);

    std::unique_ptr<hosts::Host> m_host;
    QElapsedTimer m_clock;
    bool m_isDone = false;
};

} // namespace ui
