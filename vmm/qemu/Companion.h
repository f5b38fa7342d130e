// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/Definition.h"
#include "vmm/qemu/MachineStore.h"
#include "vmm/qemu/QemuProcess.h"
#include "vmm/qemu/RuntimeRecord.h"

#include <QHash>

#include <vector>

namespace vmm {

/// A program that a machine needs beside its QEMU: swtpm, virtiofsd, passt. Each ends by itself
/// when its connection to QEMU ends, so none survives its machine, whoever is there to see it.
struct CompanionPlan {
    /// How QEMU and the program meet. Either way there is nothing to wait for.
    enum class Link {
        Pair, ///< each gets an end of a socket pair: QEMU under qemuFdNames()
        Listening, ///< the program gets a socket that listens at `socket` already
    };

    QString name {}; ///< unique in the machine: "tpm", "net-0", "fs-0"; its log is named after it
    QString program {}; ///< absolute, or sought in $PATH
    QString package {}; ///< of Debian, for the message that it is missing
    QStringList arguments {}; ///< its socket is descriptor QemuProcess::kQmpFd (3)
    Link link = Link::Pair;
    QString socket {};
    QString folder {}; ///< made for it in the machine's folder, private; empty: none

    bool operator==(const CompanionPlan&) const = default;
};

/// What a machine needs, in a fixed order; nothing for most. Errors: HostLacksFeature (virtiofs
/// where it can't run).
Result<QVector<CompanionPlan>> companionsOf(
    const Definition& definition, const MachinePlaces& places);

/// The numbers under which QEMU inherits its ends of the pairs, by the plan's name: from 4 on.
QHash<QString, int> companionFds(const QVector<CompanionPlan>& plans);

/// The running companions of one machine.
///
/// Thread: that of its creator; never blocks. Destroying it lets go of them.
class Companions : public QObject {
    Q_OBJECT

public:
    /// Executes them all; if one can't be, the others are ended. Errors:
    /// NotFound/ProgramMissing (subject: the program), ProcessFailed, Io.
    static Result<std::unique_ptr<Companions>> start(
        const QVector<CompanionPlan>& plans, const MachinePlaces& places);
    /// Those of an earlier run that still live.
    static std::unique_ptr<Companions> adopt(
        const QVector<CompanionRecord>& records, const MachinePlaces& places);

    const QVector<CompanionRecord>& records() const { return m_records; }
    /// QEMU's ends of the pairs, in the order of companionFds(). Close them once QEMU has them.
    std::vector<FileDescriptor> takeQemuEnds() { return std::move(m_qemuEnds); }
    /// The first that ended before end() was called. Subject: the program, detail: how it ended and
    /// its last words. CompanionDied.
    const std::optional<Error>& failure() const { return m_failure; }

    /// Ends what still runs; when all is gone the object goes too.
    static void end(std::unique_ptr<Companions> companions);

Q_SIGNALS:
    /// One has ended though the machine still runs.
    void failed(const vmm::Error& error);

private:
    explicit Companions(const MachinePlaces& places);

    Result<void> startOne(const CompanionPlan& plan);
    void watch(const CompanionRecord& record, std::unique_ptr<QemuProcess> process);
    void handleExit(const CompanionRecord& record, const ProcessExit& exit);
    void tellFailure(const CompanionRecord& record, const ProcessExit& exit);

    MachinePlaces m_places;
    QVector<CompanionRecord> m_records;
    std::vector<std::unique_ptr<QemuProcess>> m_processes;
    std::vector<FileDescriptor> m_qemuEnds;
    std::optional<Error> m_failure;
    int m_living = 0;
    bool m_isEnding = false;
};

} // namespace vmm
