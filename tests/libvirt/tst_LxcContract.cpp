// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/LibvirtdContract.h"

namespace {

const QString kDriver = QStringLiteral("lxc");

} // namespace

/// The libvirt host on real containers: a driver without screens and figures in bulk, and with
/// little of what QEMU's can do.
class tst_LxcContract : public tests::LibvirtdContract {
    Q_OBJECT

protected:
    QString whyMissing() override { return tests::LibvirtdFixture::missingForContainers(); }

    /// What the driver lacks is known once there is one that is off.
    bool furnish(const tests::LibvirtdFixture& libvirtd) override
    {
        return libvirtd.virshDefine(
            tests::LibvirtdFixture::container(QStringLiteral("furniture")), kDriver);
    }

    std::unique_ptr<hosts::Host> makeHost() override
    {
        return std::make_unique<hosts::libvirt::LibvirtHost>(libvirtdUri(kDriver));
    }

    QString domainXml(const QString& name, const QUuid& id) override
    {
        return tests::LibvirtdFixture::container(name, id);
    }
};

QTEST_GUILESS_MAIN(tst_LxcContract)
#include "tst_LxcContract.moc"
