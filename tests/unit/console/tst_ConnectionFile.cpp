// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConnectionFile.h"
#include "tests/support/Await.h"

#include <QTest>

using console::ConnectionFile;
using console::parseConnectionFile;
using vmm::ErrorKind;
using Protocol = vmm::ConsoleEndpoint::Protocol;

namespace {

vmm::Result<ConnectionFile> parse(const QByteArray& bytes)
{
    return parseConnectionFile(bytes, QStringLiteral("test.vv"));
}

} // namespace

class tst_ConnectionFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKey_isRead()
    {
        const auto file = parse("# made by hand\n[virt-viewer]\ntype=spice\nhost=a2\nport=5900\n"
                                "tls-port=5901\npassword=secret\nhost-subject=O=x,CN=a2\n"
                                "ca=-----BEGIN-----\\nabc\\n-----END-----\\n\ntitle=web-03\n"
                                "fullscreen=1\ndelete-this-file=1\nsecure-channels=main;inputs\n");
        VERIFY_OK(file);
        QCOMPARE(file->endpoint.protocol, Protocol::Spice);
        QCOMPARE(file->endpoint.host, QStringLiteral("a2"));
        QCOMPARE(file->endpoint.port, 5900);
        QCOMPARE(file->endpoint.tlsPort, 5901);
        QCOMPARE(file->endpoint.password, QStringLiteral("secret"));
        QCOMPARE(file->endpoint.tlsSubject, QStringLiteral("O=x,CN=a2"));
        QCOMPARE(file->certificates, QByteArray("-----BEGIN-----\nabc\n-----END-----\n"));
        QCOMPARE(file->title, QStringLiteral("web-03"));
        QVERIFY(file->isFullScreen);
        QVERIFY(file->isDeleted);
        QCOMPARE(file->ignored, QStringList { QStringLiteral("secure-channels") });
    }

    void filesOfOthers_areTaken_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("without a group") << QByteArray("type=spice\nhost=h\nport=1\n");
        QTest::newRow("oVirt") << QByteArray(
            "[virt-viewer]\r\ntype=spice\r\nhost=h\r\nport=1\r\ntls-port=-1\r\n"
            "delete-this-file=0\r\nfullscreen=0\r\n\r\n[ovirt]\r\nhost=other:443\r\nnonsense\r\n");
        QTest::newRow("byte order mark")
            << QByteArray("\xef\xbb\xbf[virt-viewer]\ntype=spice\nhost=h\nport=1");
        QTest::newRow("blanks") << QByteArray("[virt-viewer]\n type = spice \n host= h\nport =1\n");
    }
    void filesOfOthers_areTaken()
    {
        QFETCH(const QByteArray, bytes);
        const auto file = parse(bytes);
        VERIFY_OK(file);
        QCOMPARE(file->endpoint.host, QStringLiteral("h"));
        QCOMPARE(file->endpoint.port, 1);
        QCOMPARE(file->endpoint.tlsPort, 0);
        QVERIFY(!file->isDeleted);
    }

    void mistakes_areToldByTheirLine_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char* name, const QByteArray& bytes, const char* detail) {
            QTest::newRow(name) << bytes << QString::fromLatin1(detail);
        };
        row("no type", "[virt-viewer]\nhost=h\nport=1\n", "type=spice");
        row("strange type", "[virt-viewer]\ntype=rdp\n", "line 2");
        row("no host", "type=spice\nport=1\n", "host");
        row("no port", "type=vnc\nhost=h\n", "port");
        row("port is text", "type=vnc\nhost=h\n\nport=abc\n", "line 4");
        row("port too large", "type=vnc\nhost=h\nport=70000\n", "line 3");
        row("not a line", "[virt-viewer]\ntype=vnc\nwhat is this\n", "line 3");
        row("open group", "[virt-viewer\ntype=vnc\n", "line 1");
        row("strange proxy", "type=spice\nhost=h\nport=1\nproxy=socks://h:1\n", "line 4");
        row("VNC by proxy", "type=vnc\nhost=h\nport=1\nproxy=http://h:1\n", "line 4");
        row("strange flag", "type=vnc\nhost=h\nport=1\nfullscreen=perhaps\n", "line 4");
        row("something else", QByteArray(100, '\xff'), "line 1");
    }
    void mistakes_areToldByTheirLine()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, detail);
        const auto file = parse(bytes);
        QVERIFY(!file);
        QCOMPARE(file.error().kind, ErrorKind::InvalidConfig);
        QVERIFY2(file.error().detail.contains(detail), qPrintable(file.error().detail));
    }

    /// As Proxmox VE 8 writes it, but for what is secret.
    void proxmoxFile_isReadWhole()
    {
        const auto file
            = parse("[virt-viewer]\nhost=pvespiceproxy:65a1b2c3:100:pve::0123abcd\n"
                    "delete-this-file=1\nsecure-attention=Ctrl+Alt+Ins\n"
                    "proxy=http://pve.example.org:3128\ntype=spice\npassword=0f1e2d\n"
                    "toggle-fullscreen=Shift+F11\nhost-subject=OU=PVE Cluster Node,O=Proxmox "
                    "Virtual Environment,CN=pve.example.org\ntls-port=61000\n"
                    "ca=-----BEGIN CERTIFICATE-----\\nMII\\n-----END CERTIFICATE-----\\n\n"
                    "release-cursor=Ctrl+Alt+R\ntitle=VM 100 - web\n");
        VERIFY_OK(file);
        QCOMPARE(file->endpoint.host, QStringLiteral("pvespiceproxy:65a1b2c3:100:pve::0123abcd"));
        QCOMPARE(file->endpoint.port, 0);
        QCOMPARE(file->endpoint.tlsPort, 61000);
        QCOMPARE(file->proxy, QStringLiteral("http://pve.example.org:3128"));
        QCOMPARE(file->endpoint.tlsSubject,
            QStringLiteral("OU=PVE Cluster Node,O=Proxmox Virtual Environment,CN=pve.example.org"));
        QVERIFY(file->certificates.startsWith("-----BEGIN CERTIFICATE-----\nMII\n"));
        QVERIFY(file->isDeleted);
        QCOMPARE(file->attentionKey, QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Insert));
        QCOMPARE(file->fullScreenKey, QKeySequence(Qt::SHIFT | Qt::Key_F11));
        QCOMPARE(file->releaseKey, QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R));
        QCOMPARE(file->ignored, QStringList());
    }

    void strangeHotkey_isSaidToBeIgnored()
    {
        const auto file = parse("type=spice\nhost=h\nport=1\nrelease-cursor=hyper+whatever\n"
                                "toggle-fullscreen=shift+f12\n");
        VERIFY_OK(file);
        QCOMPARE(file->ignored, QStringList { QStringLiteral("release-cursor") });
        QCOMPARE(file->fullScreenKey, QKeySequence(Qt::SHIFT | Qt::Key_F12));
    }

    void written_isReadBackWithoutThePassword()
    {
        ConnectionFile file { .endpoint = { .host = QStringLiteral("h"),
                                  .port = 5900,
                                  .password = QStringLiteral("secret"),
                                  .tlsSubject = QStringLiteral("CN=a\\b") },
            .certificates = "one\ntwo\n",
            .proxy = QStringLiteral("http://proxy:3128"),
            .title = QStringLiteral("täst"),
            .isFullScreen = true,
            .attentionKey = QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_End) };
        const QByteArray bytes = toConnectionFile(file);
        QVERIFY(!bytes.contains("secret"));
        file.endpoint.password.clear();
        const auto back = parse(bytes);
        VERIFY_OK(back);
        QCOMPARE(*back, file);
    }
};

QTEST_GUILESS_MAIN(tst_ConnectionFile)
#include "tst_ConnectionFile.moc"
