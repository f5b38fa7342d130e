// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/RuntimeRecord.h"

#include "vmm/base/AtomicFile.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace vmm {

namespace {

constexpr int kRecordFormat = 1;

QByteArray readProc(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? file.readAll() : QByteArray();
}

ProcessIdentity searchByUuid(const QString& uuid)
{
    const QByteArray wanted = QByteArrayLiteral("\0-uuid\0") + uuid.toLatin1() + '\0';
    const QStringList entries = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& entry : entries) {
        bool isPid = false;
        const qint64 pid = entry.toLongLong(&isPid);
        if (isPid && readProc(QStringLiteral("/proc/%1/cmdline").arg(entry)).contains(wanted))
            return ProcessIdentity::of(pid);
    }
    return {};
}

QJsonObject toJson(const ProcessIdentity& process)
{
    return { { QStringLiteral("pid"), process.pid },
        { QStringLiteral("startTicks"), static_cast<qint64>(process.startTicks) } };
}

ProcessIdentity identityFrom(const QJsonObject& object)
{
    return { .pid = object.value(QLatin1StringView("pid")).toInteger(),
        .startTicks
        = static_cast<quint64>(object.value(QLatin1StringView("startTicks")).toInteger()) };
}

QJsonArray toJson(const QVector<CompanionRecord>& companions)
{
    QJsonArray all;
    for (const CompanionRecord& companion : companions) {
        QJsonObject object = toJson(companion.process);
        object[QStringLiteral("name")] = companion.name;
        object[QStringLiteral("program")] = companion.program;
        all.append(object);
    }
    return all;
}

QVector<CompanionRecord> companionsFrom(const QJsonArray& all)
{
    QVector<CompanionRecord> companions;
    for (const QJsonValue& value : all) {
        const QJsonObject object = value.toObject();
        companions.append({ object.value(QLatin1StringView("name")).toString(),
            object.value(QLatin1StringView("program")).toString(), identityFrom(object) });
    }
    return companions;
}

} // namespace

Result<void> RuntimeRecord::save(const QString& path) const
{
    QJsonObject object = toJson(process);
    object[QStringLiteral("format")] = kRecordFormat;
    object[QStringLiteral("bootId")] = bootId;
    object[QStringLiteral("since")] = since.toString(Qt::ISODateWithMs);
    if (!companions.isEmpty())
        object[QStringLiteral("companions")] = toJson(companions);
    // No fsync: the folder does not outlive a power cut, and this is on the way of every start.
    return replaceFile(path, QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Result<RuntimeRecord> RuntimeRecord::load(const QString& path)
{
    const QByteArray content = TRY(readWhole(path, 64 * 1024));
    QJsonParseError problem;
    const QJsonObject object = QJsonDocument::fromJson(content, &problem).object();
    if (object.value(QLatin1StringView("format")).toInt() != kRecordFormat)
        return Error { ErrorKind::InvalidConfig, path,
            problem.error != QJsonParseError::NoError ? problem.errorString()
                                                      : QStringLiteral("of no known format") };
    return RuntimeRecord {
        .process = identityFrom(object),
        .bootId = object.value(QLatin1StringView("bootId")).toString(),
        .since = QDateTime::fromString(
            object.value(QLatin1StringView("since")).toString(), Qt::ISODateWithMs),
        .companions = companionsFrom(object.value(QLatin1StringView("companions")).toArray()),
    };
}

QString currentBootId()
{
    return QString::fromLatin1(
        readProc(QStringLiteral("/proc/sys/kernel/random/boot_id")).trimmed());
}

ProcessIdentity findProcess(const RuntimeRecord& record, const QString& uuid)
{
    if (record.bootId != currentBootId())
        return {};
    if (!record.process.isValid())
        return searchByUuid(uuid);
    return record.process.isAlive() ? record.process : ProcessIdentity {};
}

} // namespace vmm
