// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/RemoteHost.h"
#include "tests/support/LibvirtdContract.h"

/// The libvirt host as the window has it: through the program virtdeck-host.
class tst_QemuProgramContract : public tests::LibvirtdContract {
    Q_OBJECT

protected:
    std::unique_ptr<hosts::Host> makeHost() override
    {
        return std::make_unique<hosts::wire::RemoteHost>(libvirtdUri(), m_thread,
            hosts::wire::RemoteHostOptions {
                .program = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host") });
    }

private:
    hosts::wire::WireThread m_thread;
};

QTEST_GUILESS_MAIN(tst_QemuProgramContract)
#include "tst_QemuProgramContract.moc"
