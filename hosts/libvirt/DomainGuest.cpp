// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainGuest.h"

#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/OperationHandles.h"
#include "vmm/qemu/GuestAgentAnswers.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <libvirt/libvirt-qemu.h>
#include <libvirt/virterror.h>

#include <algorithm>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::GuestFacts;
using vmm::Result;

namespace {

constexpr int kAgentSeconds = 10; ///< an agent that does not answer is given up
constexpr unsigned int kMostRows = 1000;

Error agentError(const QString& subject)
{
    const virErrorPtr last = virGetLastError();
    const int code = last != nullptr ? last->code : 0;
    Error error = lastError(subject);
    const bool isUnconfigured
        = code == VIR_ERR_ARGUMENT_UNSUPPORTED && error.detail.contains(QStringLiteral("agent"));
    if (code == VIR_ERR_AGENT_UNRESPONSIVE || code == VIR_ERR_AGENT_UNSYNCED || isUnconfigured) {
        error.kind = ErrorKind::HostLacksFeature;
        error.cause = ErrorCause::GuestAgentMissing;
    } else if (code == VIR_ERR_INTERNAL_ERROR || code == VIR_ERR_OPERATION_FAILED) {
        error.kind = ErrorKind::RefusedByGuest; // it was asked, and these are its words
    }
    return error;
}

Result<void> checkAgent(int answer, const QString& subject)
{
    if (answer < 0)
        return agentError(subject);
    return {};
}

QByteArray field(const char* group, unsigned int index, const char* name)
{
    return QByteArray(group) + '.' + QByteArray::number(index) + '.' + name;
}

void takeInfo(const TypedParameters& info, GuestFacts& facts)
{
    facts.hostName = info.text("hostname");
    facts.system = info.text("os.pretty-name");
    if (facts.system.isEmpty())
        facts.system = info.text("os.name");
    facts.kernel = info.text("os.kernel-release");
    facts.timeZone = info.text("timezone.name");
    const unsigned int users = std::min(info.count("user.count"), kMostRows);
    for (unsigned int i = 0; i < users; ++i) {
        vmm::GuestUser user { .name = info.text(field("user", i, "name")) };
        if (const auto since = info.number(field("user", i, "login-time")); since > 0)
            user.since = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(since), Qt::UTC);
        facts.users.append(user);
    }
    const unsigned int systems = std::min(info.count("fs.count"), kMostRows);
    for (unsigned int i = 0; i < systems; ++i)
        facts.fileSystems.append({ .mountPoint = info.text(field("fs", i, "mountpoint")),
            .type = info.text(field("fs", i, "fstype")),
            .total = vmm::Bytes::fromBytes(info.number(field("fs", i, "total-bytes"))),
            .used = vmm::Bytes::fromBytes(info.number(field("fs", i, "used-bytes"))) });
}

QVector<vmm::GuestNetworkCard> addresses(const Subject& subject, unsigned int source)
{
    InterfaceAddresses found;
    const int count = virDomainInterfaceAddresses(subject.get(), found.out(), source, 0);
    found.setCount(count);
    QVector<vmm::GuestNetworkCard> cards;
    for (const virDomainInterfacePtr card : found) {
        vmm::GuestNetworkCard made { .name = QString::fromUtf8(card->name),
            .mac = QString::fromUtf8(card->hwaddr) };
        for (unsigned int i = 0; i < card->naddrs; ++i)
            made.addresses.append(QStringLiteral("%1/%2")
                                      .arg(QString::fromUtf8(card->addrs[i].addr))
                                      .arg(card->addrs[i].prefix));
        cards.append(made);
    }
    return cards;
}

/// What the host knows without asking the guest.
QVector<vmm::GuestNetworkCard> addressesOutside(const Subject& subject)
{
    for (const unsigned int source : { unsigned(VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE),
             unsigned(VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP) }) {
        if (const auto cards = addresses(subject, source); !cards.isEmpty())
            return cards;
    }
    return {};
}

Result<QJsonValue> askAgent(const Subject& subject, const char* command, const QJsonObject& given)
{
    QJsonObject question { { QStringLiteral("execute"), QString::fromLatin1(command) } };
    if (!given.isEmpty())
        question.insert(QStringLiteral("arguments"), given);
    const QByteArray text = QJsonDocument(question).toJson(QJsonDocument::Compact);
    const LibvirtString answer(
        virDomainQemuAgentCommand(subject.get(), text.constData(), kAgentSeconds, 0));
    if (!answer)
        return agentError(subject.name);
    return QJsonDocument::fromJson(answer.toByteArray()).object().value(QStringLiteral("return"));
}

} // namespace

Result<GuestFacts> readGuestFacts(const Connection& connection, VmId vm)
{
    const Subject subject = TRY(findActive(connection, vm, QStringLiteral("agent")));
    GuestFacts facts;
    TypedParameters info;
    const int answer = virDomainGetGuestInfo(subject.get(), 0, info.out(), info.outCount(), 0);
    if (answer < 0) {
        const Error error = agentError(subject.name);
        facts.networkCards = addressesOutside(subject);
        if (facts.networkCards.isEmpty())
            return error;
        return facts;
    }
    takeInfo(info, facts);
    facts.networkCards = addresses(subject, VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT);
    if (facts.networkCards.isEmpty())
        facts.networkCards = addressesOutside(subject);
    return facts;
}

Result<vmm::GuestCommandResult> runInGuest(
    const Connection& connection, VmId vm, const vmm::GuestCommand& command, JobControl& control)
{
    if (command.program.isEmpty())
        return Error { ErrorKind::InvalidConfig, {}, QStringLiteral("no program named") };
    const Subject subject = TRY(findActive(connection, vm, QStringLiteral("agent")));
    QJsonObject given { { QStringLiteral("path"), command.program },
        { QStringLiteral("arg"), QJsonArray::fromStringList(command.arguments) },
        { QStringLiteral("capture-output"), true } };
    if (!command.input.isEmpty())
        given.insert(QStringLiteral("input-data"), QString::fromLatin1(command.input.toBase64()));
    const QJsonValue begun = TRY(askAgent(subject, "guest-exec", given));
    const QJsonObject which { { QStringLiteral("pid"),
        begun.toObject().value(QStringLiteral("pid")) } };
    while (!control.isCancelled()) {
        const QJsonValue status = TRY(askAgent(subject, "guest-exec-status", which));
        if (const auto result = vmm::readExecStatus(status))
            return *result;
        JobControl::rest();
    }
    return Error { ErrorKind::Cancelled, subject.name };
}

Result<void> setGuestTime(const Connection& connection, VmId vm)
{
    const Subject subject = TRY(findActive(connection, vm, QStringLiteral("agent")));
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now);
    const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(now - seconds);
    return checkAgent(virDomainSetTime(subject.get(), seconds.count(),
                          static_cast<unsigned int>(rest.count()), 0),
        subject.name);
}

Result<void> setGuestPassword(
    const Connection& connection, VmId vm, const QString& user, const QString& password)
{
    if (user.isEmpty())
        return Error { ErrorKind::InvalidConfig, {}, QStringLiteral("no user named") };
    const Subject subject = TRY(findActive(connection, vm, QStringLiteral("agent")));
    return checkAgent(virDomainSetUserPassword(subject.get(), user.toUtf8().constData(),
                          password.toUtf8().constData(), 0),
        subject.name);
}

Result<void> freezeGuest(const Connection& connection, VmId vm, bool isFrozen)
{
    const Subject subject = TRY(findActive(connection, vm, QStringLiteral("agent")));
    return checkAgent(isFrozen ? virDomainFSFreeze(subject.get(), nullptr, 0, 0)
                               : virDomainFSThaw(subject.get(), nullptr, 0, 0),
        subject.name);
}

} // namespace hosts::libvirt
