// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/HelperProcess.h"

#include <QTimer>

#include <chrono>

namespace console {

/// Starts the processes behind consoles, and has one wait where a console may be opened soon:
/// loading its libraries takes a good part of the time to the first picture. GUI thread.
class HelperStarter : public QObject {
    Q_OBJECT

public:
    struct Started {
        std::unique_ptr<HelperProcess> process {};
        protocol::Fd socket {}; ///< our end of the packet socket
    };
    static constexpr std::chrono::seconds kSpareLife { 60 };

    /// `program` is the path of virtdeck-console; a spare ends when nobody wants it for so long.
    explicit HelperStarter(const QString& program, std::chrono::milliseconds life = kSpareLife);

    /// The one that waits, else a new one. Errors: as HelperProcess::start(), ProcessFailed (no
    /// socket).
    vmm::Result<Started> start();

    /// Has one wait, from now on for its whole life; that it can't be started start() will say.
    void prepare();
    qint64 sparePid() const { return m_spare.process ? m_spare.process->pid() : 0; }

private:
    vmm::Result<Started> startNew() const;
    void dropSpare();

    QString m_program;
    Started m_spare;
    QTimer m_life;
};

} // namespace console
