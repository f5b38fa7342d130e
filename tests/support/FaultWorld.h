// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/qemu/Core.h"
#include "vmm/qemu/Storage.h"

namespace tests {

/// A core on a folder with one machine of two disks (no guest), on which an operation goes wrong:
/// what it is called, how the world has to be before, how it is begun, and whether the world is
/// whole afterwards. Used by the tests and, in a process of its own that can be killed, by the
/// program core-faults.
class FaultWorld {
public:
    /// "snapshot", "clone-full", "save", ...: everything that is done in steps.
    static QStringList operations();
    /// What changes a machine while it runs and needs a QEMU that lives on: "attach", "detach".
    static QStringList liveChanges();
    static bool needsRunning(const QString& operation); ///< it begins with a machine that runs

    /// `folder`: a TempHome's, or that of one in another process.
    explicit FaultWorld(QString folder);
    ~FaultWorld();

    /// Opens the core and has interrupted operations put in order. Empty, or what went wrong.
    QString open(vmm::StepHook hook = {});
    void close();
    /// Makes the machine, and what else `operation` needs to be begun. Empty, or what went wrong.
    QString prepare(const QString& operation);
    vmm::Future<void> begin(const QString& operation);

    bool isDone(const QString& operation) const;
    /// What is not whole; empty if everything is. `isQemuGone`: the machine need not run any more.
    QString problem(const QString& operation, bool isQemuGone = false) const;

    /// Ends every QEMU.
    void end();

    vmm::Core& core() { return *m_core; }
    vmm::Machine* vm() const; ///< null if it is gone
    vmm::Machine* named(const QString& name) const;

private:
    QString dataFolder() const { return m_folder + QStringLiteral("/data"); }
    QString diskPath(const char* target) const;
    QString makeMachine();
    QString changePresent();
    QString leftovers() const;
    QString diskProblem(const vmm::Machine& machine) const;
    QString stateProblem(const QString& operation) const;
    QString stickXml() const;
    QString stickProblem() const;

    QString m_folder;
    std::unique_ptr<vmm::Core> m_core;
    vmm::Storage* m_storage = nullptr;
};

} // namespace tests
