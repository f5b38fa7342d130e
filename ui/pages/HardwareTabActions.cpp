// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the hardware page does to the machine, and how it is laid out.
#include "models/Inventory.h"
#include "ui/dialogs/AddDeviceDialog.h"
#include "ui/dialogs/ConfirmDialog.h"
#include "ui/dialogs/MachineDialogs.h"
#include "ui/pages/HardwareTab.h"
#include "ui/text/HardwareText.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/FigureTable.h"
#include "ui/widgets/HardwareForm.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"
#include "ui/widgets/PanelStack.h"
#include "ui/widgets/XmlEditor.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

using models::HardwareItem;
using models::HardwareKind;

HardwareTab::HardwareTab(Context& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_pending(wrappedLabel({}, QStringLiteral("hardwarePending")))
    , m_list(new QListWidget)
    , m_title(sectionLabel({}, QStringLiteral("hardwareTitleLabel")))
    , m_form(new HardwareForm(QStringLiteral("hardware")))
    , m_xml(new XmlEditor(QStringLiteral("hardwareXml")))
    , m_differences(new FigureTable(QStringLiteral("hardwareDifferences"),
          tr("What runs against what is stored"), { tr("Part"), tr("Runs with"), tr("Stored") }))
    , m_pages(new QStackedWidget)
    , m_add(named(
          new QPushButton(icon(Glyph::New), tr("Add device…")), "hardwareAdd", tr("Add device")))
    , m_remove(
          named(new QPushButton(icon(Glyph::Remove), tr("Remove")), "hardwareRemove", tr("Remove")))
    , m_grow(named(new QPushButton(icon(Glyph::Grow), tr("Grow…")), "hardwareGrow", tr("Grow")))
    , m_eject(named(new QPushButton(icon(Glyph::Eject), tr("Eject")), "hardwareEject", tr("Eject")))
    , m_verdict(wrappedLabel({}, QStringLiteral("hardwareVerdict")))
    , m_revert(named(new QPushButton(tr("Revert")), "hardwareRevert", tr("Revert")))
    , m_overwrite(named(new QPushButton(tr("Overwrite")), "hardwareOverwrite", tr("Overwrite")))
    , m_apply(named(new QPushButton(tr("Apply")), "hardwareApply", tr("Apply")))
    , m_error(new ErrorPanel(QStringLiteral("hardwareApplyError")))
{
    setObjectName(QStringLiteral("hardwareTab"));
    layOut();
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        m_xml->flush();
        if (m_isKnown)
            refreshDetails();
    });
    connect(m_form, &HardwareForm::edited, this, &HardwareTab::edit);
    connect(m_xml, &XmlEditor::xmlEdited, this, &HardwareTab::editXml);
    connect(m_xml, &XmlEditor::typingBegan, this, &HardwareTab::refreshFooter);
    connect(m_add, &QPushButton::clicked, this, &HardwareTab::addDevice);
    connect(m_remove, &QPushButton::clicked, this, &HardwareTab::removeDevice);
    connect(m_grow, &QPushButton::clicked, this, &HardwareTab::growDisk);
    connect(m_eject, &QPushButton::clicked, this, &HardwareTab::eject);
    connect(m_apply, &QPushButton::clicked, this, &HardwareTab::apply);
    connect(m_revert, &QPushButton::clicked, this, [this] {
        m_xml->flush(); // what is thrown away is not told later
        m_draft.revert();
        m_xmlError.reset();
        m_error->hide();
        refresh();
    });
    connect(m_overwrite, &QPushButton::clicked, this, [this] {
        m_xml->flush();
        m_draft.insist();
        refreshFooter();
        apply();
    });
    connect(m_panels, &PanelStack::retryRequested, this, &HardwareTab::load);
    connect(&m_context.workspace.inventory, &models::Inventory::hostAboutToBeRemoved, this,
        &HardwareTab::drop);
    m_list->installEventFilter(this);
    auto* keys = new QShortcut(applyKeys(), this);
    keys->setContext(Qt::WidgetWithChildrenShortcut);
    connect(keys, &QShortcut::activated, this, [this] {
        m_xml->flush(); // it may make the button usable
        m_apply->click();
    });
}

void HardwareTab::layOut()
{
    auto* splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("hardwareSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeList());
    splitter->addWidget(makeDetails());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({ 260, 740 });
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_pending->setContentsMargins(16, 8, 16, 8);
    layout->addWidget(m_pending);
    layout->addWidget(splitter, 1);
    layout->addWidget(makeFooter());
    m_panels = new PanelStack(
        QStringLiteral("hardware"), content, Glyph::Hardware, tr("No hardware known"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_panels);
}

QWidget* HardwareTab::makeList()
{
    named(m_list, "hardwareList", tr("Parts of the machine"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setIconSize({ 18, 18 });
    m_list->setSpacing(1);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight); // the title beside the list has it all
    auto* side = new QWidget;
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(8, 8, 0, 8);
    layout->setSpacing(8);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_add);
    return side;
}

QWidget* HardwareTab::makeDetails()
{
    auto* scroll = new QScrollArea;
    named(scroll, "hardwareScroll", tr("Settings"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* inner = new QWidget;
    inner->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 8, 0);
    column->addWidget(m_form);
    column->addStretch(1);
    scroll->setWidget(inner);
    m_pages->addWidget(scroll);
    m_pages->addWidget(m_xml);
    m_pages->addWidget(m_differences);
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_title, 1);
    for (QPushButton* button : { m_grow, m_eject, m_remove })
        top->addWidget(button);
    auto* details = new QWidget;
    auto* layout = new QVBoxLayout(details);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setSpacing(12);
    layout->addLayout(top);
    layout->addWidget(m_pages, 1);
    return details;
}

QWidget* HardwareTab::makeFooter()
{
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_verdict, 1);
    row->addWidget(m_revert);
    m_overwrite->hide();
    row->addWidget(m_overwrite);
    row->addWidget(m_apply);
    auto* layout = new QVBoxLayout(footer);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setSpacing(8);
    m_error->setRetryVisible(false);
    m_error->hide();
    layout->addWidget(m_error);
    layout->addLayout(row);
    return footer;
}

// Del is the window's for the selected machine; in the list it means the selected part.
bool HardwareTab::eventFilter(QObject* watched, QEvent* event)
{
    const bool isKey
        = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched != m_list || !isKey || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Delete)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::KeyPress)
        m_remove->click();
    event->accept();
    return true;
}

void HardwareTab::showXml()
{
    m_list->setCurrentRow(static_cast<int>(m_items.size()));
}

void HardwareTab::apply()
{
    m_xml->flush();
    if (!m_apply->isEnabled())
        return;
    m_error->hide();
    m_definition.forget(); // an answer would be older than this
    m_applying[m_vm] = { .edited = m_draft.edited() };
    if (isActive() && m_draft.isLive())
        begin(m_vm, m_info.name, m_draft.liveOperations(m_vm.vm));
    else
        store();
    refreshFooter();
}

// A definition is stored as a whole, so the changes are made to the newest one there is: not
// everything that others change is told.
void HardwareTab::store()
{
    vmm::async::onFinished(m_vm.host->call(hosts::GetDefinition { m_vm.vm }), this,
        [this, on = m_vm, name = m_info.name, draft = m_draft](
            const vmm::Result<QString>& stored) mutable {
            const auto now = stored ? models::Hardware::fromXml(*stored) : stored.error();
            if (now)
                draft.setStored(*now);
            if (now && !draft.isOvertaken())
                return begin(on, name, { hosts::Define { draft.edited().toXml(), *stored } });
            m_applying.remove(on);
            if (!(on == m_vm))
                return;
            if (now)
                return take(stored);
            showFailure(now.error());
            refreshFooter();
            load(); // what was told meanwhile was left for then
        });
}

void HardwareTab::begin(
    const models::VmRef& on, const QString& name, const QVector<hosts::Operation>& operations)
{
    if (!m_context.workspace.hosts.contains(on.host)) {
        m_applying.remove(on);
        return;
    }
    m_applying[on].left = operations.size();
    for (const hosts::Operation& operation : operations) {
        vmm::async::onFinished(m_context.workspace.commands.run(on.host, operation, name).answer,
            this, [this, on](const vmm::Result<hosts::Answer>& done) { noteApplied(on, done); });
    }
}

void HardwareTab::noteApplied(const models::VmRef& on, const vmm::Result<hosts::Answer>& done)
{
    if (on == m_vm)
        showFailure(done);
    const auto applying = m_applying.find(on);
    if (applying == m_applying.end())
        return; // its host is gone
    applying->hasFailed = applying->hasFailed || !done;
    if (--applying->left > 0)
        return;
    const Applying ended = m_applying.take(on);
    // What was refused stays as it was typed; otherwise the host has the last word on the XML.
    if (!ended.hasFailed)
        adopt(on, ended.edited);
    if (!(on == m_vm))
        return;
    refreshFooter();
    load();
}

void HardwareTab::adopt(const models::VmRef& on, const models::Hardware& applied)
{
    if (on == m_vm)
        return m_draft.setApplied(applied);
    const auto kept = m_drafts.find(on);
    if (kept == m_drafts.end())
        return;
    kept->draft.setApplied(applied);
    if (!kept->draft.isDirty() && kept->brokenXml.isEmpty())
        m_drafts.erase(kept); // it is stored now
}

void HardwareTab::plug(
    const models::VmRef& on, const QString& name, const hosts::Operation& operation)
{
    if (!m_context.workspace.hosts.contains(on.host))
        return;
    m_error->hide();
    vmm::async::onFinished(m_context.workspace.commands.run(on.host, operation, name).answer, this,
        [this, on](const vmm::Result<hosts::Answer>& done) {
            if (!(on == m_vm))
                return;
            showFailure(done);
            load();
        });
}

void HardwareTab::showFailure(const vmm::Result<hosts::Answer>& done)
{
    if (done || done.error().kind == vmm::ErrorKind::Cancelled)
        return;
    m_error->setError(done.error());
    m_error->show();
}

void HardwareTab::addDevice()
{
    if (!m_isKnown)
        return;
    m_xml->flush();
    auto* dialog = new AddDeviceDialog(m_draft.edited(), isActive(), this);
    m_adding = dialog;
    dialog->setHeading(tr("Add a device to %1").arg(m_info.name));
    dialog->setHost(m_vm.host);
    dialog->setCanPlug([this](HardwareKind kind) { return canHotPlug(kind); });
    connect(dialog, &AddDeviceDialog::chosen, this, [this, asked = m_vm, dialog] {
        if (asked == m_vm)
            takeDevice(*dialog);
    });
    dialog->start();
}

void HardwareTab::takeDevice(const AddDeviceDialog& dialog)
{
    if (dialog.isPlugged()) {
        plug(m_vm, m_info.name, hosts::AttachDevice { m_vm.vm, dialog.deviceXml() });
        return;
    }
    const HardwareItem added = m_draft.edited().add(dialog.kind(), dialog.values());
    refresh();
    const qsizetype row = m_items.indexOf(added);
    if (row >= 0)
        m_list->setCurrentRow(static_cast<int>(row));
}

void HardwareTab::removeDevice()
{
    const std::optional<HardwareItem> item = selected();
    if (!item)
        return;
    if (const auto stored = m_draft.storedItem(*item); stored && canHotPlug(item->kind)) {
        detach(*stored);
        return;
    }
    m_draft.edited().remove(*item);
    refresh();
}

void HardwareTab::detach(const HardwareItem& item)
{
    const Question question { .title
        = tr("Unplug %1 from %2?").arg(HardwareText::title(item), m_info.name),
        .text = tr("The guest is asked to let go of it, and it is gone from the definition, too. "
                   "The image of a disk is kept."),
        .verb = tr("Unplug") };
    ConfirmDialog::ask(window(), question,
        [this, asked = m_vm, name = m_info.name, xml = m_draft.stored().deviceXml(item)] {
            plug(asked, name, hosts::DetachDevice { asked.vm, xml });
        });
}

void HardwareTab::growDisk()
{
    if (const std::optional<HardwareItem> disk = storedDisk())
        MachineDialogs::growDisk(m_context, m_vm,
            m_draft.stored().value(*disk, models::HardwareField::Target),
            m_draft.stored().value(*disk, models::HardwareField::Source), window());
}

void HardwareTab::eject()
{
    const std::optional<HardwareItem> item = selected();
    if (!item)
        return;
    m_draft.edited().setValue(*item, models::HardwareField::Source, {});
    refresh();
    // With nothing else to apply it is done at once, as with the button of a real drive.
    if (m_draft.changes().size() == 1 && m_draft.isToldByChanges())
        apply();
}

} // namespace ui
