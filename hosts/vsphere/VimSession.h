// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/vsphere/Answers.h"
#include "hosts/vsphere/Calls.h"
#include "hosts/vsphere/SoapClient.h"

#include <functional>

namespace hosts::vsphere {

struct Login {
    QString user {};
    QString password {}; ///< a secret: don't log it
};

/// Who knows how to log in; asked each time, so that no secret is kept here. Nothing: nobody does.
using LoginSource = std::function<std::optional<Login>()>;

/// A session with a server: begun with the first call, begun anew when the server has forgotten it.
/// One call at a time.
///
/// Thread: its owner's, which must have an event loop.
class VimSession : public QObject {
    Q_OBJECT

public:
    VimSession(Address address, LoginSource login, QObject* parent = nullptr);

    /// Makes the element of a call (Calls.h) of what the server offers.
    using Maker = std::function<QByteArray(const ServiceContent& content)>;

    /// Errors: those of SoapClient, faults as errors, PermissionDenied (AuthenticationFailed).
    vmm::Future<Reply> call(const Maker& maker);

    /// All objects of these types below a container (null: in all of the inventory).
    vmm::Future<QVector<ManagedObject>> collect(
        const MoRef& container, const QVector<Wanted>& wanted);

    const ServiceContent& content() const { return m_content; } ///< of the session last begun
    int number() const { return m_number; } ///< of the session: what an earlier one told may be old
    /// A time of the server's clock by ours. Never in the future.
    QDateTime toOurClock(const QDateTime& time) const;

    /// Ends the session as far as the server still hears of it, and deletes this.
    void logOutAndDelete();

private:
    vmm::Future<void> begin();
    vmm::Future<void> logIn();
    vmm::Future<Reply> send(const QByteArray& call);
    vmm::Future<void> fetch(const MoRef& view, const QVector<Wanted>& wanted,
        const std::shared_ptr<QVector<ManagedObject>>& objects);
    vmm::Future<void> fetchMore(
        const Page& page, const std::shared_ptr<QVector<ManagedObject>>& objects);

    SoapClient m_client;
    LoginSource m_login;
    ServiceContent m_content;
    qint64 m_clockAheadMs = 0; ///< of the server's clock before ours
    int m_number = 0;
    bool m_isOpen = false;
};

} // namespace hosts::vsphere
