// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/UsbDialog.h"

#include "console/GuestDevices.h"
#include "ui/style/Colors.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/Named.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

QString idText(const console::UsbDevice& device)
{
    return QStringLiteral("%1:%2")
        .arg(device.vendor, 4, 16, QLatin1Char('0'))
        .arg(device.product, 4, 16, QLatin1Char('0'));
}

bool isAboutRights(const QString& reason)
{
    for (const char* word : { "ccess", "ermission", "uthoriz", "olkit", "acl" }) {
        if (reason.contains(QLatin1StringView(word)))
            return true;
    }
    return false;
}

} // namespace

UsbDialog::UsbDialog(console::GuestDevices& devices, Settings& settings, const QString& settingsKey,
    const QString& machine, QWidget* parent)
    : QDialog(parent)
    , m_devices(&devices)
    , m_settings(settings)
    , m_settingsKey(settingsKey)
    , m_rules(settingsKey.isEmpty() ? devices.usbRules() : savedRules(settings, settingsKey))
    , m_list(new ListTree(QStringLiteral("usbList"), tr("USB devices"),
          { tr("Device"), tr("Id"), tr("In the guest"), tr("By itself") }))
    , m_channels(mutedLabel({}, QStringLiteral("usbChannels")))
    , m_problem(wrappedLabel({}, QStringLiteral("usbProblem")))
    , m_redirect(named(new QPushButton, "usbRedirect", tr("Give to the guest")))
    , m_automatic(named(new QPushButton, "usbAutomatic", tr("Always give this device")))
    , m_disc(
          named(new QPushButton(tr("Insert a &disc image…")), "usbDisc", tr("Insert a disc image")))
{
    setObjectName(QStringLiteral("usbDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("USB devices for %1").arg(machine));
    layOut();
    connect(&devices, &console::GuestDevices::usbChanged, this, &UsbDialog::showDevices);
    connect(&devices, &QObject::destroyed, this, &QDialog::close);
    connect(&devices, &console::GuestDevices::usbFailed, this,
        [this](const console::UsbFailure& failure) {
            QString text = failure.id == 0 ? tr("The disc could not be inserted: %1")
                                           : tr("The device could not be redirected: %1");
            text = text.arg(failure.reason);
            if (isAboutRights(failure.reason))
                text += QLatin1Char('\n')
                    + tr("Opening USB devices needs rights. They are asked for by the package "
                         "spice-client-glib-usb-acl-helper and a polkit agent of the desktop; "
                         "without these, an udev rule can give you access to the device.");
            m_problem->setText(text);
            m_problem->show();
        });
    connect(m_list, &ListTree::selectionMoved, this, &UsbDialog::showButtons);
    connect(m_redirect, &QPushButton::clicked, this, [this] {
        m_problem->hide();
        if (const console::UsbDevice* device = selected())
            m_devices->redirectUsb(device->id, !device->isRedirected);
    });
    connect(m_automatic, &QPushButton::clicked, this, &UsbDialog::toggleAutomatic);
    connect(m_disc, &QPushButton::clicked, this, &UsbDialog::chooseDisc);
    devices.watchUsb(m_rules);
    showDevices();
}

void UsbDialog::layOut()
{
    m_problem->hide();
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    auto* actions = new QHBoxLayout;
    actions->addWidget(m_redirect);
    actions->addWidget(m_automatic);
    actions->addStretch(1);
    actions->addWidget(m_disc);
    auto* close = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::close);
    named(close->button(QDialogButtonBox::Close), "usbClose", tr("Close"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_channels);
    layout->addWidget(m_problem);
    layout->addLayout(actions);
    layout->addWidget(close);
    resize(fontMetrics().averageCharWidth() * 96, fontMetrics().height() * 24);
}

void UsbDialog::showDevices()
{
    m_list->beginFill();
    for (const console::UsbDevice& device : m_devices->usbDevices()) {
        const QString name = device.name.trimmed().isEmpty() ? tr("Unnamed device") : device.name;
        const QString state = device.isRedirected ? tr("Yes")
            : device.obstacle.isEmpty()           ? tr("No")
                                                  : tr("Not possible");
        auto* row = m_list->addRow(nullptr, QString::number(device.id),
            { name, idText(device), state, isAutomatic(device) ? tr("Yes") : QString() },
            icon(device.isDisc ? Glyph::Disc : Glyph::Usb));
        row->setToolTip(2, device.obstacle);
    }
    if (m_devices->usbDevices().isEmpty())
        m_list->addRow(nullptr, {}, { tr("No USB device is plugged into this computer") }, {});
    m_list->endFill();

    const console::UsbChannels& channels = m_devices->usbChannels();
    m_channels->setText(channels.problem.isEmpty()
            ? tr("%n more device(s) can be given to the guest.", nullptr, channels.free)
            : tr("The devices of this computer are not known: %1").arg(channels.problem));
    showButtons();
}

const console::UsbDevice* UsbDialog::selected() const
{
    const auto& all = m_devices->usbDevices();
    const auto found = std::find_if(all.begin(), all.end(),
        [this](const auto& device) { return QString::number(device.id) == m_list->selectedKey(); });
    return found == all.end() ? nullptr : &*found;
}

void UsbDialog::showButtons()
{
    const console::UsbDevice* device = selected();
    const bool isRedirected = device && device->isRedirected;
    m_redirect->setText(isRedirected ? tr("&Take back") : tr("&Give to the guest"));
    m_redirect->setEnabled(device && (isRedirected || device->obstacle.isEmpty()));
    m_redirect->setToolTip(!device ? tr("Choose a device")
            : isRedirected         ? QString()
                                   : device->obstacle);
    m_automatic->setText(device && isAutomatic(*device) ? tr("Give only when &asked")
                                                        : tr("&Always give this device"));
    m_automatic->setEnabled(device && !device->isDisc);
    m_automatic->setToolTip(
        device ? tr("Whenever one of this kind is plugged in") : tr("Choose a device"));
    const bool hasFree = m_devices->usbChannels().free > 0;
    m_disc->setEnabled(hasFree);
    m_disc->setToolTip(hasFree ? tr("The guest gets a CD drive with this image in it")
                               : tr("There is no free USB channel"));
}

bool UsbDialog::isAutomatic(const console::UsbDevice& device) const
{
    return m_rules.contains({ .vendor = device.vendor, .product = device.product });
}

void UsbDialog::toggleAutomatic()
{
    const console::UsbDevice* device = selected();
    if (!device)
        return;
    const console::UsbRule rule { .vendor = device->vendor, .product = device->product };
    if (m_rules.removeAll(rule) == 0)
        m_rules.append(rule);
    QStringList texts;
    for (const console::UsbRule& kept : m_rules)
        texts.append(
            QStringLiteral("%1,%2,%3").arg(kept.deviceClass).arg(kept.vendor).arg(kept.product));
    if (!m_settingsKey.isEmpty())
        m_settings.setView(m_settingsKey, texts);
    m_devices->watchUsb(m_rules);
    showDevices();
}

QList<console::UsbRule> UsbDialog::savedRules(const Settings& settings, const QString& key)
{
    QList<console::UsbRule> out;
    const QStringList texts = settings.view(key).toStringList();
    for (const QString& text : texts) {
        const QStringList parts = text.split(QLatin1Char(','));
        if (parts.size() == 3)
            out.append({ .deviceClass = parts[0].toInt(),
                .vendor = parts[1].toInt(),
                .product = parts[2].toInt() });
    }
    return out;
}

void UsbDialog::chooseDisc()
{
    auto* dialog = new QFileDialog(this, tr("Insert a disc image"));
    dialog->setObjectName(QStringLiteral("discDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({ tr("Disc images (*.iso *.img)"), tr("All files (*)") });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_problem->hide();
        m_devices->insertDisc(path);
    });
    dialog->open();
}

} // namespace ui
