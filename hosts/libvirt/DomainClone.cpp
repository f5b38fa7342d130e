// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainClone.h"

#include "hosts/libvirt/DomainActions.h"
#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/StartWatch.h"
#include "hosts/libvirt/Volumes.h"
#include "vmm/definition/MachineMarks.h"
#include "vmm/qemu/CloneIdentity.h"

namespace hosts::libvirt {

using vmm::CloneDisk;
using vmm::CloneKind;
using vmm::CloneRequest;
using vmm::Definition;
using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

/// One of several parts of a job.
class PartControl : public JobControl {
public:
    PartControl(JobControl& whole, qsizetype index, qsizetype count)
        : m_whole(whole)
        , m_index(static_cast<int>(index))
        , m_count(static_cast<int>(count))
    {
    }
    bool isCancelled() const override { return m_whole.isCancelled(); }
    void setProgress(int percent) override
    {
        m_whole.setProgress((100 * m_index + percent) / m_count);
    }

private:
    JobControl& m_whole;
    int m_index;
    int m_count;
};

/// Images made for a machine that is not there yet.
class MadeImages {
public:
    explicit MadeImages(const Connection& connection)
        : m_connection(connection)
    {
    }
    MadeImages(const MadeImages&) = delete;
    MadeImages& operator=(const MadeImages&) = delete;
    ~MadeImages()
    {
        for (const QString& path : std::as_const(m_paths))
            (void)deleteVolume(m_connection, path);
    }
    void add(const QString& path) { m_paths.append(path); }
    void keep() { m_paths.clear(); }

private:
    const Connection& m_connection;
    QStringList m_paths;
};

/// Two machines would write to what is neither copied nor made to be shared. An empty drive is of
/// type file, whatever it is for.
Result<void> checkCopied(const Definition& source)
{
    for (const vmm::Disk& disk : source.devices<vmm::Disk>()) {
        const bool isSafe = disk.type == QStringLiteral("file") || disk.isReadOnly
            || disk.isShareable || disk.device == QStringLiteral("cdrom");
        if (!isSafe)
            return Error { ErrorKind::HostLacksFeature, source.name(),
                QStringLiteral("disk %1 is no file that could be copied").arg(disk.target) };
    }
    return {};
}

/// Where the disks of a clone go: beside the originals, called after the clone.
Result<QVector<CloneDisk>> planDisks(const Definition& source, const CloneRequest& request)
{
    TRY(checkCopied(source));
    const bool isLinked = request.kind == CloneKind::Linked;
    QVector<CloneDisk> disks
        = vmm::cloneDisks(source, isLinked ? QStringLiteral("qcow2") : QString());
    const QVector<vmm::Disk> all = source.devices<vmm::Disk>();
    disks.removeIf(
        [&](const CloneDisk& disk) { return all[disk.index].type != QStringLiteral("file"); });
    for (CloneDisk& disk : disks) {
        const QString ending = disk.fileName.section(QLatin1Char('.'), -1);
        QString name = request.name;
        name.replace(QLatin1Char('/'), QLatin1Char('-'));
        if (disks.size() > 1)
            name += QLatin1Char('-') + disk.target;
        // cloneDefinition() sets "folder/fileName"; the folder is each disk's own.
        disk.fileName
            = folderOf(disk.source).mid(1) + QLatin1Char('/') + name + QLatin1Char('.') + ending;
    }
    return disks;
}

/// A machine that was never started has no variables yet: then its clone gets fresh ones, too.
Result<QString> copyVariables(const Connection& connection, const Definition& source,
    const QString& name, MadeImages& made, JobControl& control)
{
    const QString from = source.value("os/nvram").trimmed();
    if (from.isEmpty() || !inspectVolume(connection, from))
        return QString();
    const QString to = folderOf(from) + QLatin1Char('/') + name + QStringLiteral("_VARS.fd");
    TRY(copyVolume(connection, from, to, control));
    made.add(to);
    return to;
}

Result<void> makeDisk(
    const Connection& connection, const CloneDisk& disk, CloneKind kind, JobControl& control)
{
    const QString target = QLatin1Char('/') + disk.fileName;
    return kind == CloneKind::Linked
        ? createOverlay(connection, target, disk.source, disk.sourceFormat)
        : copyVolume(connection, disk.source, target, control);
}

/// Answers with the file of the variables, which may be none.
Result<QString> makeFiles(const Connection& connection, const Definition& source,
    const QVector<CloneDisk>& disks, const CloneRequest& request, MadeImages& made,
    JobControl& control)
{
    for (qsizetype i = 0; i < disks.size(); ++i) {
        PartControl part(control, i, disks.size());
        TRY(makeDisk(connection, disks[i], request.kind, part));
        made.add(QLatin1Char('/') + disks[i].fileName);
        if (control.isCancelled())
            return Error { ErrorKind::Cancelled, request.name };
    }
    return copyVariables(connection, source, request.name, made, control);
}

} // namespace

Result<VmId> cloneDomain(
    const Connection& connection, VmId vm, const CloneRequest& request, JobControl& control)
{
    const Subject subject = TRY(findSubject(connection, vm));
    if (request.kind == CloneKind::Instant)
        return Error { ErrorKind::HostLacksFeature, subject.name,
            QStringLiteral("instant clones are made by the embedded core alone") };
    if (subject.isActive)
        return Error { ErrorKind::WrongState, subject.name,
            QStringLiteral("its disks change while it is ") + vmm::nameOf(subject.state) };
    if (request.name.trimmed().isEmpty())
        return Error { ErrorKind::InvalidConfig, QStringLiteral("name"),
            QStringLiteral("the clone has no name") };
    TRY(checkNameIsFree(connection, request.name, {}));
    const QByteArray xml = TRY(storedXml(subject, VIR_DOMAIN_XML_SECURE));
    const Definition source = TRY(Definition::fromXml(QString::fromUtf8(xml)));
    const QVector<CloneDisk> disks = TRY(planDisks(source, request));
    const StartWatch watch(subject);
    JobUntilStart job(control, watch);
    MadeImages made(connection);
    const auto variables = makeFiles(connection, source, disks, request, made, job);
    TRY(watch.check()); // whatever came of it
    if (!variables)
        return variables.error();
    Definition clone
        = vmm::cloneDefinition(source, request.name, QUuid::createUuid(), disks, QString());
    clone.setValue("os/nvram", *variables);
    vmm::MachineMarks marks = vmm::marksOf(source);
    marks.isTemplate = false;
    const bool isLinked = request.kind == CloneKind::Linked;
    marks.parent = isLinked ? vm : VmId();
    marks.parentName = isLinked ? subject.name : QString();
    const VmId defined = TRY(defineDomain(connection, vmm::withMarks(clone, marks).toXml()));
    made.keep();
    if (request.isStarted)
        TRY(performAction(connection, defined, vmm::VmAction::Start));
    return defined;
}

} // namespace hosts::libvirt
