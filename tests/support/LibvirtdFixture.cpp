// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/LibvirtdFixture.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <signal.h>
#include <unistd.h>

namespace tests {

namespace {

QString findProgram(const QString& name)
{
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty() ? QStandardPaths::findExecutable(
               name, { QStringLiteral("/usr/sbin"), QStringLiteral("/sbin") })
                           : found;
}

/// "pid:[4026531836]"; QFile would make a path of it.
QByteArray namespaceOf(const QString& process, const char* kind)
{
    char target[64];
    const QByteArray link
        = QStringLiteral("/proc/%1/ns/%2").arg(process, QLatin1StringView(kind)).toUtf8();
    const auto length = ::readlink(link.constData(), target, sizeof target);
    return QByteArray(target, std::max<qsizetype>(0, length));
}

} // namespace

QString LibvirtdFixture::missing()
{
    if (geteuid() != 0)
        return QStringLiteral("a libvirtd in namespaces of its own needs root");
    for (const QString& program : { QStringLiteral("libvirtd"), QStringLiteral("virtlogd"),
             QStringLiteral("virsh"), QStringLiteral("qemu-system-x86_64") }) {
        if (findProgram(program).isEmpty())
            return program + QStringLiteral(" is not installed");
    }
    return {};
}

LibvirtdFixture::~LibvirtdFixture()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel(); // the supervisor ends everything at the end of its input
    if (!m_process.waitForFinished(10'000))
        m_process.kill();
    m_process.waitForFinished();
}

bool LibvirtdFixture::start()
{
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.start(QStringLiteral(VIRTDECK_PRIVATE_LIBVIRTD), { m_folder.path() });
    if (awaitLine("ready"))
        return true;
    m_problem = QString::fromUtf8(m_process.readAllStandardError());
    for (const QString& log : { QStringLiteral("libvirtd.log"), QStringLiteral("virtlogd.log") }) {
        QFile file(m_folder.filePath(log));
        if (file.open(QIODevice::ReadOnly))
            m_problem += QString::fromUtf8(file.readAll().right(2000));
    }
    return false;
}

bool LibvirtdFixture::listen(const QByteArray& configuration) const
{
    return note(QStringLiteral("network.conf"), configuration);
}

bool LibvirtdFixture::note(const QString& name, const QByteArray& text) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QByteArray LibvirtdFixture::daemonMark() const
{
    QFile file(m_folder.filePath(QStringLiteral("libvirtd.pid")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString LibvirtdFixture::shareDevices() const
{
    const QString folder = m_folder.filePath(QStringLiteral("devices"));
    QDir().mkpath(folder);
    return folder;
}

QString LibvirtdFixture::smallMachine(const QString& name)
{
    return QStringLiteral("<domain type='qemu'><name>%1</name><memory unit='MiB'>32</memory>"
                          "<os><type arch='x86_64' machine='pc'>hvm</type></os></domain>")
        .arg(name);
}

QString LibvirtdFixture::missingForContainers()
{
    if (!QFile::exists(QStringLiteral("/usr/lib/libvirt/libvirt_lxc")))
        return QStringLiteral("libvirt-daemon-driver-lxc is not installed");
    if (!QFile::exists(QStringLiteral("/dev/fuse")))
        return QStringLiteral("there is no /dev/fuse");
    const QDir groups(QStringLiteral("/sys/fs/cgroup"));
    if (groups.exists(QStringLiteral("cgroup.controllers")))
        return {};
    for (const QString& needed :
        { QStringLiteral("cpuacct"), QStringLiteral("memory"), QStringLiteral("devices") }) {
        if (!QFileInfo(groups.filePath(needed)).isWritable())
            return groups.filePath(needed) + QStringLiteral(" can't be written to");
    }
    return {};
}

QString LibvirtdFixture::container(const QString& name, const QUuid& id)
{
    return QStringLiteral("<domain type='lxc'><name>%1</name><uuid>%2</uuid>"
                          "<memory unit='MiB'>32</memory><vcpu>1</vcpu>"
                          "<os><type>exe</type><init>/bin/sh</init></os>"
                          "<devices><console type='pty'/></devices></domain>")
        .arg(name.toHtmlEscaped(), id.toString(QUuid::WithoutBraces));
}

hosts::HostUri LibvirtdFixture::uri(const QString& driver) const
{
    return hosts::HostUri::parse(driver + QStringLiteral("+unix:///system?socket=") + socketPath())
        .value();
}

QString LibvirtdFixture::virsh(const QStringList& arguments, bool* ok, const QString& driver) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("virsh"),
        QStringList { QStringLiteral("-q"), QStringLiteral("-c"), uri(driver).toString() }
            + arguments);
    const bool isDone = process.waitForFinished(60'000);
    if (ok != nullptr)
        *ok = isDone && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    return QString::fromUtf8(process.readAll());
}

bool LibvirtdFixture::virshDefine(const QString& xml, const QString& driver) const
{
    QFile file(m_folder.filePath(QStringLiteral("define.xml")));
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write(xml.toUtf8());
    file.close();
    bool ok = false;
    const QString said = virsh({ QStringLiteral("define"), file.fileName() }, &ok, driver);
    if (!ok)
        qWarning("virsh define: %s", qPrintable(said));
    return ok;
}

qint64 LibvirtdFixture::qemuPid(const QString& machineName) const
{
    // The command line names the machine; its pid namespace tells ours from another test's.
    const QByteArray own = namespaceOf(QString::number(m_process.processId()), "pid_for_children");
    for (const QString& entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(entry));
        if (!commandLine.open(QIODevice::ReadOnly))
            continue;
        if (commandLine.readAll().contains("guest=" + machineName.toUtf8() + ',')
            && namespaceOf(entry, "pid") == own)
            return entry.toLongLong();
    }
    return 0;
}

bool LibvirtdFixture::killQemu(const QString& machineName) const
{
    const qint64 pid = qemuPid(machineName);
    return pid > 0 && ::kill(static_cast<pid_t>(pid), SIGKILL) == 0;
}

bool LibvirtdFixture::command(const char* line)
{
    m_process.write(line);
    return awaitLine("done");
}

bool LibvirtdFixture::awaitLine(const QByteArray& line)
{
    const QDeadlineTimer deadline(20'000);
    while (!m_process.canReadLine()) {
        if (m_process.state() == QProcess::NotRunning || deadline.hasExpired()
            || !m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            return false;
    }
    return m_process.readLine().trimmed() == line;
}

StoppedProcess::StoppedProcess(qint64 pid)
    : m_pid(pid)
{
    if (m_pid > 0)
        ::kill(static_cast<pid_t>(m_pid), SIGSTOP);
}

StoppedProcess::~StoppedProcess()
{
    resume();
}

void StoppedProcess::resume()
{
    if (m_pid > 0)
        ::kill(static_cast<pid_t>(m_pid), SIGCONT);
    m_pid = 0;
}

} // namespace tests
