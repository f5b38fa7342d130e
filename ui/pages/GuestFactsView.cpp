// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/GuestFactsView.h"

#include "models/VmRecord.h"
#include "ui/text/Units.h"
#include "ui/widgets/Labels.h"

#include <QVBoxLayout>

namespace ui {

using vmm::GuestFacts;

namespace {

constexpr int kRareMs = 10'000; // addresses change seldom, and the agent is slow

} // namespace

GuestFactsView::GuestFactsView(QWidget* parent)
    : QWidget(parent)
    , m_title(sectionLabel(tr("Guest"), QStringLiteral("guestTitle")))
    , m_none(mutedLabel({}, QStringLiteral("guestNone")))
    , m_facts(new FactList(QStringLiteral("guestFacts")))
{
    setObjectName(QStringLiteral("guestFactsView"));
    m_none->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(m_none);
    layout->addWidget(m_facts);
    m_poll.setInterval(kRareMs);
    connect(&m_poll, &QTimer::timeout, this, &GuestFactsView::ask);
}

void GuestFactsView::show(const models::VmRecord& vm)
{
    const models::VmRef ref { vm.host, vm.info.id };
    if (!(ref == m_vm)) {
        m_vm = ref;
        m_question.forget();
        m_facts->setFacts({});
        m_none->clear();
    }
    const bool isOffered
        = vm.info.state == vmm::VmState::Running && vm.host->info().has(hosts::Feature::GuestAgent);
    const bool isNew = isOffered && (!m_isOffered || m_facts->facts().isEmpty());
    m_isOffered = isOffered;
    m_title->setVisible(isOffered);
    m_none->setVisible(isOffered && m_facts->facts().isEmpty());
    m_facts->setVisible(isOffered);
    if (!isOffered)
        m_question.forget();
    else if (isNew)
        ask();
}

void GuestFactsView::forget()
{
    m_question.forget();
    m_vm = {};
    m_isOffered = false;
}

void GuestFactsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
    m_poll.start();
}

void GuestFactsView::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_poll.stop();
}

void GuestFactsView::ask()
{
    if (!m_isOffered || !isVisible() || m_question.isAsking()
        || m_vm.host->connectionState() != hosts::ConnectionState::Connected)
        return;
    m_question.ask(m_vm.host, hosts::GetGuestFacts { m_vm.vm }, this,
        [this](const vmm::Result<GuestFacts>& facts) { take(facts); });
}

void GuestFactsView::take(const vmm::Result<GuestFacts>& facts)
{
    m_none->setVisible(!facts);
    if (facts) {
        m_facts->setFacts(factsOf(*facts));
        return;
    }
    m_facts->setFacts({});
    m_none->setText(tr("No agent answers in the guest. With one (Debian: qemu-guest-agent) its "
                       "addresses and system stand here."));
}

QVector<Fact> GuestFactsView::factsOf(const GuestFacts& guest)
{
    QVector<Fact> facts;
    const auto add = [&facts](const QString& label, const QString& value, const QString& tip = {}) {
        if (!value.isEmpty())
            facts.append({ label, value, tip });
    };
    add(tr("Host name"), guest.hostName);
    add(tr("System"), guest.system, guest.kernel);
    QStringList addresses;
    for (const vmm::GuestNetworkCard& card : guest.networkCards) {
        if (card.name == QStringLiteral("lo"))
            continue;
        for (const QString& address : card.addresses)
            addresses << address + QStringLiteral("  ") + card.name;
    }
    add(tr("Addresses"), addresses.join(QLatin1Char('\n')));
    QStringList disks;
    for (const vmm::GuestFileSystem& each : guest.fileSystems) {
        if (each.total.count() > 0)
            disks << tr("%1: %2 of %3")
                         .arg(each.mountPoint, Units::bytes(each.used), Units::bytes(each.total));
    }
    add(tr("File systems"), disks.join(QLatin1Char('\n')));
    QStringList users;
    for (const vmm::GuestUser& user : guest.users)
        users << user.name;
    add(tr("Users"), users.join(QStringLiteral(", ")));
    add(tr("Agent"), guest.agentVersion);
    return facts;
}

} // namespace ui
