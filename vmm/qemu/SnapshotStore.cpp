// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/SnapshotStore.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/ErrnoError.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace vmm {

namespace {

constexpr QLatin1StringView kNew(".new-");
constexpr QLatin1StringView kGone(".gone-");
constexpr QLatin1StringView kBefore("/before-revert");

QString jsonText(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1StringView(key)).toString();
}

QJsonArray layersToJson(const QVector<DiskLayer>& layers)
{
    QJsonArray array;
    for (const DiskLayer& layer : layers)
        array.append(QJsonObject { { QStringLiteral("target"), layer.target },
            { QStringLiteral("path"), layer.path }, { QStringLiteral("merged"), layer.isMerged } });
    return array;
}

QVector<DiskLayer> layersFrom(const QJsonObject& object)
{
    QVector<DiskLayer> layers;
    const QJsonArray array = object.value(QLatin1StringView("layers")).toArray();
    for (const QJsonValue& each : array)
        layers.append({ .target = jsonText(each.toObject(), "target"),
            .path = jsonText(each.toObject(), "path"),
            .isMerged = each.toObject().value(QLatin1StringView("merged")).toBool() });
    return layers;
}

Result<void> makeFolderAt(const QString& path)
{
    if (::mkdir(QFile::encodeName(path), 0700) != 0 && errno != EEXIST)
        return errnoError(path, QStringLiteral("mkdir"));
    return {};
}

Result<void> renameFolder(const QString& from, const QString& to)
{
    if (::rename(QFile::encodeName(from), QFile::encodeName(to)) != 0)
        return errnoError(to, QStringLiteral("rename"));
    return syncFolder(QFileInfo(to).path());
}

Result<void> removeFile(const QString& path)
{
    if (::unlink(QFile::encodeName(path)) != 0 && errno != ENOENT)
        return errnoError(path, QStringLiteral("unlink"));
    return syncFolder(QFileInfo(path).path());
}

Result<void> copySmallFile(const QString& from, const QString& to)
{
    constexpr qint64 kMostNvram = 64 * 1024 * 1024;
    return writeAtomically(to, TRY(readWhole(from, kMostNvram)));
}

Result<void> syncMemory(const QString& path)
{
    const FileDescriptor file(::open(QFile::encodeName(path), O_RDONLY | O_CLOEXEC));
    if (!file.isValid())
        return errno == ENOENT ? Result<void>() : errnoError(path, QStringLiteral("open"));
    if (::fsync(file.get()) != 0)
        return errnoError(path, QStringLiteral("fsync"));
    return {};
}

} // namespace

QString SnapshotStore::place(const QString& prefix, const QString& id) const
{
    return m_folder + QLatin1Char('/') + prefix + id;
}

bool SnapshotStore::isEmpty() const
{
    return ::access(QFile::encodeName(m_folder), F_OK) != 0;
}

Result<void> SnapshotStore::writeRecord(const QString& folder, const SnapshotRecord& record) const
{
    const QJsonObject object {
        { QStringLiteral("name"), record.name },
        { QStringLiteral("description"), record.description },
        { QStringLiteral("parent"), record.parentId },
        { QStringLiteral("created"), record.created.toString(Qt::ISODateWithMs) },
        { QStringLiteral("kind"), nameOf(record.kind) },
        { QStringLiteral("paused"), record.isPaused },
        { QStringLiteral("place"), nameOf(record.place) },
        { QStringLiteral("layers"), layersToJson(record.layers) },
        { QStringLiteral("dissolving"), record.isDissolving },
    };
    TRY(writeAtomically(
        folder + QStringLiteral("/domain.xml"), record.definition.toXml().toUtf8()));
    return writeAtomically(
        folder + QStringLiteral("/snapshot.json"), QJsonDocument(object).toJson());
}

Result<SnapshotRecord> SnapshotStore::readRecord(const QString& folder, const QString& id)
{
    const QByteArray json = TRY(readWhole(folder + QStringLiteral("/snapshot.json")));
    const QByteArray xml = TRY(readWhole(folder + QStringLiteral("/domain.xml")));
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const auto kind = snapshotKindFromString(jsonText(object, "kind"));
    if (!kind)
        return Error { ErrorKind::InvalidConfig, folder, QStringLiteral("no snapshot.json") };
    return SnapshotRecord { .id = id,
        .name = jsonText(object, "name"),
        .description = jsonText(object, "description"),
        .parentId = jsonText(object, "parent"),
        .created = QDateTime::fromString(jsonText(object, "created"), Qt::ISODateWithMs),
        .kind = *kind,
        .place = snapshotPlaceFromString(jsonText(object, "place")).value_or(SnapshotPlace::Inside),
        .layers = layersFrom(object),
        .isDissolving = object.value(QLatin1StringView("dissolving")).toBool(),
        .isPaused = object.value(QLatin1StringView("paused")).toBool(),
        .definition = TRY(Definition::fromXml(QString::fromUtf8(xml))) };
}

QVector<SnapshotRecord> SnapshotStore::recordsIn(const QString& prefix) const
{
    QVector<SnapshotRecord> records;
    if (isEmpty())
        return records;
    const QStringList entries
        = QDir(m_folder).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QString& entry : entries) {
        const bool isHidden = entry.startsWith(QLatin1Char('.'));
        if (prefix.isEmpty() ? isHidden : !entry.startsWith(prefix))
            continue;
        const auto record
            = readRecord(m_folder + QLatin1Char('/') + entry, entry.mid(prefix.size()));
        if (record)
            records.append(*record);
        else if (!prefix.isEmpty()) // not even begun, or gone all but the folder
            QDir(m_folder + QLatin1Char('/') + entry).removeRecursively();
    }
    std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
        return std::tie(a.created, a.id) < std::tie(b.created, b.id);
    });
    return records;
}

QVector<SnapshotRecord> SnapshotStore::records() const
{
    return recordsIn({});
}

QVector<SnapshotRecord> SnapshotStore::unfinished() const
{
    return recordsIn(kNew);
}

QVector<SnapshotRecord> SnapshotStore::gone() const
{
    return recordsIn(kGone);
}

QString SnapshotStore::currentId() const
{
    const auto text = readWhole(m_folder + QStringLiteral("/current"), 256);
    return text ? QString::fromUtf8(text->trimmed()) : QString();
}

Result<void> SnapshotStore::setCurrentId(const QString& id) const
{
    return writeAtomically(m_folder + QStringLiteral("/current"), id.toUtf8() + '\n');
}

Result<void> SnapshotStore::begin(const SnapshotRecord& record) const
{
    TRY(makeFolderAt(m_folder));
    const QString folder = place(kNew, record.id);
    TRY(makeFolderAt(folder));
    const Result<void> written = writeRecord(folder, record);
    if (!written)
        QDir(folder).removeRecursively();
    return written;
}

Result<FileDescriptor> SnapshotStore::makeMemoryFile(const QString& id) const
{
    const QString path = place(kNew, id) + QStringLiteral("/memory");
    FileDescriptor file(
        ::open(QFile::encodeName(path), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file.isValid())
        return errnoError(path, QStringLiteral("open"));
    return file;
}

QStringList SnapshotStore::nvramFiles(const QString& folder) const
{
    return QDir(folder).entryList({ QStringLiteral("nvram*") }, QDir::Files);
}

Result<void> SnapshotStore::keepNvram(const QString& id) const
{
    const QStringList files = nvramFiles(m_machine);
    for (const QString& file : files)
        TRY(copySmallFile(
            m_machine + QLatin1Char('/') + file, place(kNew, id) + QLatin1Char('/') + file));
    return {};
}

Result<void> SnapshotStore::commit(const QString& id) const
{
    TRY(syncMemory(place(kNew, id) + QStringLiteral("/memory")));
    TRY(syncFolder(place(kNew, id)));
    return renameFolder(place(kNew, id), place({}, id));
}

Result<void> SnapshotStore::uncommit(const QString& id) const
{
    return QFileInfo::exists(place({}, id)) ? renameFolder(place({}, id), place(kNew, id))
                                            : Result<void>();
}

Result<void> SnapshotStore::abandon(const QString& id) const
{
    if (!QDir(place(kNew, id)).removeRecursively())
        return Error { ErrorKind::Io, place(kNew, id), QStringLiteral("can't be removed") };
    return {};
}

Result<void> SnapshotStore::setParent(const QString& id, const QString& parentId) const
{
    SnapshotRecord record = TRY(readRecord(place({}, id), id));
    record.parentId = parentId;
    return writeRecord(place({}, id), record);
}

Result<void> SnapshotStore::update(const SnapshotRecord& record) const
{
    return writeRecord(place({}, record.id), record);
}

Result<void> SnapshotStore::updateUnfinished(const SnapshotRecord& record) const
{
    return writeRecord(place(kNew, record.id), record);
}

Result<void> SnapshotStore::noteMerged(const QString& id, const QString& target) const
{
    for (const QString& prefix : { QString(), QString(kNew) }) {
        Result<SnapshotRecord> record = readRecord(place(prefix, id), id);
        if (!record)
            continue;
        for (DiskLayer& layer : record->layers)
            layer.isMerged = layer.isMerged || layer.target == target;
        return writeRecord(place(prefix, id), *record);
    }
    return {};
}

QStringList SnapshotStore::unneeded() const
{
    const auto json = readWhole(m_folder + QStringLiteral("/unneeded"));
    QStringList paths;
    const QJsonArray array = QJsonDocument::fromJson(json.value_or({})).array();
    for (const QJsonValue& path : array)
        paths.append(path.toString());
    return paths;
}

Result<void> SnapshotStore::setUnneeded(const QStringList& paths) const
{
    const QString path = m_folder + QStringLiteral("/unneeded");
    return paths.isEmpty()
        ? removeFile(path)
        : writeAtomically(path, QJsonDocument(QJsonArray::fromStringList(paths)).toJson());
}

Result<void> SnapshotStore::markGone(const QString& id) const
{
    return renameFolder(place({}, id), place(kGone, id));
}

Result<void> SnapshotStore::removeGone(const QString& id) const
{
    if (!QDir(place(kGone, id)).removeRecursively())
        return Error { ErrorKind::Io, place(kGone, id), QStringLiteral("can't be removed") };
    return {};
}

QString SnapshotStore::memoryFile(const QString& id) const
{
    return place({}, id) + QStringLiteral("/memory");
}

Result<void> SnapshotStore::restoreNvram(const QString& id) const
{
    const QString before = m_folder + kBefore;
    TRY(makeFolderAt(before));
    const QStringList present = nvramFiles(m_machine);
    for (const QString& file : present)
        TRY(copySmallFile(m_machine + QLatin1Char('/') + file, before + QLatin1Char('/') + file));
    const QStringList kept = nvramFiles(place({}, id));
    for (const QString& file : kept)
        TRY(copySmallFile(
            place({}, id) + QLatin1Char('/') + file, m_machine + QLatin1Char('/') + file));
    return {};
}

Result<void> SnapshotStore::bringNvramBack() const
{
    const QString before = m_folder + kBefore;
    const QStringList kept = nvramFiles(before);
    for (const QString& file : kept)
        TRY(copySmallFile(before + QLatin1Char('/') + file, m_machine + QLatin1Char('/') + file));
    forgetOldNvram();
    return {};
}

void SnapshotStore::forgetOldNvram() const
{
    QDir(m_folder + kBefore).removeRecursively();
}

std::optional<RevertJournal> SnapshotStore::journal() const
{
    const auto json = readWhole(m_folder + QStringLiteral("/reverting"));
    if (!json)
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(*json).object();
    return RevertJournal { .tag = jsonText(object, "tag"),
        .snapshotId = jsonText(object, "snapshot"),
        .previousId = jsonText(object, "previous"),
        .xml = jsonText(object, "definition"),
        .layers = layersFrom(object) };
}

Result<void> SnapshotStore::writeJournal(const RevertJournal& journal) const
{
    const QJsonObject object { { QStringLiteral("tag"), journal.tag },
        { QStringLiteral("snapshot"), journal.snapshotId },
        { QStringLiteral("previous"), journal.previousId },
        { QStringLiteral("definition"), journal.xml },
        { QStringLiteral("layers"), layersToJson(journal.layers) } };
    return writeAtomically(m_folder + QStringLiteral("/reverting"), QJsonDocument(object).toJson());
}

Result<void> SnapshotStore::removeJournal() const
{
    return removeFile(m_folder + QStringLiteral("/reverting"));
}

} // namespace vmm
