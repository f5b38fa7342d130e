// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/OomCount.h"

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace vmm {

namespace {

constexpr int kMostRecords = 20'000;

QByteArray contentOf(const QString& path)
{
    if (path.isEmpty())
        return {};
    QFile file(path);
    return file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? file.readAll() : QByteArray();
}

quint64 countIn(const QString& path)
{
    const QList<QByteArray> lines = contentOf(path).split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith("oom_kill "))
            return line.mid(9).trimmed().toULongLong();
    }
    return 0;
}

} // namespace

OomCount OomCount::of(qint64 pid)
{
    QString groupFile;
    // "0::/user.slice/..." of version 2, "4:memory:/..." of version 1.
    const QList<QByteArray> lines
        = contentOf(QStringLiteral("/proc/%1/cgroup").arg(pid)).split('\n');
    for (const QByteArray& line : lines) {
        const QString group
            = QFile::decodeName(line.mid(line.indexOf(':', line.indexOf(':') + 1) + 1));
        if (line.contains(":memory:"))
            groupFile = QStringLiteral("/sys/fs/cgroup/memory%1/memory.oom_control").arg(group);
        else if (line.startsWith("0::") && groupFile.isEmpty())
            groupFile = QStringLiteral("/sys/fs/cgroup%1/memory.events").arg(group);
    }
    return OomCount(pid, groupFile, QStringLiteral("/proc/vmstat"), QStringLiteral("/dev/kmsg"));
}

OomCount::OomCount(
    qint64 pid, const QString& groupFile, const QString& computerFile, const QString& kernelLog)
    : m_pid(pid)
    , m_groupFile(groupFile)
    , m_computerFile(computerFile)
{
    refresh();
    FileDescriptor log(
        ::open(QFile::encodeName(kernelLog), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    if (log.isValid() && ::lseek(log.get(), 0, SEEK_END) >= 0)
        m_kernelLog = std::make_shared<FileDescriptor>(std::move(log));
}

void OomCount::refresh()
{
    for (const QString& file : { m_groupFile, m_computerFile })
        m_counts.insert(file, countIn(file));
}

// Each read gives one record, "6,1234,5678,-;Out of memory: Killed process 4711 (qemu-...) ...".
bool OomCount::isNamedByKernel() const
{
    if (!m_kernelLog)
        return false;
    const QByteArray words = "Killed process " + QByteArray::number(m_pid) + ' ';
    std::array<char, 8192> record {};
    for (int i = 0; i < kMostRecords; ++i) {
        const ssize_t size = ::read(m_kernelLog->get(), record.data(), record.size());
        if (size < 0 && errno == EPIPE)
            continue; // some were overwritten
        if (size <= 0)
            return false;
        if (QByteArrayView(record.data(), size).contains(words))
            return true;
    }
    return false;
}

OomVictim OomCount::victim() const
{
    if (isNamedByKernel())
        return OomVictim::Itself;
    const auto hasRisen
        = [this](const QString& file) { return countIn(file) > m_counts.value(file); };
    if (hasRisen(m_groupFile))
        return OomVictim::OfItsGroup;
    return hasRisen(m_computerFile) ? OomVictim::Somebody : OomVictim::None;
}

} // namespace vmm
