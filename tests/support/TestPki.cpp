// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestPki.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

namespace tests {

namespace {

void openssl(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral("openssl"), arguments);
    if (!process.waitForFinished(30'000) || process.exitCode() != 0)
        qFatal("openssl %s: %s", qPrintable(arguments.join(QLatin1Char(' '))),
            process.readAllStandardError().constData());
}

const QStringList kNewKey { QStringLiteral("-newkey"), QStringLiteral("ec"),
    QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"),
    QStringLiteral("-nodes") };

} // namespace

QString TestPki::missing()
{
    return QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty()
        ? QStringLiteral("openssl is not installed")
        : QString();
}

TestPki::TestPki()
{
    openssl(QStringList { QStringLiteral("req"), QStringLiteral("-x509") } + kNewKey
        + QStringList { QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
            QStringLiteral("/CN=Test CA"), QStringLiteral("-keyout"),
            m_folder.filePath(QStringLiteral("cakey.pem")), QStringLiteral("-out"), caFile() });
}

QString TestPki::makeFolder()
{
    const QString folder = m_folder.filePath(QString::number(++m_serial));
    QDir().mkpath(folder);
    QFile::copy(caFile(), folder + QStringLiteral("/cacert.pem"));
    return folder;
}

void TestPki::sign(const QString& folder, const QString& name, const QString& subject,
    const QString& extensions, int days)
{
    const QString request = folder + QStringLiteral("/request.pem");
    const QString extra = folder + QStringLiteral("/extensions");
    QFile file(extra);
    if (!file.open(QIODevice::WriteOnly) || file.write(extensions.toUtf8()) < 0)
        qFatal("can't write %s", qPrintable(extra));
    file.close();
    openssl(QStringList { QStringLiteral("req") } + kNewKey
        + QStringList { QStringLiteral("-subj"), subject, QStringLiteral("-keyout"),
            folder + QLatin1Char('/') + name + QStringLiteral("key.pem"), QStringLiteral("-out"),
            request });
    openssl({ QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"), request,
        QStringLiteral("-CA"), caFile(), QStringLiteral("-CAkey"),
        m_folder.filePath(QStringLiteral("cakey.pem")), QStringLiteral("-set_serial"),
        QString::number(++m_serial), QStringLiteral("-days"), QString::number(days),
        QStringLiteral("-extfile"), extra, QStringLiteral("-out"),
        folder + QLatin1Char('/') + name + QStringLiteral("cert.pem") });
}

QString TestPki::makeServer(const QString& address, int days)
{
    const QString folder = makeFolder();
    sign(folder, QStringLiteral("server"), QStringLiteral("/CN=test server"),
        QStringLiteral("subjectAltName=") + address
            + QStringLiteral("\nextendedKeyUsage=serverAuth\n"),
        days);
    return folder;
}

QString TestPki::makeClient(bool hasOwn)
{
    const QString folder = makeFolder();
    if (hasOwn)
        sign(folder, QStringLiteral("client"), QStringLiteral("/O=Test/CN=test client"),
            QStringLiteral("extendedKeyUsage=clientAuth\n"), 2);
    return folder;
}

} // namespace tests
