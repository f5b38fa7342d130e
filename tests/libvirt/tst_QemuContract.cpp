// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/LibvirtdContract.h"

/// The libvirt host within this process.
class tst_QemuContract : public tests::LibvirtdContract {
    Q_OBJECT

protected:
    std::unique_ptr<hosts::Host> makeHost() override
    {
        return std::make_unique<hosts::libvirt::LibvirtHost>(libvirtdUri());
    }
};

QTEST_GUILESS_MAIN(tst_QemuContract)
#include "tst_QemuContract.moc"
