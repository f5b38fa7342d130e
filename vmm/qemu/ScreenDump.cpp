// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/ScreenDump.h"

#include "vmm/base/Background.h"
#include "vmm/base/ScreenPicture.h"
#include "vmm/qemu/Machine.h"

#include <QFile>
#include <QJsonObject>

namespace vmm {

namespace {

constexpr qint64 kMaxBytes = qint64(3) * 16384 * 16384;

Result<Screenshot> readDump(const QString& path, int maxWidth, int maxHeight)
{
    QFile file(path);
    const auto remove = qScopeGuard([&] { file.remove(); });
    if (!file.open(QIODevice::ReadOnly))
        return Error { ErrorKind::Io, path, file.errorString() };
    return toScreenshot(file.read(kMaxBytes), maxWidth, maxHeight);
}

Error explained(Error error, const Machine& machine)
{
    // QEMU's words for a machine without a display device; it has no class of error for it.
    if (error.detail.contains(QStringLiteral("no console")))
        return { ErrorKind::HostLacksFeature, machine.name(),
            QStringLiteral("the machine has no screen") };
    return error;
}

} // namespace

Future<Screenshot> takeScreenshot(Machine& machine, int maxWidth, int maxHeight)
{
    if (!isActive(machine.state()) || machine.state() == VmState::Starting)
        return async::failed<Screenshot>({ ErrorKind::WrongState, machine.name(),
            QStringLiteral("screenshot while ") + nameOf(machine.state()) });
    // A name of its own: two clients may ask at once.
    const QString path = machine.places().runtimeFolder + QStringLiteral("/screen-")
        + QUuid::createUuid().toString(QUuid::WithoutBraces) + QStringLiteral(".ppm");
    const Future<QJsonValue> dump = async::transformed<QJsonValue>(
        machine.execute(QStringLiteral("screendump"), { { QStringLiteral("filename"), path } }),
        &machine, [&machine, path](Result<QJsonValue> result) -> Result<QJsonValue> {
            if (result)
                return result;
            QFile::remove(path);
            return explained(result.error(), machine);
        });
    return async::andThen(dump, &machine, [path, maxWidth, maxHeight](const QJsonValue&) {
        return inBackground<Screenshot>([=] { return readDump(path, maxWidth, maxHeight); });
    });
}

} // namespace vmm
