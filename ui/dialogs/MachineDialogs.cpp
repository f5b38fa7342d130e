// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/MachineDialogs.h"

#include "ui/dialogs/ConfirmDialog.h"
#include "ui/dialogs/FormDialog.h"
#include "ui/dialogs/OnMachine.h"
#include "ui/text/Units.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>

namespace ui {

using models::VmRecord;
using models::VmRef;

namespace {

constexpr double kGiBytes = 1024.0 * 1024 * 1024;

} // namespace

QString MachineDialogs::nameProblem(
    const Context& context, const hosts::Host* host, const QString& name, hosts::VmId except)
{
    if (name.isEmpty())
        return tr("Give the machine a name.");
    if (name.contains(QLatin1Char('/')) || name.startsWith(QLatin1Char('.')))
        return tr("A name can't contain a slash or begin with a dot.");
    for (const VmRecord* vm : context.workspace.inventory.vms(host)) {
        if (vm->info.name == name && vm->info.id != except)
            return tr("The name is taken by another machine of this host.");
    }
    return {};
}

void MachineDialogs::rename(Context& context, const VmRef& vm, QWidget* parent)
{
    const QString old = infoOf(context, vm).name;
    auto* dialog
        = new FormDialog(QStringLiteral("rename"), tr("Rename %1").arg(old), tr("Rename"), parent);
    auto* name = dialog->add(tr("&Name"), "Name", new QLineEdit(old));
    name->selectAll();
    dialog->setProblem([&context, vm, name, old] {
        if (name->text().trimmed() == old)
            return tr("That is its name already.");
        return nameProblem(context, vm.host, name->text().trimmed(), vm.vm);
    });
    dialog->setRun([&context, vm, name] {
        begin(context, vm, hosts::Rename { vm.vm, name->text().trimmed() });
    });
    dialog->start();
}

void MachineDialogs::takeSnapshot(Context& context, const VmRef& vm, QWidget* parent)
{
    const hosts::VmInfo info = infoOf(context, vm);
    const bool isActive = vmm::isActive(info.state);
    auto* dialog = new FormDialog(QStringLiteral("snapshot"),
        tr("Take a snapshot of %1").arg(info.name), tr("Take snapshot"), parent);
    auto* name = dialog->add(tr("&Name"), "Name", new QLineEdit);
    name->setPlaceholderText(tr("From the time, if left empty"));
    auto* description = dialog->add(tr("&Description"), "Description", new QPlainTextEdit);
    description->setTabChangesFocus(true);
    description->setFixedHeight(dialog->fontMetrics().lineSpacing() * 3 + 12);
    auto* memory = dialog->add(tr("Memory"), "Memory", new QCheckBox(tr("&Keep the memory, too")));
    memory->setChecked(isActive);
    memory->setEnabled(isActive);
    memory->setToolTip(isActive ? QString() : tr("A machine that is off has none."));
    auto* quiesce
        = dialog->add(tr("Disks"), "Quiesce", new QCheckBox(tr("&Have the guest write all first")));
    quiesce->setEnabled(isActive && vm.host->info().has(hosts::Feature::GuestAgent));
    quiesce->setToolTip(tr("Needs the agent in the guest; fails if there is none."));
    auto* place = dialog->add(tr("Kept &where"), "Place", new QComboBox);
    place->addItem(tr("Automatic"), QVariant::fromValue(vmm::SnapshotPlace::Automatic));
    place->addItem(tr("Inside the disk images"), QVariant::fromValue(vmm::SnapshotPlace::Inside));
    place->addItem(tr("As a layer"), QVariant::fromValue(vmm::SnapshotPlace::Layer));
    place->setToolTip(
        tr("Inside: only qcow2 disks can; nothing grows but the file. As a layer: any "
           "disk can; it stays as it is, and what is written goes to a new file. "
           "Automatic: inside if all disks can, else as a layer."));
    dialog->setConsequence([isActive, memory, quiesce] {
        if (!isActive)
            return tr("Keeps the disks as they are now.");
        if (memory->isChecked())
            return tr("Keeps disks and memory: reverting goes on exactly here. The machine stands "
                      "still for a moment.");
        return quiesce->isChecked()
            ? tr("Keeps the disks: reverting boots the guest with its file systems in order.")
            : tr("Keeps the disks: reverting boots the guest as after a power cut.");
    });
    dialog->setRun([&context, vm, name, description, memory, quiesce, place] {
        begin(context, vm,
            hosts::CreateSnapshot { vm.vm,
                { .name = name->text().trimmed(),
                    .description = description->toPlainText().trimmed(),
                    .withMemory = memory->isChecked(),
                    .quiesce = quiesce->isChecked(),
                    .place = place->currentData().value<vmm::SnapshotPlace>() } });
    });
    dialog->start();
}

void MachineDialogs::editNotes(Context& context, const VmRef& vm, QWidget* parent)
{
    const hosts::VmInfo info = infoOf(context, vm);
    auto* dialog = new FormDialog(
        QStringLiteral("notes"), tr("Notes to %1").arg(info.name), tr("Keep"), parent);
    auto* title = dialog->add(tr("&Title"), "Title", new QLineEdit(info.title));
    auto* description
        = dialog->add(tr("&Description"), "Description", new QPlainTextEdit(info.description));
    description->setTabChangesFocus(true);
    description->setFixedHeight(dialog->fontMetrics().lineSpacing() * 6 + 12);
    auto* tags
        = dialog->add(tr("T&ags"), "Tags", new QLineEdit(info.tags.join(QStringLiteral(", "))));
    tags->setPlaceholderText(tr("Words, separated by commas"));
    dialog->setRun([&context, vm, title, description, tags] {
        QStringList words;
        for (const QString& word : tags->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            if (!word.trimmed().isEmpty())
                words.append(word.trimmed());
        }
        begin(context, vm,
            hosts::SetNotes {
                vm.vm, title->text().trimmed(), description->toPlainText().trimmed(), words });
    });
    dialog->start();
}

void MachineDialogs::dumpMemory(Context& context, const VmRef& vm, QWidget* parent)
{
    const hosts::VmInfo info = infoOf(context, vm);
    auto* dialog = new FormDialog(QStringLiteral("dumpMemory"),
        tr("Write the memory of %1 to a file").arg(info.name), tr("Write"), parent);
    auto* path = dialog->add(tr("&File on the host"), "Path", new QLineEdit);
    path->setPlaceholderText(QStringLiteral("/var/tmp/%1.elf").arg(info.name));
    dialog->setProblem([path] {
        return path->text().startsWith(QLatin1Char('/'))
            ? QString()
            : tr("Give the path of a new file, from the root on.");
    });
    dialog->setConsequence([] {
        return tr("The machine stands still while its memory is written, as ELF for debuggers. It "
                  "may hold passwords: keep the file to yourself.");
    });
    dialog->setRun([&context, vm, path] {
        begin(context, vm, hosts::DumpMemory { vm.vm, path->text() });
    });
    dialog->start();
}

void MachineDialogs::guestPassword(Context& context, const VmRef& vm, QWidget* parent)
{
    auto* dialog = new FormDialog(QStringLiteral("guestPassword"),
        tr("Set a password in the guest of %1").arg(infoOf(context, vm).name), tr("Set"), parent);
    auto* user = dialog->add(tr("&User"), "User", new QLineEdit);
    auto* password = dialog->add(tr("&Password"), "Password", new QLineEdit);
    password->setEchoMode(QLineEdit::Password);
    dialog->setProblem([user, password] {
        if (user->text().trimmed().isEmpty())
            return tr("Say whose password it is.");
        return password->text().isEmpty() ? tr("Give a password.") : QString();
    });
    dialog->setConsequence([] { return tr("The agent in the guest changes it at once."); });
    dialog->setRun([&context, vm, user, password] {
        begin(context, vm,
            hosts::SetGuestPassword { vm.vm, user->text().trimmed(), password->text() });
    });
    dialog->start();
}

void MachineDialogs::screenPassword(Context& context, const VmRef& vm, QWidget* parent)
{
    const hosts::VmInfo info = infoOf(context, vm);
    auto* dialog = new FormDialog(QStringLiteral("screenPassword"),
        tr("Password of the screen of %1").arg(info.name), tr("Set"), parent);
    auto* screen = new QComboBox;
    using Protocol = vmm::ConsoleEndpoint::Protocol;
    const std::pair<Protocol, hosts::ScreenKind> kinds[]
        = { { Protocol::Spice, hosts::ScreenKind::Spice },
              { Protocol::Vnc, hosts::ScreenKind::Vnc } };
    for (const auto& [protocol, kind] : kinds) {
        if (info.consoles.contains({ .protocol = protocol }))
            screen->addItem(protocol == Protocol::Vnc ? tr("VNC") : tr("SPICE"), int(kind));
    }
    dialog->add(tr("&Screen"), "Screen", screen);
    auto* password = dialog->add(tr("&Password"), "Password", new QLineEdit);
    password->setEchoMode(QLineEdit::Password);
    const auto isVnc
        = [screen] { return screen->currentData().toInt() == int(hosts::ScreenKind::Vnc); };
    dialog->setProblem([password, isVnc] {
        const int most = vmm::maxPasswordBytes(isVnc() ? Protocol::Vnc : Protocol::Spice);
        return password->text().toUtf8().size() > most
            ? tr("Only the first %1 characters would count.").arg(most)
            : QString();
    });
    dialog->setConsequence([password, info] {
        const QString when = vmm::isActive(info.state)
            ? tr(" If the screen asks for none by now, or is to ask for none any more, that begins "
                 "with the machine's next start.")
            : QString();
        return (password->text().isEmpty()
                       ? tr("The screen will ask for no password.")
                       : tr("Whoever connects has to give it. It is kept in the machine's "
                            "definition; this program gives it by itself."))
            + when;
    });
    dialog->setRun([&context, vm, screen, password] {
        const hosts::ScreenKind kind = screen->count() > 0
            ? hosts::ScreenKind(screen->currentData().toInt())
            : hosts::ScreenKind::Best;
        begin(context, vm, hosts::SetScreenPassword { vm.vm, kind, password->text() });
    });
    dialog->start();
}

void MachineDialogs::growDisk(
    Context& context, const VmRef& vm, const QString& target, const QString& path, QWidget* parent)
{
    const hosts::VmInfo info = infoOf(context, vm);
    auto* dialog = new FormDialog(QStringLiteral("growDisk"),
        tr("Grow disk %1 of %2").arg(target, info.name), tr("Grow"), parent);
    auto* size = dialog->add(tr("New &size"), "Size", new QDoubleSpinBox);
    size->setRange(0, 65536);
    size->setDecimals(2);
    size->setSuffix(QStringLiteral(" GiB"));
    const auto now = std::make_shared<double>(0);
    dialog->setProblem([size, now] {
        if (size->value() <= 0)
            return tr("Say how large it is to be.");
        return size->value() <= *now / kGiBytes
            ? tr("A disk can only grow; it has %1 now.").arg(Units::bytes(*now))
            : QString();
    });
    dialog->setConsequence([] {
        return tr("The guest sees the new size at once if it runs; its partitions and file systems "
                  "stay as they are until you grow them in the guest. A disk can't be made smaller "
                  "again.");
    });
    dialog->setRun([&context, vm, target, size] {
        begin(context, vm,
            hosts::ResizeDisk { vm.vm, target,
                vmm::Bytes::fromBytes(static_cast<quint64>(size->value() * kGiBytes)) });
    });
    dialog->start();
    if (!vm.host->info().has(hosts::Feature::Images))
        return;
    vmm::async::onFinished(vm.host->call(hosts::InspectImage { path }), dialog,
        [dialog, size, now](const vmm::Result<vmm::ImageChain>& chain) {
            if (!chain || chain->isEmpty())
                return;
            *now = static_cast<double>(chain->first().virtualSize.count());
            size->setValue(std::max(size->value(), *now / kGiBytes));
            dialog->validate();
        });
}

void MachineDialogs::setTemplate(Context& context, const VmRef& vm, QWidget* parent)
{
    const hosts::VmInfo info = infoOf(context, vm);
    if (info.isTemplate) {
        begin(context, vm, hosts::SetTemplate { vm.vm, false });
        return;
    }
    const Question question { .title = tr("Make %1 a template?").arg(info.name),
        .text = vmm::isActive(info.state)
            ? tr("It is paused for good and becomes the source of instant clones, which begin "
                 "where it stands now. It can't be changed, started or removed while anything "
                 "stands on it; without that it can become a machine again.")
            : tr("It becomes a golden image to clone from. It can't be changed, started or removed "
                 "while anything stands on it; without that it can become a machine again."),
        .verb = tr("Make template"),
        .isDangerous = false };
    ConfirmDialog::ask(parent, question, [&context, vm] {
        begin(context, vm, hosts::SetTemplate { vm.vm, true });
    });
}

void MachineDialogs::revertSnapshot(
    Context& context, const VmRef& vm, const QString& name, QWidget* parent)
{
    const hosts::VmInfo info = infoOf(context, vm);
    const Question question { .title = tr("Revert %1 to snapshot %2?").arg(info.name, name),
        .text = tr("What the machine did since then is lost, unless another snapshot holds it. "
                   "A running machine is stopped for it."),
        .verb = tr("Revert") };
    ConfirmDialog::ask(parent, question, [&context, vm, name] {
        begin(context, vm, hosts::RevertSnapshot { vm.vm, name });
    });
}

void MachineDialogs::deleteSnapshot(
    Context& context, const VmRef& vm, const QString& name, QWidget* parent)
{
    const Question question { .title = tr("Delete snapshot %1?").arg(name),
        .text = tr("The machine stays as it is, and so do the other snapshots; only the way back "
                   "to this one is gone. Merging the disks can take a while."),
        .verb = tr("Delete") };
    if (!vm.host->info().has(hosts::Feature::ExternalSnapshots)) {
        ConfirmDialog::ask(parent, question, [&context, vm, name] {
            begin(context, vm, hosts::DeleteSnapshot { vm.vm, name });
        });
        return;
    }
    auto* dialog
        = new FormDialog(QStringLiteral("deleteSnapshot"), question.title, question.verb, parent);
    auto* what = dialog->add(tr("&What"), "What", new QComboBox);
    what->addItem(tr("This one alone"), int(vmm::SnapshotDeletion::Merge));
    what->addItem(tr("With those taken after it"), int(vmm::SnapshotDeletion::WithChildren));
    what->addItem(tr("Its entry alone"), int(vmm::SnapshotDeletion::MetadataOnly));
    dialog->setConsequence([what, text = question.text] {
        switch (vmm::SnapshotDeletion(what->currentData().toInt())) {
        case vmm::SnapshotDeletion::WithChildren:
            return tr("The machine stays as it is; the ways back to this snapshot and to all that "
                      "were taken after it are gone.");
        case vmm::SnapshotDeletion::MetadataOnly:
            return tr("libvirt forgets the snapshot; the disk images stay as they are, and what "
                      "they keep of it stays in them.");
        case vmm::SnapshotDeletion::Merge:
            break;
        }
        return text;
    });
    dialog->setRun([&context, vm, name, what] {
        begin(context, vm,
            hosts::DeleteSnapshot {
                vm.vm, name, vmm::SnapshotDeletion(what->currentData().toInt()) });
    });
    dialog->start();
}

} // namespace ui
