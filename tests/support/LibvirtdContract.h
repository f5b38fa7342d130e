// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/HostContract.h"
#include "tests/support/LibvirtdFixture.h"

namespace tests {

/// What every host promises, checked on a real libvirtd with real QEMUs; an instance says by which
/// way the libvirtd is reached.
class LibvirtdContract : public HostContract {
    Q_OBJECT

protected:
    hosts::HostUri libvirtdUri(const QString& driver = QStringLiteral("qemu")) const
    {
        return m_libvirtd.uri(driver);
    }
    QString socketPath() const { return m_libvirtd.socketPath(); }

    /// Why this way can't be taken here; empty if it can.
    virtual QString whyMissing() { return {}; }
    /// Before it starts. False if that fails.
    virtual bool prepare(LibvirtdFixture&) { return true; }
    /// Once it runs: what is to be there before any check.
    virtual bool furnish(const LibvirtdFixture&) { return true; }

    QString domainXml(const QString& name, const QUuid& id) override;
    int patienceMs() const override { return 30'000; }
    bool guestObeysShutDown() const override { return false; }

private Q_SLOTS:
    void initTestCase();

private:
    LibvirtdFixture m_libvirtd;
};

} // namespace tests
