// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/MachineTrash.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/Background.h"
#include "vmm/base/ErrnoError.h"
#include "vmm/definition/Definition.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>

namespace vmm {

namespace {

Error notInTrash(const QUuid& id)
{
    return { ErrorKind::NotFound, id.toString(QUuid::WithoutBraces),
        QStringLiteral("not in the trash") };
}

QUuid idOf(const QString& entry)
{
    return QUuid(entry.section(QLatin1Char('.'), 0, 0));
}

qint64 timeOf(const QString& entry)
{
    return entry.section(QLatin1Char('.'), 1, 1).toLongLong();
}

Bytes sizeOf(const QString& folder)
{
    quint64 blocks = 0;
    QDirIterator files(folder,
        QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    while (files.hasNext()) {
        struct stat status { };
        if (::lstat(QFile::encodeName(files.next()), &status) == 0)
            blocks += static_cast<quint64>(status.st_blocks);
    }
    return Bytes::fromBytes(blocks * 512);
}

QString nameIn(const QString& folder, const QUuid& id)
{
    const Result<QByteArray> xml = readWhole(folder + QStringLiteral("/domain.xml"));
    const auto definition
        = xml ? Definition::fromXml(QString::fromUtf8(*xml)) : Result<Definition>(xml.error());
    return definition ? definition->name() : id.toString(QUuid::WithoutBraces);
}

Result<void> moveFolder(const QString& from, const QString& to)
{
    if (::rename(QFile::encodeName(from), QFile::encodeName(to)) != 0)
        return errnoError(from, QStringLiteral("rename"));
    TRY(syncFolder(QFileInfo(to).path()));
    return syncFolder(QFileInfo(from).path());
}

} // namespace

QStringList MachineTrash::entries() const
{
    QStringList names = QDir(folder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    erase_if(names, [](const QString& name) { return idOf(name).isNull() || timeOf(name) <= 0; });
    std::sort(names.begin(), names.end(),
        [](const QString& a, const QString& b) { return timeOf(a) > timeOf(b); });
    return names;
}

QStringList MachineTrash::folders() const
{
    QStringList paths = entries();
    for (QString& path : paths)
        path.prepend(folder() + QLatin1Char('/'));
    return paths;
}

QString MachineTrash::latest(const QUuid& id) const
{
    const QStringList names = entries();
    for (const QString& name : names) {
        if (idOf(name) == id)
            return folder() + QLatin1Char('/') + name;
    }
    return {};
}

Result<void> MachineTrash::put(const QUuid& id) const
{
    if (::mkdir(QFile::encodeName(folder()), 0700) != 0 && errno != EEXIST)
        return errnoError(folder(), QStringLiteral("mkdir"));
    TRY(syncFolder(m_store.dataFolder()));
    qint64 time = QDateTime::currentMSecsSinceEpoch();
    const auto target = [&] {
        return QStringLiteral("%1/%2.%3")
            .arg(folder(), id.toString(QUuid::WithoutBraces))
            .arg(time);
    };
    while (QFileInfo::exists(target()))
        ++time; // a twin, a moment ago
    return moveFolder(m_store.placesOf(id).folder, target());
}

Future<QVector<TrashedMachine>> MachineTrash::list() const
{
    return inBackground<QVector<TrashedMachine>>([folder = folder(), names = entries()] {
        QVector<TrashedMachine> machines;
        for (const QString& name : names) {
            const QString path = folder + QLatin1Char('/') + name;
            machines.append({ .id = idOf(name),
                .name = nameIn(path, idOf(name)),
                .removed = QDateTime::fromMSecsSinceEpoch(timeOf(name), Qt::UTC),
                .size = sizeOf(path) });
        }
        return Result<QVector<TrashedMachine>>(machines);
    });
}

Result<StoredMachine> MachineTrash::find(const QUuid& id) const
{
    const QString path = latest(id);
    if (path.isEmpty())
        return notInTrash(id);
    return MachineStore::read(id, { .folder = path });
}

Result<void> MachineTrash::takeBack(const QUuid& id) const
{
    const QString path = latest(id);
    if (path.isEmpty())
        return notInTrash(id);
    const QString target = m_store.placesOf(id).folder;
    if (QFileInfo::exists(target))
        return Error { ErrorKind::AlreadyExists, id.toString(QUuid::WithoutBraces),
            QStringLiteral("there is a machine with that UUID") };
    return moveFolder(path, target);
}

Result<void> MachineTrash::empty(const QVector<QUuid>& ids) const
{
    const QStringList names = entries();
    for (const QUuid& id : ids) {
        if (latest(id).isEmpty())
            return notInTrash(id);
    }
    for (const QString& name : names) {
        if (ids.isEmpty() || ids.contains(idOf(name)))
            TRY(m_store.removeFolder(folder() + QLatin1Char('/') + name));
    }
    return {};
}

} // namespace vmm
