// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/UnplugWatch.h"

#include <QJsonArray>

#include <algorithm>

namespace vmm {

UnplugWatch::UnplugWatch(Machine& machine, const QString& device)
    : QObject(&machine)
    , m_machine(machine)
    , m_device(device)
{
    connect(&machine, &Machine::qmpEvent, this, &UnplugWatch::handle);
    connect(
        &machine, &Machine::stateChanged, this, [this](VmState, VmState to) { handleState(to); });
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        finish(Error { ErrorKind::RefusedByGuest, m_machine.name(),
            QStringLiteral("the guest did not let go of \"%1\" within %2 s")
                .arg(m_device)
                .arg(static_cast<double>(m_deadline.interval()) / 1000) });
    });
}

Future<void> UnplugWatch::run(std::chrono::milliseconds deadline)
{
    const Future<void> future = m_promise.future();
    m_deadline.start(deadline);
    const auto asked
        = m_machine.execute(QStringLiteral("device_del"), { { QStringLiteral("id"), m_device } });
    async::onFinished(asked, this, [this](const Result<QJsonValue>& answer) {
        // A guest that was asked before is asked no second time, but may still obey.
        if (!answer
            && !answer.error().detail.contains(QLatin1StringView("in the process of unplug")))
            finish(answer.error());
    });
    return future;
}

void UnplugWatch::waitOn(std::function<void()> fn)
{
    m_onGone = std::move(fn);
}

void UnplugWatch::handle(const QmpEvent& event)
{
    const QJsonObject info = event.data.value(QLatin1StringView("info")).toObject();
    if (event.name == QLatin1StringView("ACPI_DEVICE_OST")
        && info.value(QLatin1StringView("slot-type")).toString() == QLatin1StringView("CPU")
        && info.value(QLatin1StringView("status")).toInt() == 0)
        lookForVcpu();
    if (event.data.value(QLatin1StringView("device")).toString() != m_device)
        return;
    if (event.name == QLatin1StringView("DEVICE_DELETED")) {
        if (m_onGone)
            m_onGone();
        finish({});
    } else if (event.name == QLatin1StringView("DEVICE_UNPLUG_GUEST_ERROR") && !m_onGone) {
        finish(Error { ErrorKind::RefusedByGuest, m_machine.name(),
            QStringLiteral("the guest refuses to let go of \"%1\"").arg(m_device) });
    }
}

// QEMU 7.2 does not tell of a vCPU that is gone when it translates (it never lets go of the
// object): only the guest's word that it has ejected one, without saying which.
void UnplugWatch::lookForVcpu()
{
    const auto asked = m_machine.execute(QStringLiteral("query-hotpluggable-cpus"));
    async::onFinished(asked, this, [this](const Result<QJsonValue>& answer) {
        if (!answer || !m_device.startsWith(QLatin1StringView("vcpu-")))
            return;
        const QJsonArray places = answer->toArray();
        const QString end = QLatin1Char('/') + m_device;
        const bool isThere
            = std::any_of(places.begin(), places.end(), [&end](const QJsonValue& place) {
                  return place.toObject()
                      .value(QLatin1StringView("qom-path"))
                      .toString()
                      .endsWith(end);
              });
        if (!isThere)
            finish({});
    });
}

void UnplugWatch::handleState(VmState state)
{
    if (!isActive(state) && state != VmState::Unknown)
        finish(Error { ErrorKind::WrongState, m_machine.name(),
            QStringLiteral("it ended before the guest let go of \"%1\"").arg(m_device) });
}

void UnplugWatch::finish(Result<void> result)
{
    m_deadline.stop();
    disconnect(&m_machine, nullptr, this, nullptr);
    m_promise.finish(std::move(result));
    deleteLater();
}

} // namespace vmm
