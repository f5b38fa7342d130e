// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainNotes.h"

#include "hosts/libvirt/DomainActions.h"
#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/ImageUse.h"
#include "hosts/libvirt/JobWatch.h"
#include "hosts/libvirt/Volumes.h"
#include "vmm/base/KeyNames.h"
#include "vmm/definition/MachineMarks.h"

#include <algorithm>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::MachineMarks;
using vmm::Result;

namespace {

Result<void> setText(const Subject& subject, int kind, const QString& text, unsigned int flags)
{
    const QByteArray bytes = text.toUtf8();
    const char* value = text.isEmpty() ? nullptr : bytes.constData();
    return check(
        virDomainSetMetadata(subject.get(), kind, value, nullptr, nullptr, flags), subject.name);
}

Result<MachineMarks> readMarks(const Subject& subject)
{
    const QByteArray xml = TRY(storedXml(subject));
    return vmm::marksOf(TRY(vmm::Definition::fromXml(QString::fromUtf8(xml))));
}

Result<void> writeMarks(const Subject& subject, const MachineMarks& marks, unsigned int flags)
{
    const QByteArray element = vmm::marksElement(marks);
    const bool isNothing = marks.isEmpty();
    const Result<void> written
        = check(virDomainSetMetadata(subject.get(), VIR_DOMAIN_METADATA_ELEMENT,
                    isNothing ? nullptr : element.constData(), vmm::kMarksPrefix,
                    vmm::kMarksNamespace, flags),
            subject.name);
    const virErrorPtr last = virGetLastError();
    if (!written && isNothing && last != nullptr && last->code == VIR_ERR_NO_DOMAIN_METADATA)
        return {}; // there was none
    return written;
}

/// Refused while nothing is changed yet.
Result<void> checkDisks(
    const Connection& connection, const Subject& subject, const RemoveWithDisks& operation)
{
    const QByteArray xml = TRY(storedXml(subject));
    const auto definition = TRY(vmm::Definition::fromXml(QString::fromUtf8(xml)));
    const QVector<vmm::Disk> disks = definition.devices<vmm::Disk>();
    for (const QString& path : operation.disks) {
        const bool isOwn = std::any_of(disks.begin(), disks.end(),
            [&](const vmm::Disk& disk) { return disk.sourcePath() == path; });
        if (!isOwn)
            return Error { ErrorKind::InvalidConfig, path,
                QStringLiteral("no disk of %1 is in this image").arg(subject.name) };
        TRY(inspectVolume(connection, path));
    }
    if (operation.disks.isEmpty())
        return {};
    const ImageUse use = TRY(ImageUse::read(connection, operation.disks));
    for (const QString& path : operation.disks)
        TRY(use.checkNeedless(path, operation.vm));
    return {};
}

} // namespace

Result<void> setNotes(const Connection& connection, const SetNotes& operation)
{
    const Subject subject = TRY(findSubject(connection, operation.vm));
    const unsigned int flags = TRY(impactOf(subject, vmm::DeviceScope::Both)).flags();
    if (operation.title.contains(QLatin1Char('\n')))
        return Error { ErrorKind::InvalidConfig, QStringLiteral("title"),
            QStringLiteral("a title is one line") };
    TRY(setText(subject, VIR_DOMAIN_METADATA_TITLE, operation.title, flags));
    TRY(setText(subject, VIR_DOMAIN_METADATA_DESCRIPTION, operation.description, flags));
    MachineMarks marks = TRY(readMarks(subject));
    if (marks.tags == operation.tags)
        return {};
    marks.tags = operation.tags;
    return writeMarks(subject, marks, flags);
}

Result<void> setTemplate(const Connection& connection, VmId vm, bool isOn)
{
    const Subject subject = TRY(findSubject(connection, vm));
    if (subject.isActive)
        return Error { ErrorKind::WrongState, subject.name,
            QStringLiteral("it becomes a template when it is shut off, it is ")
                + vmm::nameOf(subject.state) };
    MachineMarks marks = TRY(readMarks(subject));
    marks.isTemplate = isOn;
    return writeMarks(subject, marks, VIR_DOMAIN_AFFECT_CONFIG);
}

Result<void> setAutostart(const Connection& connection, VmId vm, bool isOn)
{
    const Subject subject = TRY(findSubject(connection, vm));
    return check(virDomainSetAutostart(subject.get(), isOn ? 1 : 0), subject.name);
}

Result<void> renameDomain(const Connection& connection, VmId vm, const QString& name)
{
    const Subject subject = TRY(findSubject(connection, vm));
    if (name.trimmed().isEmpty() || name.contains(QLatin1Char('/'))
        || name.contains(QLatin1Char('\n')))
        return Error { ErrorKind::InvalidConfig, name, QStringLiteral("not a name") };
    TRY(checkNameIsFree(connection, name, vm));
    if (subject.isActive)
        return Error { ErrorKind::WrongState, subject.name,
            QStringLiteral("rename while ") + vmm::nameOf(subject.state) };
    return check(virDomainRename(subject.get(), name.toUtf8().constData(), 0), subject.name);
}

Result<void> sendKeys(const Connection& connection, VmId vm, const QStringList& keys)
{
    constexpr unsigned int kHoldMs = 100;
    const Subject subject = TRY(findActive(connection, vm, QStringLiteral("keys")));
    unsigned int codes[vmm::kMostKeysAtOnce] = {};
    int count = 0;
    if (keys.isEmpty() || keys.size() > vmm::kMostKeysAtOnce)
        return Error { ErrorKind::InvalidConfig, {}, QStringLiteral("1 to 16 keys are pressed") };
    for (const QString& key : keys) {
        const auto code = vmm::linuxKeyCode(key);
        if (!code)
            return Error { ErrorKind::InvalidConfig, key, QStringLiteral("there is no such key") };
        codes[count++] = static_cast<unsigned int>(*code);
    }
    return check(virDomainSendKey(subject.get(), VIR_KEYCODE_SET_LINUX, kHoldMs, codes, count, 0),
        subject.name);
}

Result<void> injectNmi(const Connection& connection, VmId vm)
{
    const Subject subject = TRY(findActive(connection, vm, QStringLiteral("interrupt")));
    return check(virDomainInjectNMI(subject.get(), 0), subject.name);
}

Result<void> dumpMemory(
    const Connection& connection, VmId vm, const QString& path, JobControl& control)
{
    const Subject subject = TRY(findActive(connection, vm, QStringLiteral("dump")));
    if (!path.startsWith(QLatin1Char('/')))
        return Error { ErrorKind::InvalidConfig, path,
            QStringLiteral("a path on the host starts with a slash") };
    // QEMU would write over what is there.
    const auto pool = PoolLease::of(connection, folderOf(path));
    if (pool && pool->volume(path))
        return Error { ErrorKind::AlreadyExists, path, QStringLiteral("there is such a file") };
    Result<void> dumped;
    {
        const JobWatch watch = watchDomainJob(subject.domain, control);
        dumped = check(virDomainCoreDumpWithFormat(subject.get(), path.toUtf8().constData(),
                           VIR_DOMAIN_CORE_DUMP_FORMAT_RAW, VIR_DUMP_MEMORY_ONLY),
            subject.name);
    }
    if (!dumped && control.isCancelled())
        return Error { ErrorKind::Cancelled, subject.name };
    return dumped;
}

Result<void> removeWithDisks(
    const Connection& connection, const RemoveWithDisks& operation, const Wanted& wanted)
{
    const Subject subject = TRY(findSubject(connection, operation.vm));
    TRY(checkDisks(connection, subject, operation));
    TRY(wanted.check(subject.name));
    TRY(performAction(connection, operation.vm, vmm::VmAction::Undefine));
    QStringList left;
    Error problem;
    for (const QString& path : operation.disks) {
        const Result<void> isWanted = wanted.check(path);
        const Result<void> deleted = isWanted ? deleteVolume(connection, path) : isWanted;
        if (deleted)
            continue;
        left.append(path);
        problem = deleted.error();
    }
    if (left.isEmpty())
        return {};
    problem.subject = left.join(QStringLiteral(", "));
    problem.detail
        = QStringLiteral("the machine is removed, but these images are left: ") + problem.detail;
    return problem;
}

} // namespace hosts::libvirt
