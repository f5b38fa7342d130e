// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/ProcessIdentity.h"

#include <QFile>
#include <QList>

namespace vmm {

std::optional<ProcStat> ProcStat::parse(const QByteArray& text)
{
    // "pid (name) state ppid ...": the name is whatever the process chose, so look from its end.
    const qsizetype nameEnd = text.lastIndexOf(')');
    if (nameEnd < 0)
        return std::nullopt;
    // Numbered from 3 in proc(5), from 0 here.
    const QList<QByteArray> fields = text.mid(nameEnd + 1).simplified().split(' ');
    if (fields.size() < 20 || fields[0].size() != 1)
        return std::nullopt;
    bool isUserOk = false;
    bool isSystemOk = false;
    bool isStartOk = false;
    const ProcStat stat { .state = fields[0][0],
        .userTicks = fields[11].toULongLong(&isUserOk),
        .systemTicks = fields[12].toULongLong(&isSystemOk),
        .startTicks = fields[19].toULongLong(&isStartOk) };
    if (!isUserOk || !isSystemOk || !isStartOk)
        return std::nullopt;
    return stat;
}

std::optional<ProcStat> ProcStat::read(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return std::nullopt;
    return parse(file.read(4096));
}

bool ProcessIdentity::isAlive() const
{
    if (!isValid())
        return false;
    const std::optional<ProcStat> stat = ProcStat::read(pid);
    return stat && stat->startTicks == startTicks && stat->state != 'Z' && stat->state != 'X';
}

ProcessIdentity ProcessIdentity::of(qint64 pid)
{
    const std::optional<ProcStat> stat = ProcStat::read(pid);
    if (!stat || stat->state == 'Z' || stat->state == 'X')
        return {};
    return { .pid = pid, .startTicks = stat->startTicks };
}

} // namespace vmm
