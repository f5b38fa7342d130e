// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostList.h"

#include <QHash>
#include <QSet>
#include <QTimer>

namespace models {

/// Tells each host which of its machines somebody looks at. Every view reports what it shows; the
/// host hears the union, once per turn of the event loop, and only if it differs.
class VisibleVms : public QObject {
    Q_OBJECT

public:
    explicit VisibleVms(HostList& hosts, QObject* parent = nullptr);

    /// Replaces what `viewer` shows of `host`. A viewer that is destroyed shows nothing.
    void show(const QObject* viewer, hosts::Host* host, const QSet<hosts::VmId>& vms);
    /// Replaces all that `viewer` shows.
    void show(const QObject* viewer, const QHash<hosts::Host*, QSet<hosts::VmId>>& vms);
    void hideAll(const QObject* viewer);

private:
    using Shown = QHash<hosts::Host*, QSet<hosts::VmId>>;

    void markDirty(hosts::Host* host);
    void forget(hosts::Host* host);
    void tell();
    Shown& shownBy(const QObject* viewer);

    HostList& m_hosts;
    QHash<const QObject*, Shown> m_shown;
    Shown m_told;
    QSet<hosts::Host*> m_dirty;
    QTimer m_tell;
};

} // namespace models
