// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/SnapshotXml.h"

#include "hosts/libvirt/XmlText.h"

#include <cstring>
#include <string_view>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;
using vmm::SnapshotKind;
using vmm::SnapshotPlace;

namespace {

using Node = pugi::xml_node;

QVector<SnapshotDisk> disksIn(Node domain)
{
    QVector<SnapshotDisk> disks;
    for (const Node& disk : domain.child("devices").children("disk")) {
        const std::string_view device = disk.attribute("device").value();
        if ((!device.empty() && device != "disk") || disk.child("readonly")
            || !disk.child("source"))
            continue;
        const QString file = attributeOf(disk.child("source"), "file");
        disks.append({ .target = attributeOf(disk.child("target"), "dev"),
            .path = file.isEmpty() ? attributeOf(disk.child("source"), "dev") : file,
            .format = attributeOf(disk.child("driver"), "type"),
            .isFile = !file.isEmpty() });
    }
    return disks;
}

SnapshotKind kindOf(Node snapshot)
{
    const std::string_view state = snapshot.child("state").text().get();
    const std::string_view memory = snapshot.child("memory").attribute("snapshot").value();
    if (state == "disk-snapshot")
        return SnapshotKind::DiskOnly;
    if (state == "running" || state == "paused")
        return memory == "no" ? SnapshotKind::DiskOnly : SnapshotKind::Live;
    return SnapshotKind::Offline;
}

/// Its own stored definition, if libvirt keeps two of it.
Node definitionIn(Node snapshot)
{
    const Node stored = snapshot.child("inactiveDomain");
    return stored ? stored : snapshot.child("domain");
}

/// What a snapshot's name becomes in the name of a file.
QString fileWord(const QString& snapshotName, const QString& mark)
{
    QString word;
    for (const QChar c : snapshotName)
        word += c.isLetterOrNumber() || c == QLatin1Char('_') ? c : QLatin1Char('-');
    return mark.isEmpty() ? word.left(64) : word.left(64) + QLatin1Char('-') + mark;
}

void setImages(Node domain, const QHash<QString, QString>& paths)
{
    for (Node disk : domain.child("devices").children("disk")) {
        const QString path = paths.value(attributeOf(disk.child("target"), "dev"));
        if (path.isEmpty())
            continue;
        while (disk.remove_child("source")) { }
        disk.remove_child("backingStore");
        disk.remove_attribute("type");
        disk.prepend_attribute("type").set_value("file");
        disk.append_child("source").append_attribute("file").set_value(path.toUtf8().constData());
        Node driver = disk.child("driver") ? disk.child("driver") : disk.append_child("driver");
        driver.remove_attribute("type");
        driver.append_attribute("type").set_value("qcow2");
    }
}

void renameImage(Node domain, const QString& from, const QString& to, const QString& format)
{
    for (Node disk : domain.child("devices").children("disk")) {
        auto file = disk.child("source").attribute("file");
        if (QString::fromUtf8(file.value()) != from)
            continue;
        file.set_value(to.toUtf8().constData());
        disk.child("driver").attribute("type").set_value(format.toUtf8().constData());
        disk.remove_child("backingStore");
    }
}

} // namespace

QString SnapshotRecord::pathOf(const QString& target) const
{
    for (const SnapshotDisk& disk : disks) {
        if (disk.target == target)
            return disk.path;
    }
    return {};
}

Result<SnapshotRecord> parseSnapshot(const QByteArray& xml)
{
    pugi::xml_document document;
    const Node snapshot = loadXml(document, xml) ? document.child("domainsnapshot") : Node();
    if (!snapshot)
        return Error { ErrorKind::InvalidConfig, QStringLiteral("domainsnapshot"),
            QStringLiteral("not the XML of a snapshot"), ErrorCause::DefinitionBroken };
    SnapshotRecord record { .xml = xml };
    record.info.name = contentOf(snapshot.child("name"));
    record.info.description = contentOf(snapshot.child("description"));
    record.info.parent = contentOf(snapshot.child("parent").child("name"));
    record.info.created
        = QDateTime::fromSecsSinceEpoch(snapshot.child("creationTime").text().as_llong(), Qt::UTC);
    record.info.kind = kindOf(snapshot);
    record.disks = disksIn(definitionIn(snapshot));
    const Node memory = snapshot.child("memory");
    if (std::strcmp(memory.attribute("snapshot").value(), "external") == 0) {
        record.memoryFile = attributeOf(memory, "file");
        record.info.place = SnapshotPlace::Layer;
    }
    for (const Node& disk : snapshot.child("disks").children("disk")) {
        if (std::strcmp(disk.attribute("snapshot").value(), "external") != 0)
            continue;
        record.info.place = SnapshotPlace::Layer;
        for (SnapshotDisk& each : record.disks) {
            if (each.target == attributeOf(disk, "name") || each.path == attributeOf(disk, "name"))
                each.overlay = attributeOf(disk.child("source"), "file");
        }
    }
    return record;
}

QVector<SnapshotDisk> writableDisks(const QByteArray& domainXml)
{
    pugi::xml_document document;
    return loadXml(document, domainXml) ? disksIn(document.child("domain"))
                                        : QVector<SnapshotDisk> {};
}

bool hasFirmwareImage(const QByteArray& domainXml)
{
    pugi::xml_document document;
    if (!loadXml(document, domainXml))
        return false;
    const Node os = document.child("domain").child("os");
    return os.attribute("firmware") || os.child("nvram")
        || std::strcmp(os.child("loader").attribute("type").value(), "pflash") == 0;
}

QByteArray snapshotXml(const SnapshotPlan& plan)
{
    pugi::xml_document document;
    Node root = document.append_child("domainsnapshot");
    root.append_child("name").text().set(plan.name.toUtf8().constData());
    if (!plan.description.isEmpty())
        root.append_child("description").text().set(plan.description.toUtf8().constData());
    if (plan.place == SnapshotPlace::Layer) {
        Node memory = root.append_child("memory");
        memory.append_attribute("snapshot")
            .set_value(plan.memoryFile.isEmpty() ? "no" : "external");
        if (!plan.memoryFile.isEmpty())
            memory.append_attribute("file").set_value(plan.memoryFile.toUtf8().constData());
        Node disks = root.append_child("disks");
        for (const SnapshotDisk& each : plan.disks) {
            Node disk = disks.append_child("disk");
            disk.append_attribute("name").set_value(each.target.toUtf8().constData());
            disk.append_attribute("snapshot").set_value("external");
            disk.append_child("driver").append_attribute("type").set_value("qcow2");
            disk.append_child("source").append_attribute("file").set_value(
                each.overlay.toUtf8().constData());
        }
    }
    return xmlText(root);
}

QByteArray domainOf(const QByteArray& snapshotXml, const QHash<QString, QString>& paths)
{
    pugi::xml_document document;
    if (!loadXml(document, snapshotXml))
        return {};
    Node domain = definitionIn(document.child("domainsnapshot"));
    domain.set_name("domain");
    domain.remove_attribute("id");
    setImages(domain, paths);
    return xmlText(domain);
}

QByteArray withImages(const QByteArray& domainXml, const QHash<QString, QString>& paths)
{
    pugi::xml_document document;
    if (!loadXml(document, domainXml))
        return domainXml;
    setImages(document.child("domain"), paths);
    return xmlText(document.child("domain"));
}

QByteArray withOverlays(const QByteArray& snapshotXml, const QHash<QString, QString>& paths)
{
    pugi::xml_document document;
    if (!loadXml(document, snapshotXml))
        return snapshotXml;
    const Node snapshot = document.child("domainsnapshot");
    for (const Node& disk : snapshot.child("disks").children("disk")) {
        const QString path = paths.value(attributeOf(disk, "name"));
        if (!path.isEmpty())
            disk.child("source").attribute("file").set_value(path.toUtf8().constData());
    }
    return xmlText(snapshot);
}

QByteArray withImageMerged(
    const QByteArray& snapshotXml, const QString& from, const QString& to, const QString& format)
{
    pugi::xml_document document;
    if (!loadXml(document, snapshotXml))
        return snapshotXml;
    const Node snapshot = document.child("domainsnapshot");
    renameImage(snapshot.child("domain"), from, to, format);
    renameImage(snapshot.child("inactiveDomain"), from, to, format);
    return xmlText(snapshot);
}

QString namesake(const QVector<SnapshotRecord>& all, const QString& image)
{
    QString first = image;
    for (qsizetype steps = 0; steps <= all.size(); ++steps) { // what stands on itself ends, too
        QString below;
        for (const SnapshotRecord& each : all) {
            for (const SnapshotDisk& disk : each.disks) {
                if (disk.overlay == first)
                    below = disk.path;
            }
        }
        if (below.isEmpty())
            break;
        first = below;
    }
    return image.section(QLatin1Char('/'), 0, -2) + QLatin1Char('/')
        + first.section(QLatin1Char('/'), -1);
}

QString overlayPath(const QString& image, const QString& snapshotName, const QString& mark)
{
    const QString folder = image.section(QLatin1Char('/'), 0, -2);
    QString stem = image.section(QLatin1Char('/'), -1);
    const auto dot = stem.lastIndexOf(QLatin1Char('.'));
    if (dot > 0)
        stem.truncate(dot);
    return QStringLiteral("%1/%2.%3.qcow2").arg(folder, stem, fileWord(snapshotName, mark));
}

QString memoryPath(
    const QString& folder, const QString& machine, const QString& snapshotName, const QString& mark)
{
    return QStringLiteral("%1/%2.%3-memory.save")
        .arg(folder, machine, fileWord(snapshotName, mark));
}

} // namespace hosts::libvirt
