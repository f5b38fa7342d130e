// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/virtdeck/EndSignals.h"

#include <QSocketNotifier>

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

namespace app {
namespace {

int signalPipe[2] = { -1, -1 };

/// A signal may come in the middle of anything; writing a byte is allowed there.
void noteSignal(int)
{
    (void)!::write(signalPipe[1], "i", 1);
}

} // namespace

void onEndSignal(QObject* context, std::function<void()> fn)
{
    if (::pipe2(signalPipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    auto* notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [fn = std::move(fn)] {
        char byte = 0;
        while (::read(signalPipe[0], &byte, 1) == 1)
            fn();
    });
    std::signal(SIGINT, noteSignal);
    std::signal(SIGTERM, noteSignal);
}

} // namespace app
