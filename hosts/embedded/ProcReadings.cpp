// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/ProcReadings.h"

#include <QFile>
#include <QSysInfo>
#include <QThread>

namespace hosts::embedded {

std::optional<CpuTicks> parseCpuTicks(const QByteArray& procStat)
{
    // cpu  user nice system idle iowait irq softirq steal guest guest_nice
    const QList<QByteArray> fields = procStat.left(procStat.indexOf('\n')).simplified().split(' ');
    if (fields.size() < 5 || fields[0] != "cpu")
        return std::nullopt;
    CpuTicks ticks;
    // guest and guest_nice (9, 10) are counted in user and nice already.
    for (qsizetype i = 1; i < qMin<qsizetype>(fields.size(), 9); ++i) {
        bool isNumber = false;
        const quint64 value = fields[i].toULongLong(&isNumber);
        if (!isNumber)
            return std::nullopt;
        const bool isIdle = i == 4 || i == 5;
        ticks.total += value;
        ticks.busy += isIdle ? 0 : value;
    }
    return ticks;
}

std::optional<vmm::Bytes> parseMemoryField(const QByteArray& text, const QByteArray& name)
{
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray& line : lines) {
        if (!line.startsWith(name + ':'))
            continue;
        const QByteArray number = line.mid(name.size() + 1).simplified().split(' ').first();
        bool isNumber = false;
        const quint64 value = number.toULongLong(&isNumber);
        return isNumber ? std::optional(vmm::Bytes::fromKiB(value)) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<MemoryState> parseMemory(const QByteArray& procMeminfo)
{
    const auto total = parseMemoryField(procMeminfo, "MemTotal");
    const auto available = parseMemoryField(procMeminfo, "MemAvailable");
    if (!total || !available || *available > *total)
        return std::nullopt;
    return MemoryState { *total, *available };
}

QString parseCpuModel(const QByteArray& procCpuinfo)
{
    const QList<QByteArray> lines = procCpuinfo.split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith("model name"))
            return QString::fromUtf8(line.mid(line.indexOf(':') + 1)).simplified();
    }
    return {};
}

std::optional<vmm::Bytes> parseResident(const QByteArray& procStatm, quint64 pageSize)
{
    const QList<QByteArray> fields = procStatm.simplified().split(' ');
    if (fields.size() < 2)
        return std::nullopt;
    bool isNumber = false;
    const quint64 pages = fields[1].toULongLong(&isNumber);
    return isNumber ? std::optional(vmm::Bytes::fromBytes(pages * pageSize)) : std::nullopt;
}

QByteArray readProc(const QString& path, qint64 mostBytes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {};
    return file.read(mostBytes);
}

HostInfo readHostInfo()
{
    const auto memory = parseMemory(readProc(QStringLiteral("/proc/meminfo")));
    return { .name = QSysInfo::machineHostName(),
        .cpuModel = parseCpuModel(readProc(QStringLiteral("/proc/cpuinfo"))),
        .architecture = QSysInfo::currentCpuArchitecture(),
        .cpus = QThread::idealThreadCount(),
        .memory = memory ? memory->total : vmm::Bytes() };
}

} // namespace hosts::embedded
