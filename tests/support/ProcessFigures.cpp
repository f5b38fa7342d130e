// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ProcessFigures.h"

#include <QDir>
#include <QFile>
#include <QMap>

#include <unistd.h>

namespace tests {

namespace {

QByteArray readProc(const QString& path)
{
    QFile file(QStringLiteral("/proc/") + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList entriesOf(qint64 pid, const char* folder)
{
    return QDir(QStringLiteral("/proc/%1/%2").arg(pid).arg(QLatin1StringView(folder)))
        .entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot);
}

qint64 parentOf(const QString& pid)
{
    const QByteArray line = readProc(pid + QStringLiteral("/stat"));
    return line.mid(line.lastIndexOf(')') + 2).split(' ').value(1).toLongLong();
}

} // namespace

ProcessFigures ProcessFigures::of(qint64 pid)
{
    const QByteArray memory = readProc(QStringLiteral("%1/statm").arg(pid));
    const qint64 pages = memory.split(' ').value(1).toLongLong();
    return { .threads = static_cast<int>(entriesOf(pid, "task").size()),
        .files = static_cast<int>(entriesOf(pid, "fd").size()),
        .memoryKiB = pages * (::sysconf(_SC_PAGESIZE) / 1024) };
}

QString ProcessFigures::toString() const
{
    return QStringLiteral("%1 threads, %2 files, %3 MiB")
        .arg(threads)
        .arg(files)
        .arg(memoryKiB / 1024);
}

QStringList threadNames(qint64 pid)
{
    QMap<QString, int> counts;
    for (const QString& task : entriesOf(pid, "task"))
        ++counts[QString::fromUtf8(
            readProc(QStringLiteral("%1/task/%2/comm").arg(pid).arg(task)).trimmed())];
    QStringList names;
    for (auto name = counts.cbegin(); name != counts.cend(); ++name)
        names << QStringLiteral("%1 x%2").arg(name.key()).arg(name.value());
    return names;
}

QList<qint64> childrenWith(const QByteArray& program, const QByteArray& argument)
{
    QList<qint64> found;
    for (const QString& entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        const qint64 pid = entry.toLongLong();
        if (pid <= 0 || parentOf(entry) != ::getpid())
            continue;
        const QByteArray line = readProc(entry + QStringLiteral("/cmdline"));
        if (line.contains(program) && line.contains(argument))
            found << pid;
    }
    return found;
}

} // namespace tests
