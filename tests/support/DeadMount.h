// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"

#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <sys/mount.h>

namespace tests {

/// A file system that never answers: whoever looks into it waits until this goes. A FUSE one that
/// nobody serves. Mounting takes root.
class DeadMount {
public:
    explicit DeadMount(QString path)
        : m_path(std::move(path))
        , m_device(::open("/dev/fuse", O_RDWR | O_CLOEXEC))
    {
        QDir().mkpath(m_path);
        const QByteArray options
            = "fd=" + QByteArray::number(m_device.get()) + ",rootmode=40000,user_id=0,group_id=0";
        m_isMounted = m_device.isValid()
            && ::mount("dead", QFile::encodeName(m_path), "fuse", 0, options.constData()) == 0;
    }
    ~DeadMount()
    {
        m_device.reset(); // whoever waits is told that it is gone
        if (m_isMounted)
            ::umount2(QFile::encodeName(m_path), MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(DeadMount)

    const QString& path() const { return m_path; }
    bool isMounted() const { return m_isMounted; }

private:
    QString m_path;
    vmm::FileDescriptor m_device;
    bool m_isMounted = false;
};

} // namespace tests
