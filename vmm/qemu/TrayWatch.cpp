// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/TrayWatch.h"

#include <QJsonArray>

namespace vmm {

namespace {

bool isTrayOpen(const QJsonValue& blockDevices, const QString& drive)
{
    const QJsonArray devices = blockDevices.toArray();
    for (const QJsonValue& value : devices) {
        const QJsonObject device = value.toObject();
        const QString path = device.value(QLatin1StringView("qdev")).toString();
        if (path == drive || path.split(QLatin1Char('/')).contains(drive))
            return device.value(QLatin1StringView("tray_open")).toBool();
    }
    return false;
}

} // namespace

TrayWatch::TrayWatch(Machine& machine, const QString& drive)
    : QObject(&machine)
    , m_machine(machine)
    , m_drive(drive)
{
    connect(&machine, &Machine::qmpEvent, this, [this](const QmpEvent& event) {
        if (event.name == QLatin1StringView("DEVICE_TRAY_MOVED")
            && event.data.value(QLatin1StringView("id")).toString() == m_drive
            && event.data.value(QLatin1StringView("tray-open")).toBool())
            finish({});
    });
    connect(&machine, &Machine::stateChanged, this, [this](VmState, VmState to) {
        if (!isActive(to) && to != VmState::Unknown)
            finish(Error { ErrorKind::WrongState, m_machine.name(),
                QStringLiteral("it ended before the tray was open") });
    });
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        finish(Error { ErrorKind::RefusedByGuest, m_machine.name(),
            QStringLiteral("the guest keeps the tray of \"%1\" shut").arg(m_drive) });
    });
}

Future<void> TrayWatch::run(std::chrono::milliseconds deadline)
{
    const Future<void> future = m_promise.future();
    m_deadline.start(deadline);
    const auto asked = m_machine.execute(
        QStringLiteral("blockdev-open-tray"), { { QStringLiteral("id"), m_drive } });
    async::onFinished(asked, this, [this](const Result<QJsonValue>& answer) {
        if (!answer)
            finish(answer.error());
        else
            lookAtTray(); // one that was open already tells nothing
    });
    return future;
}

void TrayWatch::lookAtTray()
{
    async::onFinished(m_machine.execute(QStringLiteral("query-block")), this,
        [this](const Result<QJsonValue>& devices) {
            if (!devices)
                finish(devices.error());
            else if (isTrayOpen(*devices, m_drive))
                finish({});
        });
}

void TrayWatch::finish(Result<void> result)
{
    m_deadline.stop();
    disconnect(&m_machine, nullptr, this, nullptr);
    m_promise.finish(std::move(result));
    deleteLater();
}

} // namespace vmm
