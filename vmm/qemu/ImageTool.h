// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/base/Bytes.h"
#include "vmm/base/Image.h"

#include <QObject>

#include <chrono>

namespace vmm {

/// Whether a question about an image may be answered while a machine writes to it.
enum class InUse { Accept, Refuse };

/// Disk images, by qemu-img in processes of its own. Lives in one thread; drop it and what is under
/// way is killed and finishes with Cancelled.
class ImageTool : public QObject {
    Q_OBJECT

public:
    /// `program`: path of qemu-img (QemuPrograms finds it).
    explicit ImageTool(const QString& program, QObject* parent = nullptr);
    ~ImageTool() override;

    /// Makes a fresh image. Completes when it is whole and in place; on failure nothing of it is
    /// left. Errors: AlreadyExists (never overwrites), NotFound (no such folder), Io/DiskFull,
    /// PermissionDenied, InvalidConfig (format or size that can't be), ProcessFailed/QemuMissing,
    /// TimedOut. Source: `qemu-img create` (QEMU 7.2).
    Future<void> create(const QString& path, const QString& format, Bytes size);

    /// Reads an image's header. Errors: NotFound/ImageMissing, PermissionDenied, Busy/ImageLocked
    /// (with InUse::Refuse), InvalidConfig (not what it claims to be, or it lacks its backing
    /// file), ProcessFailed, TimedOut. Source: `qemu-img info --output=json` (QEMU 7.2).
    Future<ImageInfo> info(const QString& path, InUse inUse = InUse::Accept);

    void setDeadline(std::chrono::milliseconds deadline) { m_deadline = deadline; }

private:
    QString m_program;
    std::chrono::milliseconds m_deadline { 30'000 };
};

/// What QEMU's or qemu-img's complaint about an image means: ImageMissing, ImageLocked, DiskFull,
/// PermissionDenied, or an image that is broken. The text stays in `detail`.
Error imageError(const QString& path, const QString& complaint);

} // namespace vmm
