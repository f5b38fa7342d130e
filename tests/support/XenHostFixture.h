// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"

#include <QProcess>
#include <QTemporaryDir>

namespace tests {

/// A real Xen host (tests/xen-host: Xen 4.17, dom0, libvirtd's libxl driver) inside a QEMU of the
/// test's own, reached over TCP on loopback. It boots once (about a minute) and keeps that state
/// in $VIRTDECK_TEST_XEN/kept.qcow2; later it goes on from there in a second or two.
class XenHostFixture {
public:
    /// Why this computer has none; empty if it has. For QSKIP.
    static QString missing();

    XenHostFixture() = default;
    ~XenHostFixture();
    Q_DISABLE_COPY_MOVE(XenHostFixture)

    /// Blocks until libvirtd answers. False with `problem` set if it does not.
    bool start();
    QString problem() const { return m_problem; }

    hosts::HostUri uri() const;
    bool virsh(const QStringList& arguments, QString* said = nullptr) const;

    /// A paravirtual guest with a disk, a network card and Xen's console.
    static QString guestXml(const QString& name);

private:
    bool startQemu(bool isKept);
    bool awaitLibvirtd();
    bool keep(); ///< savevm, so that the next start is quick

    QTemporaryDir m_folder;
    QProcess m_qemu;
    int m_port = 0;
    QString m_problem;
};

} // namespace tests
