// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"
#include "tests/support/TestPki.h"

#include <QProcess>
#include <QTemporaryDir>

namespace tests {

/// A VMware host or vCenter of the test's own (tests/vmware-host: govmomi's simulator behind a
/// front that suits libvirt's real ESX driver), reached by TLS on loopback. Starts in a moment,
/// ends with the object. Its machines: "web" (2 vCPUs, 512 MiB) and "db" (4, 2 GiB) run, "spare"
/// (1, 256 MiB) is off.
class VmwareHostFixture {
public:
    enum class Kind {
        Esx,
        /// Datacenter DC0 with the cluster DC0_C0 of DC0_C0_H0 (those machines, in the folders
        /// "Shop/Front/End" with a slash in the second name, "Shop", and none) and DC0_C0_H1
        /// ("other"), and the host DC0_H0 ("alone").
        VCenter,
    };
    static constexpr const char* kUser = "root";
    static constexpr const char* kPassword = "Open, Sesame <&> \"now\"";

    /// Why this computer can't run it; empty if it can. For QSKIP.
    static QString missing();

    VmwareHostFixture() = default;
    ~VmwareHostFixture();
    Q_DISABLE_COPY_MOVE(VmwareHostFixture)

    /// Blocks until it listens. False with `problem` set if it does not.
    bool start(Kind kind);
    QString problem() const { return m_problem; }

    /// With the user's name in it. `query`: what follows the "?".
    hosts::HostUri uri(const QString& query = QStringLiteral("no_verify=1")) const;
    QString caFile() const { return m_pki.caFile(); }

    // What tests/vmware-host/control.go offers.
    bool goDown() { return command("down") == "ok"; } ///< closes its port and all connections
    bool comeUp() { return command("up") == "ok"; } ///< with everything as it was
    bool expireSessions() { return command("expire") == "ok"; } ///< of all but libvirt
    bool lack(const char* method) { return command(QByteArray("lack ") + method) == "ok"; }
    bool offer(const char* method) { return command(QByteArray("has ") + method) == "ok"; }
    int callsOf(const char* method) { return command(QByteArray("calls ") + method).toInt(); }
    /// The `nth` SOAP call from now on is answered by a fault.
    bool breakCall(int nth) { return command("break " + QByteArray::number(nth)) == "ok"; }

    /// As another client would do it. Returns its output; `ok` tells whether it succeeded.
    QString virsh(const QStringList& arguments, bool* ok = nullptr) const;

private:
    QByteArray command(const QByteArray& line);
    QByteArray readLine();

    TestPki m_pki;
    QTemporaryDir m_folder;
    QProcess m_process;
    Kind m_kind = Kind::Esx;
    int m_port = 0;
    QString m_problem;
};

} // namespace tests
