// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/OverviewTab.h"

#include "ui/MachineActions.h"
#include "ui/consoles/ScreenLook.h"
#include "ui/consoles/Thumbnails.h"
#include "ui/pages/GuestFactsView.h"
#include "ui/style/Colors.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ScreenThumb.h"
#include "ui/widgets/Sparkline.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace ui {

using hosts::VmInfo;
using vmm::StateReason;
using vmm::VmState;

namespace {

bool isTrouble(StateReason reason)
{
    switch (reason) {
    case StateReason::GuestPanicked:
    case StateReason::ProcessDied:
    case StateReason::IoError:
    case StateReason::DiskFull:
    case StateReason::OutOfMemory:
    case StateReason::Watchdog:
    case StateReason::StartFailed:
        return true;
    case StateReason::None:
    case StateReason::GuestRequest:
    case StateReason::HostRequest:
    case StateReason::Adopted:
    case StateReason::Saving:
    case StateReason::Saved:
    case StateReason::Restored:
    case StateReason::Snapshot:
    case StateReason::Other:
        return false;
    }
    return false;
}

constexpr int kTwoFactColumns = 1160; ///< logical pixels from which facts stand side by side
constexpr int kSideBySide = 640; ///< and from which the screen stands beside the facts

QVBoxLayout* section(const QString& title, const QString& name, FactList* facts)
{
    auto* layout = new QVBoxLayout;
    layout->setSpacing(8);
    layout->addWidget(sectionLabel(title, name));
    layout->addWidget(facts);
    return layout;
}

/// What the items of a layout need beside each other.
int widthBeside(const QBoxLayout& layout, QSize (QLayoutItem::*size)() const)
{
    int width = 0;
    for (int i = 0; i < layout.count(); ++i)
        width += (layout.itemAt(i)->*size)().width() + layout.spacing();
    return width;
}

/// Read and written, or received and sent.
QString ratesText(double in, double out)
{
    if (std::isnan(in) && std::isnan(out))
        return Units::rate(in); // one dash says it
    //: Two rates: read and written, or received and sent
    return OverviewTab::tr("%1 ↓ %2 ↑").arg(Units::rate(in), Units::rate(out));
}

} // namespace

OverviewTab::OverviewTab(Context& context, const MachineActions& actions, QWidget* parent)
    : QScrollArea(parent)
    , m_context(context)
    , m_reason(new ErrorPanel(QStringLiteral("vmReason")))
    , m_plainReason(mutedLabel({}, QStringLiteral("vmPlainReason")))
    , m_pending(wrappedLabel(tr("Changes of its definition wait for its next start; see Hardware."),
          QStringLiteral("vmPending")))
    , m_left(new FactList(QStringLiteral("machineFacts")))
    , m_right(new FactList(QStringLiteral("hardwareFacts")))
    , m_actions(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_body(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_facts(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_screen(new ScreenThumb(QStringLiteral("overviewScreen")))
    , m_screenInfo(mutedLabel({}, QStringLiteral("overviewScreenInfo")))
    , m_load(new QWidget)
    , m_cpu(new Sparkline(QStringLiteral("overviewCpu"), tr("CPU")))
    , m_memory(new Sparkline(QStringLiteral("overviewMemory"), tr("Memory")))
    , m_disk(new Sparkline(QStringLiteral("overviewDisk"), tr("Disk")))
    , m_network(new Sparkline(QStringLiteral("overviewNetwork"), tr("Network")))
    , m_guest(new GuestFactsView)
    , m_notesTitle(sectionLabel(tr("Notes"), QStringLiteral("notesTitle")))
    , m_notes(wrappedLabel({}, QStringLiteral("notes")))
{
    setObjectName(QStringLiteral("overviewTab"));
    setAccessibleName(tr("Overview"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_reason->setRetryVisible(false);
    m_plainReason->setWordWrap(true);
    layOut(actions);
    connect(&context.workspace.metrics, &models::MetricsStore::refreshed, this,
        [this](const QSet<hosts::Host*>& hosts) {
            if (isVisible() && hosts.contains(m_host))
                showLoad();
        });
    connect(context.thumbnails, &Thumbnails::changed, this, [this](const models::VmRef& vm) {
        if (vm == models::VmRef { m_host, m_vm })
            showScreen();
    });
    connect(m_screen, &QAbstractButton::clicked, this, &OverviewTab::consoleRequested);
}

void OverviewTab::layOut(const MachineActions& actions)
{
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QAction* action :
        { actions.takeSnapshot(), actions.clone(), actions.makeTemplate(), actions.rename() })
        buttons->addWidget(actionButton(action, QStringLiteral("overview") + action->objectName()));
    m_actions->setSpacing(16);
    m_actions->addLayout(buttons);
    m_actions->addWidget(actionCheckBox(actions.autostart(), QStringLiteral("overviewAutostart")));
    m_actions->addStretch(1);

    auto* content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addWidget(m_reason);
    layout->addWidget(m_plainReason);
    layout->addWidget(m_pending);
    layout->addLayout(m_actions);
    layOutBody();
    layout->addLayout(m_body);
    layout->addStretch(1);
    setWidget(content);
    content->installEventFilter(this);
}

void OverviewTab::layOutBody()
{
    auto* grid = new QGridLayout(m_load);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(12);
    grid->addWidget(m_cpu, 0, 0);
    grid->addWidget(m_memory, 0, 1);
    grid->addWidget(m_disk, 1, 0);
    grid->addWidget(m_network, 1, 1);
    auto* sight = new QVBoxLayout;
    sight->setSpacing(8);
    sight->addWidget(m_screen);
    sight->addWidget(m_screenInfo);
    sight->addSpacing(8);
    sight->addWidget(m_load);
    sight->addSpacing(8);
    sight->addWidget(m_notesTitle);
    sight->addWidget(m_notes);
    sight->addStretch(1);

    auto* first = section(tr("Machine"), QStringLiteral("machineTitle"), m_left);
    first->addStretch(1);
    auto* second = section(tr("Hardware"), QStringLiteral("hardwareTitle"), m_right);
    second->addSpacing(12);
    second->addWidget(m_guest);
    second->addStretch(1);
    m_facts->setSpacing(24);
    m_facts->addLayout(first, 1);
    m_facts->addLayout(second, 1);
    m_facts->addStretch(0); // takes what is left over when they stand one below the other
    m_body->setSpacing(32);
    m_body->addLayout(sight, 5);
    m_body->addLayout(m_facts, 6);
}

void OverviewTab::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    arrange();
    wantScreen();
}

bool OverviewTab::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        arrange();
    return QScrollArea::eventFilter(watched, event);
}

/// One, two or three columns, by the room there is and what is shown needs at least.
void OverviewTab::arrange()
{
    const int room = viewport()->width() - widget()->layout()->contentsMargins().left() * 2;
    const auto direction
        = [](bool isWide) { return isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom; };
    m_actions->setDirection(direction(room >= widthBeside(*m_actions, &QLayoutItem::sizeHint)));
    const bool hasTwo = room >= kTwoFactColumns;
    m_facts->setDirection(direction(hasTwo));
    for (int i = 0; i < m_facts->count(); ++i)
        m_facts->setStretch(i, (i < 2) == hasTwo ? 1 : 0);
    m_body->setDirection(
        direction(room >= std::max(kSideBySide, widthBeside(*m_body, &QLayoutItem::minimumSize))));
}

void OverviewTab::showEvent(QShowEvent* event)
{
    QScrollArea::showEvent(event);
    wantScreen();
    showLoad();
}

void OverviewTab::hideEvent(QHideEvent* event)
{
    QScrollArea::hideEvent(event);
    m_context.thumbnails->show(this, {}, {});
}

void OverviewTab::wantScreen()
{
    const QSizeF size = QSizeF(m_screen->size()) * devicePixelRatioF();
    if (m_host && isVisible())
        m_context.thumbnails->show(this, { { m_host, m_vm } }, size.toSize());
    showScreen();
}

void OverviewTab::showScreen()
{
    const models::VmRecord* vm
        = m_host ? m_context.workspace.inventory.find(m_host, m_vm) : nullptr;
    if (!vm)
        return;
    const Thumbnail thumbnail = m_context.thumbnails->of({ m_host, m_vm });
    m_screen->setLook(screenLook(*vm, thumbnail, m_context.workspace.inventory.isStale(m_host)));
    const bool hasPicture = !thumbnail.image.isNull();
    m_screen->setVisible(vm->info.hasScreen || hasPicture);
    m_screen->setEnabled(vm->info.hasScreen);
    m_screen->setToolTip(
        vm->info.hasScreen ? tr("Open the console") : tr("This machine has no console"));
    m_screen->setAccessibleName(tr("Screen of %1, opens the console").arg(vm->info.name));
    m_screenInfo->setVisible(hasPicture);
    //: Size of a screen in pixels, then when its picture was taken
    m_screenInfo->setText(tr("%1 × %2, %3")
                              .arg(thumbnail.screen.width())
                              .arg(thumbnail.screen.height())
                              .arg(Units::ago(thumbnail.taken, QDateTime::currentDateTimeUtc())));
    m_screenInfo->setToolTip(Units::exact(thumbnail.taken));
}

void OverviewTab::show(const models::VmRecord& vm)
{
    m_host = vm.host;
    m_vm = vm.info.id;
    m_load->setVisible(vmm::isActive(vm.info.state));
    wantScreen();
    showLoad();
    showReason(vm.info);
    m_pending->setVisible(vm.info.hasPendingChanges && vmm::isActive(vm.info.state));
    setTextColor(m_pending, Colors::of(palette()).attention);
    m_guest->show(vm);
    showFacts(vm);
    m_notes->setText(vm.info.description);
    m_notesTitle->setVisible(!vm.info.description.isEmpty());
    m_notes->setVisible(!vm.info.description.isEmpty());
}

void OverviewTab::forget()
{
    m_host = nullptr;
    m_context.thumbnails->show(this, {}, {});
    m_guest->forget();
}

void OverviewTab::showReason(const VmInfo& info)
{
    const QString sentence = Text::reason(info.state, info.reason);
    const bool isBad = isTrouble(info.reason) && info.state != VmState::Running;
    m_reason->setVisible(isBad);
    m_plainReason->setVisible(!isBad && !sentence.isEmpty() && info.state != VmState::Running);
    m_plainReason->setText(sentence);
    if (isBad) {
        QString details = info.reasonDetail.trimmed();
        if (details.size() > 600)
            details = QChar(0x2026) + details.right(600);
        m_reason->setNotice(sentence, details, info.reasonDetail, Text::remedy(info.reason));
    }
}

void OverviewTab::showFacts(const models::VmRecord& vm)
{
    m_left->setFacts(machineFacts(vm));
    m_right->setFacts(hardwareFacts(vm.info));
}

void OverviewTab::showLoad()
{
    using hosts::VmMetric;
    const models::MetricsStore& metrics = m_context.workspace.metrics;
    const models::VmRecord* vm
        = m_host ? m_context.workspace.inventory.find(m_host, m_vm) : nullptr;
    if (!vm)
        return;
    const auto value = [&](VmMetric metric) { return metrics.latest(m_host, m_vm, metric); };
    const auto series = [&](VmMetric metric) { return metrics.series(m_host, m_vm, metric); };
    m_cpu->setSeries({ series(VmMetric::CpuLoad) }, 1);
    m_cpu->setValue(Units::percent(value(VmMetric::CpuLoad)));
    m_memory->setSeries(
        { series(VmMetric::MemoryUsed) }, static_cast<double>(vm->info.memory.count()));
    m_memory->setValue(Units::bytes(value(VmMetric::MemoryUsed)));
    m_disk->setSeries({ series(VmMetric::DiskRead), series(VmMetric::DiskWrite) }, 0);
    m_disk->setValue(ratesText(value(VmMetric::DiskRead), value(VmMetric::DiskWrite)));
    m_network->setSeries({ series(VmMetric::NetworkReceive), series(VmMetric::NetworkSend) }, 0);
    m_network->setValue(ratesText(value(VmMetric::NetworkReceive), value(VmMetric::NetworkSend)));
}

QVector<Fact> OverviewTab::machineFacts(const models::VmRecord& vm) const
{
    const VmInfo& info = vm.info;
    QVector<Fact> facts { { tr("State"), Text::state(info), vmm::nameOf(info.state) } };
    if (info.since.isValid()) // for how long, the page's head counts
        facts.append({ tr("Up since"), Units::exact(info.since) });
    facts.append({ tr("Host"), Text::hostTitle(vm.host->uri()), vm.host->uri().toString() });
    if (!info.location.isEmpty())
        facts.append({ tr("Location"), info.location, tr("In the inventory of the vCenter") });
    if (!info.title.isEmpty() && info.title != info.name)
        facts.append({ tr("Title"), info.title });
    if (!info.tags.isEmpty())
        facts.append({ tr("Tags"), info.tags.join(QStringLiteral(", ")) });
    if (info.isTemplate)
        facts.append({ tr("Template"), tr("yes, to make clones of") });
    if (!info.parentName.isEmpty())
        facts.append(
            { tr("Stands on"), info.parentName, tr("Its disks keep only the difference") });
    if (info.hasSavedMemory)
        facts.append({ tr("Saved memory"), tr("yes; the next start goes on from there") });
    if (info.snapshots > 0)
        facts.append({ tr("Snapshots"), QLocale().toString(info.snapshots) });
    facts.append({ tr("UUID"), info.id.toString(QUuid::WithoutBraces) });
    return facts;
}

QVector<Fact> OverviewTab::hardwareFacts(const VmInfo& info) const
{
    QVector<Fact> facts { { tr("CPUs"), QLocale().toString(info.vcpus), tr("libvirt: vcpu") },
        { tr("Memory"), Units::bytes(info.memory), tr("libvirt: memory") } };
    if (!info.machineType.isEmpty())
        facts.append({ tr("Machine type"), info.machineType });
    facts.append(
        { tr("Disks"), info.disks.isEmpty() ? tr("none") : info.disks.join(QLatin1Char('\n')) });
    facts.append({ tr("Network cards"),
        info.networkCards == 0 ? tr("none") : QLocale().toString(info.networkCards) });
    facts.append({ tr("Screen"), info.hasScreen ? tr("yes") : tr("none") });
    return facts;
}

} // namespace ui
