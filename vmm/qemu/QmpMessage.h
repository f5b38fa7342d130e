// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>

namespace vmm {

/// Something QEMU tells unasked: "SHUTDOWN", "STOP", ...
struct QmpEvent {
    QString name {};
    QJsonObject data {};

    bool operator==(const QmpEvent&) const = default;
};

/// One object that came over a QMP connection, sorted by what it is.
/// Source: docs/interop/qmp-spec.txt of QEMU 7.2.
struct QmpMessage {
    enum class Kind {
        Greeting, ///< the first one of every connection; `text`: QEMU's version, "7.2.22"
        Return, ///< the answer `value` to command `id`
        Failure, ///< command `id` was refused; `text`: class and description
        Event, ///< `event`
        Unknown, ///< a JSON object of no known form; `text`: its beginning
        Malformed, ///< no JSON object, or a line beyond the bound; `text`: what was wrong
    };

    Kind kind = Kind::Unknown;
    qint64 id = kNoId;
    QJsonValue value {};
    QString errorClass {}; ///< Failure: "GenericError", "CommandNotFound", "DeviceNotFound", ...
    QString text {};
    QmpEvent event {};

    static constexpr qint64 kNoId = -1; ///< none, or one that is no number of ours

    bool operator==(const QmpMessage&) const = default;
};

} // namespace vmm
