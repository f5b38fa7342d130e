// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/LiveDisks.h"

#include "vmm/qemu/Machine.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>

namespace vmm {

namespace {

constexpr int kMostImages = 400;
constexpr QLatin1StringView kDisk("disk-");

QString textIn(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1StringView(key)).toString();
}

// "/machine/peripheral/disk-vda/virtio-backend" -> "vda"
QString targetOf(const QString& devicePath)
{
    const QStringList parts = devicePath.split(QLatin1Char('/'));
    for (const QString& part : parts) {
        if (part.startsWith(kDisk))
            return part.mid(kDisk.size());
    }
    return {};
}

QStringList chainOf(const QJsonObject& inserted)
{
    QStringList chain;
    QJsonObject image = inserted.value(QLatin1StringView("image")).toObject();
    for (int depth = 0; !image.isEmpty() && depth < kMostImages; ++depth) {
        const QString path = textIn(image, "filename");
        if (!path.startsWith(QLatin1StringView("json:"))) // a throttle, which is no image
            chain.append(QDir::cleanPath(path));
        image = image.value(QLatin1StringView("backing-image")).toObject();
    }
    return chain;
}

bool isFormat(const QString& driver)
{
    return driver == QLatin1StringView("qcow2") || driver == QLatin1StringView("raw")
        || driver == QLatin1StringView("vmdk") || driver == QLatin1StringView("vdi")
        || driver == QLatin1StringView("vhdx") || driver == QLatin1StringView("qed");
}

} // namespace

LiveDisks parseLiveDisks(const QJsonValue& blockDevices, const QJsonValue& namedNodes)
{
    LiveDisks live;
    const QJsonArray devices = blockDevices.toArray();
    for (const QJsonValue& value : devices) {
        const QJsonObject device = value.toObject();
        const QString target = targetOf(textIn(device, "qdev"));
        const QJsonObject inserted = device.value(QLatin1StringView("inserted")).toObject();
        if (!target.isEmpty() && !inserted.isEmpty())
            live.disks.insert(target, { textIn(inserted, "node-name"), chainOf(inserted) });
    }
    const QJsonArray nodes = namedNodes.toArray();
    for (const QJsonValue& value : nodes) {
        const QJsonObject node = value.toObject();
        if (isFormat(textIn(node, "drv")))
            live.nodes.insert(QDir::cleanPath(textIn(node, "file")), textIn(node, "node-name"));
    }
    return live;
}

Future<LiveDisks> readLiveDisks(Machine& machine)
{
    return async::andThen(machine.execute(QStringLiteral("query-block")), &machine,
        [vm = &machine](const QJsonValue& devices) {
            const auto nodes = vm->execute(
                QStringLiteral("query-named-block-nodes"), { { QStringLiteral("flat"), true } });
            return async::transformed<LiveDisks>(
                nodes, vm, [devices](const Result<QJsonValue>& all) -> Result<LiveDisks> {
                    return all ? Result<LiveDisks>(parseLiveDisks(devices, *all)) : all.error();
                });
        });
}

} // namespace vmm
