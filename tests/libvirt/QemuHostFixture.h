// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/LibvirtdFixture.h"
#include "tests/support/TestNames.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

namespace tests {

inline constexpr int kPatienceMs = 60'000;

template <typename T> vmm::Result<T> finished(const vmm::Future<T>& future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 3 * kPatienceMs))
        return vmm::Error { vmm::ErrorKind::TimedOut, QStringLiteral("test"),
            QStringLiteral("the future did not finish") };
    return future.resultCount() > 0 ? future.resultAt(0) : vmm::Error { vmm::ErrorKind::Cancelled };
}

/// Fails the check with libvirt's words.
#define VERIFY_DONE(result)                                                                        \
    do {                                                                                           \
        const auto done = result;                                                                  \
        QVERIFY2(done.has_value(), done ? "" : qPrintable(done.error().toString()));               \
    } while (false)

/// Fails the check unless it failed in that way.
#define VERIFY_FAILED(result, expected)                                                            \
    do {                                                                                           \
        const auto done = result;                                                                  \
        QVERIFY(!done.has_value());                                                                \
        QVERIFY2(done.error().kind == expected, qPrintable(done.error().toString()));              \
    } while (false)

/// Tests of the libvirt host on a real libvirtd: machines are defined by it, and gone after each.
class QemuHostTest : public QObject {
    Q_OBJECT

protected Q_SLOTS: // those of a test may do more
    void initTestCase()
    {
        if (const QString reason = LibvirtdFixture::missing(); !reason.isEmpty())
            QSKIP(qPrintable(reason));
        QVERIFY2(m_libvirtd.start(), qPrintable(m_libvirtd.problem()));
    }

    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_host = std::make_unique<hosts::libvirt::LibvirtHost>(m_libvirtd.uri());
        m_seen = std::make_unique<HostRecorder>(*m_host);
        m_host->open();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
    }

    void cleanup()
    {
        const QString forbidden = m_seen ? m_seen->forbiddenStep() : QString();
        m_host.reset();
        m_seen.reset();
        for (const QString& name : std::as_const(m_defined)) {
            m_libvirtd.virsh({ QStringLiteral("destroy"), name });
            m_libvirtd.virsh({ QStringLiteral("undefine"), name,
                QStringLiteral("--snapshots-metadata"), QStringLiteral("--checkpoints-metadata"),
                QStringLiteral("--managed-save"), QStringLiteral("--nvram") });
        }
        m_defined.clear();
        QVERIFY2(forbidden.isEmpty(), qPrintable(forbidden));
    }

protected:
    /// A machine without an operating system: small, and it starts in a moment.
    static QString bareMachine(const QString& name, const QString& devices = {})
    {
        return QStringLiteral(
            "<domain type='qemu'><name>%1</name><memory unit='MiB'>32</memory>"
            "<vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os>"
            "<features><acpi/></features><devices>%2"
            "<graphics type='spice' autoport='yes' listen='127.0.0.1' passwd='secret'/>"
            "<video><model type='vga'/></video><memballoon model='virtio'/></devices></domain>")
            .arg(name, devices);
    }

    static QString diskXml(const QString& path, const QString& target = QStringLiteral("vda"))
    {
        return QStringLiteral("<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"
                              "<source file='%1'/><target dev='%2' bus='virtio'/></disk>")
            .arg(path, target);
    }

    QString makeImage(const QString& name, const QString& size = QStringLiteral("8M"))
    {
        const QString path = m_libvirtd.imageFolder() + QLatin1Char('/') + name;
        QFile::remove(path);
        QProcess::execute(QStringLiteral("qemu-img"),
            { QStringLiteral("create"), QStringLiteral("-q"), QStringLiteral("-f"),
                QStringLiteral("qcow2"), path, size });
        return path;
    }

    /// An image that stands on another one; `name`: in the folder of images, or a path.
    QString makeOverlay(const QString& name, const QString& backing) const
    {
        const QString path = name.startsWith(QLatin1Char('/'))
            ? name
            : m_libvirtd.imageFolder() + QLatin1Char('/') + name;
        QFile::remove(path);
        QProcess::execute(QStringLiteral("qemu-img"),
            { QStringLiteral("create"), QStringLiteral("-q"), QStringLiteral("-f"),
                QStringLiteral("qcow2"), QStringLiteral("-F"), QStringLiteral("qcow2"),
                QStringLiteral("-b"), backing, path });
        return path;
    }

    /// What stands below an image, itself first.
    QStringList chainOf(const QString& path) const
    {
        QProcess process;
        process.start(QStringLiteral("qemu-img"),
            { QStringLiteral("info"), QStringLiteral("-U"), QStringLiteral("--backing-chain"),
                QStringLiteral("--output=json"), path });
        process.waitForFinished();
        QStringList chain;
        const QString text = QString::fromUtf8(process.readAllStandardOutput());
        static const QRegularExpression pattern(QStringLiteral("\"filename\": \"(/[^\"]*)\""));
        for (auto match = pattern.globalMatch(text); match.hasNext();) {
            const QString name = match.next().captured(1);
            if (!chain.contains(name))
                chain.append(name);
        }
        return chain;
    }

    hosts::VmId define(const QString& xml, const QString& name)
    {
        m_defined << name;
        const auto defined = finished(m_host->define(xml));
        if (!defined.has_value()) {
            qWarning("%s", qPrintable(defined.error().toString()));
            return {};
        }
        [&] { QTRY_VERIFY_WITH_TIMEOUT(m_seen->vm(*defined) != nullptr, kPatienceMs); }();
        return *defined;
    }

    void start(hosts::VmId vm)
    {
        const auto started = finished(m_host->perform(vm, vmm::VmAction::Start));
        if (!started.has_value())
            qWarning("%s", qPrintable(started.error().toString()));
        [&] { QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), vmm::VmState::Running, kPatienceMs); }();
    }

    void perform(hosts::VmId vm, vmm::VmAction action, vmm::VmState expected)
    {
        VERIFY_DONE(finished(m_host->perform(vm, action)));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), expected, kPatienceMs);
    }

    vmm::VmState stateOf(hosts::VmId vm) const
    {
        const hosts::VmInfo* info = m_seen->vm(vm);
        return info != nullptr ? info->state : vmm::VmState::Unknown;
    }

    hosts::VmInfo infoOf(hosts::VmId vm) const
    {
        const hosts::VmInfo* info = m_seen->vm(vm);
        return info != nullptr ? *info : hosts::VmInfo {};
    }

    QString stored(hosts::VmId vm) { return finished(m_host->definition(vm)).value_or(QString()); }
    QString running(hosts::VmId vm)
    {
        return finished(m_host->call(hosts::GetRunningDefinition { vm })).value_or(QString());
    }

    template <typename Op> auto ask(const Op& operation)
    {
        return finished(m_host->call(operation));
    }

    LibvirtdFixture m_libvirtd;
    std::unique_ptr<hosts::libvirt::LibvirtHost> m_host;
    std::unique_ptr<HostRecorder> m_seen;
    QStringList m_defined;
};

} // namespace tests
