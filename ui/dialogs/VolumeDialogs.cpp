// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/VolumeDialogs.h"

#include "models/PoolKinds.h"
#include "ui/dialogs/ConfirmDialog.h"
#include "ui/dialogs/DialogParts.h"
#include "ui/dialogs/FileLook.h"
#include "ui/dialogs/FormDialog.h"
#include "ui/dialogs/PathEdit.h"
#include "ui/dialogs/PoolContents.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Units.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>

namespace ui {

using hosts::PoolInfo;
using hosts::VolumeInfo;

namespace {

QString endingOf(const QString& format)
{
    return format == QStringLiteral("raw") ? QStringLiteral(".img") : QStringLiteral(".qcow2");
}

const VolumeInfo* findVolume(const QVector<VolumeInfo>& volumes, const QString& name)
{
    for (const VolumeInfo& volume : volumes) {
        if (volume.name == name)
            return &volume;
    }
    return nullptr;
}

/// "disk", "disk-2": the first that is free.
QString freeName(const QVector<VolumeInfo>& present, const QString& base, const QString& ending)
{
    QString name = base + ending;
    for (int i = 2; findVolume(present, name); ++i)
        name = QStringLiteral("%1-%2%3").arg(base).arg(i).arg(ending);
    return name;
}

QComboBox* backingBox(const QVector<VolumeInfo>& present, const QString& nothing)
{
    auto* box = new QComboBox;
    box->addItem(nothing);
    for (const VolumeInfo& volume : present) {
        if (volume.format != QStringLiteral("iso"))
            box->addItem(volume.name, volume.name);
    }
    return box;
}

} // namespace

QString VolumeDialogs::nameProblem(const QString& name)
{
    if (name.trimmed().isEmpty())
        return tr("Give the volume a name.");
    if (name.contains(QLatin1Char('/')))
        return tr("The name of a volume has no slash.");
    return {};
}

void VolumeDialogs::create(Context& context, hosts::Host* host, const PoolInfo& pool,
    const QVector<VolumeInfo>& present, QWidget* parent)
{
    const QStringList formats = models::poolKindOf(pool.type).volumeFormats;
    auto* dialog = new FormDialog(
        QStringLiteral("newVolume"), tr("New volume in %1").arg(pool.name), tr("Create"), parent);
    auto* name = dialog->add(tr("&Name"), "Name",
        new QLineEdit(freeName(present, QStringLiteral("disk"),
            formats.isEmpty() ? QString() : endingOf(formats[0]))));
    auto* format = dialog->add(tr("&Format"), "Format", new QComboBox);
    for (const QString& each : formats)
        format->addItem(each, each);
    auto* size = dialog->add(tr("&Size"), "Size", sizeSpin(20));
    auto* backing
        = dialog->add(tr("Stands &on"), "Backing", backingBox(present, tr("nothing: it is empty")));
    auto* full = dialog->add(
        tr("Room"), "Full", new QCheckBox(tr("&Occupy all of it from the beginning")));
    dialog->form()->setRowVisible(format, !formats.isEmpty());
    dialog->form()->setRowVisible(backing, !formats.isEmpty());
    dialog->form()->setRowVisible(full, !formats.isEmpty());
    QObject::connect(format, &QComboBox::currentIndexChanged, dialog, [=] {
        const QFileInfo file(name->text());
        name->setText(file.completeBaseName() + endingOf(format->currentData().toString()));
        const bool canStand = format->currentData().toString() == QStringLiteral("qcow2");
        backing->setEnabled(canStand);
        backing->setToolTip(canStand ? QString() : tr("A raw image stands alone."));
        if (!canStand)
            backing->setCurrentIndex(0);
    });
    QObject::connect(backing, &QComboBox::currentIndexChanged, dialog, [=] {
        const VolumeInfo* below = findVolume(present, backing->currentData().toString());
        if (below)
            size->setValue(gibibytesOf(below->capacity));
        full->setEnabled(!below);
        full->setToolTip(below ? tr("It keeps only what differs.") : QString());
    });
    dialog->setProblem([=] {
        if (findVolume(present, name->text().trimmed()))
            return tr("There is a volume of this name already.");
        if (size->value() <= 0)
            return tr("Say how large it is to be.");
        const VolumeInfo* below = findVolume(present, backing->currentData().toString());
        if (below && size->value() + 0.005 < gibibytesOf(below->capacity))
            return tr("It can't be smaller than what it stands on.");
        if (full->isEnabled() && full->isChecked() && sizeOf(size) > pool.available)
            return tr("There are only %1 free in this pool.").arg(Units::bytes(pool.available));
        return nameProblem(name->text());
    });
    dialog->setConsequence([=] {
        if (backing->currentIndex() > 0)
            return tr("Keeps only what differs from the volume below, which must not be changed "
                      "from then on.");
        return formats.isEmpty() || full->isChecked()
            ? tr("Takes its whole size at once.")
            : tr("Takes room on the host only as it is filled.");
    });
    dialog->setRun([=, &context] {
        const VolumeInfo* below = findVolume(present, backing->currentData().toString());
        const bool isFull = full->isEnabled() && full->isChecked();
        beginOn(context, host,
            hosts::CreateVolume { pool.name,
                { .name = name->text().trimmed(),
                    .format = format->currentData().toString(),
                    .capacity = sizeOf(size),
                    .allocation = isFull || formats.isEmpty() ? sizeOf(size) : vmm::Bytes(),
                    .backing = below ? below->path : QString(),
                    .backingFormat = below ? below->format : QString() } });
    });
    dialog->start();
    name->setFocus();
}

void VolumeDialogs::upload(
    Context& context, hosts::Host* host, const PoolInfo& pool, QWidget* parent)
{
    auto* dialog = new FormDialog(QStringLiteral("uploadVolume"),
        tr("Upload a file to %1").arg(pool.name), tr("Upload"), parent);
    auto* file = dialog->add(tr("&File"), "File",
        new PathEdit(QStringLiteral("uploadVolumeFile"), tr("File"), tr("All files (*)")));
    file->setLocal(PathEdit::Local::Existing);
    auto* name = dialog->add(tr("&Name over there"), "Name", new QLineEdit);
    QObject::connect(file, &PathEdit::changed, dialog, [=] {
        if (!name->isModified())
            name->setText(QFileInfo(file->path()).fileName());
    });
    auto* look = new FileLook([dialog] { dialog->validate(); }, dialog);
    const auto* present = new PoolContents(
        host, pool.name, [dialog] { dialog->validate(); }, dialog);
    dialog->setProblem([=] {
        if (file->path().isEmpty())
            return tr("Choose a file of this computer.");
        if (present->error())
            return ErrorText::of(*present->error()).inOneLine();
        if (!present->isKnown())
            return tr("The host is being asked what is in the pool already.");
        const auto facts = look->of(file->path());
        if (!facts)
            return tr("Looking for the file…");
        if (!facts->isReadable)
            return tr("%1 is no file that can be read.").arg(file->path());
        const VolumeInfo* there = present->find(name->text().trimmed());
        if (there && !(there->machines + there->dependents).isEmpty())
            return tr("The volume of this name is in use: %1.")
                .arg((there->machines + there->dependents).join(QStringLiteral(", ")));
        return nameProblem(name->text());
    });
    dialog->setConsequence([=] {
        const auto facts = look->of(file->path());
        const auto size = static_cast<quint64>(facts ? facts->size : 0);
        const QString amount = Units::bytes(vmm::Bytes::fromBytes(size));
        return present->find(name->text().trimmed())
            ? tr("%1 go over. What is in the volume of this name is overwritten, unless this is "
                 "the rest of an upload that was interrupted.")
                  .arg(amount)
            : tr("%1 go over, less what is empty. If the connection breaks, it goes on by itself.")
                  .arg(amount);
    });
    dialog->setRun([=, &context] {
        beginOn(
            context, host, hosts::UploadVolume { pool.name, name->text().trimmed(), file->path() });
    });
    dialog->start();
    file->setFocus();
}

void VolumeDialogs::download(
    Context& context, hosts::Host* host, const VolumeInfo& volume, QWidget* parent)
{
    auto* dialog = new FormDialog(QStringLiteral("downloadVolume"),
        tr("Download %1").arg(volume.name), tr("Download"), parent);
    auto* file = dialog->add(tr("&To the file"), "File",
        new PathEdit(QStringLiteral("downloadVolumeFile"), tr("To the file"), tr("All files (*)")));
    file->setLocal(PathEdit::Local::New);
    file->setPath(QDir::homePath() + QLatin1Char('/') + volume.name);
    auto* look = new FileLook([dialog] { dialog->validate(); }, dialog);
    auto* lookAtPart = new FileLook([dialog] { dialog->validate(); }, dialog);
    const auto partOf = [file] { return file->path() + QStringLiteral(".part"); };
    dialog->setProblem([=] {
        if (file->path().isEmpty())
            return tr("Say which file it is to become.");
        const auto facts = look->of(file->path());
        if (!facts || !lookAtPart->of(partOf()))
            return tr("Looking for the file…");
        if (facts->isFolder)
            return tr("Say which file it is to become.");
        if (facts->isThere)
            return tr("There is a file of this name already: it is not replaced.");
        if (!facts->hasWritableFolder)
            return tr("Nothing can be written to %1.").arg(QFileInfo(file->path()).path());
        return QString();
    });
    dialog->setConsequence([=] {
        const QString part = partOf();
        const auto factsOfPart = lookAtPart->of(part);
        QString text = tr("%1 come over. The file is called %2 until it is whole.")
                           .arg(Units::bytes(volume.allocation), QFileInfo(part).fileName());
        if (factsOfPart && factsOfPart->isThere)
            text = tr("%1 is there already: the rest of it comes over.").arg(part);
        if (!volume.machines.isEmpty())
            text += QLatin1Char('\n')
                + tr("If %1 runs meanwhile, the copy may be of no use.")
                      .arg(volume.machines.join(QStringLiteral(", ")));
        return text;
    });
    dialog->setRun([=, &context] {
        beginOn(context, host, hosts::DownloadVolume { volume.pool, volume.name, file->path() });
    });
    dialog->start();
    file->setFocus();
}

void VolumeDialogs::grow(
    Context& context, hosts::Host* host, const VolumeInfo& volume, QWidget* parent)
{
    auto* dialog = new FormDialog(
        QStringLiteral("growVolume"), tr("Grow %1").arg(volume.name), tr("Grow"), parent);
    const double now = gibibytesOf(volume.capacity);
    auto* size = dialog->add(tr("New &size"), "Size", sizeSpin(now));
    dialog->setProblem([size, now, volume] {
        return size->value() <= now + 0.004
            ? tr("A volume can only grow; it has %1 now.").arg(Units::bytes(volume.capacity))
            : QString();
    });
    dialog->setConsequence([] {
        return tr("Partitions and file systems inside stay as they are until the guest grows "
                  "them.");
    });
    dialog->setRun([&context, host, volume, size] {
        beginOn(context, host, hosts::ResizeVolume { volume.pool, volume.name, sizeOf(size) });
    });
    dialog->start();
}

void VolumeDialogs::clone(Context& context, hosts::Host* host, const VolumeInfo& volume,
    const QVector<PoolInfo>& pools, QWidget* parent)
{
    auto* dialog = new FormDialog(
        QStringLiteral("cloneVolume"), tr("Clone %1").arg(volume.name), tr("Clone"), parent);
    const QFileInfo file(volume.name);
    const QString ending = file.suffix().isEmpty() ? QString() : QLatin1Char('.') + file.suffix();
    auto* name = dialog->add(tr("&Name"), "Name",
        new QLineEdit(file.completeBaseName() + QStringLiteral("-copy") + ending));
    auto* pool = dialog->add(tr("&Pool"), "Pool", new QComboBox);
    for (const PoolInfo& each : pools) {
        if (each.isActive())
            pool->addItem(each.name, each.name);
    }
    pool->setCurrentIndex(pool->findData(volume.pool));
    dialog->setProblem([=] {
        if (pool->currentData().toString() == volume.pool && name->text().trimmed() == volume.name)
            return tr("The copy needs a name of its own.");
        return nameProblem(name->text());
    });
    dialog->setConsequence(
        [] { return tr("Makes a copy that stands alone; the original stays as it is."); });
    dialog->setRun([=, &context] {
        beginOn(context, host,
            hosts::CloneVolume { volume.pool, volume.name, pool->currentData().toString(),
                { .name = name->text().trimmed(), .format = volume.format } });
    });
    dialog->start();
    name->setFocus();
}

void VolumeDialogs::remove(
    Context& context, hosts::Host* host, const VolumeInfo& volume, QWidget* parent)
{
    const Question question { .title = tr("Delete %1?").arg(volume.name),
        .text = tr("The volume is deleted with all it holds (%1). This can't be undone.")
                    .arg(Units::bytes(volume.allocation)),
        .items = { volume.path },
        .verb = tr("Delete") };
    ConfirmDialog::ask(parent, question, [&context, host, volume] {
        beginOn(context, host, hosts::DeleteVolume { volume.pool, volume.name });
    });
}

} // namespace ui
