// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/CommandPalette.h"

#include "models/VmFilter.h"
#include "ui/style/Icons.h"
#include "ui/text/Text.h"
#include "ui/widgets/Rows.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int kMostMachines = 30;
constexpr int kIndexRole = Qt::UserRole; // of a command
constexpr int kHostRole = Qt::UserRole + 1; // URI
constexpr int kVmRole = Qt::UserRole + 2;

// All words somewhere in the text, in any order.
bool matches(const QString& text, const QString& query)
{
    for (const QString& word : query.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (!text.contains(word, Qt::CaseInsensitive))
            return false;
    }
    return true;
}

} // namespace

CommandPalette::CommandPalette(
    Context& context, Selection& selection, const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent, Qt::Popup)
    , m_context(context)
    , m_selection(selection)
    , m_commands(actions)
    , m_edit(new QLineEdit)
    , m_list(new QListWidget)
{
    setObjectName(QStringLiteral("commandPalette"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Search or command"));
    m_edit->setObjectName(QStringLiteral("paletteEdit"));
    m_edit->setAccessibleName(tr("Search or command"));
    m_edit->setPlaceholderText(tr("Name of a machine, or a command"));
    m_edit->addAction(icon(Glyph::Search, Tint::Muted), QLineEdit::LeadingPosition);
    m_edit->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("What was found"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_edit);
    layout->addWidget(m_list);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    const int width = std::min(560, parent->width() - 32);
    resize(width, std::min(420, parent->height() - 80));
    move(parent->mapToGlobal(QPoint((parent->width() - width) / 2, 44)));
    fill();
    m_edit->setFocus(); // a popup is not activated, and would have no focus of its own
}

void CommandPalette::fill()
{
    m_list->clear();
    const QString text = m_edit->text().trimmed();
    addMachines(text);
    addCommands(text);
    m_list->setCurrentRow(0);
}

void CommandPalette::addCommands(const QString& text)
{
    const int height = Rows::height(fontMetrics(), false);
    for (int i = 0; i < m_commands.size(); ++i) {
        const QAction* action = m_commands[i];
        QString shown = action->iconText(); // the text without its mnemonic
        if (!action->isEnabled() || shown.isEmpty() || !matches(shown, text))
            continue;
        if (!action->shortcut().isEmpty())
            shown += QStringLiteral("    ") + action->shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(action->icon(), shown, m_list);
        item->setData(kIndexRole, i);
        item->setToolTip(action->toolTip());
        item->setSizeHint({ 0, height });
    }
}

void CommandPalette::addMachines(const QString& text)
{
    if (text.isEmpty())
        return;
    const int height = Rows::height(fontMetrics(), false);
    const models::VmFilter filter = models::VmFilter::parse(text, Text::stateWords());
    QVector<const models::VmRecord*> found;
    for (const hosts::Host* host : m_context.workspace.inventory.hosts()) {
        for (const models::VmRecord* vm : m_context.workspace.inventory.vms(host)) {
            if (filter.accepts(*vm))
                found.append(vm);
        }
    }
    // The inventory has no order; without one the results would jump from key to key.
    const qsizetype shown = qMin<qsizetype>(found.size(), kMostMachines);
    std::partial_sort(found.begin(), found.begin() + shown, found.end(),
        [](const auto* a, const auto* b) { return a->sortKey < b->sortKey; });
    for (const models::VmRecord* vm : found.first(shown)) {
        const QString host = vm->host->uri().toString();
        auto* item = new QListWidgetItem(stateIcon(vm->info.state),
            vm->info.name + QStringLiteral("    ") + Text::hostTitle(vm->host->uri()), m_list);
        item->setData(kHostRole, host);
        item->setData(kVmRole, vm->info.id);
        item->setSizeHint({ 0, height });
    }
}

void CommandPalette::run()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    const QVariant index = item->data(kIndexRole);
    if (index.isValid()) {
        QPointer<QAction> action = m_commands[index.toInt()];
        close();
        if (action)
            action->trigger();
        return;
    }
    const auto uri = hosts::HostUri::parse(item->data(kHostRole).toString());
    hosts::Host* host = uri ? m_context.workspace.hosts.find(*uri) : nullptr;
    if (host)
        m_selection.setVms({ { host, item->data(kVmRole).toUuid() } });
    close();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(m_list, event);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run();
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

} // namespace ui
