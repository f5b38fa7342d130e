// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Error.h"

#include <QByteArray>
#include <QObject>

#include <functional>
#include <memory>

namespace hosts::wire {

/// What brings bytes to the program on the other side of a wire, and from it. Lives in the thread
/// of its WireLink.
class Carrier : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start() = 0;
    virtual void write(const QByteArray& bytes) = 0;
    /// Tells the other side that nothing more will come; a good host then ends by itself.
    virtual void hangUp() = 0;
    /// Ends the other side without asking it.
    virtual void kill() = 0;
    /// The last lines that the other side wrote to its standard error, for error details.
    virtual QString lastWords() const { return {}; }

Q_SIGNALS:
    void received(const QByteArray& bytes);
    /// The other side is gone, for good; may be deleted now. Comes once, whatever was the reason.
    void ended(const vmm::Error& reason);
};

/// Makes a carrier in the thread that is to run it.
using CarrierFactory = std::function<std::unique_ptr<Carrier>()>;

} // namespace hosts::wire
