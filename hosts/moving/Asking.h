// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

#include <QPointer>

namespace hosts::moving {

/// Asks a host, as a step of something: use(reply) takes what it answers, use() if that is
/// nothing. A host that is gone: Disconnected.
template <typename Op, typename Use>
vmm::Future<void> ask(const QPointer<Host>& host, const Op& operation, QObject* context, Use use)
{
    using Reply = typename Op::Reply;
    if (!host)
        return vmm::async::failed<void>({ vmm::ErrorKind::Disconnected });
    return vmm::async::transformed<void>(host->call(operation), context,
        [use = std::move(use)](const vmm::Result<Reply>& reply) mutable -> vmm::Result<void> {
            if (!reply)
                return reply.error();
            if constexpr (std::is_void_v<Reply>)
                use();
            else
                use(*reply);
            return {};
        });
}

/// The same where nothing is answered that is of interest.
template <typename Op>
vmm::Future<void> ask(const QPointer<Host>& host, const Op& operation, QObject* context)
{
    if constexpr (std::is_void_v<typename Op::Reply>)
        return ask(host, operation, context, [] {});
    else
        return ask(host, operation, context, [](const typename Op::Reply&) {});
}

/// Deletes a volume that a machine had a moment ago: as long as its host has not heard yet that it
/// is gone, it is asked again. Nothing, if there is no such volume.
vmm::Future<void> deleteFreed(
    const QPointer<Host>& host, const DeleteVolume& operation, QObject* context, int tries = 40);

} // namespace hosts::moving
