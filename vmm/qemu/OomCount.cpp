// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/OomCount.h"

#include <QFile>
#include <QStringList>

namespace vmm {

namespace {

QByteArray contentOf(const QString& path)
{
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
    QStringList files { QStringLiteral("/proc/vmstat") };
    // "0::/user.slice/..." of version 2, "4:memory:/..." of version 1.
    const QList<QByteArray> lines
        = contentOf(QStringLiteral("/proc/%1/cgroup").arg(pid)).split('\n');
    for (const QByteArray& line : lines) {
        const QString group
            = QFile::decodeName(line.mid(line.indexOf(':', line.indexOf(':') + 1) + 1));
        if (line.startsWith("0::"))
            files.append(QStringLiteral("/sys/fs/cgroup%1/memory.events").arg(group));
        else if (line.contains(":memory:"))
            files.append(QStringLiteral("/sys/fs/cgroup/memory%1/memory.oom_control").arg(group));
    }
    return OomCount(files);
}

OomCount::OomCount(const QStringList& files)
{
    for (const QString& file : files)
        m_counts.insert(file, countIn(file));
}

void OomCount::refresh()
{
    for (auto entry = m_counts.begin(); entry != m_counts.end(); ++entry)
        *entry = countIn(entry.key());
}

bool OomCount::hasRisen() const
{
    for (auto entry = m_counts.begin(); entry != m_counts.end(); ++entry) {
        if (countIn(entry.key()) > *entry)
            return true;
    }
    return false;
}

} // namespace vmm
