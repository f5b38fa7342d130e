// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/FakeProgram.h"
#include "vmm/qemu/BridgeHelper.h"

#include <QDir>
#include <QProcess>
#include <QTest>

#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

using namespace vmm;
using tests::FakeProgram;
using tests::waitFor;

namespace {

constexpr uid_t kNobody = 65534;

bool runs(const QString& program, const QStringList& arguments)
{
    return QProcess::execute(program, arguments) == 0;
}

} // namespace

/// QEMU's bridge helper, and what stands for one that is missing or refuses. The real one is a
/// setuid copy, in namespaces of this program's own, asked by a user who may do nothing.
class TestBridgeHelper : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QObject m_context;

    Result<SharedDescriptor> ask(const QString& helper, const char* bridge)
    {
        return waitFor(askBridgeHelper(&m_context, helper, QString::fromLatin1(bridge)));
    }

    QString copyHelper(const char* name, mode_t mode)
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QFile::copy(findBridgeHelper(), path);
        ::chmod(QFile::encodeName(path), mode);
        return path;
    }

    /// A network with the bridge vdbr0, an /etc/qemu that allows it alone, and /dev/net/tun.
    bool enterOwnNamespaces()
    {
        if (::geteuid() != 0 || ::unshare(CLONE_NEWNS | CLONE_NEWNET) != 0
            || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
            return false;
        // What is written to /etc is seen by this program alone.
        for (const char* name : { "upper", "work" })
            QDir().mkpath(m_folder.filePath(QString::fromLatin1(name)));
        const QString layers = QStringLiteral("lowerdir=/etc,upperdir=%1,workdir=%2")
                                   .arg(m_folder.filePath(QStringLiteral("upper")),
                                       m_folder.filePath(QStringLiteral("work")));
        if (::mount("overlay", "/etc", "overlay", 0, QFile::encodeName(layers).constData()) != 0
            || ::mount("tmpfs", "/dev/net", "tmpfs", 0, "size=64k") != 0)
            return false;
        QDir().mkpath(QStringLiteral("/etc/qemu"));
        QFile rules(QStringLiteral("/etc/qemu/bridge.conf"));
        if (!rules.open(QIODevice::WriteOnly) || rules.write("allow vdbr0\n") < 0)
            return false;
        rules.close();
        ::mknod("/dev/net/tun", S_IFCHR | 0666, makedev(10, 200));
        ::chmod("/dev/net/tun", 0666);
        for (const char* name : { "vdbr0", "vdbr1" }) {
            if (!runs(QStringLiteral("ip"),
                    { QStringLiteral("link"), QStringLiteral("add"), QString::fromLatin1(name),
                        QStringLiteral("type"), QStringLiteral("bridge") }))
                return false;
        }
        return true;
    }

private Q_SLOTS:
    void missingHelper_isExplained()
    {
        const Error error = ask({}, "br0").error();
        QCOMPARE(error.cause, ErrorCause::ProgramMissing);
        QCOMPARE(error.subject, QStringLiteral("qemu-bridge-helper"));
        QVERIFY(error.detail.contains(QStringLiteral("package")));
    }

    void helperThatIsNotSetuid_isExplained()
    {
        const FakeProgram helper(m_folder,
            "echo 'failed to create tun device: Operation not permitted' >&2; exit 1",
            QStringLiteral("plain-helper"));
        const Error error = ask(helper.path(), "br0").error();
        QCOMPARE(error.kind, ErrorKind::PermissionDenied);
        QCOMPARE(error.subject, QStringLiteral("br0"));
        QVERIFY(error.detail.contains(QStringLiteral("setuid")));
        QVERIFY(error.detail.contains(QStringLiteral("Operation not permitted")));
    }

    void rulesThatDeny_areExplained()
    {
        const FakeProgram helper(
            m_folder, "echo 'access denied by acl file' >&2; exit 1", QStringLiteral("strict"));
        const Error error = ask(helper.path(), "br0").error();
        QCOMPARE(error.kind, ErrorKind::PermissionDenied);
        QVERIFY(error.detail.contains(QStringLiteral("allow br0")));
        QVERIFY(error.detail.contains(QStringLiteral("/etc/qemu/bridge.conf")));
    }

    void helperThatSaysNothing_isAnError()
    {
        const FakeProgram helper(m_folder, "exit 0", QStringLiteral("silent"));
        QVERIFY(!ask(helper.path(), "br0"));
    }

    void helperThatHangs_isEnded()
    {
        const FakeProgram helper(m_folder, "exec sleep 60", QStringLiteral("hung"));
        QCOMPARE(ask(helper.path(), "br0").error().kind, ErrorKind::TimedOut);
    }

    // The last one: afterwards this program is nobody.
    void realHelper_givesATapToAnOrdinaryUser()
    {
        if (findBridgeHelper().isEmpty())
            QSKIP("qemu-bridge-helper is not installed");
        if (!enterOwnNamespaces())
            QSKIP("no namespaces of its own: that needs root");
        const QString setuid = copyHelper("setuid-helper", 04755);
        const QString plain = copyHelper("plain-copy", 0755);
        ::chmod(QFile::encodeName(m_folder.path()), 0755);
        if (::setresgid(kNobody, kNobody, kNobody) != 0
            || ::setresuid(kNobody, kNobody, kNobody) != 0)
            QSKIP("can't become another user");

        const auto tap = ask(setuid, "vdbr0");
        VERIFY_OK(tap);
        ifreq request {};
        QCOMPARE(::ioctl((*tap)->get(), TUNGETIFF, &request), 0);
        QVERIFY(request.ifr_flags & IFF_VNET_HDR);
        QVERIFY(::if_nametoindex(request.ifr_name) > 0);
        QProcess ports;
        ports.start(QStringLiteral("ip"),
            { QStringLiteral("-o"), QStringLiteral("link"), QStringLiteral("show"),
                QStringLiteral("master"), QStringLiteral("vdbr0") });
        QVERIFY(ports.waitForFinished());
        QVERIFY(ports.readAllStandardOutput().contains(request.ifr_name));

        const Error denied = ask(setuid, "vdbr1").error();
        QCOMPARE(denied.kind, ErrorKind::PermissionDenied);
        QVERIFY2(denied.detail.contains(QStringLiteral("allow vdbr1")), qPrintable(denied.detail));
        const Error powerless = ask(plain, "vdbr0").error();
        QCOMPARE(powerless.kind, ErrorKind::PermissionDenied);
        QVERIFY2(powerless.detail.contains(QStringLiteral("setuid")), qPrintable(powerless.detail));
    }
};

QTEST_GUILESS_MAIN(TestBridgeHelper)
#include "tst_BridgeHelper.moc"
