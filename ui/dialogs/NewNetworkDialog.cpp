// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/NewNetworkDialog.h"

#include "models/NetworkPlan.h"
#include "ui/dialogs/XmlDialog.h"
#include "ui/text/ResourceText.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace ui {

namespace {

const auto kXmlMode = QStringLiteral("xml");
const auto kNetworkExample
    = QStringLiteral("<network>\n  <name>lab</name>\n  <forward mode='nat'/>\n"
                     "  <ip address='192.168.150.1' prefix='24'>\n    <dhcp>\n"
                     "      <range start='192.168.150.2' end='192.168.150.254'/>\n"
                     "    </dhcp>\n  </ip>\n</network>\n");

} // namespace

NewNetworkDialog::NewNetworkDialog(QWidget* parent)
    : FormDialog(QStringLiteral("newNetwork"), tr("New network"), tr("Create"), parent)
    , m_mode(new QComboBox)
    , m_name(add(tr("&Name"), "Name", new QLineEdit))
    , m_bridge(nullptr)
{
    for (const char* mode : { "nat", "route", "open", "isolated", "bridge" }) {
        const QString key = QString::fromLatin1(mode);
        m_mode->addItem(ResourceText::networkMode(key), key);
        m_mode->setItemData(
            m_mode->count() - 1, ResourceText::networkModeTip(key), Qt::ToolTipRole);
    }
    m_mode->addItem(tr("Another one, as XML"), kXmlMode);
    add(tr("&Kind"), "Mode", m_mode);
    m_bridge = add(tr("&Bridge of the host"), "Bridge", new QLineEdit);
    m_bridge->setPlaceholderText(QStringLiteral("br0"));
    m_device = add(tr("&Leads out through"), "Device", new QLineEdit);
    m_device->setPlaceholderText(tr("any device of the host"));
    m_address = add(tr("&Address of the host in it"), "Address",
        new QLineEdit(QStringLiteral("192.168.150.1/24")));
    m_dhcp = add(QString(), "Dhcp", new QCheckBox(tr("&Give addresses to machines (DHCP)")));
    m_dhcp->setAccessibleName(tr("Give addresses to machines (DHCP)"));
    m_dhcp->setChecked(true);
    m_first = add(tr("&From"), "First", new QLineEdit);
    m_last = add(tr("&To"), "Last", new QLineEdit);
    m_domain = add(tr("&Domain of names"), "Domain", new QLineEdit);
    m_domain->setPlaceholderText(tr("none"));
    m_xml = add(tr("&XML"), "Xml", XmlDialog::makeEditor(kNetworkExample));
    m_start = add(QString(), "Start", new QCheckBox(tr("Start it at &once")));
    m_autostart = add(QString(), "Autostart", new QCheckBox(tr("Start it with its &host")));
    m_start->setAccessibleName(tr("Start it at once"));
    m_autostart->setAccessibleName(tr("Start it with its host"));
    m_start->setChecked(true);
    m_autostart->setChecked(true);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &NewNetworkDialog::noteMode);
    connect(m_dhcp, &QCheckBox::toggled, this, &NewNetworkDialog::noteMode);
    connect(m_address, &QLineEdit::textChanged, this, &NewNetworkDialog::noteAddress);
    setProblem([this] { return why(); });
    setConsequence([this] {
        return isXml() ? tr("Libvirt on the host judges the definition.")
                       : ResourceText::networkModeTip(mode());
    });
    setRun([this] { Q_EMIT chosen(); });
    noteAddress();
    noteMode();
    m_name->setFocus();
}

QString NewNetworkDialog::mode() const
{
    return m_mode->currentData().toString();
}

bool NewNetworkDialog::isXml() const
{
    return mode() == kXmlMode;
}

bool NewNetworkDialog::isBridge() const
{
    return mode() == QStringLiteral("bridge");
}

void NewNetworkDialog::noteMode()
{
    const bool isForm = !isXml();
    const bool hasAddress = isForm && !isBridge();
    const bool leadsOut = hasAddress && mode() != QStringLiteral("isolated");
    form()->setRowVisible(m_name, isForm);
    form()->setRowVisible(m_bridge, isForm && isBridge());
    form()->setRowVisible(m_device, leadsOut);
    for (QWidget* field : { static_cast<QWidget*>(m_address), static_cast<QWidget*>(m_dhcp),
             static_cast<QWidget*>(m_domain) })
        form()->setRowVisible(field, hasAddress);
    for (QWidget* field : { m_first, m_last })
        form()->setRowVisible(field, hasAddress && m_dhcp->isChecked());
    form()->setRowVisible(m_xml, !isForm);
    adjustSize();
    validate();
}

/// The range follows the address until somebody types another one.
void NewNetworkDialog::noteAddress()
{
    const hosts::NetworkAddress usual = models::withUsualRange(m_address->text().trimmed());
    if (!m_first->isModified())
        m_first->setText(usual.dhcpFirst);
    if (!m_last->isModified())
        m_last->setText(usual.dhcpLast);
}

hosts::NewNetwork NewNetworkDialog::network() const
{
    hosts::NewNetwork network { .name = m_name->text().trimmed(),
        .mode = mode(),
        .isStarted = m_start->isChecked(),
        .isAutostart = m_autostart->isChecked() };
    if (isXml()) {
        network.xml = m_xml->toPlainText();
        return network;
    }
    if (isBridge()) {
        network.bridge = m_bridge->text().trimmed();
        return network;
    }
    network.domain = m_domain->text().trimmed();
    if (mode() != QStringLiteral("isolated"))
        network.device = m_device->text().trimmed();
    if (m_address->text().trimmed().isEmpty())
        return network;
    network.addresses.append({ .address = m_address->text().trimmed() });
    if (m_dhcp->isChecked()) {
        network.addresses[0].dhcpFirst = m_first->text().trimmed();
        network.addresses[0].dhcpLast = m_last->text().trimmed();
    }
    return network;
}

QString NewNetworkDialog::whyNoAddress() const
{
    const QString address = m_address->text().trimmed();
    if (address.isEmpty())
        return mode() == QStringLiteral("isolated") ? QString()
                                                    : tr("Give the host an address in it.");
    if (!models::isHostAddress(address))
        return tr("An address with its prefix is needed, such as 192.168.150.1/24.");
    if (!m_dhcp->isChecked())
        return {};
    for (const QLineEdit* end : { m_first, m_last }) {
        if (!models::isAddressIn(end->text().trimmed(), address))
            return tr("%1 is no address of this network.").arg(end->text());
    }
    return {};
}

QString NewNetworkDialog::why() const
{
    if (isXml())
        return XmlDialog::problem(m_xml->toPlainText(), QStringLiteral("network"));
    if (m_name->text().trimmed().isEmpty())
        return tr("Give the network a name.");
    if (m_name->text().contains(QLatin1Char('/')))
        return tr("The name of a network has no slash.");
    if (isBridge())
        return m_bridge->text().trimmed().isEmpty() ? tr("Name the bridge of the host.")
                                                    : QString();
    return whyNoAddress();
}

} // namespace ui
