// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/GuestAgentAnswers.h"

#include <QTimeZone>

namespace vmm {

namespace {

constexpr qsizetype kLongestList = 1000;
constexpr qsizetype kLongestText = 1000;

QString textOf(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1StringView(key)).toString().left(kLongestText);
}

Bytes amountOf(const QJsonObject& object, const char* key)
{
    const double value = object.value(QLatin1StringView(key)).toDouble();
    return value > 0 && value < 1e18 ? Bytes::fromBytes(static_cast<quint64>(value)) : Bytes();
}

template <typename F> void forEachObject(const QJsonValue& list, F visit)
{
    const QJsonArray entries = list.toArray();
    for (qsizetype i = 0; i < qMin(entries.size(), kLongestList); ++i)
        visit(entries[i].toObject());
}

void takeInfo(const QJsonValue& answer, GuestFacts& facts)
{
    facts.agentVersion = textOf(answer.toObject(), "version");
}

void takeHostName(const QJsonValue& answer, GuestFacts& facts)
{
    facts.hostName = textOf(answer.toObject(), "host-name");
}

void takeSystem(const QJsonValue& answer, GuestFacts& facts)
{
    const QJsonObject object = answer.toObject();
    facts.system = textOf(object, "pretty-name");
    if (facts.system.isEmpty())
        facts.system = textOf(object, "name");
    facts.kernel = textOf(object, "kernel-release");
}

void takeTimeZone(const QJsonValue& answer, GuestFacts& facts)
{
    facts.timeZone = textOf(answer.toObject(), "zone");
}

void takeNetwork(const QJsonValue& answer, GuestFacts& facts)
{
    forEachObject(answer, [&facts](const QJsonObject& object) {
        GuestNetworkCard card { .name = textOf(object, "name"),
            .mac = textOf(object, "hardware-address") };
        forEachObject(
            object.value(QLatin1StringView("ip-addresses")), [&card](const QJsonObject& address) {
                card.addresses.append(QStringLiteral("%1/%2")
                                          .arg(textOf(address, "ip-address"))
                                          .arg(address.value(QLatin1StringView("prefix")).toInt()));
            });
        facts.networkCards.append(card);
    });
}

void takeFileSystems(const QJsonValue& answer, GuestFacts& facts)
{
    forEachObject(answer, [&facts](const QJsonObject& object) {
        facts.fileSystems.append({ .mountPoint = textOf(object, "mountpoint"),
            .type = textOf(object, "type"),
            .total = amountOf(object, "total-bytes"),
            .used = amountOf(object, "used-bytes") });
    });
}

void takeUsers(const QJsonValue& answer, GuestFacts& facts)
{
    forEachObject(answer, [&facts](const QJsonObject& object) {
        const double since = object.value(QLatin1StringView("login-time")).toDouble();
        GuestUser user { .name = textOf(object, "user") };
        if (since > 0 && since < 1e12)
            user.since = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(since * 1000), Qt::UTC);
        facts.users.append(user);
    });
}

QByteArray outputOf(const QJsonObject& object, const char* key)
{
    return QByteArray::fromBase64(object.value(QLatin1StringView(key)).toString().toLatin1());
}

} // namespace

const std::array<GuestQuestion, 7> kGuestQuestions { {
    { "guest-info", takeInfo },
    { "guest-get-host-name", takeHostName },
    { "guest-get-osinfo", takeSystem },
    { "guest-get-timezone", takeTimeZone },
    { "guest-network-get-interfaces", takeNetwork },
    { "guest-get-fsinfo", takeFileSystems },
    { "guest-get-users", takeUsers },
} };

std::optional<GuestCommandResult> readExecStatus(const QJsonValue& answer)
{
    const QJsonObject object = answer.toObject();
    if (!object.value(QLatin1StringView("exited")).toBool())
        return std::nullopt;
    return GuestCommandResult {
        .exitCode = object.value(QLatin1StringView("exitcode")).toInt(),
        .signal = object.value(QLatin1StringView("signal")).toInt(),
        .standardOutput = outputOf(object, "out-data"),
        .standardError = outputOf(object, "err-data"),
        .isCut = object.value(QLatin1StringView("out-truncated")).toBool()
            || object.value(QLatin1StringView("err-truncated")).toBool(),
    };
}

} // namespace vmm
