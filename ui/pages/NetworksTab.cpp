// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/NetworksTab.h"

#include "ui/dialogs/NetworkDialogs.h"
#include "ui/text/ResourceText.h"
#include "ui/text/Units.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/PanelStack.h"

#include <QAction>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace ui {

using hosts::DhcpLease;
using hosts::Feature;
using hosts::NetworkInfo;
using hosts::ResourceAction;

namespace {

constexpr int kLeasesEveryMs = 10'000;

QString addressesOf(const NetworkInfo& network)
{
    QStringList all;
    for (const hosts::NetworkAddress& each : network.addresses)
        all.append(each.address);
    return all.join(QStringLiteral(", "));
}

} // namespace

NetworksTab::NetworksTab(Context& context)
    : ResourceTab(context, Feature::Networks, "networks")
    , m_tree(new ListTree(QStringLiteral("networkTree"), tr("Networks"),
          { tr("Network"), tr("State"), tr("Kind"), tr("Address"), tr("Bridge"),
              tr("Starts with host"), tr("Machines") }))
    , m_leaseTree(new ListTree(QStringLiteral("leaseTree"), tr("Addresses given out (DHCP)"),
          { tr("Name"), tr("Address"), tr("MAC"), tr("Until") }))
{
    follow(hosts::ResourceKind::Networks);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("networksSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeNetworks());
    splitter->addWidget(makeLeases());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    setContent(splitter, Glyph::Network, tr("No networks"));
    auto* create = new QAction(icon(Glyph::New), tr("New network…"), this);
    create->setObjectName(QStringLiteral("networksFirst"));
    connect(create, &QAction::triggered, m_new, &QPushButton::click);
    panels()->addEmptyAction(create);
    connect(m_tree, &ListTree::selectionMoved, this, [this] {
        loadLeases();
        refreshButtons();
    });
    connect(m_leasePanels, &PanelStack::retryRequested, this, &NetworksTab::loadLeases);
    m_leaseTimer.setInterval(kLeasesEveryMs);
    connect(&m_leaseTimer, &QTimer::timeout, this, [this] {
        if (isVisible())
            loadLeases();
    });
    m_leaseTimer.start();
}

QWidget* NetworksTab::makeNetworks()
{
    m_new = makeButton("networkNew", Glyph::New, tr("New network…"), tr("Add a network"),
        [this] { NetworkDialogs::create(context(), host(), window()); });
    m_start = makeButton("networkStart", Glyph::Start, tr("Start"), tr("Start the network"),
        [this] { change(ResourceAction::Start); });
    m_stop = makeButton("networkStop", Glyph::ForceOff, tr("Stop"),
        tr("Stop the network; machines in it are cut off"), [this] {
            if (const NetworkInfo* network = selected())
                NetworkDialogs::stop(context(), host(), *network, window());
        });
    m_autostart = makeButton("networkAutostart", Glyph::Autostart, tr("Autostart"),
        tr("Whether the network starts with its host"), [this] {
            const NetworkInfo* network = selected();
            change(network && network->isAutostart ? ResourceAction::DisableAutostart
                                                   : ResourceAction::EnableAutostart);
        });
    m_editXml = makeButton("networkXml", Glyph::Rename, tr("Edit XML…"),
        tr("Change the stored definition of the network"), [this] {
            if (const NetworkInfo* network = selected())
                NetworkDialogs::editXml(context(), host(), *network, window());
        });
    m_delete = makeButton(
        "networkDelete", Glyph::Remove, tr("Delete…"), tr("Forget the network"), [this] {
            if (const NetworkInfo* network = selected())
                NetworkDialogs::remove(context(), host(), *network, window());
        });
    const QVector<QPushButton*> buttons { m_new, m_start, m_stop, m_autostart, m_editXml,
        m_delete };
    m_tree->setButtons(buttons);
    m_tree->setDeleteButton(m_delete);
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->setSpacing(8);
    layout->addLayout(rowOf(buttons));
    layout->addWidget(m_tree, 1);
    return column;
}

QWidget* NetworksTab::makeLeases()
{
    m_leasePanels = new PanelStack(
        QStringLiteral("leases"), m_leaseTree, Glyph::Network, tr("No addresses given out"));
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setSpacing(8);
    layout->addWidget(
        sectionLabel(tr("Addresses given out (DHCP)"), QStringLiteral("leasesTitle")));
    layout->addWidget(m_leasePanels, 1);
    return column;
}

void NetworksTab::ask()
{
    question().ask(host(), hosts::ListNetworks {}, this,
        [this](const vmm::Result<QVector<NetworkInfo>>& networks) {
            if (take(networks ? std::nullopt : std::optional(networks.error())))
                fill(*networks);
        });
}

void NetworksTab::forget()
{
    m_networks.clear();
    m_leasesOf.clear();
    m_leasesAsked.forget();
}

void NetworksTab::fill(const QVector<NetworkInfo>& networks)
{
    m_networks = networks;
    if (networks.isEmpty()) {
        panels()->showEmpty(tr("Machines reach each other, their host and the outside through "
                               "networks. Add the first one."));
        refreshButtons();
        return;
    }
    panels()->showContent();
    m_tree->beginFill();
    for (const NetworkInfo& network : networks) {
        QTreeWidgetItem* row = m_tree->addRow(nullptr, network.name,
            { network.name, network.isActive ? tr("Running") : tr("Stopped"),
                ResourceText::networkMode(network.mode), addressesOf(network), network.bridge,
                network.isAutostart ? tr("yes") : tr("no"),
                network.machines.join(QStringLiteral(", ")) },
            network.isActive ? icon(Glyph::StateRunning, Tint::Running)
                             : icon(Glyph::StateOff, Tint::Off));
        row->setToolTip(2, ResourceText::networkModeTip(network.mode));
        QStringList ranges;
        for (const hosts::NetworkAddress& each : network.addresses) {
            if (!each.dhcpFirst.isEmpty())
                ranges.append(tr("DHCP from %1 to %2").arg(each.dhcpFirst, each.dhcpLast));
        }
        if (!ranges.isEmpty())
            row->setToolTip(3, ranges.join(QLatin1Char('\n')));
    }
    m_tree->endFill(); // which asks for the leases
}

void NetworksTab::loadLeases()
{
    const NetworkInfo* network = selected();
    if (!network || !host() || !host()->info().has(Feature::Networks)) {
        m_leasesAsked.forget();
        return;
    }
    if (m_leasesOf != network->name) {
        m_leasesOf = network->name;
        m_hasLeases = false;
        m_leasePanels->showLoading();
    }
    const bool givesAddresses = std::any_of(network->addresses.begin(), network->addresses.end(),
        [](const auto& each) { return !each.dhcpFirst.isEmpty(); });
    m_leasesAsked.forget();
    if (!host()->info().has(Feature::NetworkLeases))
        m_leasePanels->showEmpty(
            //: %1 is a reason in a sentence
            tr("Not offered by this host. %1")
                .arg(host()->info().missing.value(Feature::NetworkLeases)));
    else if (!network->isActive)
        m_leasePanels->showEmpty(tr("The network is stopped."));
    else if (!givesAddresses)
        m_leasePanels->showEmpty(tr("This network gives out no addresses itself."));
    else
        m_leasesAsked.ask(host(), hosts::ListLeases { network->name }, this,
            [this](const vmm::Result<QVector<DhcpLease>>& leases) { takeLeases(leases); });
}

void NetworksTab::takeLeases(const vmm::Result<QVector<DhcpLease>>& leases)
{
    if (!leases) {
        if (!m_hasLeases)
            m_leasePanels->showError(leases.error());
        return;
    }
    m_hasLeases = true;
    if (leases->isEmpty())
        m_leasePanels->showEmpty(tr("No machine has asked for an address yet."));
    else
        m_leasePanels->showContent();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_leaseTree->beginFill();
    for (const DhcpLease& lease : *leases) {
        const QString name = lease.machine.isEmpty() ? lease.hostName : lease.machine;
        QTreeWidgetItem* row = m_leaseTree->addRow(nullptr, lease.mac + lease.address,
            { name.isEmpty() ? tr("without a name") : name, lease.address, lease.mac,
                lease.expires.isValid() ? Units::clock(lease.expires, now) : tr("for good") },
            icon(Glyph::Network));
        if (lease.expires.isValid())
            row->setToolTip(3, Units::exact(lease.expires));
    }
    m_leaseTree->endFill();
}

const NetworkInfo* NetworksTab::selected() const
{
    const QString name = m_tree->selectedKey();
    for (const NetworkInfo& network : m_networks) {
        if (!name.isEmpty() && network.name == name)
            return &network;
    }
    return nullptr;
}

void NetworksTab::change(ResourceAction action)
{
    if (const NetworkInfo* network = selected())
        run(hosts::ChangeNetwork { network->name, action });
}

void NetworksTab::refreshButtons()
{
    const QString lacks = whyNot(Feature::ChangeNetworks);
    const NetworkInfo* network = selected();
    const auto set = [&](QPushButton* button, const QString& own) {
        QString why = lacks;
        if (why.isEmpty() && !network)
            why = tr("Select a network first.");
        setUsable(button, why.isEmpty() ? own : why);
    };
    const bool isActive = network && network->isActive;
    setUsable(m_new, lacks);
    set(m_start, isActive ? tr("It runs already.") : QString());
    set(m_stop, isActive ? QString() : tr("It is stopped already."));
    set(m_autostart,
        network && !network->isPersistent
            ? tr("It is gone when it stops: there is nothing to start.")
            : QString());
    m_autostart->setText(network && network->isAutostart ? tr("No autostart") : tr("Autostart"));
    set(m_editXml, {});
    set(m_delete, {});
}

} // namespace ui
