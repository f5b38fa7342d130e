// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/VmwareHostFixture.h"

#include <QFile>
#include <QStandardPaths>

namespace tests {

namespace {

constexpr int kPatienceMs = 60'000;

QString program()
{
    const QString chosen = qEnvironmentVariable("VIRTDECK_TEST_VMWARE");
    const QString folder = !chosen.isEmpty()
        ? chosen
        : QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
            + QStringLiteral("/virtdeck/vmware");
    return folder + QStringLiteral("/vmware-host");
}

bool writeFile(const QString& path, const QByteArray& text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

} // namespace

QString VmwareHostFixture::missing()
{
    if (!QFile::exists(program()))
        return QStringLiteral("the VMware host is not built (tests/vmware-host/build.sh, %1)")
            .arg(program());
    if (QStandardPaths::findExecutable(QStringLiteral("virsh")).isEmpty())
        return QStringLiteral("virsh is not installed (libvirt-clients)");
    return TestPki::missing();
}

VmwareHostFixture::~VmwareHostFixture()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel(); // it ends, and leaves nothing behind
    if (!m_process.waitForFinished(5'000))
        m_process.kill();
    m_process.waitForFinished();
}

bool VmwareHostFixture::start(Kind kind)
{
    m_kind = kind;
    const QString server = m_pki.makeServer(QStringLiteral("IP:127.0.0.1"));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TMPDIR"), m_folder.path()); // its datastores
    m_process.setProcessEnvironment(environment);
    m_process.setStandardErrorFile(m_folder.filePath(QStringLiteral("log")));
    m_process.start(program(),
        { QStringLiteral("-kind"),
            kind == Kind::Esx ? QStringLiteral("esx") : QStringLiteral("vcenter"),
            QStringLiteral("-certificate"), server + QStringLiteral("/servercert.pem"),
            QStringLiteral("-key"), server + QStringLiteral("/serverkey.pem"),
            QStringLiteral("-user"), QString::fromLatin1(kUser), QStringLiteral("-password"),
            QString::fromLatin1(kPassword) });
    const QByteArray line = readLine();
    m_port = line.startsWith("listening ") ? line.mid(10).toInt() : 0;
    if (m_port == 0) {
        QFile log(m_folder.filePath(QStringLiteral("log")));
        m_problem = log.open(QIODevice::ReadOnly) ? QString::fromUtf8(log.readAll()) : QString();
        m_problem.prepend(QStringLiteral("the VMware host did not start: "));
        return false;
    }
    return writeFile(m_folder.filePath(QStringLiteral("auth.conf")),
        QByteArray("[credentials-test]\nusername=") + kUser + "\npassword=" + kPassword
            + "\n[auth-esx-127.0.0.1]\ncredentials=test\n[auth-vpx-127.0.0.1]\ncredentials=test\n");
}

hosts::HostUri VmwareHostFixture::uri(const QString& query) const
{
    const bool isEsx = m_kind == Kind::Esx;
    QString text
        = QStringLiteral("%1://%2@127.0.0.1:%3%4")
              .arg(isEsx ? QStringLiteral("esx") : QStringLiteral("vpx"), QLatin1StringView(kUser))
              .arg(m_port)
              .arg(isEsx ? QStringLiteral("/") : QStringLiteral("/DC0/DC0_C0/DC0_C0_H0"));
    if (!query.isEmpty())
        text += QLatin1Char('?') + query;
    return hosts::HostUri::parse(text).value();
}

QString VmwareHostFixture::virsh(const QStringList& arguments, bool* ok) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(
        QStringLiteral("LIBVIRT_AUTH_FILE"), m_folder.filePath(QStringLiteral("auth.conf")));
    environment.insert(QStringLiteral("LIBVIRT_LOG_OUTPUTS"), QStringLiteral("4:stderr"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("virsh"),
        QStringList { QStringLiteral("-q"), QStringLiteral("-c"), uri().toString() } + arguments);
    const bool isDone = process.waitForFinished(kPatienceMs);
    if (!isDone)
        process.kill();
    process.waitForFinished();
    if (ok != nullptr)
        *ok = isDone && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    return QString::fromUtf8(process.readAll());
}

QByteArray VmwareHostFixture::command(const QByteArray& line)
{
    m_process.write(line + '\n');
    return readLine();
}

QByteArray VmwareHostFixture::readLine()
{
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(kPatienceMs))
            return {};
    }
    return m_process.readLine().trimmed();
}

} // namespace tests
