// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/base/Bytes.h"
#include "vmm/base/Image.h"
#include "vmm/qemu/ProgramRun.h"

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

    /// Makes a fresh image, or an overlay if it names a backing file (whose format must be said).
    /// Completes when it is whole and in place; on failure nothing of it is left. Errors:
    /// AlreadyExists (never overwrites), NotFound (no such folder), Io/DiskFull, PermissionDenied,
    /// InvalidConfig (format or size that can't be), ProcessFailed/QemuMissing, TimedOut.
    /// Source: `qemu-img create` (QEMU 7.2).
    Future<void> create(const NewImage& image);
    Future<void> create(const QString& path, const QString& format, Bytes size)
    {
        return create(NewImage { .path = path, .format = format, .size = size });
    }

    /// Reads an image's header; `format` empty: found out. Errors: NotFound/ImageMissing,
    /// PermissionDenied, Busy/ImageLocked (with InUse::Refuse), InvalidConfig (not what it claims
    /// to be, or it lacks its backing file), ProcessFailed, TimedOut.
    /// Source: `qemu-img info --output=json` (QEMU 7.2).
    Future<ImageInfo> info(
        const QString& path, InUse inUse = InUse::Accept, const QString& format = {});

    // What follows works on one image; chains and users of it are for the caller to know. What
    // changes one in place takes as long as it takes. Errors of all: Busy/ImageLocked,
    // NotFound/ImageMissing, Io/DiskFull, PermissionDenied, InvalidConfig (broken, or not of that
    // format), ProcessFailed, Cancelled (those that tell their progress).

    /// Changes the size that the guest sees. Source: `qemu-img resize`.
    Future<void> resize(const QString& path, const QString& format, Bytes size);

    /// Copies what a guest sees of an image into a new one that stands alone. Progress in percent;
    /// cancelled or failed, nothing of the target is left. Source: `qemu-img convert -p`.
    Future<void> convert(const ImageConversion& conversion, const QString& sourceFormat);

    /// Copies into a qcow2 image what it takes from those below. In place, but so that it is right
    /// at any moment; cancelled, it is as useful as before. Progress in percent.
    /// Source: `qemu-img rebase -p -b ""`.
    Future<void> flatten(const QString& path);

    /// Makes a qcow2 layer on `below`, which a machine may be writing to. As create().
    /// Source: `qemu-img create -u -b`.
    Future<void> createLayer(
        const QString& path, const QString& below, const QString& belowFormat, Bytes size);

    /// Writes what a qcow2 layer holds into the image that it stands on; the layer stays, and shows
    /// the same as before at any moment, however this ends. Progress in percent.
    /// Source: `qemu-img commit -p -d`.
    Future<void> commit(const QString& layer);

    /// Has a qcow2 image stand on another that shows the same. Source: `qemu-img rebase -u`.
    Future<void> restOn(const QString& path, const QString& below, const QString& belowFormat);

    /// Errors: also HostLacksFeature (a format without structure: raw).
    /// Source: `qemu-img check --output=json`, exit codes 0, 2, 3 and 63.
    Future<ImageCheck> check(const QString& path, const QString& format, bool repair);

    /// Takes, applies or deletes a snapshot inside a qcow2 image that no machine uses. Errors: also
    /// NotFound (no such snapshot). Source: `qemu-img snapshot`.
    enum class SnapshotStep { Create, Apply, Delete };
    Future<void> snapshot(SnapshotStep step, const QString& path, const QString& tag);

    /// Of create() and info(): 30 s.
    void setDeadline(std::chrono::milliseconds deadline) { m_deadline = deadline; }

private:
    Future<ProgramOutput> run(QObject* context, const QStringList& arguments,
        std::chrono::milliseconds deadline, OutputListener onOutput = {});
    /// Of an image in place: no deadline, and cancelling has no effect.
    Future<void> change(const QString& path, const QStringList& arguments);
    /// Percent from qemu-img's -p; no deadline.
    Future<void> work(QObject* context, const QString& path, const QStringList& arguments);
    Future<void> workAlone(const QString& path, const QStringList& arguments);
    /// Has `make` fill another file first, which gets the name `path` when it is whole.
    Future<void> makeAside(const QString& path,
        const std::function<Future<void>(QObject* context, const QString& unfinished)>& make);

    QString m_program;
    std::chrono::milliseconds m_deadline { 30'000 };
};

/// What QEMU's or qemu-img's complaint about an image means: ImageMissing, ImageLocked, DiskFull,
/// PermissionDenied, or an image that is broken. The text stays in `detail`.
Error imageError(const QString& path, const QString& complaint);

} // namespace vmm
