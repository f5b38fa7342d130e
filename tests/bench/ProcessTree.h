// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QList>

#include <unistd.h>

namespace bench {

inline QByteArray readProc(qint64 pid, const char* name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(pid).arg(QLatin1StringView(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A process and all that descend from it.
inline QList<qint64> descendants(qint64 root)
{
    QList<qint64> all { root };
    for (qsizetype i = 0; i < all.size(); ++i) {
        const QDir tasks(QStringLiteral("/proc/%1/task").arg(all[i]));
        const QStringList names = tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString& task : names) {
            QFile file(tasks.filePath(task) + QStringLiteral("/children"));
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QList<QByteArray> children = file.readAll().simplified().split(' ');
            for (const QByteArray& child : children) {
                if (!child.isEmpty())
                    all.append(child.toLongLong());
            }
        }
    }
    return all;
}

inline QByteArray programName(qint64 pid)
{
    return readProc(pid, "comm").trimmed();
}

/// User and system time of a process and its reaped children, in ms.
inline double cpuMs(qint64 pid)
{
    const QByteArray line = readProc(pid, "stat");
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    double ticks = 0;
    for (int i = 11; i <= 14 && i < fields.size(); ++i)
        ticks += fields[i].toDouble();
    return ticks * 1000 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Proportional set size in bytes: shared pages are divided among those who share them.
inline double pss(qint64 pid)
{
    const QByteArray rollup = readProc(pid, "smaps_rollup");
    const qsizetype at = rollup.indexOf("\nPss:");
    return at < 0 ? 0 : rollup.mid(at + 5, 24).simplified().split(' ').first().toDouble() * 1024;
}

} // namespace bench
