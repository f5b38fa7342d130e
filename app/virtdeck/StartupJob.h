// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/virtdeck/Options.h"
#include "models/Workspace.h"

#include <QSet>

namespace app {

/// Carries out --define, --start and --show: defines on this computer's core (or on the first host,
/// if that isn't one of them), starts and shows the machine on whichever host has it first. What
/// goes wrong shows as a failed task. One per start of the program; thread: the window's.
class StartupJob : public QObject {
    Q_OBJECT

public:
    StartupJob(const Options& options, models::Workspace& workspace, QObject* parent = nullptr);

Q_SIGNALS:
    void showRequested(hosts::Host* host, hosts::VmId vm, const QString& page);

private:
    void watch(hosts::Host* host);
    void noteConnection(hosts::Host* host);
    hosts::Host* hostToDefineOn() const; ///< null if there is none
    void defineOn(hosts::Host* host);
    void look();
    /// The machine of that name on any connected host.
    const models::VmRecord* find(const QString& name) const;

    Options m_options;
    models::Workspace& m_workspace;
};

} // namespace app
