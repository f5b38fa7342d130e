// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/vsphere/Soap.h"

#include <algorithm>
#include <cstring>

namespace hosts::vsphere {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

constexpr char kOpen[]
    = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
      "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
      " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
      " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>";
constexpr char kClose[] = "</soapenv:Body></soapenv:Envelope>";
constexpr qsizetype kMaxWords = 500;

Error violation(const QString& detail)
{
    return Error { ErrorKind::ProtocolViolation, {}, detail };
}

pugi::xml_node childOf(pugi::xml_node node, const char* name)
{
    return node.find_child(
        [name](pugi::xml_node child) { return std::strcmp(localName(child), name) == 0; });
}

/// "<NotAuthenticatedFault xsi:type="NotAuthenticated">" and "<...Fault>" of older servers.
QString kindOf(pugi::xml_node detail)
{
    const pugi::xml_node inner
        = detail.find_child([](pugi::xml_node node) { return node.type() == pugi::node_element; });
    QString kind = QString::fromUtf8(inner.attribute("xsi:type").value());
    if (kind.isEmpty()) {
        kind = QString::fromUtf8(localName(inner));
        if (kind.endsWith(QStringLiteral("Fault")))
            kind.chop(5);
    }
    return kind.section(QLatin1Char(':'), -1);
}

Fault readFault(pugi::xml_node node)
{
    Fault fault { .kind = kindOf(childOf(node, "detail")),
        .words = QString::fromUtf8(childOf(node, "faultstring").text().get()).simplified() };
    fault.words.truncate(kMaxWords);
    return fault;
}

bool isHolding(const QString& kind, std::initializer_list<const char*> kinds)
{
    return std::any_of(kinds.begin(), kinds.end(),
        [&](const char* each) { return kind == QLatin1StringView(each); });
}

} // namespace

const char* localName(pugi::xml_node node)
{
    const char* colon = std::strchr(node.name(), ':');
    return colon != nullptr ? colon + 1 : node.name();
}

QByteArray escaped(const QString& text)
{
    QString kept;
    kept.reserve(text.size());
    for (const QChar character : text) {
        const bool isControl = character < QLatin1Char(' ') && character != QLatin1Char('\t')
            && character != QLatin1Char('\n') && character != QLatin1Char('\r');
        if (!isControl && character != QChar(0xfffe) && character != QChar(0xffff))
            kept += character;
    }
    // A bare line end would be normalised on the other side; the rest means something there.
    return kept.toHtmlEscaped().replace(QLatin1Char('\r'), QStringLiteral("&#13;")).toUtf8();
}

QByteArray element(const char* tag, const MoRef& ref)
{
    return QByteArray("<") + tag + " type=\"" + escaped(ref.type) + "\">" + escaped(ref.value)
        + "</" + tag + '>';
}

QByteArray envelope(const QByteArray& call)
{
    return kOpen + call + kClose;
}

Result<Reply> parseReply(const QByteArray& text)
{
    Reply reply { .document = std::make_shared<pugi::xml_document>() };
    const pugi::xml_parse_result parsed
        = reply.document->load_buffer(text.constData(), static_cast<size_t>(text.size()));
    if (!parsed)
        return violation(QStringLiteral("the answer is no XML: %1 at byte %2")
                             .arg(QLatin1StringView(parsed.description()))
                             .arg(parsed.offset));
    const pugi::xml_node body = childOf(childOf(*reply.document, "Envelope"), "Body");
    if (const pugi::xml_node fault = childOf(body, "Fault")) {
        reply.fault = readFault(fault);
        return reply;
    }
    reply.response
        = body.find_child([](pugi::xml_node node) { return node.type() == pugi::node_element; });
    if (!reply.response)
        return violation(QStringLiteral("the answer is no SOAP"));
    return reply;
}

Error toError(const Fault& fault, const QString& subject)
{
    Error error { ErrorKind::Io, subject, fault.words };
    if (fault.kind == QStringLiteral("NotAuthenticated")) {
        error.kind = ErrorKind::Disconnected; // the session has ended
    } else if (fault.kind == QStringLiteral("InvalidLogin")) {
        error.kind = ErrorKind::PermissionDenied;
        error.cause = ErrorCause::AuthenticationFailed;
    } else if (isHolding(fault.kind, { "NoPermission", "RestrictedVersion" })) {
        error.kind = ErrorKind::PermissionDenied;
    } else if (isHolding(fault.kind, { "MethodNotFound", "NotImplemented", "NotSupported" })) {
        error.kind = ErrorKind::HostLacksFeature;
    } else if (fault.kind == QStringLiteral("ManagedObjectNotFound")) {
        error.kind = ErrorKind::NotFound;
    }
    if (error.detail.isEmpty())
        error.detail = fault.kind.isEmpty() ? QStringLiteral("a fault without words") : fault.kind;
    return error;
}

} // namespace hosts::vsphere
