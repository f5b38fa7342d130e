// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"

#include <QByteArray>

#include <optional>

namespace hosts::embedded {

/// Readings of this computer from /proc. The parse functions are pure; what the kernel does not say
/// is empty or nothing. Source: proc(5).

/// Of all CPUs together, in clock ticks since boot.
struct CpuTicks {
    quint64 busy = 0;
    quint64 total = 0;

    bool operator==(const CpuTicks&) const = default;
};

struct MemoryState {
    vmm::Bytes total {};
    vmm::Bytes available {}; ///< what could be had without swapping

    bool operator==(const MemoryState&) const = default;
};

std::optional<CpuTicks> parseCpuTicks(const QByteArray& procStat);
/// The line "NAME:  123 kB" of /proc/meminfo or /proc/PID/smaps_rollup.
std::optional<vmm::Bytes> parseMemoryField(const QByteArray& text, const QByteArray& name);
std::optional<MemoryState> parseMemory(const QByteArray& procMeminfo);
QString parseCpuModel(const QByteArray& procCpuinfo);
/// Resident bytes from /proc/PID/statm.
std::optional<vmm::Bytes> parseResident(const QByteArray& procStatm, quint64 pageSize);

inline constexpr qint64 kMostRead = 64 * 1024;
/// A file of the kernel, or its beginning if it is longer; empty if it can't be read.
QByteArray readProc(const QString& path, qint64 mostBytes = kMostRead);

/// Name, CPU, memory and architecture of this computer.
HostInfo readHostInfo();

} // namespace hosts::embedded
