// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/MachineLog.h"

#include "vmm/base/ErrnoError.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>

namespace vmm {

namespace {

constexpr qint64 kTail = 4096;

} // namespace

Result<FileDescriptor> MachineLog::startNew() const
{
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    const QByteArray path = QFile::encodeName(m_path);
    // Missing older runs are no failure; whatever else is wrong shows at open().
    ::rename(path + ".1", path + ".2");
    ::rename(path, path + ".1");
    FileDescriptor file(::open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600));
    if (!file.isValid())
        return errnoError(m_path, QStringLiteral("open"));
    return file;
}

QString MachineLog::lastLines(int count) const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(qMax<qint64>(0, file.size() - kTail));
    QStringList lines;
    const QList<QByteArray> raw = file.read(kTail).split('\n');
    for (const QByteArray& line : raw) {
        const QString text = QString::fromLocal8Bit(line).trimmed();
        if (!text.isEmpty())
            lines.append(text);
    }
    return lines.mid(qMax<qsizetype>(0, lines.size() - count)).join(QLatin1Char('\n'));
}

void MachineLog::trim(Bytes limit) const
{
    QFile file(m_path);
    if (file.size() <= static_cast<qint64>(limit.count())
        || !file.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        return;
    // In place, for QEMU has the file open and writes with O_APPEND: it goes on at the new end.
    // What it says between our reading and cutting is lost; the end of the run before that is not.
    file.seek(file.size() - static_cast<qint64>(limit.count()) / 4);
    const QByteArray tail = file.readAll();
    const QByteArray kept = tail.mid(tail.indexOf('\n') + 1);
    file.resize(0);
    file.seek(0);
    file.write(QByteArrayLiteral("[older lines were cut off]\n") + kept);
}

} // namespace vmm
