// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ScreenWall.h"

#include "ui/consoles/Thumbnails.h"
#include "ui/consoles/WallDelegate.h"
#include "ui/style/Icons.h"
#include "ui/text/Text.h"
#include "ui/widgets/EmptyPanel.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"

#include <QAction>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>

namespace ui {

using models::VmRef;

namespace {

const auto kWallGeometry = QStringLiteral("wall-geometry");
const auto kSizeKey = QStringLiteral("wall-tile");

QToolButton* toolFor(QAction* action)
{
    auto* button
        = named(new QToolButton, action->objectName() + QStringLiteral("Button"), action->text());
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    return button;
}

} // namespace

ScreenWall::ScreenWall(Context& context)
    : m_context(context)
    , m_model(context)
    , m_title(headingLabel({}, QStringLiteral("wallTitle")))
    , m_view(named(new QListView, "wallView", tr("Screens")))
    , m_empty(new EmptyPanel(QStringLiteral("wallEmpty"), Glyph::Wall, tr("No machines here"),
          tr("Machines appear here as soon as there are some.")))
    , m_delegate(new WallDelegate(this))
    , m_larger(new QAction(icon(Glyph::Grow), tr("Larger tiles"), this))
    , m_smaller(new QAction(icon(Glyph::Fit), tr("Smaller tiles"), this))
{
    setObjectName(QStringLiteral("screenWall"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/virtdeck.svg")));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    makeView();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_view, 1);
    layout->addWidget(m_empty, 1);
    m_report.setSingleShot(true);
    m_report.setInterval(100);
    connect(&m_report, &QTimer::timeout, this, &ScreenWall::reportVisible);
    for (auto signal : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(&m_model, signal, this, &ScreenWall::refresh);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &ScreenWall::refresh);
    m_size = std::clamp(
        m_context.settings.view(kSizeKey, m_size).toInt(), 0, int(kTileWidths.size()) - 1);
    applySize();
    resize(1040, 760);
    restoreGeometry(m_context.settings.view(kWallGeometry).toByteArray());
}

ScreenWall::~ScreenWall()
{
    m_context.thumbnails->show(this, {}, {});
}

QWidget* ScreenWall::makeHead()
{
    m_larger->setObjectName(QStringLiteral("wallLarger"));
    m_larger->setShortcuts({ QKeySequence::ZoomIn, QKeySequence(Qt::CTRL | Qt::Key_Equal) });
    m_smaller->setObjectName(QStringLiteral("wallSmaller"));
    m_smaller->setShortcut(QKeySequence::ZoomOut);
    connect(m_larger, &QAction::triggered, this, [this] { resizeTiles(1); });
    connect(m_smaller, &QAction::triggered, this, [this] { resizeTiles(-1); });
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(16, 8, 12, 8);
    row->addWidget(m_title, 1);
    row->addWidget(toolFor(m_smaller));
    row->addWidget(toolFor(m_larger));
    return head;
}

void ScreenWall::makeView()
{
    m_view->setModel(&m_model);
    m_view->setItemDelegate(m_delegate);
    m_view->setViewMode(QListView::IconMode);
    m_view->setMovement(QListView::Static);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setUniformItemSizes(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
    const auto schedule = [this] {
        if (!m_report.isActive())
            m_report.start();
    };
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, schedule);
    connect(m_view->verticalScrollBar(), &QScrollBar::rangeChanged, this, schedule);
    connect(m_view, &QListView::doubleClicked, this,
        [this](const QModelIndex& index) { Q_EMIT opened(m_model.at(index.row())); });
    connect(m_view, &QWidget::customContextMenuRequested, this, [this](QPoint position) {
        if (const QVector<VmRef> vms = selected(); !vms.isEmpty())
            Q_EMIT contextMenuRequested(vms, m_view->viewport()->mapToGlobal(position));
    });
}

QVector<VmRef> ScreenWall::selected() const
{
    QVector<VmRef> vms;
    const QModelIndexList rows = m_view->selectionModel()->selectedIndexes();
    for (const QModelIndex& index : rows)
        vms.append(m_model.at(index.row()));
    return vms;
}

void ScreenWall::showVms(const QVector<VmRef>& vms)
{
    m_subject.clear();
    m_model.showVms(vms);
}

void ScreenWall::showHost(hosts::Host* host)
{
    m_subject = host ? Text::hostTitle(host->uri()) : tr("All hosts");
    m_model.showHost(host);
}

void ScreenWall::refresh()
{
    const int count = m_model.rowCount();
    const QString machines = tr("%Ln machine(s)", nullptr, count);
    m_title->setText(m_subject.isEmpty() ? machines : tr("%1, %2").arg(m_subject, machines));
    setWindowTitle(tr("Screens: %1").arg(m_title->text()));
    m_view->setVisible(count > 0);
    m_empty->setVisible(count == 0);
    m_report.start();
}

int ScreenWall::tileWidth() const
{
    return kTileWidths[size_t(m_size)];
}

void ScreenWall::resizeTiles(int step)
{
    const int size = std::clamp(m_size + step, 0, int(kTileWidths.size()) - 1);
    if (size == m_size)
        return;
    m_size = size;
    m_context.settings.setView(kSizeKey, m_size);
    applySize();
}

void ScreenWall::applySize()
{
    m_delegate->setTileWidth(tileWidth());
    m_larger->setEnabled(m_size + 1 < int(kTileWidths.size()));
    m_smaller->setEnabled(m_size > 0);
    Q_EMIT m_delegate->sizeHintChanged({});
    m_report.start();
}

/// Pictures are taken of what can be seen, and of nothing else.
void ScreenWall::reportVisible()
{
    QVector<VmRef> vms;
    const QRect seen = m_view->viewport()->rect();
    if (isVisible() && !isMinimized()) {
        for (int row = 0; row < m_model.rowCount(); ++row) {
            const QRect tile = m_view->visualRect(m_model.index(row));
            if (tile.intersects(seen))
                vms.append(m_model.at(row));
            else if (tile.top() > seen.bottom())
                break;
        }
    }
    const QSizeF size = QSizeF(m_delegate->pictureSize()) * devicePixelRatioF();
    m_context.thumbnails->show(this, vms, size.toSize());
}

void ScreenWall::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void ScreenWall::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    reportVisible();
}

void ScreenWall::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        m_report.start();
}

void ScreenWall::closeEvent(QCloseEvent* event)
{
    m_context.settings.setView(kWallGeometry, saveGeometry());
    QWidget::closeEvent(event);
}

bool ScreenWall::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_view->currentIndex().isValid()) {
            Q_EMIT opened(m_model.at(m_view->currentIndex().row()));
            return true;
        }
    } else if (watched == m_view->viewport() && event->type() == QEvent::Wheel) {
        const auto* wheel = static_cast<QWheelEvent*>(event);
        if (wheel->modifiers().testFlag(Qt::ControlModifier) && wheel->angleDelta().y() != 0) {
            resizeTiles(wheel->angleDelta().y() > 0 ? 1 : -1);
            return true;
        }
    } else if (watched == m_view->viewport() && event->type() == QEvent::Resize) {
        m_report.start();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
