// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"
#include "vmm/base/Result.h"
#include "vmm/qemu/StoredState.h"

#include <QString>
#include <QUuid>
#include <QVector>

#include <memory>
#include <optional>

namespace vmm {

/// The files of one machine. Plain paths; nothing is looked at.
struct MachinePlaces {
    QString folder {}; ///< data folder's machines/UUID
    QString runtimeFolder {}; ///< of this machine

    QString definitionFile() const { return folder + QStringLiteral("/domain.xml"); }
    QString stateFile() const { return folder + QStringLiteral("/state.json"); }
    QString diskFolder() const { return folder + QStringLiteral("/disks"); }
    QString nvramFile() const { return folder + QStringLiteral("/nvram.fd"); }
    QString logFile() const { return folder + QStringLiteral("/logs/qemu.log"); }
    QString serialLog() const { return folder + QStringLiteral("/logs/serial.log"); }
    QString recordFile() const { return runtimeFolder + QStringLiteral("/run.json"); }
    /// The definition of the QEMU that runs.
    QString runningDefinitionFile() const { return runtimeFolder + QStringLiteral("/domain.xml"); }
    QString holdNote() const { return runtimeFolder + QStringLiteral("/held"); }
    QString rebootNote() const { return runtimeFolder + QStringLiteral("/rebooting"); }
    QString qmpSocket() const { return runtimeFolder + QStringLiteral("/qmp"); }
    QString spiceSocket() const { return runtimeFolder + QStringLiteral("/spice"); }
    QString vncSocket() const { return runtimeFolder + QStringLiteral("/vnc"); }
    QString serialSocket() const { return runtimeFolder + QStringLiteral("/serial"); }
};

/// One machine as it was found on disk.
struct StoredMachine {
    QUuid id {};
    QString xml {};
    StoredState state {};
    std::optional<Error> problem {}; ///< its file can't be read; it stays untouched
};

/// The data folder: `format` (a number), `lock`, and `machines/UUID/` with domain.xml,
/// state.json, disks/ and logs/; `trash/` is MachineTrash's. While the store is open it is locked
/// against other instances; the kernel frees the lock when we die, however we die. Every change is
/// whole or not at all, also after a power cut.
///
/// Thread: any, one at a time. Blocks for the disk (a few small files).
class MachineStore {
public:
    static constexpr int kFormat = 1;

    /// `runtimeFolder` as in makeRuntimeFolder(). Errors: DataFolderInUse (Busy, pid in detail),
    /// DataFolderNewer (InvalidConfig), DataFolderUnwritable (PermissionDenied or Io), DiskFull.
    static Result<std::unique_ptr<MachineStore>> open(
        const QString& dataFolder, const QString& runtimeFolder = {});

    const QString& dataFolder() const { return m_dataFolder; }
    const QString& runtimeFolder() const { return m_runtimeFolder; }
    MachinePlaces placesOf(const QUuid& id) const;

    /// All machines, in no order. Also clears away what interrupted additions and
    /// removals left behind.
    QVector<StoredMachine> load() const;

    /// Errors: Io (DiskFull), PermissionDenied; what was stored before stands then.
    Result<void> save(const QUuid& id, const QString& xml) const;
    Result<void> saveState(const QUuid& id, const StoredState& state) const;

    /// A folder in which a new machine is made: put its disks into diskFolder(), then commitNew().
    /// It becomes the machine's folder in one step, once all that is in it has reached the disk, so
    /// a half-made machine never exists; what is not committed is deleted by abandonNew(), or when
    /// the store is opened next.
    Result<MachinePlaces> beginNew(const QUuid& id) const;
    Result<void> commitNew(const QUuid& id, const QString& xml) const;
    void abandonNew(const QUuid& id) const;
    /// Where the folder of a machine is, and that of a new one. Whoever brings the disks of a
    /// machine from elsewhere may make it with its `disks/` before the machine is defined: what is
    /// in it becomes the machine's.
    static QString folderOf(const QString& dataFolder, const QUuid& id);
    static QString newFolder(const QString& dataFolder, const QUuid& id);

    /// Forgets a machine, if there is one, and deletes its folder with everything in it, nothing
    /// outside. Lasts when it returns; the deletion itself goes on in a background thread (big
    /// disks take time).
    Result<void> remove(const QUuid& id) const;

    /// The same for any folder of ours in the data folder. Errors: Io.
    Result<void> removeFolder(const QString& folder) const;
    /// What is in a machine's folder, wherever that is.
    static StoredMachine read(const QUuid& id, const MachinePlaces& places);

    /// $XDG_DATA_HOME/virtdeck
    static QString defaultDataFolder();

private:
    MachineStore(QString dataFolder, QString runtimeFolder, FileDescriptor lock);

    static QString machinesFolder(const QString& dataFolder)
    {
        return dataFolder + QStringLiteral("/machines");
    }
    QString machinesFolder() const { return machinesFolder(m_dataFolder); }

    QString newFolder(const QUuid& id) const;

    QString m_dataFolder;
    QString m_runtimeFolder;
    FileDescriptor m_lock;
};

} // namespace vmm
