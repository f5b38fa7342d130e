// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>

#include <sys/mount.h>

namespace tests {

/// A small file system of its own, for a test that fills it. Mounting takes root.
class SmallDisk {
public:
    explicit SmallDisk(QString path, const QByteArray& size = "64k")
        : m_path(std::move(path))
    {
        QDir().mkpath(m_path);
        m_isMounted
            = ::mount("tmpfs", QFile::encodeName(m_path), "tmpfs", 0, ("size=" + size).constData())
            == 0;
    }
    ~SmallDisk()
    {
        if (m_isMounted)
            ::umount2(QFile::encodeName(m_path), MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    bool isMounted() const { return m_isMounted; }
    bool makeReadOnly() const { return remount(MS_RDONLY, {}); }
    bool resize(const QByteArray& size) const { return remount(0, "size=" + size); }

private:
    bool remount(unsigned long flags, const QByteArray& options) const
    {
        return ::mount(nullptr, QFile::encodeName(m_path), nullptr, MS_REMOUNT | flags,
                   options.isEmpty() ? nullptr : options.constData())
            == 0;
    }

    QString m_path;
    bool m_isMounted = false;
};

} // namespace tests
