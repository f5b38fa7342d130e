// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/moving/Asking.h"

#include <QTimer>

namespace hosts::moving {

namespace {

constexpr auto kPause = std::chrono::milliseconds(250);

vmm::Future<void> pause(QObject* context)
{
    auto promise = std::make_shared<vmm::Promise<void>>();
    QTimer::singleShot(kPause, context, [promise] { promise->finish({}); });
    return promise->future();
}

} // namespace

vmm::Future<void> deleteFreed(
    const QPointer<Host>& host, const DeleteVolume& operation, QObject* context, int tries)
{
    if (!host)
        return vmm::async::failed<void>({ vmm::ErrorKind::Disconnected });
    return vmm::async::eitherWay(host->call(operation), context,
        [host, operation, context, tries](const vmm::Result<void>& deleted) -> vmm::Future<void> {
            if (deleted || deleted.error().kind == vmm::ErrorKind::NotFound)
                return vmm::async::ready<void>({});
            if (deleted.error().kind != vmm::ErrorKind::Busy || tries == 0)
                return vmm::async::ready<void>(deleted);
            return vmm::async::andThen(pause(context), context,
                [=] { return deleteFreed(host, operation, context, tries - 1); });
        });
}

} // namespace hosts::moving
