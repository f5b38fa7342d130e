// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/VmTable.h"

#include "ui/style/Icons.h"
#include "ui/text/RowText.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Rows.h"
#include "ui/widgets/VmTableDelegate.h"
#include "ui/widgets/VmTableHeader.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QHideEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

namespace ui {

using models::Role;
using models::VmColumn;
using models::VmRef;

namespace {

QString headerText(VmColumn column)
{
    switch (column) {
    case VmColumn::Name:
        return VmTable::tr("Name");
    case VmColumn::Host:
        return VmTable::tr("Host");
    case VmColumn::State:
        return VmTable::tr("State");
    case VmColumn::Cpu:
        return VmTable::tr("CPU");
    case VmColumn::Memory:
        return VmTable::tr("Memory");
    case VmColumn::Disk:
        return VmTable::tr("Disk");
    case VmColumn::Network:
        return VmTable::tr("Network");
    case VmColumn::Vcpus:
        return VmTable::tr("CPUs");
    case VmColumn::UpSince:
        return VmTable::tr("Up for");
    }
    return {};
}

QString cellText(VmColumn column, const QVariant& value)
{
    switch (column) {
    case VmColumn::Name:
        return value.toString();
    case VmColumn::Host:
        return value.toString();
    case VmColumn::State:
        return Text::state(value.value<vmm::VmState>());
    case VmColumn::Cpu:
        return Units::percent(value.toDouble());
    case VmColumn::Memory:
        return Units::bytes(value.toDouble());
    case VmColumn::Disk:
    case VmColumn::Network:
        return Units::rate(value.toDouble());
    case VmColumn::Vcpus:
        return QLocale().toString(value.toInt());
    case VmColumn::UpSince: {
        const QDateTime since = value.toDateTime();
        if (!since.isValid())
            return QString(QChar(0x2013));
        return Units::duration(std::chrono::seconds(since.secsTo(QDateTime::currentDateTimeUtc())));
    }
    }
    return {};
}

} // namespace

VmTable::VmTable(Context& context, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_name(name)
    , m_model(context.workspace.inventory, context.workspace.metrics)
    , m_filter(new QLineEdit)
    , m_count(mutedLabel({}, name + QStringLiteral("Count")))
    , m_view(new QTableView)
    , m_delegate(new VmTableDelegate(this))
{
    setObjectName(name);
    m_model.setWording(cellText, headerText, RowText::wording());
    m_filter->setObjectName(name + QStringLiteral("Filter"));
    m_filter->setAccessibleName(tr("Filter the machines of this table"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setToolTip(tr("Words of a name, tag, host or state; also state:saved, host:a2, "
                            "tag:shop, cpu>80, mem>512. A leading minus excludes."));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(320);
    m_filter->addAction(icon(Glyph::Search, Tint::Muted), QLineEdit::LeadingPosition);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model.setFilter(models::VmFilter::parse(text, Text::stateWords()));
        updateEmptyHint();
        m_report.start();
    });
    makeView();

    auto* top = new QHBoxLayout;
    top->setContentsMargins(16, 8, 16, 8);
    top->addWidget(sectionLabel(tr("Machines"), name + QStringLiteral("Title")));
    top->addWidget(m_count);
    top->setSpacing(12);
    top->addStretch(1);
    top->addWidget(m_filter, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_view, 1);

    m_report.setSingleShot(true);
    m_report.setInterval(100);
    connect(&m_report, &QTimer::timeout, this, &VmTable::reportVisible);
    for (const auto signal : { &QAbstractItemModel::modelReset })
        connect(&m_model, signal, this, &VmTable::updateEmptyHint);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &VmTable::updateEmptyHint);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &VmTable::updateEmptyHint);
    restoreState();
    updateEmptyHint();
}

VmTable::~VmTable() = default;

void VmTable::makeView()
{
    m_view->setObjectName(m_name + QStringLiteral("View"));
    m_view->setAccessibleName(tr("Machines"));
    m_view->setModel(&m_model);
    m_view->setItemDelegate(m_delegate);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setShowGrid(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->setCornerButtonEnabled(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setMinimumSectionSize(1); // else the header's margins widen rows
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setDense(m_context.settings.isDense());

    auto* header = new VmTableHeader(m_view);
    m_view->setHorizontalHeader(header);
    header->setObjectName(m_name + QStringLiteral("Header"));
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(48);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(static_cast<int>(VmColumn::Name), Qt::AscendingOrder);

    connect(m_view, &QTableView::activated, this,
        [this](const QModelIndex& index) { Q_EMIT opened(refAt(index)); });
    connect(m_view, &QTableView::customContextMenuRequested, this, [this](QPoint position) {
        if (!selected().isEmpty())
            Q_EMIT contextMenuRequested(m_view->viewport()->mapToGlobal(position));
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (isVisible())
            Q_EMIT marked(selected());
    });
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, &m_report,
        qOverload<>(&QTimer::start));
}

void VmTable::restoreState()
{
    auto* header = static_cast<VmTableHeader*>(m_view->horizontalHeader());
    const QByteArray state = m_context.settings.view(m_name).toByteArray();
    if (!state.isEmpty() && header->restoreState(state)) {
        header->placeNames();
        return;
    }
    const int letter = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const auto resize = [&](VmColumn column, int letters) {
        const int section = static_cast<int>(column);
        header->resizeSection(
            section, std::max(letter * letters + 24, header->sectionSizeHint(section)));
    };
    resize(VmColumn::Host, 14);
    resize(VmColumn::State, 11);
    resize(VmColumn::Cpu, 7);
    resize(VmColumn::Memory, 8);
    resize(VmColumn::Disk, 9);
    resize(VmColumn::Network, 9);
    resize(VmColumn::Vcpus, 4);
    resize(VmColumn::UpSince, 8);
}

void VmTable::saveState() const
{
    m_context.settings.setView(m_name, m_view->horizontalHeader()->saveState());
}

void VmTable::setHost(hosts::Host* host)
{
    m_model.setHost(host);
    m_view->setColumnHidden(static_cast<int>(VmColumn::Host), host != nullptr);
    updateEmptyHint();
    m_report.start();
}

void VmTable::clearMarks()
{
    m_view->clearSelection();
}

void VmTable::setDense(bool isDense)
{
    m_view->verticalHeader()->setDefaultSectionSize(Rows::height(fontMetrics(), isDense));
}

VmRef VmTable::refAt(const QModelIndex& index) const
{
    return { index.data(Role::HostRole).value<hosts::Host*>(),
        index.data(Role::VmIdRole).value<hosts::VmId>() };
}

QVector<VmRef> VmTable::selected() const
{
    QVector<VmRef> refs;
    for (const QModelIndex& row : m_view->selectionModel()->selectedRows())
        refs.append(refAt(row));
    return refs;
}

void VmTable::updateEmptyHint()
{
    m_count->setText(Text::vmCount(m_model.rowCount()));
    if (!m_report.isActive())
        m_report.start();
}

void VmTable::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_report.start();
}

void VmTable::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    if (event->spontaneous()) // minimised: the rows are there again with the window
        return;
    clearMarks();
    Q_EMIT marked({}); // what can't be seen is no target
    reportVisible();
}

void VmTable::reportVisible()
{
    QHash<hosts::Host*, QSet<hosts::VmId>> shown;
    if (isVisible()) {
        const int bottom = m_view->viewport()->height();
        const int first = std::max(0, m_view->rowAt(0));
        for (int row = first; row < m_model.rowCount() && m_view->rowViewportPosition(row) < bottom;
             ++row) {
            const VmRef ref = refAt(m_model.index(row, 0));
            shown[ref.host].insert(ref.vm);
        }
    }
    m_context.workspace.visible.show(this, shown);
}

} // namespace ui
