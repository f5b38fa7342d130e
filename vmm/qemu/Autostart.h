// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

#include <QObject>
#include <QUuid>

#include <deque>
#include <functional>

namespace vmm {

class Core;
class Machine;

/// Starts the machines that are to be started by themselves: once after each boot of the computer,
/// when the core is opened first, in the order of their names, a few at a time; one that is still
/// being put in order comes when that is done. Somebody who shuts one of them down finds it off,
/// however often the core is opened. Templates are never started.
class Autostart : public QObject {
    Q_OBJECT

public:
    static constexpr int kAtATime = 3;

    explicit Autostart(Core& core);

    /// Does nothing if it was done since the computer booted. `whenReady`: as Core::WhenReady;
    /// empty: all are.
    void run(const std::function<Future<void>(const QUuid& id)>& whenReady);

private:
    static bool isToBeStarted(const Machine& machine);
    bool markDone() const;
    void startNext();

    Core& m_core;
    std::deque<QUuid> m_waiting;
    int m_underWay = 0;
};

} // namespace vmm
