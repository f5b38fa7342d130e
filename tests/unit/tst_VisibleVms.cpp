// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/VisibleVms.h"
#include "tests/support/FakeHost.h"

#include <QTest>

using hosts::VmId;
using models::VisibleVms;
using tests::FakeHost;

namespace {

/// Counts how often it was told.
class CountingHost : public FakeHost {
public:
    using FakeHost::FakeHost;
    void setVisibleVms(const QSet<VmId>& vms) override
    {
        ++told;
        FakeHost::setVisibleVms(vms);
    }
    int told = 0;
};

} // namespace

class tst_VisibleVms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_hosts = std::make_unique<models::HostList>();
        m_visible = std::make_unique<VisibleVms>(*m_hosts);
        auto host = std::make_unique<CountingHost>();
        m_host = host.get();
        m_hosts->add(std::move(host));
    }

    void cleanup()
    {
        m_visible.reset();
        m_hosts.reset();
    }

    void manyReports_reachTheHostOnce();
    void twoViewers_areUnited();
    void viewerThatDies_showsNothing();
    void sameSet_isNotToldAgain();
    void wholeReport_replacesOtherHosts();
    void removedHost_isForgotten();

private:
    std::unique_ptr<models::HostList> m_hosts;
    std::unique_ptr<VisibleVms> m_visible;
    CountingHost* m_host = nullptr;
    const VmId m_a = VmId::createUuid();
    const VmId m_b = VmId::createUuid();
};

void tst_VisibleVms::manyReports_reachTheHostOnce()
{
    for (int i = 0; i < 100; ++i)
        m_visible->show(this, m_host, { VmId::createUuid() });
    m_visible->show(this, m_host, { m_a });
    QCOMPARE(m_host->told, 0);
    QTRY_COMPARE(m_host->told, 1);
    QCOMPARE(m_host->visibleVms(), QSet<VmId> { m_a });
}

void tst_VisibleVms::twoViewers_areUnited()
{
    QObject other;
    m_visible->show(this, m_host, { m_a });
    m_visible->show(&other, m_host, { m_b });
    QTRY_COMPARE(m_host->visibleVms(), QSet<VmId>({ m_a, m_b }));
    m_visible->hideAll(this);
    QTRY_COMPARE(m_host->visibleVms(), QSet<VmId> { m_b });
}

void tst_VisibleVms::viewerThatDies_showsNothing()
{
    {
        QObject viewer;
        m_visible->show(&viewer, m_host, { m_a });
        QTRY_COMPARE(m_host->visibleVms(), QSet<VmId> { m_a });
    }
    QTRY_VERIFY(m_host->visibleVms().isEmpty());
}

void tst_VisibleVms::sameSet_isNotToldAgain()
{
    QObject other;
    m_visible->show(this, m_host, { m_a });
    QTRY_COMPARE(m_host->told, 1);
    m_visible->show(&other, m_host, { m_a }); // the union stays what it was
    m_visible->show(this, m_host, {});
    m_visible->show(this, m_host, { m_b });
    QTRY_COMPARE(m_host->visibleVms(), QSet<VmId>({ m_a, m_b }));
    QCOMPARE(m_host->told, 2);
}

void tst_VisibleVms::wholeReport_replacesOtherHosts()
{
    auto second = std::make_unique<CountingHost>(QStringLiteral("test:///second"));
    CountingHost* other = second.get();
    m_hosts->add(std::move(second));
    m_visible->show(this, { { m_host, { m_a } }, { other, { m_b } } });
    QTRY_COMPARE(other->visibleVms(), QSet<VmId> { m_b });
    m_visible->show(this, { { m_host, { m_a } } });
    QTRY_VERIFY(other->visibleVms().isEmpty());
    QCOMPARE(m_host->told, 1);
}

void tst_VisibleVms::removedHost_isForgotten()
{
    m_visible->show(this, m_host, { m_a });
    hosts::Host* gone = m_host;
    m_hosts->remove(m_host);
    m_visible->show(this, gone, { m_b });
    QTest::qWait(1); // nothing may be told any more; the sanitizers would see it
    QVERIFY(m_hosts->hosts().isEmpty());
}

QTEST_GUILESS_MAIN(tst_VisibleVms)
#include "tst_VisibleVms.moc"
