// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace models {

/// Makes the host for a URI; the composition root knows which program or class that takes.
using HostFactory = std::function<std::unique_ptr<hosts::Host>(const hosts::HostUri&)>;

/// The hosts of this session, in the order in which they were added. Owns them; GUI thread.
class HostList : public QObject {
    Q_OBJECT

public:
    explicit HostList(HostFactory factory = {}, QObject* parent = nullptr);
    ~HostList() override;

    /// Makes the host of a URI, adds it and starts connecting; success means "on its way", the
    /// outcome comes by Host::connectionChanged. Errors: InvalidConfig (no usable URI, or nothing
    /// here can speak to it), AlreadyExists.
    vmm::Result<hosts::Host*> connectTo(const QString& uri);

    /// Makes the host of a URI and keeps it nowhere; null if nothing here can speak to it.
    std::unique_ptr<hosts::Host> make(const hosts::HostUri& uri) const;

    /// Adds a host as it stands, without opening it. The returned pointer stays valid until
    /// hostAboutToBeRemoved.
    hosts::Host* add(std::unique_ptr<hosts::Host> host);

    /// Closes and forgets a host. Its machines go on running. The object is deleted from the event
    /// loop, so a host may be removed from within one of its own signals.
    void remove(hosts::Host* host);

    QVector<hosts::Host*> hosts() const;
    hosts::Host* find(const hosts::HostUri& uri) const; ///< null if it isn't here
    bool contains(const hosts::Host* host) const;

Q_SIGNALS:
    void hostAdded(hosts::Host* host);
    void hostAboutToBeRemoved(hosts::Host* host);

private:
    HostFactory m_factory;
    std::vector<std::unique_ptr<hosts::Host>> m_hosts;
};

} // namespace models
