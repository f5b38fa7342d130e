// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/AddDeviceDialog.h"

#include "ui/text/HardwareText.h"
#include "ui/widgets/HardwareForm.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QRegularExpression>

namespace ui {

using models::Hardware;
using models::HardwareField;
using models::HardwareKind;
using models::HardwareValue;

AddDeviceDialog::AddDeviceDialog(const Hardware& hardware, bool isRunning, QWidget* parent)
    : FormDialog(QStringLiteral("addDevice"), tr("Add device"), tr("Add"), parent)
    , m_hardware(hardware)
    , m_isRunning(isRunning)
    , m_kind(new QComboBox)
    , m_form(new HardwareForm(QStringLiteral("addDevice")))
    , m_plug(new QCheckBox(tr("Plug it in at once")))
{
    for (const HardwareKind each : m_hardware.addableKinds())
        m_kind->addItem(
            icon(HardwareText::glyph(each)), HardwareText::kind(each), static_cast<int>(each));
    add(tr("&Device"), "Kind", m_kind);
    form()->addRow(m_form);
    add(tr("&When"), "Plug", m_plug);
    m_plug->setChecked(true);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &AddDeviceDialog::noteKind);
    connect(m_form, &HardwareForm::edited, this, &AddDeviceDialog::validate);
    setProblem([this] { return why(); });
    setConsequence([this] { return what(); });
    setRun([this] { Q_EMIT chosen(); });
    noteKind();
}

void AddDeviceDialog::setCanPlug(std::function<bool(HardwareKind)> canPlug)
{
    m_canPlug = std::move(canPlug);
    noteKind();
}

void AddDeviceDialog::setHost(hosts::Host* host)
{
    m_form->setHost(host);
}

HardwareKind AddDeviceDialog::kind() const
{
    return static_cast<HardwareKind>(m_kind->currentData().toInt());
}

QVector<HardwareValue> AddDeviceDialog::values() const
{
    return m_form->values();
}

bool AddDeviceDialog::isPlugged() const
{
    return m_plug->isEnabled() && m_plug->isChecked();
}

void AddDeviceDialog::noteKind()
{
    m_form->setValues(kind(), m_hardware.proposal(kind()));
    const bool canPlug = m_canPlug && m_canPlug(kind());
    m_plug->setEnabled(canPlug);
    m_plug->setToolTip(canPlug ? QString()
            : m_isRunning ? tr("This kind of device can't be plugged into a running machine here.")
                          : tr("The machine is off."));
    form()->setRowVisible(m_plug, m_isRunning);
    validate();
}

QString AddDeviceDialog::why() const
{
    const auto value = [this](HardwareField field) {
        for (const HardwareValue& each : values()) {
            if (each.field == field)
                return each.value;
        }
        return QString();
    };
    const QString path = value(HardwareField::Source);
    if (kind() == HardwareKind::Disk && path.isEmpty())
        return tr("Choose the image of the disk.");
    if (!path.isEmpty() && !path.startsWith(QLatin1Char('/')))
        return tr("A path must begin with a slash: %1").arg(path);
    if (kind() == HardwareKind::FileSystem) {
        if (!value(HardwareField::Folder).startsWith(QLatin1Char('/')))
            return tr("Choose the folder of the host: its path begins with a slash.");
        const QString tag = value(HardwareField::MountTag);
        if (m_hardware.isContainer() && !tag.startsWith(QLatin1Char('/')))
            return tr("Say where the container mounts it: a path that begins with a slash.");
        if (tag.isEmpty())
            return tr("Give the name by which the guest mounts it.");
        if (value(HardwareField::Driver) == QStringLiteral("virtiofs")
            && value(HardwareField::ReadOnly) == QStringLiteral("yes"))
            return tr("virtiofs can't be read-only: use 9p for that.");
        for (const models::HardwareItem& item : m_hardware.items()) {
            if (item.kind == HardwareKind::FileSystem && item.label == tag)
                return tr("Another folder is mounted as %1.").arg(tag);
        }
    }
    if (kind() == HardwareKind::SerialPort) {
        const QString type = value(HardwareField::Type);
        if ((type == QStringLiteral("unix") || type == QStringLiteral("file"))
            && !value(HardwareField::PortPath).startsWith(QLatin1Char('/')))
            return tr("Give the path of the file or socket: it begins with a slash.");
    }
    if (kind() == HardwareKind::NetworkCard) {
        const QString type = value(HardwareField::Type);
        if (type == QStringLiteral("network") && value(HardwareField::Network).isEmpty())
            return tr("Name the network.");
        if (type == QStringLiteral("bridge") && value(HardwareField::Bridge).isEmpty())
            return tr("Name the bridge.");
    }
    static const QRegularExpression number(QStringLiteral("^0x[0-9a-fA-F]{1,4}$"));
    if (kind() == HardwareKind::HostDevice
        && !(number.match(value(HardwareField::Vendor)).hasMatch()
            && number.match(value(HardwareField::Product)).hasMatch()))
        return tr("Give vendor and product as lsusb tells them, such as 0x046d.");
    if (kind() == HardwareKind::Tpm) {
        for (const models::HardwareItem& item : m_hardware.items()) {
            if (item.kind == HardwareKind::Tpm)
                return tr("The machine has a TPM already.");
        }
    }
    return {};
}

QString AddDeviceDialog::what() const
{
    if (isPlugged())
        return tr("The running machine gets it at once, and keeps it.");
    return m_isRunning ? tr("It is added to what will be stored; the machine has it from its next "
                            "start on.")
                       : tr("It is added to what will be stored when you apply the changes.");
}

QString AddDeviceDialog::deviceXml() const
{
    Hardware copy = m_hardware;
    return copy.deviceXml(copy.add(kind(), values()));
}

} // namespace ui
