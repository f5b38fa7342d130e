// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/SerialPorts.h"

#include "hosts/embedded/SocketSerialSource.h"

#include <QFile>
#include <QJsonArray>
#include <QPointer>
#include <QTimer>

namespace hosts::embedded {

namespace {

using vmm::ErrorKind;

constexpr int kConnectDeadlineMs = 5'000;
/// QEMU takes a client a moment after the kernel did; what it says until then is in the log alone.
constexpr int kAcceptMs = 30;
constexpr qint64 kHistory = 256 << 10;

vmm::Future<vmm::ConsoleEndpoint> failed(
    ErrorKind kind, const QString& name, const QString& detail, vmm::ErrorCause cause = {})
{
    return vmm::async::failed<vmm::ConsoleEndpoint>({ kind, name, detail, cause });
}

/// Whether a client has that character device. Source: QMP `query-chardev` (checked against 7.2):
/// "filename" begins with "disconnected:" while nobody does.
bool isTaken(const QJsonValue& answer, const QString& id)
{
    const QJsonArray devices = answer.toArray();
    for (const QJsonValue& device : devices) {
        if (device[QLatin1StringView("label")].toString() == id)
            return !device[QLatin1StringView("filename")].toString().startsWith(
                QLatin1StringView("disconnected:"));
    }
    return false;
}

QByteArray tailOfFile(const QString& path)
{
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max<qint64>(0, file.size() - kHistory));
    return file.read(kHistory);
}

/// What the log says beyond `heard`, which came over the socket meanwhile and may be in it, whole
/// or its first part.
QByteArray before(const QByteArray& log, const QByteArray& heard)
{
    for (qsizetype part = std::min(heard.size(), log.size()); part > 0; --part) {
        if (log.endsWith(QByteArrayView(heard).first(part)))
            return log.chopped(part);
    }
    return log;
}

} // namespace

vmm::Future<SerialPorts::Endpoint> SerialPorts::open(vmm::Machine& machine, int port)
{
    const QString name = machine.name();
    if (!vmm::isActive(machine.state()) || machine.state() == vmm::VmState::Starting)
        return failed(ErrorKind::WrongState, name,
            QStringLiteral("serial port while ") + vmm::nameOf(machine.state()));
    const QVector<vmm::SerialPlace> places = machine.serialPorts();
    if (port < 0 || port >= places.size() || places[port].socket.isEmpty())
        return failed(ErrorKind::NotFound, name,
            QStringLiteral("it has no serial port %1 that can be opened").arg(port));
    const vmm::SerialPlace place = places[port];
    return m_relays.open(place.socket, [this, &machine, name, place] {
        return vmm::async::andThen(machine.execute(QStringLiteral("query-chardev")), this,
            [this, name, place](const QJsonValue& answer) {
                if (isTaken(answer, place.id))
                    return failed(ErrorKind::Busy, name,
                        QStringLiteral("another program is connected to %1").arg(place.socket),
                        vmm::ErrorCause::ConsoleInUse);
                return connectTo(name, place);
            });
    });
}

vmm::Future<SerialPorts::Endpoint> SerialPorts::connectTo(
    const QString& name, const vmm::SerialPlace& place)
{
    struct Attempt {
        std::unique_ptr<SocketSerialSource> source = std::make_unique<SocketSerialSource>();
        vmm::Promise<Endpoint> promise {};
        QByteArray heard {};
    };
    auto attempt = std::make_shared<Attempt>();
    SocketSerialSource* source = attempt->source.get();
    const auto giveUp = [attempt, name](const QString& why) {
        if (attempt->source)
            attempt->source.release()->deleteLater(); // it may be the caller
        attempt->promise.finish(vmm::Error { ErrorKind::Io, name, why });
    };
    auto* scope = new QObject(source); // what is connected for the attempt alone
    connect(source, &SerialSource::closed, scope,
        [giveUp, source] { giveUp(QStringLiteral("the port: ") + source->errorText()); });
    connect(source, &SerialSource::received, scope,
        [attempt](const QByteArray& bytes) { attempt->heard += bytes; });
    QTimer::singleShot(kConnectDeadlineMs, scope,
        [giveUp] { giveUp(QStringLiteral("the port did not answer in time")); });
    const auto useIt = [guard = QPointer(this), attempt, scope, place] {
        attempt->source->disconnect(scope);
        scope->deleteLater();
        if (!guard) {
            attempt->source.reset();
            return;
        }
        // Beside QEMU's, in the machine's own runtime folder.
        const QString path = place.socket.section(QLatin1Char('/'), 0, -2) + QLatin1Char('/')
            + place.id + QStringLiteral(".shared");
        const QByteArray history = before(tailOfFile(place.log), attempt->heard) + attempt->heard;
        attempt->promise.finish(
            guard->m_relays.add(place.socket, path, std::move(attempt->source), history));
    };
    connect(source, &SocketSerialSource::connected, scope,
        [scope, useIt] { QTimer::singleShot(kAcceptMs, scope, useIt); });
    source->connectTo(place.socket);
    return attempt->promise.future();
}

} // namespace hosts::embedded
