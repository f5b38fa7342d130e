// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/ImageGuard.h"

#include "vmm/qemu/WedgedMounts.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace vmm {

namespace {

QString imageKey(const QString& path)
{
    const QString canonical = isWedged(path) ? QString() : QFileInfo(path).canonicalFilePath();
    return canonical.isEmpty() ? QDir::cleanPath(path) : canonical; // it may be gone
}

Error needed(const QString& path, const QStringList& by)
{
    return { ErrorKind::Busy, path, by.join(QStringLiteral(", ")), ErrorCause::ImageNeeded };
}

} // namespace

ImageGuard::ImageGuard(
    ImageChains& chains, const QVector<DiskOwner>& owners, const QStringList& folders)
{
    for (const DiskOwner& owner : owners) {
        m_names.insert(owner.id, owner.name);
        if (owner.isActive)
            m_active.insert(owner.id);
        for (const DiskOwner::Disk& disk : owner.disks) {
            const ChainReading reading = chains.read(disk.path, disk.format);
            // Also one that is missing or broken: it is somebody's all the same.
            take(reading.chain.isEmpty()
                    ? ImageChain { { .path = disk.path, .format = disk.format } }
                    : reading.chain,
                &owner);
            if (disk.isInMemory)
                m_nodes[imageKey(disk.path)].inMemoryOf.insert(owner.id);
            if (!disk.frozenBy.isEmpty())
                m_nodes[imageKey(disk.path)].frozenBy.append(
                    QStringLiteral("snapshot \"%1\" of %2").arg(disk.frozenBy, owner.name));
        }
    }
    for (const QString& folder : folders) {
        const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files);
        for (const QFileInfo& file : files) {
            if (!m_nodes.contains(imageKey(file.filePath())))
                take(chains.read(file.filePath()).chain, nullptr);
        }
    }
}

void ImageGuard::take(const ImageChain& chain, const DiskOwner* owner)
{
    for (qsizetype i = 0; i < chain.size(); ++i) {
        Node& node = m_nodes[imageKey(chain.at(i).path)];
        const bool isSaid = owner || i > 0;
        if (node.image.path.isEmpty() || (isSaid && !node.isSaid))
            node.image = chain.at(i);
        node.isSaid = node.isSaid || isSaid;
        node.isDirectDisk = node.isDirectDisk || (owner && i == 0);
        if (owner)
            node.owners.insert(owner->id);
        if (i > 0)
            node.dependents.insert(chain.at(i - 1).path);
    }
}

const ImageGuard::Node* ImageGuard::find(const QString& path) const
{
    const auto found = m_nodes.constFind(imageKey(path));
    return found == m_nodes.cend() ? nullptr : &*found;
}

QStringList ImageGuard::namesOf(const QSet<QUuid>& owners) const
{
    QStringList names;
    for (const QUuid& id : owners)
        names.append(m_names.value(id));
    names.sort();
    return names;
}

QVector<ImageUse> ImageGuard::uses() const
{
    QVector<ImageUse> uses;
    uses.reserve(m_nodes.size());
    for (const Node& node : m_nodes) {
        QStringList dependents(node.dependents.cbegin(), node.dependents.cend());
        dependents.sort();
        uses.append({ node.image, namesOf(node.owners), dependents });
    }
    std::sort(uses.begin(), uses.end(),
        [](const ImageUse& a, const ImageUse& b) { return a.image.path < b.image.path; });
    return uses;
}

QString ImageGuard::formatOf(const QString& path) const
{
    const Node* node = find(path);
    return node && node->isSaid ? node->image.format : QString();
}

bool ImageGuard::isRawDisk(const QString& canonicalPath) const
{
    const Node* node = find(canonicalPath);
    return node && node->isDirectDisk && node->image.format == QLatin1StringView("raw");
}

QStringList ImageGuard::dependentsOf(const QString& path) const
{
    const Node* node = find(path);
    QStringList dependents;
    if (node)
        dependents = QStringList(node->dependents.cbegin(), node->dependents.cend());
    dependents.sort();
    return dependents;
}

QStringList ImageGuard::ownersOf(const QString& path, const QUuid& except) const
{
    const Node* node = find(path);
    return node ? namesOf(QSet<QUuid>(node->owners).subtract({ except })) : QStringList();
}

bool ImageGuard::isOwnedBy(const QString& path, const QUuid& machine) const
{
    const Node* node = find(path);
    return node && node->owners.contains(machine);
}

bool ImageGuard::isBelow(const QString& path, const QStringList& tops) const
{
    QSet<QString> seen;
    QStringList above = dependentsOf(path);
    while (!above.isEmpty()) {
        const QString one = above.takeLast();
        if (seen.contains(one))
            continue;
        seen.insert(one);
        const bool isTop = std::any_of(tops.cbegin(), tops.cend(),
            [&one](const QString& top) { return imageKey(top) == imageKey(one); });
        if (isTop)
            return true;
        above += dependentsOf(one);
    }
    return false;
}

Result<void> ImageGuard::checkUnneeded(const QString& path, const QUuid& except) const
{
    TRY(checkNothingStandsOn(path));
    const Node* node = find(path);
    if (!node)
        return {};
    const QStringList names = namesOf(QSet<QUuid>(node->owners).subtract({ except }));
    return names.isEmpty() ? Result<void>() : needed(path, names);
}

Result<void> ImageGuard::checkNothingStandsOn(const QString& path) const
{
    const Node* node = find(path);
    if (node && !node->frozenBy.isEmpty())
        return needed(path, node->frozenBy);
    const QStringList dependents = dependentsOf(path);
    return dependents.isEmpty() ? Result<void>() : needed(path, dependents);
}

Result<void> ImageGuard::checkInNoMemory(const QString& path, const QUuid& except) const
{
    const Node* node = find(path);
    QStringList by;
    if (node)
        by = namesOf(QSet<QUuid>(node->inMemoryOf).subtract({ except }));
    for (QString& name : by)
        name.prepend(QLatin1StringView("the memory of "));
    return by.isEmpty() ? Result<void>() : needed(path, by);
}

Result<void> ImageGuard::checkIdle(const QString& path) const
{
    const Node* node = find(path);
    const QStringList active
        = node ? namesOf(QSet<QUuid>(node->owners).intersect(m_active)) : QStringList();
    if (active.isEmpty())
        return {};
    return Error { ErrorKind::Busy, path, active.join(QStringLiteral(", ")),
        ErrorCause::ImageLocked };
}

Result<void> ImageGuard::checkFolderUnneeded(const QString& folder, const QUuid& except) const
{
    const QString prefix = imageKey(folder) + QLatin1Char('/');
    for (auto node = m_nodes.cbegin(); node != m_nodes.cend(); ++node) {
        if (!node.key().startsWith(prefix))
            continue;
        const QStringList names = namesOf(QSet<QUuid>(node->owners).subtract({ except }));
        if (!names.isEmpty())
            return needed(node.key(), names);
        for (const QString& dependent : node->dependents) {
            if (!imageKey(dependent).startsWith(prefix))
                return needed(node.key(), { dependent });
        }
    }
    return {};
}

} // namespace vmm
