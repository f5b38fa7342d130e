// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/ScreenClients.h"

#include "vmm/qemu/Machine.h"

#include <QJsonArray>

namespace vmm {

namespace {

using Protocol = ConsoleEndpoint::Protocol;
using namespace std::chrono_literals;

constexpr auto kAskPatience = 1s;
constexpr int kMainChannel = 1; ///< every SPICE client has one
constexpr QLatin1StringView kSpiceKey("spice ");

QString clientText(const QJsonObject& object, const char* name)
{
    return object.value(QLatin1StringView(name)).toString();
}

/// Empty for one that came by a unix socket, as they all look alike.
QString clientAddress(const QJsonObject& client)
{
    const QString family = clientText(client, "family");
    if (family != QLatin1StringView("ipv4") && family != QLatin1StringView("ipv6"))
        return {};
    const QString port
        = clientText(client, "port") + clientText(client, "service"); // SPICE's, VNC's
    const QString host = clientText(client, "host");
    return (host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
        .arg(host, port);
}

/// A SPICE client has a number for all its channels; one of VNC has its address alone.
QString clientKey(const QJsonObject& client)
{
    const QJsonValue number = client.value(QLatin1StringView("connection-id"));
    return number.isUndefined() ? QStringLiteral("vnc ") + clientAddress(client)
                                : kSpiceKey + QString::number(number.toInteger());
}

bool isWholeClient(Protocol protocol, const QJsonObject& entry)
{
    return protocol == Protocol::Vnc
        || entry.value(QLatin1StringView("channel-type")).toInt() == kMainChannel;
}

} // namespace

Future<QVector<ConsoleClient>> ScreenClients::ask(Machine& machine, Protocol protocol) const
{
    const QString question
        = protocol == Protocol::Vnc ? QStringLiteral("query-vnc") : QStringLiteral("query-spice");
    return async::transformed<QVector<ConsoleClient>>(machine.execute(question, {}, kAskPatience),
        &machine, [this, protocol](const Result<QJsonValue>& answer) {
            return Result<QVector<ConsoleClient>>(
                answer ? read(protocol, answer->toObject()) : QVector<ConsoleClient>());
        });
}

QVector<ConsoleClient> ScreenClients::read(Protocol protocol, const QJsonObject& answer) const
{
    const QLatin1StringView list(protocol == Protocol::Vnc ? "clients" : "channels");
    QVector<ConsoleClient> clients;
    for (const QJsonValue& value : answer.value(list).toArray()) {
        const QJsonObject entry = value.toObject();
        if (isWholeClient(protocol, entry))
            clients.append(
                { .address = clientAddress(entry), .since = m_since.value(clientKey(entry)) });
    }
    return clients;
}

void ScreenClients::note(const QmpEvent& event)
{
    const QJsonObject client = event.data.value(QLatin1StringView("client")).toObject();
    const bool isVnc = event.name == QLatin1StringView("VNC_CONNECTED");
    const bool isSpice = event.name == QLatin1StringView("SPICE_INITIALIZED")
        && isWholeClient(Protocol::Spice, client);
    if (isSpice)
        m_since.removeIf([](const auto& known) { return known.key().startsWith(kSpiceKey); });
    // Of several that look alike nobody knows who has gone: then of none is known since when.
    if (event.name == QLatin1StringView("VNC_DISCONNECTED"))
        m_since.remove(clientKey(client));
    else if (isVnc && m_since.contains(clientKey(client)))
        m_since.insert(clientKey(client), {});
    else if (isVnc || isSpice)
        m_since.insert(clientKey(client), QDateTime::currentDateTimeUtc());
}

} // namespace vmm
