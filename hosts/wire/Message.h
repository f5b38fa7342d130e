// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Metrics.h"
#include "hosts/Operations.h"
#include "hosts/Question.h"
#include "vmm/base/Result.h"

#include <QMetaType>

#include <variant>

/// The Host interface as messages between two processes. A message is one CBOR array
/// `[type, fields...]` (MessageCodec) in one frame (Frame). docs/architecture.md shows the order.
namespace hosts::wire {

/// Raised when a message changes its meaning. Fields may be appended and features, causes and
/// metrics added without it: a reader skips what it doesn't know.
inline constexpr int kProtocolVersion = 3;

/// The first message of both sides. Its form never changes, so that sides of different versions
/// understand why they can't talk.
struct Hello {
    int protocol = kProtocolVersion;
    QString program {}; ///< "virtdeck-host 0.1.0"
    QStringList abilities {}; ///< optional parts of the protocol: kAsks, kFollowsResources
    QString uri {}; ///< the host that is asked for, and that is served

    bool operator==(const Hello&) const = default;
};

/// The ability of a window: there is somebody to answer an Ask.
inline constexpr auto kAsks = "asks";
/// The ability of a window: it takes a ResourcesEvent.
inline constexpr auto kFollowsResources = "resources";

/// Answered by Pong at once, whatever the host is doing.
struct Ping {
    quint32 serial = 0;
    bool operator==(const Ping&) const = default;
};

struct Pong {
    quint32 serial = 0;
    bool operator==(const Pong&) const = default;
};

/// An operation to be run; ids are never used twice on one connection.
struct Request {
    quint32 id = 0;
    Operation operation {};
    bool operator==(const Request&) const = default;
};

/// The caller no longer waits for the reply.
struct Cancel {
    quint32 id = 0;
    bool operator==(const Cancel&) const = default;
};

struct SetVisible {
    QVector<VmId> vms {};
    bool operator==(const SetVisible&) const = default;
};

struct Reply {
    quint32 id = 0;
    vmm::Result<Answer> answer = Answer {};
    bool operator==(const Reply&) const = default;
};

/// How far an operation is, in percent.
struct Progress {
    quint32 id = 0;
    int percent = 0;
    bool operator==(const Progress&) const = default;
};

struct ConnectionEvent {
    ConnectionState state = ConnectionState::Disconnected;
    std::optional<vmm::Error> error {};
    bool operator==(const ConnectionEvent&) const = default;
};

struct InfoEvent {
    HostInfo info {};
    bool operator==(const InfoEvent&) const = default;
};

/// A change of the inventory, or a part of one: `hasMore` says that the next InventoryEvent goes on
/// with the same change.
struct InventoryEvent {
    InventoryChange change {};
    bool hasMore = false;
    bool operator==(const InventoryEvent&) const = default;
};

/// See Host::resourcesChanged.
struct ResourcesEvent {
    ResourceKind kind = ResourceKind::Storage;
    bool operator==(const ResourcesEvent&) const = default;
};

struct MetricsEvent {
    MetricsBatch batch {};
};

/// The host wants to know something of a person; answered by Say when the person likes.
struct Ask {
    quint32 id = 0; ///< never used twice on one connection
    Question question {};
    bool operator==(const Ask&) const = default;
};

/// `text` may be a secret: it is never logged.
struct Say {
    quint32 id = 0;
    std::optional<QString> text {}; ///< nothing: declined
    bool operator==(const Say&) const = default;
};

using Message = std::variant<Hello, Ping, Pong, Request, Cancel, SetVisible, Reply, Progress,
    ConnectionEvent, InfoEvent, InventoryEvent, MetricsEvent, Ask, Say, ResourcesEvent>;

} // namespace hosts::wire

Q_DECLARE_METATYPE(hosts::wire::Message)
