// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/HostLoadReadings.h"

namespace hosts::embedded {

namespace {

constexpr quint64 kSectorBytes = 512; // in /proc/diskstats, whatever the disk's own are

/// The words of a line that are numbers, from `first` on; fewer if one is none.
QVector<quint64> numbersOf(const QList<QByteArray>& words, qsizetype first)
{
    QVector<quint64> numbers;
    for (qsizetype i = first; i < words.size(); ++i) {
        bool isNumber = false;
        numbers.append(words[i].toULongLong(&isNumber));
        if (!isNumber) {
            numbers.removeLast();
            break;
        }
    }
    return numbers;
}

/// "avg10=1.25" in a line "some avg10=1.25 avg60=...", as a share.
double shareOf(const QByteArray& line)
{
    const qsizetype at = line.indexOf("avg10=");
    if (at < 0)
        return vmm::kNotMeasured;
    bool isNumber = false;
    const double percent = line.mid(at + 6).split(' ').first().toDouble(&isNumber);
    return isNumber ? percent / 100 : vmm::kNotMeasured;
}

} // namespace

QVector<CpuTicks> parseCpuTicksOfEach(const QByteArray& procStat)
{
    QVector<CpuTicks> all;
    const QList<QByteArray> lines = procStat.split('\n');
    for (qsizetype i = 1; i < lines.size() && lines[i].startsWith("cpu"); ++i) {
        // "cpu3 ...": as the line of all of them, but for its number.
        const qsizetype blank = lines[i].indexOf(' ');
        const auto ticks = parseCpuTicks("cpu" + lines[i].mid(blank) + '\n');
        if (blank > 0 && ticks)
            all.append(*ticks);
    }
    return all;
}

std::optional<std::array<double, 3>> parseLoadAverages(const QByteArray& procLoadavg)
{
    const QList<QByteArray> words = procLoadavg.simplified().split(' ');
    if (words.size() < 3)
        return std::nullopt;
    std::array<double, 3> averages {};
    for (size_t i = 0; i < averages.size(); ++i) {
        bool isNumber = false;
        averages[i] = words[static_cast<qsizetype>(i)].toDouble(&isNumber);
        if (!isNumber)
            return std::nullopt;
    }
    return averages;
}

std::optional<SwapState> parseSwap(const QByteArray& procMeminfo)
{
    const auto total = parseMemoryField(procMeminfo, "SwapTotal");
    const auto free = parseMemoryField(procMeminfo, "SwapFree");
    if (!total || !free || *free > *total)
        return std::nullopt;
    return SwapState { *total, *total - *free };
}

vmm::Pressure parsePressure(const QByteArray& procPressure)
{
    vmm::Pressure pressure;
    const QList<QByteArray> lines = procPressure.split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith("some "))
            pressure.some = shareOf(line);
        else if (line.startsWith("full "))
            pressure.full = shareOf(line);
    }
    return pressure;
}

QVector<HostDiskCounters> parseDiskStats(const QByteArray& procDiskstats)
{
    // major minor name reads merged sectors ms writes merged sectors ms underway ms-busy ...
    QVector<HostDiskCounters> disks;
    const QList<QByteArray> lines = procDiskstats.split('\n');
    for (const QByteArray& line : lines) {
        const QList<QByteArray> words = line.simplified().split(' ');
        const QVector<quint64> numbers = numbersOf(words, 3);
        if (numbers.size() >= 10)
            disks.append({ .name = QString::fromUtf8(words[2]),
                .read = numbers[2] * kSectorBytes,
                .written = numbers[6] * kSectorBytes,
                .busyMs = numbers[9] });
    }
    return disks;
}

QVector<NetworkCounters> parseNetworks(const QByteArray& procNetDev)
{
    // name: bytes packets errs drop fifo frame compressed multicast | bytes packets ...
    QVector<NetworkCounters> networks;
    const QList<QByteArray> lines = procNetDev.split('\n');
    for (const QByteArray& line : lines) {
        const qsizetype colon = line.lastIndexOf(':');
        if (colon < 0)
            continue;
        const QVector<quint64> numbers = numbersOf(line.mid(colon + 1).simplified().split(' '), 0);
        if (numbers.size() >= 10)
            networks.append({ .name = QString::fromUtf8(line.left(colon).trimmed()),
                .receivedBytes = numbers[0],
                .receivedPackets = numbers[1],
                .sentBytes = numbers[8],
                .sentPackets = numbers[9] });
    }
    return networks;
}

} // namespace hosts::embedded
