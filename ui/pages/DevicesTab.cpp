// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/DevicesTab.h"

#include "ui/text/ResourceText.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/Named.h"
#include "ui/widgets/PanelStack.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

using hosts::HostDevice;

namespace {

Glyph glyphOf(const QString& kind)
{
    if (kind == QStringLiteral("system"))
        return Glyph::Computer;
    if (kind == QStringLiteral("net"))
        return Glyph::Network;
    if (kind == QStringLiteral("storage"))
        return Glyph::Disk;
    if (kind.startsWith(QStringLiteral("usb")))
        return Glyph::Usb;
    if (kind == QStringLiteral("drm"))
        return Glyph::Screen;
    return Glyph::Chip;
}

QString titleOf(const HostDevice& device)
{
    const QString title
        = QStringList { device.vendor, device.product }.join(QLatin1Char(' ')).trimmed();
    return title.isEmpty() ? device.name : title;
}

bool matches(const HostDevice& device, const QStringList& words)
{
    const QString all
        = QStringList { device.name, device.kind, ResourceText::deviceKind(device.kind),
              device.vendor, device.product, device.driver, device.address }
              .join(QLatin1Char(' '));
    return std::all_of(words.begin(), words.end(),
        [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace

DevicesTab::DevicesTab(Context& context)
    : ResourceTab(context, hosts::Feature::HostDevices, "devices")
    , m_filter(named(new QLineEdit, "deviceFilter", tr("Filter devices")))
    , m_tree(new ListTree(QStringLiteral("deviceTree"), tr("Devices of the host"),
          { tr("Device"), tr("Kind"), tr("Address"), tr("Driver"), tr("IOMMU group") }))
{
    follow(hosts::ResourceKind::Devices);
    m_filter->setPlaceholderText(tr("Filter: words of a name, kind or driver"));
    m_filter->setClearButtonEnabled(true);
    m_copy = makeButton("deviceCopy", Glyph::Copy, tr("Copy name"),
        tr("Copy what libvirt calls the device"), [this] { copy(); });
    m_tree->setButtons({ m_copy });
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_filter, 1);
    top->addWidget(m_copy);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_tree, 1);
    setContent(content, Glyph::Chip, tr("No devices"));
    connect(m_filter, &QLineEdit::textChanged, this, &DevicesTab::fill);
    connect(m_tree, &ListTree::selectionMoved, this, &DevicesTab::refreshButtons);
}

void DevicesTab::ask()
{
    question().ask(host(), hosts::ListHostDevices {}, this,
        [this](const vmm::Result<QVector<HostDevice>>& devices) {
            if (!take(devices ? std::nullopt : std::optional(devices.error())))
                return;
            m_devices = *devices;
            if (m_devices.isEmpty())
                panels()->showEmpty(tr("The host tells of none."));
            else
                panels()->showContent();
            fill();
        });
}

void DevicesTab::forget()
{
    m_devices.clear();
}

/// Names of the devices that the filter lets through, with those that they hang on.
QSet<QString> DevicesTab::wanted() const
{
    const QStringList words = m_filter->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QSet<QString> names;
    for (auto device = m_devices.crbegin(); device != m_devices.crend(); ++device) {
        if (names.contains(device->name) || matches(*device, words))
            names << device->name << device->parent;
    }
    return names;
}

void DevicesTab::fill()
{
    const QSet<QString> names = wanted();
    QHash<QString, QTreeWidgetItem*> rows;
    m_tree->beginFill();
    for (const HostDevice& device : std::as_const(m_devices)) {
        if (!names.contains(device.name))
            continue;
        QTreeWidgetItem* row = m_tree->addRow(rows.value(device.parent), device.name,
            { titleOf(device), ResourceText::deviceKind(device.kind), device.address, device.driver,
                device.iommuGroup < 0 ? QString() : QString::number(device.iommuGroup) },
            icon(glyphOf(device.kind)));
        row->setToolTip(0,
            QStringList { device.name, device.ids.join(QLatin1Char(':')) }
                .join(QLatin1Char('\n'))
                .trimmed());
        rows.insert(device.name, row);
    }
    m_tree->endFill();
}

void DevicesTab::refreshButtons()
{
    setUsable(m_copy, m_tree->selectedKey().isEmpty() ? tr("Select a device first.") : QString());
}

void DevicesTab::copy()
{
    QGuiApplication::clipboard()->setText(m_tree->selectedKey());
}

} // namespace ui
