// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QUuid>

namespace tests {

/// A libvirtd of the test's own (tests/lab/private_libvirtd.cpp): real QEMUs under TCG, nothing of
/// the computer's libvirt touched. Needs root and Debian's libvirt-daemon,
/// libvirt-daemon-driver-qemu, libvirt-daemon-system and libvirt-clients. It and all its machines
/// end with the object, or with the test's process, however that ends.
class LibvirtdFixture {
public:
    /// Why this computer can't run it; empty if it can. For QSKIP.
    static QString missing();

    LibvirtdFixture() = default;
    ~LibvirtdFixture();
    LibvirtdFixture(const LibvirtdFixture&) = delete;
    LibvirtdFixture& operator=(const LibvirtdFixture&) = delete;

    /// Starts the daemons; blocks until libvirtd answers. False with `problem` set if it does not.
    bool start();
    QString problem() const { return m_problem; }

    hosts::HostUri uri(const QString& driver = QStringLiteral("qemu")) const;
    /// A folder for images that QEMU may use.
    QString imageFolder() const { return m_folder.path(); }

    /// SIGKILL; machines live on.
    bool killDaemon() { return command("kill\n"); }
    bool startDaemon() { return command("start\n"); } ///< nothing, if it runs
    QByteArray daemonMark() const; ///< another one after each start of it
    bool stopDaemon() { return command("stop\n"); } ///< SIGSTOP: it is there and says nothing
    bool continueDaemon() { return command("continue\n"); }

    /// Before start(): in a network of its own, where it may make bridges; or in the one that
    /// "ip netns" knows by a name.
    void isolateNetwork() const { note(QStringLiteral("own-network"), {}); }
    void joinNetwork(const QString& name) const { note(QStringLiteral("netns"), name.toUtf8()); }
    /// Before start(): shows it the computer's block devices, in the folder that is returned.
    QString shareDevices() const;
    /// Before start(): lines of libvirtd.conf that have it listen on the network.
    bool listen(const QByteArray& configuration) const;
    QString socketPath() const { return m_folder.filePath(QStringLiteral("run/libvirt-sock")); }

    /// Runs virsh on this libvirtd, as another client would. Returns its output, stderr included;
    /// `ok` tells whether it succeeded.
    QString virsh(const QStringList& arguments, bool* ok = nullptr,
        const QString& driver = QStringLiteral("qemu")) const;
    /// The definition of a machine of 32 MiB that runs without a guest.
    static QString smallMachine(const QString& name);
    /// Of a container of the driver "lxc" that runs a shell of the computer's on its console.
    static QString container(const QString& name, const QUuid& id = QUuid::createUuid());
    /// Why this computer can't run containers; empty if it can. For QSKIP.
    static QString missingForContainers();
    /// Defines XML through virsh.
    bool virshDefine(const QString& xml, const QString& driver = QStringLiteral("qemu")) const;

    /// The QEMU process of a running machine, 0 if there is none.
    qint64 qemuPid(const QString& machineName) const;

    bool killQemu(const QString& machineName) const; ///< SIGKILL

private:
    bool command(const char* line);
    bool note(const QString& name, const QByteArray& text) const;
    bool awaitLine(const QByteArray& line);

    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_problem;
};

/// SIGSTOPs a process and lets it go on at the end, so that a failing test leaves none stopped.
class StoppedProcess {
public:
    explicit StoppedProcess(qint64 pid);
    ~StoppedProcess();
    StoppedProcess(const StoppedProcess&) = delete;
    StoppedProcess& operator=(const StoppedProcess&) = delete;
    void resume();
    bool isStopped() const { return m_pid > 0; }

private:
    qint64 m_pid = 0;
};

} // namespace tests
