// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/vsphere/VimSession.h"

#include <algorithm>

namespace hosts::vsphere {

namespace async = vmm::async;
using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Future;
using vmm::Result;

namespace {

constexpr int kPageSize = 500;
constexpr qsizetype kMostObjects = 200'000;

const QString kForgotten = QStringLiteral("NotAuthenticated");

Result<Reply> withoutFault(const Result<Reply>& reply)
{
    if (reply && reply->fault)
        return toError(*reply->fault, {});
    return reply;
}

} // namespace

VimSession::VimSession(Address address, LoginSource login, QObject* parent)
    : QObject(parent)
    , m_client(std::move(address))
    , m_login(std::move(login))
{
}

Future<Reply> VimSession::send(const QByteArray& call)
{
    return async::transformed<Reply>(m_client.call(call), this, withoutFault);
}

Future<void> VimSession::begin()
{
    return m_isOpen ? async::ready<void>({}) : logIn();
}

Future<void> VimSession::logIn()
{
    const auto login = m_login();
    if (!login)
        return async::failed<void>(Error { ErrorKind::PermissionDenied, {},
            QStringLiteral("libvirt did not have the password from VirtDeck"),
            ErrorCause::AuthenticationFailed });
    m_client.forgetCookie();
    const auto greeted = async::andThen(
        send(retrieveServiceContent()), this, [this, login](const Reply& reply) -> Future<Reply> {
            auto content = parseServiceContent(reply);
            if (!content)
                return async::failed<Reply>(content.error());
            m_content = *content;
            return send(vsphere::login(m_content.sessionManager, login->user, login->password));
        });
    const auto told
        = async::andThen(greeted, this, [this](const Reply&) { return send(currentTime()); });
    return async::transformed<void>(told, this, [this](const Result<Reply>& reply) -> Result<void> {
        const QDateTime time = TRY(reply.and_then(parseTime));
        m_clockAheadMs = QDateTime::currentDateTimeUtc().msecsTo(time);
        ++m_number;
        m_isOpen = true;
        return {};
    });
}

Future<Reply> VimSession::call(const Maker& maker)
{
    const auto sent
        = async::andThen(begin(), this, [this, maker] { return m_client.call(maker(m_content)); });
    return async::andThen(sent, this, [this, maker](const Reply& reply) -> Future<Reply> {
        if (!reply.fault)
            return async::ready<Reply>(reply);
        if (reply.fault->kind != kForgotten)
            return async::failed<Reply>(toError(*reply.fault, {}));
        m_isOpen = false;
        return async::andThen(logIn(), this, [this, maker] { return send(maker(m_content)); });
    });
}

QDateTime VimSession::toOurClock(const QDateTime& time) const
{
    return std::min(time.addMSecs(-m_clockAheadMs), QDateTime::currentDateTimeUtc());
}

Future<QVector<ManagedObject>> VimSession::collect(
    const MoRef& container, const QVector<Wanted>& wanted)
{
    QStringList types;
    for (const Wanted& each : wanted)
        types.append(each.type);
    const auto made = call([container, types](const ServiceContent& content) {
        return createContainerView(
            content.viewManager, container.isNull() ? content.rootFolder : container, types);
    });
    const auto view = async::transformed<MoRef>(
        made, this, [](const Result<Reply>& reply) { return reply.and_then(parseReference); });
    return async::andThen(
        view, this, [this, wanted](const MoRef& ref) -> Future<QVector<ManagedObject>> {
            const auto objects = std::make_shared<QVector<ManagedObject>>();
            return async::eitherWay(
                fetch(ref, wanted, objects), this, [this, ref, objects](const Result<void>& done) {
                    // The view goes with the session at the latest: how that ends is no matter.
                    return async::transformed<QVector<ManagedObject>>(send(destroyView(ref)), this,
                        [done, objects](const Result<Reply>&) -> Result<QVector<ManagedObject>> {
                            TRY(done);
                            return *objects;
                        });
                });
        });
}

Future<void> VimSession::fetch(const MoRef& view, const QVector<Wanted>& wanted,
    const std::shared_ptr<QVector<ManagedObject>>& objects)
{
    const auto first = async::transformed<Page>(
        send(retrieveView(m_content.propertyCollector, view, wanted, kPageSize)), this,
        [](const Result<Reply>& reply) { return reply.and_then(parsePage); });
    return async::andThen(
        first, this, [this, objects](const Page& page) { return fetchMore(page, objects); });
}

Future<void> VimSession::fetchMore(
    const Page& page, const std::shared_ptr<QVector<ManagedObject>>& objects)
{
    objects->append(page.objects);
    if (page.token.isEmpty())
        return async::ready<void>({});
    if (page.objects.isEmpty() || objects->size() > kMostObjects)
        return async::failed<void>(
            Error { ErrorKind::ProtocolViolation, {}, QStringLiteral("the inventory has no end") });
    const auto next
        = async::transformed<Page>(send(continueRetrieve(m_content.propertyCollector, page.token)),
            this, [](const Result<Reply>& reply) { return reply.and_then(parsePage); });
    return async::andThen(
        next, this, [this, objects](const Page& more) { return fetchMore(more, objects); });
}

void VimSession::logOutAndDelete()
{
    setParent(nullptr);
    m_login = [] { return std::nullopt; }; // what is under way shall not begin it anew
    if (!m_isOpen)
        return deleteLater();
    m_isOpen = false;
    async::onFinished(m_client.call(logout(m_content.sessionManager)), this,
        [this](const Result<Reply>&) { deleteLater(); });
}

} // namespace hosts::vsphere
