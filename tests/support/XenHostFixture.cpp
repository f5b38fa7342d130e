// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/XenHostFixture.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTcpServer>
#include <QThread>

namespace tests {

namespace {

constexpr int kBootMs = 400'000; // 25 s on a quiet machine
constexpr int kSaveMs = 120'000;

QString folder()
{
    const QString chosen = qEnvironmentVariable("VIRTDECK_TEST_XEN");
    return !chosen.isEmpty()
        ? chosen
        : QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
            + QStringLiteral("/virtdeck/xen");
}

QString file(const char* name)
{
    return folder() + QLatin1Char('/') + QLatin1StringView(name);
}

int freePortForXen()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// One command of QEMU's monitor for people, the only one that takes a snapshot by name.
bool monitor(const QString& socketPath, const QByteArray& command)
{
    QLocalSocket socket;
    socket.connectToServer(socketPath);
    const auto awaitPrompt = [&socket] {
        QByteArray said;
        QDeadlineTimer deadline(kSaveMs);
        while (!said.endsWith("(qemu) ") && !deadline.hasExpired()) {
            if (socket.waitForReadyRead(1'000))
                said += socket.readAll();
        }
        return said.endsWith("(qemu) ") && !said.contains("Error");
    };
    if (!socket.waitForConnected(5'000) || !awaitPrompt())
        return false;
    socket.write(command + '\n');
    return awaitPrompt();
}

} // namespace

QString XenHostFixture::missing()
{
    for (const char* name : { "xen", "vmlinuz", "initrd.gz", "disk.img" }) {
        if (!QFile::exists(file(name)))
            return QStringLiteral("the Xen host is not built (tests/xen-host/build.sh %1)")
                .arg(folder());
    }
    if (QStandardPaths::findExecutable(QStringLiteral("virsh")).isEmpty())
        return QStringLiteral("virsh is not installed (libvirt-clients)");
    return {};
}

XenHostFixture::~XenHostFixture()
{
    if (m_qemu.state() == QProcess::NotRunning)
        return;
    m_qemu.kill(); // the image is put back to the kept state at the next start
    m_qemu.waitForFinished();
}

bool XenHostFixture::start()
{
    const QString kept = file("kept.qcow2");
    const bool isKept = QFile::exists(kept);
    if (isKept && startQemu(true) && awaitLibvirtd())
        return true;
    // None yet, or none that this QEMU can go on from.
    m_qemu.kill();
    m_qemu.waitForFinished();
    QFile::remove(kept);
    QProcess::execute(QStringLiteral("qemu-img"),
        { QStringLiteral("create"), QStringLiteral("-q"), QStringLiteral("-f"),
            QStringLiteral("qcow2"), QStringLiteral("-F"), QStringLiteral("raw"),
            QStringLiteral("-b"), file("disk.img"), kept });
    if (!startQemu(false) || !awaitLibvirtd())
        return false;
    if (!keep()) {
        m_problem = QStringLiteral("QEMU could not keep the state of the Xen host");
        QFile::remove(kept);
        return false;
    }
    return true;
}

bool XenHostFixture::startQemu(bool isKept)
{
    m_port = freePortForXen();
    // An AMD with SVM: with more features (-cpu max) dom0 crashes under TCG.
    QStringList arguments { QStringLiteral("-accel"), QStringLiteral("tcg,thread=multi"),
        QStringLiteral("-M"), QStringLiteral("q35"), QStringLiteral("-cpu"),
        QStringLiteral("qemu64,+svm,+npt"), QStringLiteral("-smp"), QStringLiteral("2"),
        QStringLiteral("-m"), QStringLiteral("2048"), QStringLiteral("-kernel"), file("xen"),
        QStringLiteral("-append"),
        QStringLiteral("console=com1 com1=115200,8n1 dom0_mem=768M,max:768M loglvl=warning "
                       "guest_loglvl=error bootscrub=0 spec-ctrl=no xpti=0 ucode=no noreboot"),
        QStringLiteral("-initrd"),
        QStringLiteral("%1 console=hvc0 quiet mitigations=off net.ifnames=0,%2")
            .arg(file("vmlinuz"), file("initrd.gz")),
        QStringLiteral("-drive"),
        QStringLiteral("file=%1,format=qcow2,if=virtio,cache=unsafe").arg(file("kept.qcow2")),
        QStringLiteral("-netdev"),
        QStringLiteral("user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:%1-:16509").arg(m_port),
        QStringLiteral("-device"), QStringLiteral("virtio-net-pci,netdev=net,romfile="),
        QStringLiteral("-display"), QStringLiteral("none"), QStringLiteral("-vga"),
        QStringLiteral("none"), QStringLiteral("-nodefaults"), QStringLiteral("-no-reboot"),
        QStringLiteral("-serial"),
        QStringLiteral("file:%1").arg(m_folder.filePath(QStringLiteral("serial"))),
        QStringLiteral("-monitor"),
        QStringLiteral("unix:%1,server=on,wait=off")
            .arg(m_folder.filePath(QStringLiteral("monitor"))) };
    if (isKept)
        arguments << QStringLiteral("-loadvm") << QStringLiteral("ready");
    m_qemu.setProcessChannelMode(QProcess::MergedChannels);
    m_qemu.start(QStringLiteral("qemu-system-x86_64"), arguments);
    if (m_qemu.waitForStarted())
        return true;
    m_problem = m_qemu.errorString();
    return false;
}

bool XenHostFixture::awaitLibvirtd()
{
    QDeadlineTimer deadline(kBootMs);
    while (!deadline.hasExpired()) {
        if (m_qemu.waitForFinished(0) || m_qemu.state() == QProcess::NotRunning) {
            m_problem = QStringLiteral("QEMU ended: ") + QString::fromUtf8(m_qemu.readAll());
            return false;
        }
        if (virsh({ QStringLiteral("uri") }))
            return true;
        QThread::msleep(300);
    }
    m_problem = QStringLiteral("libvirtd does not answer");
    if (QFile serial(m_folder.filePath(QStringLiteral("serial"))); serial.open(QIODevice::ReadOnly))
        m_problem += QLatin1Char('\n') + QString::fromUtf8(serial.readAll().right(2'000));
    return false;
}

bool XenHostFixture::keep()
{
    return monitor(m_folder.filePath(QStringLiteral("monitor")), "savevm ready");
}

hosts::HostUri XenHostFixture::uri() const
{
    return hosts::HostUri::parse(QStringLiteral("xen+tcp://127.0.0.1:%1/").arg(m_port)).value();
}

bool XenHostFixture::virsh(const QStringList& arguments, QString* said) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("virsh"),
        QStringList { QStringLiteral("-q"), QStringLiteral("-c"), uri().toString() } + arguments);
    const bool isDone = process.waitForFinished(60'000);
    if (!isDone)
        process.kill();
    process.waitForFinished();
    if (said != nullptr)
        *said = QString::fromUtf8(process.readAll());
    return isDone && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

QString XenHostFixture::guestXml(const QString& name)
{
    return QStringLiteral(
        "<domain type='xen'><name>%1</name><memory unit='MiB'>160</memory><vcpu>1</vcpu>"
        "<os><type arch='x86_64' machine='xenpv'>linux</type>"
        "<kernel>/var/lib/guest/vmlinuz</kernel><initrd>/var/lib/guest/initrd.gz</initrd>"
        "<cmdline>console=hvc0 quiet mitigations=off</cmdline></os>"
        "<on_poweroff>destroy</on_poweroff><on_reboot>restart</on_reboot>"
        "<on_crash>destroy</on_crash><devices>"
        "<disk type='file' device='disk'><driver name='qemu' type='raw'/>"
        "<source file='/var/lib/guest/disk.img'/><target dev='xvda' bus='xen'/></disk>"
        "<interface type='bridge'><source bridge='xenbr0'/></interface>"
        "<console type='pty'><target type='xen'/></console></devices></domain>")
        .arg(name);
}

} // namespace tests
