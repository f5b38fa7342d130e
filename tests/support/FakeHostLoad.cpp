// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the guests and the load of a FakeHost are: invented.
#include "tests/support/FakeHost.h"

#include <cmath>

namespace tests {

using hosts::VmInfo;
using vmm::Error;
using vmm::ErrorKind;
using vmm::VmState;

hosts::MetricsBatch FakeHost::inventMetrics(qint64 timeMs) const
{
    using hosts::HostMetric;
    using hosts::VmMetric;
    hosts::MetricsBatch batch { .timeMs = timeMs };
    const double t = static_cast<double>(timeMs) / 1000.0;
    batch.host[HostMetric::CpuLoad] = 0.4 + 0.2 * std::sin(t / 7);
    batch.host[HostMetric::MemoryUsed] = (12.0 + 2 * std::sin(t / 31)) * (1 << 30);
    for (const VmInfo& vm : m_vms) {
        if (vm.state != VmState::Running || (m_samplesVisibleOnly && !m_visible.contains(vm.id)))
            continue;
        const double phase = qHash(vm.id) % 628 / 100.0;
        hosts::VmSample sample { .id = vm.id };
        sample.values[VmMetric::CpuLoad] = 0.35 + 0.3 * std::sin(t / 5 + phase);
        sample.values[VmMetric::MemoryUsed]
            = static_cast<double>(vm.memory.count()) * (0.6 + 0.1 * std::sin(t / 23 + phase));
        sample.values[VmMetric::DiskRead] = 2e6 * (1 + std::sin(t / 3 + phase));
        sample.values[VmMetric::DiskWrite] = 8e5 * (1 + std::cos(t / 4 + phase));
        sample.values[VmMetric::NetworkReceive] = 4e5 * (1 + std::sin(t / 6 + phase));
        sample.values[VmMetric::NetworkSend] = 9e4 * (1 + std::cos(t / 9 + phase));
        batch.vms.append(sample);
    }
    return batch;
}

vmm::Future<vmm::GuestFacts> FakeHost::answer(const hosts::GetGuestFacts& operation)
{
    if (m_withoutAgent.contains(operation.vm))
        return vmm::async::failed<vmm::GuestFacts>({ ErrorKind::HostLacksFeature,
            m_vms.value(operation.vm).name, QStringLiteral("no agent is connected") });
    return vmm::async::ready<vmm::GuestFacts>(
        m_facts.value(operation.vm, { .hostName = m_vms.value(operation.vm).name }));
}

vmm::Future<vmm::GuestCommandResult> FakeHost::answer(const hosts::RunInGuest& operation)
{
    const vmm::GuestCommand& command = operation.command;
    return vmm::async::ready<vmm::GuestCommandResult>(vmm::GuestCommandResult {
        .exitCode = command.program == QStringLiteral("/bin/false") ? 1 : 0,
        .standardOutput = command.program.toUtf8() + '\n' + command.input,
        .standardError = command.arguments.join(QLatin1Char(' ')).toUtf8(),
        .isCut = command.program == QStringLiteral("/bin/yes") });
}

vmm::Future<void> FakeHost::answer(const hosts::SetGuestTime&)
{
    return vmm::async::ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::SetGuestPassword&)
{
    return vmm::async::ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::FreezeGuest&)
{
    return vmm::async::ready<void>({});
}

vmm::Future<vmm::Screenshot> FakeHost::answer(const hosts::GetScreenshot& operation)
{
    const VmInfo vm = m_vms.value(operation.vm);
    if (!vmm::isActive(vm.state))
        return vmm::async::failed<vmm::Screenshot>({ ErrorKind::WrongState, vm.name });
    if (m_screenshot.png.isEmpty())
        return vmm::async::failed<vmm::Screenshot>({ ErrorKind::Io, vm.name });
    return vmm::async::ready<vmm::Screenshot>(m_screenshot);
}

vmm::Future<vmm::LoadDetail> FakeHost::answer(const hosts::GetLoadDetail& operation)
{
    const VmInfo vm = m_vms.value(operation.vm);
    if (!vmm::isActive(vm.state))
        return vmm::async::failed<vmm::LoadDetail>({ ErrorKind::WrongState, vm.name });
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const double t = static_cast<double>(now) / 1000.0;
    vmm::LoadDetail load { .timeMs = now,
        .cpu = 0.4 + 0.2 * std::sin(t / 5),
        .emulator = 0.06,
        .resident = vmm::Bytes::fromMiB(1420),
        .proportional = vmm::Bytes::fromMiB(1180),
        .balloon = vm.memory,
        .guestFree = vmm::Bytes::fromMiB(310),
        .guestAvailable = vmm::Bytes::fromMiB(900) };
    for (int i = 0; i < vm.vcpus; ++i)
        load.vcpus.append(0.5 + 0.45 * std::sin(t / 5 + i * 1.7));
    vmm::LatencyHistogram histogram { { 0.1, 0.5, 1, 5, 10, 50 }, { 12, 340, 910, 400, 60, 9, 1 } };
    load.disks.append({ .target = QStringLiteral("vda"),
        .read = { 2.1e6, 130, 0.6 },
        .write = { 8.4e5, 44, 1.9 },
        .flush = { vmm::kNotMeasured, 3, 4.2 },
        .readLatency = histogram,
        .writeLatency = histogram,
        .allocated = vmm::Bytes::fromGiB(7) });
    load.networkCards.append({ .mac = QStringLiteral("52:54:00:12:34:56"),
        .receivedBytesPerSecond = 3.2e5,
        .sentBytesPerSecond = 6.1e4,
        .receivedPacketsPerSecond = 310,
        .sentPacketsPerSecond = 220 });
    return vmm::async::ready<vmm::LoadDetail>(load);
}

vmm::Future<vmm::HostLoadDetail> FakeHost::answer(const hosts::GetHostLoadDetail&)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const double t = static_cast<double>(now) / 1000.0;
    vmm::HostLoadDetail load { .timeMs = now,
        .loadAverage1 = 1.42,
        .loadAverage5 = 1.1,
        .loadAverage15 = 0.87,
        .memoryTotal = m_info.memory,
        .memoryAvailable = vmm::Bytes::fromBytes(m_info.memory.count() / 3),
        .swapTotal = vmm::Bytes::fromGiB(4),
        .swapUsed = vmm::Bytes::fromMiB(120),
        .cpuPressure = { 0.08, vmm::kNotMeasured },
        .memoryPressure = { 0.01, 0 },
        .ioPressure = { 0.23, 0.12 } };
    for (int i = 0; i < m_info.cpus; ++i)
        load.cpus.append(0.45 + 0.4 * std::sin(t / 4 + i));
    load.disks.append({ QStringLiteral("nvme0n1"), 4.2e6, 1.3e7, 0.31 });
    load.networks.append({ QStringLiteral("eth0"), 9.1e5, 2.2e5 });
    return vmm::async::ready<vmm::HostLoadDetail>(load);
}

} // namespace tests
