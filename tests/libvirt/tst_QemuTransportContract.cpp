// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/FreePort.h"
#include "tests/support/LibvirtdContract.h"
#include "tests/support/LibvirtdListening.h"
#include "tests/support/SshdFixture.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestPki.h"

#include <csignal>
#include <cstdio>

/// The libvirt host, reached over the network.
class tst_QemuTransportContract : public tests::LibvirtdContract {
    Q_OBJECT

public:
    enum class Transport { Tcp, Tls, Ssh };

    explicit tst_QemuTransportContract(Transport transport)
        : m_transport(transport)
    {
        setObjectName(QString::fromLatin1(transport == Transport::Tcp ? "tcp"
                : transport == Transport::Tls                         ? "tls"
                                                                      : "ssh"));
    }

protected:
    QString whyMissing() override
    {
        return m_transport == Transport::Tls ? tests::TestPki::missing()
            : m_transport == Transport::Ssh  ? tests::SshdFixture::whyMissing()
                                             : QString();
    }

    bool prepare(tests::LibvirtdFixture& libvirtd) override
    {
        std::signal(SIGPIPE, SIG_IGN); // as whoever runs a wire has it; each qExec() undoes it
        switch (m_transport) {
        case Transport::Tcp:
            return libvirtd.listen(tests::tcpListening(m_port));
        case Transport::Tls:
            m_pki = std::make_unique<tests::TestPki>();
            m_client = m_pki->makeClient();
            return libvirtd.listen(tests::tlsListening(
                m_port, m_pki->makeServer(QStringLiteral("IP:127.0.0.1")), m_pki->caFile()));
        case Transport::Ssh:
            m_home = std::make_unique<tests::TempHome>();
            m_sshd = std::make_unique<tests::SshdFixture>();
            return m_sshd->start(QString::fromLocal8Bit(qgetenv("PATH")), m_home->runtimeFolder());
        }
        return false;
    }

    std::unique_ptr<hosts::Host> makeHost() override
    {
        return std::make_unique<hosts::libvirt::LibvirtHost>(
            hosts::HostUri::parse(address()).value(), nullptr, hosts::libvirt::Timing {},
            hosts::wire::SshOptions {
                .arguments = m_sshd ? m_sshd->clientArguments() : QStringList() });
    }

private:
    QString address() const
    {
        switch (m_transport) {
        case Transport::Tcp:
            return QStringLiteral("qemu+tcp://127.0.0.1:%1/system").arg(m_port);
        case Transport::Tls:
            return QStringLiteral("qemu+tls://127.0.0.1:%1/system?pkipath=%2")
                .arg(m_port)
                .arg(m_client);
        case Transport::Ssh:
            return m_sshd->libvirtUri(socketPath());
        }
        return {};
    }

    Transport m_transport;
    quint16 m_port = tests::freePort();
    std::unique_ptr<tests::TestPki> m_pki;
    QString m_client; ///< folder of its certificate
    std::unique_ptr<tests::TempHome> m_home;
    std::unique_ptr<tests::SshdFixture> m_sshd;
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    int failures = 0;
    using Transport = tst_QemuTransportContract::Transport;
    for (const Transport transport : { Transport::Tcp, Transport::Tls, Transport::Ssh }) {
        tst_QemuTransportContract test(transport);
        std::printf("Reached over %s:\n", qPrintable(test.objectName()));
        std::fflush(stdout);
        failures += QTest::qExec(&test, argc, argv);
    }
    return failures;
}

#include "tst_QemuTransportContract.moc"
