// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/Await.h"
#include "tests/support/GuestShell.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestGuest.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/GuestAgent.h"
#include "vmm/qemu/ImageTool.h"

#include <QFile>
#include <QTest>

namespace tests {

inline constexpr int kGuestPatience = 60'000;

inline QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// For tests of one real guest: a core of its own, and ways to wait for what the guest does.
class GuestFixture : public QObject {
protected:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<SmallDisk> m_disk;
    std::unique_ptr<vmm::Core> m_core;
    std::optional<TestGuest> m_guest = TestGuest::find();
    vmm::Machine* m_vm = nullptr;

    void open(vmm::CoreOptions options)
    {
        m_core = std::make_unique<vmm::Core>(std::move(options));
        VERIFY_OK(waitFor(m_core->open()));
    }

    void boot(const QString& xml)
    {
        const auto id = waitFor(m_core->define(xml));
        VERIFY_OK(id);
        m_vm = m_core->machine(*id);
        VERIFY_OK(act(vmm::VmAction::Start));
        waitForReady(1);
    }

    /// Until the guest has offered its shell so often.
    void waitForReady(int times)
    {
        QTRY_COMPARE_WITH_TIMEOUT(
            contentOf(m_vm->places().serialLog()).count("READY"), times, kGuestPatience);
    }

    void bootAgent()
    {
        boot(m_guest->agentDomainXml(QStringLiteral("with-agent")));
        QTRY_VERIFY_WITH_TIMEOUT(waitFor(m_vm->agent()->ping()).has_value(), kGuestPatience);
    }

    vmm::Result<void> act(vmm::VmAction action)
    {
        return waitFor(m_core->perform(m_vm->id(), action), kGuestPatience);
    }

    QString dataDisk(const QString& path)
    {
        [&] {
            VERIFY_OK(waitFor(
                m_core->images()->create(path, QStringLiteral("qcow2"), vmm::Bytes::fromMiB(64))));
        }();
        return QStringLiteral("<disk type='file'><driver type='qcow2'/><source file='%1'/>"
                              "<target dev='vda' bus='virtio'/></disk>")
            .arg(path);
    }

    void end()
    {
        m_vm = nullptr;
        if (m_core) {
            const auto machines = m_core->machines();
            for (vmm::Machine* machine : machines) {
                if (vmm::isAllowed(vmm::VmAction::ForceOff, machine->state()))
                    VERIFY_OK(waitFor(machine->forceOff()));
            }
        }
        m_core.reset();
        m_disk.reset();
        m_home.reset();
    }
};

} // namespace tests
