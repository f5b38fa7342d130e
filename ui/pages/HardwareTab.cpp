// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/HardwareTab.h"

#include "models/Inventory.h"
#include "ui/dialogs/AddDeviceDialog.h"
#include "ui/style/Colors.h"
#include "ui/text/ErrorText.h"
#include "ui/text/HardwareText.h"
#include "ui/text/HostText.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/FigureTable.h"
#include "ui/widgets/HardwareForm.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PanelStack.h"
#include "ui/widgets/XmlEditor.h"

#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>

namespace ui {

using hosts::Feature;
using models::Hardware;
using models::HardwareChange;
using models::HardwareField;
using models::HardwareItem;
using models::HardwareKind;

void HardwareTab::show(const models::VmRecord& vm)
{
    const models::VmRef ref { vm.host, vm.info.id };
    const bool isOther = !(ref == m_vm);
    const bool isChanged = isOther || !(m_info == vm.info);
    if (isOther) {
        forget();
        m_vm = ref;
        m_info = vm.info;
        const Kept kept = takeDraft(ref);
        m_draft = kept.draft;
        m_isKnown = m_draft.isDirty() || !kept.brokenXml.isEmpty();
        m_error->hide();
        m_xmlError.reset();
        m_xml->setXml(kept.brokenXml);
        if (!kept.brokenXml.isEmpty())
            editXml(kept.brokenXml);
        m_list->setCurrentRow(0);
        refreshFooter(); // nothing of the other machine can be applied to this one
        if (m_isKnown) {
            m_panels->showContent();
            refresh();
        }
    }
    m_info = vm.info;
    if (isChanged || !m_isKnown)
        load(); // a host tells its machines before it is connected, and comes back
    else
        refreshFooter();
}

void HardwareTab::forget()
{
    if (m_adding)
        m_adding->reject(); // it is about the machine that was shown
    m_xml->flush(); // and so is this
    keepDraft();
    m_definition.forget();
    m_running.forget();
    m_vm = {};
    m_isKnown = false;
}

void HardwareTab::keepDraft()
{
    if (m_vm.host && m_isKnown && (m_draft.isDirty() || m_xmlError))
        m_drafts[m_vm] = { m_draft, m_xmlError ? m_xml->toPlainText() : QString() };
}

HardwareTab::Kept HardwareTab::takeDraft(const models::VmRef& of)
{
    if (m_drafts.contains(of))
        return m_drafts.take(of);
    // Of one that has moved here since; another host may have a machine of the same UUID.
    for (auto each = m_drafts.begin(); each != m_drafts.end(); ++each) {
        const models::VmRef& vm = each.key();
        if (vm.vm == of.vm && !m_context.workspace.inventory.find(vm.host, vm.vm)) {
            const Kept kept = *each;
            m_drafts.erase(each);
            return kept;
        }
    }
    return {};
}

void HardwareTab::drop(const hosts::Host* host)
{
    if (m_vm.host == host) {
        m_isKnown = false;
        forget();
    }
    m_drafts.removeIf(
        [host](std::pair<const models::VmRef&, Kept&> each) { return each.first.host == host; });
    m_applying.removeIf([host](std::pair<const models::VmRef&, Applying&> each) {
        return each.first.host == host;
    });
}

QStringList HardwareTab::unapplied(const hosts::Host* host) const
{
    const auto isMeant = [host](const models::VmRef& vm) { return !host || vm.host == host; };
    QStringList names;
    if (isEdited() && isMeant(m_vm))
        names << m_info.name;
    for (auto kept = m_drafts.keyBegin(); kept != m_drafts.keyEnd(); ++kept) {
        const models::VmRecord* vm = m_context.workspace.inventory.find(kept->host, kept->vm);
        if (vm && isMeant(*kept))
            names << vm->info.name;
    }
    names.sort();
    return names;
}

bool HardwareTab::isEdited() const
{
    return m_isKnown && (m_draft.isDirty() || m_xmlError || m_xml->isTyping());
}

void HardwareTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    load();
}

void HardwareTab::load()
{
    if (!m_vm.host || !isVisible()) {
        m_definition.forget(); // asked when it is seen
        return;
    }
    if (!m_isKnown)
        m_panels->showLoading();
    // While an apply is under way nobody knows whether an answer is older than that; it asks
    // itself.
    if (m_vm.host->connectionState() != hosts::ConnectionState::Connected || isApplying())
        return;
    m_definition.ask(m_vm.host, hosts::GetDefinition { m_vm.vm }, this,
        [this](const vmm::Result<QString>& stored) { take(stored); });
}

void HardwareTab::take(const vmm::Result<QString>& stored)
{
    const auto hardware = stored ? Hardware::fromXml(*stored) : stored.error();
    if (!hardware) {
        if (!m_isKnown)
            m_panels->showError(hardware.error());
        return;
    }
    m_xml->flush(); // before what it shows is replaced
    m_isKnown = true;
    m_draft.setStored(*hardware,
        m_xmlError ? models::HardwareDraft::Typed::Unreadable
                   : models::HardwareDraft::Typed::Readable);
    m_draft.setRunning(std::nullopt);
    m_panels->showContent();
    refresh();
    askRunning();
}

void HardwareTab::askRunning()
{
    m_running.forget();
    if (!isActive() || !m_info.hasPendingChanges
        || !m_vm.host->info().has(Feature::PendingDefinition))
        return;
    m_running.ask(m_vm.host, hosts::GetRunningDefinition { m_vm.vm }, this,
        [this](const vmm::Result<QString>& xml) {
            const auto running = xml ? Hardware::fromXml(*xml) : xml.error();
            if (!running)
                return;
            m_draft.setRunning(*running);
            refresh();
        });
}

bool HardwareTab::isActive() const
{
    return vmm::isActive(m_info.state);
}

bool HardwareTab::canHotPlug(HardwareKind kind) const
{
    const bool isSuch = kind == HardwareKind::Disk || kind == HardwareKind::NetworkCard
        || kind == HardwareKind::HostDevice || kind == HardwareKind::UsbRedirection;
    return isSuch && m_vm.host && isActive()
        && models::HostCommands::canUse(m_vm.host, Feature::HotPlug).has_value();
}

std::optional<HardwareItem> HardwareTab::selected() const
{
    const int row = m_list->currentRow();
    if (!m_isKnown) // what the list shows is another machine's
        return std::nullopt;
    if (row < 0 || row >= m_items.size())
        return std::nullopt;
    return m_items[row];
}

void HardwareTab::refresh()
{
    refreshList();
    refreshDetails();
    refreshPending();
    refreshFooter();
}

void HardwareTab::refreshList()
{
    fillList(rowNow(m_draft.edited().items()));
}

int HardwareTab::rowNow(const QVector<HardwareItem>& items) const
{
    if (m_items.isEmpty())
        return 0; // nothing was listed yet
    const int row = std::max(0, m_list->currentRow());
    const auto offset = static_cast<int>(items.size() - m_items.size());
    if (row >= m_items.size())
        return row + offset; // what comes after the parts
    const std::optional<HardwareItem> found = m_draft.edited().find(m_items[row], m_listed);
    const qsizetype there = found ? items.indexOf(*found) : -1;
    return static_cast<int>(there >= 0 ? there : std::min<qsizetype>(row, items.size() - 1));
}

void HardwareTab::fillList(int current)
{
    const QVector<HardwareItem> items = m_draft.edited().items();
    const bool differs = isActive() && !m_draft.differences().isEmpty();
    m_listed = m_draft.edited();
    if (items == m_items && m_list->count() == items.size() + (differs ? 2 : 1))
        return;
    const QSignalBlocker quiet(m_list);
    m_items = items;
    m_list->clear();
    for (const HardwareItem& item : items) {
        new QListWidgetItem(
            icon(HardwareText::glyph(item.kind)), HardwareText::title(item), m_list);
    }
    new QListWidgetItem(icon(Glyph::Rename), tr("Definition as XML"), m_list);
    if (differs)
        new QListWidgetItem(icon(Glyph::Warning), tr("Waiting changes"), m_list);
    m_list->setCurrentRow(std::min(current, m_list->count() - 1));
}

void HardwareTab::refreshDetails()
{
    const std::optional<HardwareItem> item = selected();
    const QString whyNot = whyNoEdit();
    const bool canEdit = whyNot.isEmpty();
    const bool isDevice = item && item->isDevice();
    m_remove->setEnabled(canEdit && isDevice && item->kind != HardwareKind::Other);
    m_remove->setToolTip(!canEdit ? whyNot
            : !isDevice           ? tr("Select a device first.")
            : item->kind == HardwareKind::Other
            ? tr("This kind of device can be removed in the XML.")
            : QString());
    m_add->setEnabled(canEdit || canHotPlug(HardwareKind::Disk));
    m_add->setToolTip(m_add->isEnabled() ? tr("Add a device to the machine") : whyNot);
    refreshGrow();
    const bool hasMedium = item && item->kind == HardwareKind::Cdrom
        && !m_draft.edited().value(*item, HardwareField::Source).isEmpty();
    m_eject->setVisible(item && item->kind == HardwareKind::Cdrom);
    m_eject->setEnabled(hasMedium && canEdit);
    m_eject->setToolTip(hasMedium ? whyNot : tr("There is no medium in this drive."));
    m_title->setText(item ? HardwareText::title(*item) : tr("Definition as XML"));
    m_form->setEnabled(canEdit);
    m_xml->setReadOnly(!canEdit); // to be read and copied it is always good
    m_pages->setToolTip(whyNot);
    if (m_list->currentRow() > m_items.size()) {
        m_title->setText(tr("What runs against what is stored"));
        m_differences->setRows(m_draft.differences());
        m_pages->setCurrentWidget(m_differences);
        return;
    }
    if (!item) {
        m_pages->setCurrentWidget(m_xml);
        if (!m_xmlError)
            m_xml->setXml(m_draft.edited().toXml());
        return;
    }
    m_pages->setCurrentIndex(0);
    refreshForm(*item);
}

void HardwareTab::refreshForm(const HardwareItem& item)
{
    const QVector<models::HardwareValue> values = m_draft.edited().values(item);
    HardwareForm::Running running;
    for (const models::HardwareValue& value : values) {
        if (!isActive() || !m_info.hasPendingChanges)
            break;
        const QString now = m_draft.runningValue(item, value.field);
        if (now != value.value)
            running[value.field] = now;
    }
    m_form->setHost(m_vm.host);
    m_form->setValues(item.kind, values, running);
}

std::optional<HardwareItem> HardwareTab::storedDisk() const
{
    const std::optional<HardwareItem> item = selected();
    if (!item || item->kind != HardwareKind::Disk)
        return std::nullopt;
    const std::optional<HardwareItem> stored = m_draft.storedItem(*item);
    const bool isSame = stored
        && m_draft.stored().value(*stored, HardwareField::Source)
            == m_draft.edited().value(*item, HardwareField::Source);
    return isSame ? stored : std::nullopt;
}

QString HardwareTab::whyNoGrow() const
{
    if (const QString why = HostText::whyNot(*m_vm.host, Feature::ResizeDisk); !why.isEmpty())
        return why;
    if (m_info.isTemplate)
        return tr("A template stays as it is: clone it, or make it a machine again.");
    return storedDisk() ? QString() : tr("Apply the changes first.");
}

void HardwareTab::refreshGrow()
{
    const std::optional<HardwareItem> item = selected();
    m_grow->setVisible(item && item->kind == HardwareKind::Disk);
    const QString why = whyNoGrow();
    m_grow->setEnabled(why.isEmpty());
    m_grow->setToolTip(why.isEmpty() ? tr("Make the disk larger; the guest may be running") : why);
}

void HardwareTab::refreshPending()
{
    QStringList lines;
    for (const HardwareChange& change : m_draft.pending())
        lines << HardwareText::change(change);
    constexpr int kMostLines = 4;
    const qsizetype more = lines.size() - kMostLines;
    if (more > 0)
        lines = lines.mid(0, kMostLines) << tr("and %Ln more", nullptr, static_cast<int>(more));
    lines.prepend(tr("Changes wait for the next start of the machine:"));
    m_pending->setText(lines.join(QLatin1Char('\n')));
    m_pending->setVisible(isActive() && m_info.hasPendingChanges);
    setTextColor(m_pending, Colors::of(palette()).attention);
}

QString HardwareTab::whyNoEdit() const
{
    if (!m_vm.host)
        return tr("The machine is gone.");
    if (const QString why = HostText::whyNot(*m_vm.host, Feature::Define); !why.isEmpty())
        return why;
    if (m_info.isTemplate)
        return tr("A template stays as it is: clone it, or make it a machine again.");
    if (isActive() && !m_vm.host->info().has(Feature::PendingDefinition)
        && !m_vm.host->info().has(Feature::HotPlug))
        return tr("Switch the machine off to change it: this host can't keep changes for its next "
                  "start.");
    return {};
}

QString HardwareTab::whyNoApply() const
{
    if (const QString why = whyNoEdit(); !why.isEmpty())
        return why;
    if (m_xmlError)
        return ErrorText::of(*m_xmlError).inOneLine();
    if (const auto valid = m_draft.edited().validate(); !valid)
        return ErrorText::of(valid.error()).inOneLine();
    if (isApplying())
        return tr("What was applied is still under way.");
    if (isActive() && !m_draft.isLive() && !m_vm.host->info().has(Feature::PendingDefinition))
        return tr("This can't be changed while the machine runs: switch it off first.");
    return {};
}

void HardwareTab::refreshFooter()
{
    const bool isDirty = isEdited();
    const bool isOvertaken = isDirty && m_draft.isOvertaken();
    QString why = isDirty ? whyNoApply() : whyNoEdit();
    m_overwrite->setVisible(isOvertaken);
    m_overwrite->setEnabled(why.isEmpty());
    m_overwrite->setToolTip(why);
    if (isOvertaken && why.isEmpty())
        why = tr("The machine was changed elsewhere meanwhile, and your changes don't fit it any "
                 "more. Revert to see what is stored now, or overwrite it with what is here.");
    m_apply->setEnabled(isDirty && why.isEmpty());
    m_revert->setEnabled(isDirty && !isApplying());
    m_revert->setToolTip(isDirty && isApplying() ? why : QString());
    QString text = why;
    if (why.isEmpty() && isDirty) {
        text = !isActive() ? tr("Not stored yet.")
            : m_draft.isLive()
            ? tr("Takes effect at once when applied.")
            : tr("Is stored when applied; takes effect at the next start of the machine.");
    }
    m_verdict->setText(text);
    const Colors& colors = Colors::of(palette());
    const bool isProblem = isDirty && !why.isEmpty() && !isApplying();
    setTextColor(m_verdict, isProblem ? colors.attention : colors.muted);
    const QString keys = applyKeys().toString(QKeySequence::NativeText);
    //: %1 is a shortcut: "Ctrl+S"
    m_apply->setToolTip(why.isEmpty() ? tr("Store the changes (%1)").arg(keys) : why);
}

void HardwareTab::edit(HardwareField field, const QString& value)
{
    const std::optional<HardwareItem> item = selected();
    if (!item)
        return;
    m_draft.edit(*item, field, value);
    fillList(m_list->currentRow()); // half of a name may be another's
    if (field == HardwareField::Memory || field == HardwareField::Vcpus
        || field == HardwareField::Driver)
        refreshForm(*item); // what goes with it may have followed
    refreshGrow();
    refreshFooter();
}

void HardwareTab::editXml(const QString& xml)
{
    if (!m_isKnown)
        return;
    const auto hardware = Hardware::fromXml(xml);
    if (hardware) {
        m_xmlError.reset();
        m_draft.edited() = *hardware;
        refreshList();
    } else {
        m_xmlError = hardware.error();
    }
    refreshFooter();
}

} // namespace ui
