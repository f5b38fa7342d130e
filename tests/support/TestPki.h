// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>

namespace tests {

/// A certificate authority made on the spot (openssl), and certificates of it as libvirt wants
/// them.
class TestPki {
public:
    /// Why there is none; empty if there is.
    static QString missing();

    TestPki();
    /// A server's certificate for that address ("DNS:localhost", "IP:127.0.0.1"), valid for `days`
    /// from now; negative: it has expired. Folder with servercert.pem and serverkey.pem.
    QString makeServer(const QString& address, int days = 2);
    /// Folder for a URI's pkipath; without a certificate of its own if `hasOwn` is false.
    QString makeClient(bool hasOwn = true);
    QString caFile() const { return m_folder.filePath(QStringLiteral("cacert.pem")); }

private:
    QString makeFolder();
    void sign(const QString& folder, const QString& name, const QString& subject,
        const QString& extensions, int days);

    QTemporaryDir m_folder;
    int m_serial = 0;
};

} // namespace tests
