// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/MigrateDialog.h"

#include "models/Inventory.h"
#include "ui/dialogs/MigrationView.h"
#include "ui/dialogs/MoveOptions.h"
#include "ui/style/Icons.h"
#include "ui/text/ErrorText.h"
#include "ui/text/MigrationText.h"
#include "ui/text/MoveText.h"
#include "ui/text/Text.h"
#include "ui/widgets/ListTree.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSpinBox>

namespace ui {

using hosts::MigrationObstacle;
using hosts::MigrationRequest;
using hosts::MigrationRoute;
using hosts::StorageCopy;

namespace {

constexpr int kPauseMs = 500;

} // namespace

MigrateDialog::MigrateDialog(Context& context, const models::VmRef& vm, QWidget* parent)
    : FormDialog(QStringLiteral("migrate"), {}, tr("Move"), parent)
    , m_context(context)
    , m_vm(vm)
    , m_isActive(false)
    , m_target(new QComboBox)
    , m_obstacles(new ListTree(QStringLiteral("migrateObstacles"), tr("What is in the way"),
          { tr("What is in the way"), tr("In detail") }))
{
    if (const models::VmRecord* record = context.workspace.inventory.find(vm.host, vm.vm)) {
        m_name = record->info.name;
        m_isActive = vmm::isActive(record->info.state);
    }
    setHeading(tr("Move %1 to another host").arg(m_name));
    const bool isOfCore = vm.host->uri().isEmbedded();
    m_target->setEditable(!isOfCore);
    fillTargets();
    add(tr("&To"), "Target", m_target);
    addOptions(m_isActive);
    m_across = new MoveOptions(context, vm, m_name, *this);
    connect(m_across, &MoveOptions::looked, this, &MigrateDialog::takeMoveObstacles);
    m_obstacles->setRootIsDecorated(false);
    m_obstacles->setMinimumHeight(fontMetrics().lineSpacing() * 7);
    // Two short sentences beside each other.
    m_obstacles->setMinimumWidth(fontMetrics().averageCharWidth() * 100);
    m_obstacles->setTextElideMode(Qt::ElideRight);
    m_obstacles->header()->setSectionResizeMode(QHeaderView::Stretch);
    addWide(m_obstacles);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &MigrateDialog::look);
    connect(m_target, &QComboBox::currentTextChanged, this, &MigrateDialog::chooseWay);
    connect(m_vm.host, &QObject::destroyed, this, &QDialog::reject);
    setProblem([this] { return why(); });
    setConsequence([this] { return what(); });
    setRun([this] { move(); });
    chooseWay();
}

void MigrateDialog::addOptions(bool isActive)
{
    m_storage = add(tr("&Disks"), "Storage", new QComboBox);
    m_storage->addItem(tr("stay: both hosts see the same"), static_cast<int>(StorageCopy::None));
    m_storage->addItem(tr("are copied"), static_cast<int>(StorageCopy::Full));
    if (isActive)
        m_storage->addItem(tr("are copied, but for the images below that are there already"),
            static_cast<int>(StorageCopy::Incremental));
    m_route = add(tr("&Way"), "Route", new QComboBox);
    m_route->addItem(tr("this program talks to both"), static_cast<int>(MigrationRoute::Direct));
    m_route->addItem(
        tr("the hosts talk to each other"), static_cast<int>(MigrationRoute::PeerToPeer));
    m_bandwidth = add(tr("At &most"), "Bandwidth", new QSpinBox);
    m_bandwidth->setRange(0, 1'000'000);
    m_bandwidth->setSuffix(QStringLiteral(" MiB/s"));
    m_bandwidth->setSpecialValueText(tr("as fast as it goes"));
    m_postCopy = add(
        QString(), "PostCopy", new QCheckBox(tr("It may go on over there &before all is copied")));
    m_postCopy->setAccessibleName(tr("It may go on over there before all is copied"));
    m_postCopy->setToolTip(tr("For guests that write faster than is copied (post-copy). If the "
                              "connection breaks then, the machine is lost."));
    m_keep = add(QString(), "Keep", new QCheckBox(tr("&Keep its definition here")));
    m_keep->setAccessibleName(tr("Keep its definition here"));
    m_unsafe = add(QString(), "Unsafe",
        new QCheckBox(tr("Even if libvirt does not know the disks to be &shared")));
    m_unsafe->setAccessibleName(tr("Even if libvirt does not know the disks to be shared"));
    m_unsafe->setToolTip(
        tr("If they are not, or are cached on both sides, what is on them is damaged."));
}

/// The other hosts of this window that could take it; another one of libvirt can be typed.
void MigrateDialog::fillTargets()
{
    const bool isOfCore = m_vm.host->uri().isEmbedded();
    for (hosts::Host* host : m_context.workspace.hosts.hosts()) {
        const bool isAlike = !isOfCore && host->uri().driver() == m_vm.host->uri().driver();
        if (host == m_vm.host || !(isAlike || MoveOptions::isWay(m_vm.host, host)))
            continue;
        m_target->addItem(Text::hostTitle(host->uri()), host->uri().toString());
        m_target->setItemData(m_target->count() - 1, host->uri().toString(), Qt::ToolTipRole);
    }
    if (!isOfCore)
        m_target->lineEdit()->setPlaceholderText(QStringLiteral("qemu+ssh://root@other/system"));
}

hosts::Host* MigrateDialog::chosenHost() const
{
    const auto uri = hosts::HostUri::parse(request().target);
    return uri ? m_context.workspace.hosts.find(*uri) : nullptr;
}

void MigrateDialog::chooseWay()
{
    hosts::Host* chosen = chosenHost();
    const bool isAcross = MoveOptions::isWay(m_vm.host, chosen);
    for (QWidget* field : { static_cast<QWidget*>(m_storage), static_cast<QWidget*>(m_route),
             static_cast<QWidget*>(m_keep) })
        form()->setRowVisible(field, !isAcross && !m_vm.host->uri().isEmbedded());
    for (QWidget* field : { static_cast<QWidget*>(m_bandwidth), static_cast<QWidget*>(m_postCopy),
             static_cast<QWidget*>(m_unsafe) })
        form()->setRowVisible(field, m_isActive && !isAcross && !m_vm.host->uri().isEmbedded());
    m_across->setTarget(isAcross ? chosen : nullptr);
    validate();
}

MigrationRequest MigrateDialog::request() const
{
    // What was typed is an address, or what a host is called.
    const QString text = m_target->currentText();
    const int chosen = m_target->currentIndex();
    const int known
        = chosen >= 0 && m_target->itemText(chosen) == text ? chosen : m_target->findText(text);
    return { .target = known >= 0 ? m_target->itemData(known).toString() : text.trimmed(),
        .route = static_cast<MigrationRoute>(m_route->currentData().toInt()),
        .storage = static_cast<StorageCopy>(m_storage->currentData().toInt()),
        .isPostCopyAllowed = m_isActive && m_postCopy->isChecked(),
        .isUnsafe = m_isActive && m_unsafe->isChecked(),
        .isKept = m_keep->isChecked(),
        .bandwidthMiB = m_isActive ? m_bandwidth->value() : 0 };
}

void MigrateDialog::look()
{
    if (m_across->target()) {
        m_across->look();
        return;
    }
    const MigrationRequest wanted = request();
    if (!hosts::HostUri::parse(wanted.target))
        return;
    m_question.ask(m_vm.host, hosts::CheckMigration { m_vm.vm, wanted }, this,
        [this, wanted](const vmm::Result<QVector<MigrationObstacle>>& found) {
            m_looked = wanted;
            takeObstacles(found);
        });
}

void MigrateDialog::takeObstacles(const vmm::Result<QVector<MigrationObstacle>>& found)
{
    if (m_across->target())
        return; // another way was chosen meanwhile
    m_failure = found ? QString() : ErrorText::of(found.error()).inOneLine();
    QVector<Row> rows;
    m_hasFatal = false;
    for (const MigrationObstacle& each : found.value_or(QVector<MigrationObstacle> {})) {
        m_hasFatal = m_hasFatal || each.isFatal;
        rows.append({ MigrationText::obstacle(each), each.detail,
            each.isFatal ? icon(Glyph::Error, Tint::Failed)
                         : icon(Glyph::Warning, Tint::Attention) });
    }
    showRows(rows, found.has_value());
}

void MigrateDialog::takeMoveObstacles()
{
    using Weight = hosts::moving::Obstacle::Weight;
    if (!m_across->target())
        return;
    QVector<Row> rows;
    // What stops it first, then what is lost, then what is only to be known.
    for (const Weight weight : { Weight::Fatal, Weight::Loss, Weight::Note }) {
        for (const hosts::moving::Obstacle& each : m_across->obstacles()) {
            const MoveText text = MoveText::of(each);
            if (each.weight == weight)
                rows.append({ text.what, text.remedy,
                    weight == Weight::Fatal      ? icon(Glyph::Error, Tint::Failed)
                        : weight == Weight::Loss ? icon(Glyph::Warning, Tint::Attention)
                                                 : icon(Glyph::Info, Tint::Muted) });
        }
    }
    showRows(rows, !m_across->hasFailed());
}

void MigrateDialog::showRows(const QVector<Row>& rows, bool isComplete)
{
    m_obstacles->beginFill();
    for (const Row& row : rows) {
        QTreeWidgetItem* item
            = m_obstacles->addRow(nullptr, row.what, { row.what, row.detail }, row.icon);
        item->setToolTip(0, row.what);
        item->setToolTip(1, row.detail);
    }
    if (isComplete && rows.isEmpty())
        m_obstacles->addRow(
            nullptr, {}, { tr("Nothing was found"), {} }, icon(Glyph::Check, Tint::Running));
    m_obstacles->endFill();
    validate();
}

QString MigrateDialog::why() const
{
    if (m_vm.host->uri().isEmbedded() && m_target->count() == 0)
        return tr("It can move to QEMU hosts of libvirt: connect to one first.");
    if (m_across->target()) {
        if (m_across->isLooked())
            return m_across->why();
        m_pause.start();
        return tr("Looking for what is in the way…");
    }
    const MigrationRequest wanted = request();
    if (wanted.target.isEmpty())
        return tr("Say which host it is to move to.");
    if (const auto uri = hosts::HostUri::parse(wanted.target); !uri)
        return tr("This is no address of a host: %1").arg(wanted.target);
    if (m_looked != wanted) {
        // Looked for anew once nothing has been changed for a moment.
        m_pause.start();
        return tr("Looking for what is in the way…");
    }
    if (!m_failure.isEmpty())
        return m_failure;
    return m_hasFatal ? tr("It can't move like this.") : QString();
}

QString MigrateDialog::what() const
{
    if (m_across->target())
        return m_across->what();
    QString text = m_isActive ? tr("It goes on running, and stands still for a moment at the end.")
                              : tr("Its definition moves.");
    if (request().storage != StorageCopy::None)
        text += QLatin1Char(' ') + tr("The disks here stay as they are, and are of no use then.");
    return text;
}

void MigrateDialog::move()
{
    if (m_across->target())
        return m_across->move();
    if (!m_context.workspace.hosts.contains(m_vm.host))
        return;
    const models::Begun begun
        = m_context.workspace.commands.run(m_vm.host, hosts::MigrateMachine { m_vm.vm, request() });
    if (!m_isActive)
        return; // the dock tells how far it is
    auto* view = new MigrationView(m_context, m_vm, m_name, begun, request(), parentWidget());
    view->setAttribute(Qt::WA_DeleteOnClose);
    view->show();
}

} // namespace ui
