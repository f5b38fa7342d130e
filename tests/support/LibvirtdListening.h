// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

/// Lines of libvirtd.conf for LibvirtdFixture::listen(), on 127.0.0.1.
namespace tests {

inline QByteArray tcpListening(int port, const char* auth = "none")
{
    return "listen_tls = 0\nlisten_tcp = 1\ntcp_port = \"" + QByteArray::number(port)
        + "\"\nlisten_addr = \"127.0.0.1\"\nauth_tcp = \"" + auth + "\"\n";
}

/// `serverFolder`: of TestPki::makeServer(). A server that checks its own certificate would not
/// start with one that has expired, so this one does not.
inline QByteArray tlsListening(int port, const QString& serverFolder, const QString& caFile)
{
    const QByteArray server = serverFolder.toUtf8();
    return "listen_tls = 1\ntls_port = \"" + QByteArray::number(port)
        + "\"\nlisten_addr = \"127.0.0.1\"\nauth_tls = \"none\"\n"
          "tls_no_sanity_certificate = 1\nkey_file = \""
        + server + "/serverkey.pem\"\ncert_file = \"" + server + "/servercert.pem\"\nca_file = \""
        + caFile.toUtf8() + "\"\n";
}

} // namespace tests
