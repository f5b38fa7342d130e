// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/BackupDialogs.h"

#include "ui/dialogs/FormDialog.h"
#include "ui/dialogs/OnMachine.h"
#include "ui/text/Units.h"
#include "vmm/base/BackupNames.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>
#include <memory>

namespace ui {

using models::VmRef;
using vmm::CheckpointInfo;

namespace {

const auto kFolderKey = QStringLiteral("backup-folder");

using Checkpoints = std::shared_ptr<QVector<CheckpointInfo>>;

QString nameOfNow()
{
    return QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd_hh-mm"));
}

QString nameProblem(const QString& name, const QVector<CheckpointInfo>& present)
{
    if (!name.isEmpty() && !vmm::isCheckpointName(name))
        return BackupDialogs::tr("The name of a checkpoint has letters from A to Z, digits and "
                                 "_-. alone, and does not begin with a dot.");
    const bool isTaken = std::any_of(present.begin(), present.end(),
        [&](const CheckpointInfo& each) { return each.name == name; });
    return isTaken ? BackupDialogs::tr("The machine has a checkpoint of that name.") : QString();
}

/// What a dialog has to know of those that are there; it opens at once and learns it a bit later.
void learn(const VmRef& vm, FormDialog* dialog, const Checkpoints& known,
    QComboBox* since = nullptr, const QString& proposed = {})
{
    if (!vm.host->info().has(hosts::Feature::Checkpoints))
        return;
    vmm::async::onFinished(vm.host->call(hosts::ListCheckpoints { vm.vm }), dialog,
        [=](const vmm::Result<QVector<CheckpointInfo>>& all) {
            if (!all)
                return; // the host will say it again
            *known = *all;
            for (auto each = all->crbegin(); since && each != all->crend(); ++each) {
                if (!each->problem.isEmpty())
                    continue;
                const QString text = BackupDialogs::tr("What changed since %1").arg(each->name);
                since->addItem(each->changed
                        //: %1 is "What changed since monday", %2 a size
                        ? BackupDialogs::tr("%1 (%2)").arg(text, Units::bytes(*each->changed))
                        : text,
                    each->name);
                if (each->name == proposed)
                    since->setCurrentIndex(since->count() - 1);
            }
            dialog->validate();
        });
}

QString consequenceOf(const hosts::VmInfo& vm, const vmm::BackupRequest& request)
{
    const QString files
        = BackupDialogs::tr("Writes a qcow2 file for each disk (%1) while the "
                            "machine goes on; they hold the disks of this moment.")
              .arg(vmm::backupFileName(vm.name, QStringLiteral("vda"),
                  request.checkpoint.isEmpty() ? BackupDialogs::tr("TIME") : request.checkpoint));
    if (!request.since.isEmpty())
        return files + QLatin1Char(' ')
            + BackupDialogs::tr("They need those of %1, which they stand on if they are in this "
                                "folder.")
                  .arg(request.since);
    return request.checkpoint.isEmpty() ? files + QLatin1Char(' ')
            + BackupDialogs::tr("Without a checkpoint the next backup takes everything again.")
                                        : files;
}

} // namespace

void BackupDialogs::backUp(
    Context& context, const VmRef& vm, const QString& proposed, QWidget* parent)
{
    const hosts::VmInfo info = infoOf(context, vm);
    auto* dialog = new FormDialog(
        QStringLiteral("backup"), tr("Back up %1").arg(info.name), tr("Back up"), parent);
    auto* folder = dialog->add(tr("&Folder on the host"), "Folder", new QLineEdit);
    folder->setText(context.settings.view(kFolderKey).toString());
    folder->setPlaceholderText(QStringLiteral("/var/backups/machines"));
    auto* since = dialog->add(tr("&Take"), "Since", new QComboBox);
    since->addItem(tr("Everything"), QString());
    auto* name = dialog->add(tr("&New checkpoint"), "Checkpoint", new QLineEdit);
    name->setPlaceholderText(tr("None"));
    if (vm.host->info().has(hosts::Feature::Checkpoints))
        name->setText(nameOfNow());
    else
        name->setEnabled(false);
    name->setToolTip(tr("The disks note what is written from this moment on, so that the next "
                        "backup can take that alone."));
    auto* quiesce
        = dialog->add(tr("Disks"), "Quiesce", new QCheckBox(tr("&Have the guest write all first")));
    quiesce->setEnabled(vm.host->info().has(hosts::Feature::GuestAgent));
    quiesce->setToolTip(tr("Needs the agent in the guest; fails if there is none."));
    const auto request = [folder, since, name, quiesce] {
        return vmm::BackupRequest { .folder = folder->text().trimmed(),
            .since = since->currentData().toString(),
            .checkpoint = name->text().trimmed(),
            .quiesce = quiesce->isChecked() };
    };
    const auto known = std::make_shared<QVector<CheckpointInfo>>();
    dialog->setProblem([request, known] {
        return request().folder.startsWith(QLatin1Char('/'))
            ? nameProblem(request().checkpoint, *known)
            : tr("Give the path of a folder of the host, from the root on.");
    });
    dialog->setConsequence([request, info] { return consequenceOf(info, request()); });
    dialog->setRun([&context, vm, request] {
        context.settings.setView(kFolderKey, request().folder);
        begin(context, vm, hosts::BackUpMachine { vm.vm, request() });
    });
    dialog->start();
    learn(vm, dialog, known, since, proposed);
}

void BackupDialogs::createCheckpoint(Context& context, const VmRef& vm, QWidget* parent)
{
    const hosts::VmInfo info = infoOf(context, vm);
    auto* dialog = new FormDialog(QStringLiteral("checkpoint"),
        tr("New checkpoint of %1").arg(info.name), tr("Create"), parent);
    auto* name = dialog->add(tr("&Name"), "Name", new QLineEdit(nameOfNow()));
    name->selectAll();
    auto* description = dialog->add(tr("&Description"), "Description", new QPlainTextEdit);
    description->setTabChangesFocus(true);
    description->setFixedHeight(dialog->fontMetrics().lineSpacing() * 3 + 12);
    const auto known = std::make_shared<QVector<CheckpointInfo>>();
    dialog->setProblem([name, known] {
        return name->text().trimmed().isEmpty() ? tr("Give the checkpoint a name.")
                                                : nameProblem(name->text().trimmed(), *known);
    });
    dialog->setConsequence([] {
        return tr("From now on the qcow2 disks note what is written to them. It keeps no data: "
                  "a full backup of this moment has to be made by other means, or together with "
                  "the checkpoint (Back up).");
    });
    dialog->setRun([&context, vm, name, description] {
        begin(context, vm,
            hosts::CreateCheckpoint { vm.vm,
                { .name = name->text().trimmed(),
                    .description = description->toPlainText().trimmed() } });
    });
    dialog->start();
    learn(vm, dialog, known);
}

void BackupDialogs::deleteCheckpoint(
    Context& context, const VmRef& vm, const CheckpointInfo& checkpoint, QWidget* parent)
{
    using Deletion = vmm::CheckpointDeletion;
    const hosts::VmInfo info = infoOf(context, vm);
    const bool isWhole = vmm::isActive(info.state) && checkpoint.problem.isEmpty();
    auto* dialog = new FormDialog(QStringLiteral("deleteCheckpoint"),
        tr("Delete checkpoint %1?").arg(checkpoint.name), tr("Delete"), parent);
    auto* what = dialog->add(tr("&What"), "What", new QComboBox);
    if (isWhole)
        what->addItem(tr("With what the disks noted"), int(Deletion::Merge));
    what->addItem(tr("Its entry alone"), int(Deletion::MetadataOnly));
    dialog->setConsequence([what, isActive = vmm::isActive(info.state)] {
        if (Deletion(what->currentData().toInt()) == Deletion::Merge)
            return tr("No backup can be made since then any more. Those since the other "
                      "checkpoints can.");
        const QString entry = tr("libvirt forgets the checkpoint; what the disk images keep of it "
                                 "stays in them, and its name can't be used again.");
        return isActive
            ? entry
            : entry + QLatin1Char(' ') + tr("The rest can only be deleted while the machine runs.");
    });
    dialog->setRun([&context, vm, name = checkpoint.name, what] {
        begin(context, vm,
            hosts::DeleteCheckpoint { vm.vm, name, Deletion(what->currentData().toInt()) });
    });
    dialog->start();
}

} // namespace ui
