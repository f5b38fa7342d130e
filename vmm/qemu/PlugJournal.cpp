// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/PlugJournal.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/ErrnoError.h"
#include "vmm/qemu/MachineStore.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <unistd.h>

namespace vmm {

namespace {

QString plugJournalFile(const MachinePlaces& places)
{
    return places.runtimeFolder + QStringLiteral("/plugging");
}

QJsonArray arrayOf(const QVector<QJsonObject>& objects)
{
    QJsonArray array;
    for (const QJsonObject& object : objects)
        array.append(object);
    return array;
}

QVector<QJsonObject> objectsIn(const QJsonValue& value)
{
    QVector<QJsonObject> objects;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& object : array)
        objects.append(object.toObject());
    return objects;
}

} // namespace

Result<void> PlugJournal::write(const MachinePlaces& places) const
{
    const QJsonObject json { { QStringLiteral("isComing"), isComing },
        { QStringLiteral("isStored"), isStored }, { QStringLiteral("xml"), xml },
        { QStringLiteral("objects"), arrayOf(plug.objects) },
        { QStringLiteral("blockNodes"), arrayOf(plug.blockNodes) },
        { QStringLiteral("characterDevice"), plug.characterDevice },
        { QStringLiteral("netdev"), plug.netdev }, { QStringLiteral("device"), plug.device } };
    return replaceFile(plugJournalFile(places), QJsonDocument(json).toJson());
}

std::optional<PlugJournal> PlugJournal::read(const MachinePlaces& places)
{
    const Result<QByteArray> text = readWhole(plugJournalFile(places));
    const QJsonObject json = QJsonDocument::fromJson(text.value_or({})).object();
    if (json.isEmpty())
        return std::nullopt;
    const auto at = [&json](const char* key) { return json.value(QLatin1StringView(key)); };
    return PlugJournal { .isComing = at("isComing").toBool(),
        .isStored = at("isStored").toBool(),
        .xml = at("xml").toString(),
        .plug = { .objects = objectsIn(at("objects")),
            .blockNodes = objectsIn(at("blockNodes")),
            .characterDevice = at("characterDevice").toObject(),
            .netdev = at("netdev").toObject(),
            .device = at("device").toObject() } };
}

Result<void> PlugJournal::remove(const MachinePlaces& places)
{
    const QString file = plugJournalFile(places);
    if (::unlink(QFile::encodeName(file)) != 0 && errno != ENOENT)
        return errnoError(file, QStringLiteral("unlink"));
    return {};
}

} // namespace vmm
