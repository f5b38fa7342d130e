// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QByteArray>
#include <QHashFunctions>
#include <QString>

#include <memory>

#include <pugixml.hpp>

namespace hosts::vsphere {

/// The name of an object on the server: a machine, a host, a folder, a manager.
struct MoRef {
    QString type {}; ///< "VirtualMachine"
    QString value {}; ///< "vm-42"

    bool isNull() const { return value.isEmpty(); }
    bool operator==(const MoRef&) const = default;
};

inline size_t qHash(const MoRef& ref, size_t seed = 0)
{
    return qHashMulti(seed, ref.type, ref.value);
}

/// What the server said instead of an answer.
struct Fault {
    QString kind {}; ///< "NotAuthenticated", "InvalidLogin"; empty if it did not say
    QString words {};
};

/// An answer, or a fault in its place.
struct Reply {
    std::shared_ptr<pugi::xml_document> document {}; ///< what `response` lies in
    pugi::xml_node response {}; ///< <...Response>
    std::optional<Fault> fault {};
};

/// Text as it may stand in an element or an attribute. What XML can't hold is left out.
QByteArray escaped(const QString& text);

/// <tag type="...">value</tag>
QByteArray element(const char* tag, const MoRef& ref);

/// The whole request around a call's element.
QByteArray envelope(const QByteArray& call);

/// Errors: ProtocolViolation (no XML, or none that is a SOAP answer).
vmm::Result<Reply> parseReply(const QByteArray& text);

vmm::Error toError(const Fault& fault, const QString& subject);

/// The name of an element without its prefix.
const char* localName(pugi::xml_node node);

} // namespace hosts::vsphere
