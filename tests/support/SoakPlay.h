// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/SoakSide.h"
#include "tests/support/TestGuest.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

#include <array>

namespace tests {

/// Two hosts and what happens to them by chance: operations through our program and through virsh,
/// and faults. Notes what must not be: an operation beyond its deadline, a refusal without a word,
/// a machine that is nowhere.
class SoakPlay : public QObject {
    Q_OBJECT

public:
    enum class Fault {
        DaemonRestarted,
        DaemonStopped, ///< for some seconds, so that the connection lives on
        DaemonStoppedLong, ///< longer than libvirt's keepalive waits
        QemuKilled,
        HostKilled,
    };

    /// `guest`: of those machines that obey the power button; the others have none.
    SoakPlay(SoakSide& first, SoakSide& second, const TestGuest& guest, quint32 seed);

    /// Defines the machines, half of them on each side. False if that fails.
    bool defineMachines(int count);

    /// Begins so many operations, all at once or one after the other, and waits until all are done.
    void run(int operations, bool isBurst, std::optional<Fault> fault);

    /// Defines anew what was undefined and then lost in a fault; says what is nowhere, though
    /// nobody undefined it.
    QStringList restoreMissing();

    /// What went wrong so far.
    const QStringList& problems() const { return m_problems; }
    /// What was done in the last run, and how it ended.
    const QStringList& log() const { return m_log; }
    QString summary() const;
    int chance(int below) { return static_cast<int>(m_random.bounded(below)); }
    static QString nameOf(Fault fault);

private:
    struct Machine {
        hosts::VmId id {};
        QString xml {}; ///< as it was defined first
        bool isUndefined = false; ///< on purpose, and not defined anew yet
    };
    struct Step {
        QString what {};
        int limitMs = 0;
        QElapsedTimer since {};
        bool isDone = false;
        bool isTold = false; ///< that it takes too long
    };
    using StepId = qsizetype;
    using Act = void (SoakPlay::*)(SoakSide& side, const hosts::VmInfo& vm);

    void actByChance();
    void actBehindOurBack(SoakSide& side, const hosts::VmInfo& vm);
    void changeState(SoakSide& side, const hosts::VmInfo& vm);
    void rename(SoakSide& side, const hosts::VmInfo& vm);
    void note(SoakSide& side, const hosts::VmInfo& vm);
    void toggleAutostart(SoakSide& side, const hosts::VmInfo& vm);
    void edit(SoakSide& side, const hosts::VmInfo& vm);
    void plugDisk(SoakSide& side, const hosts::VmInfo& vm);
    void plugCard(SoakSide& side, const hosts::VmInfo& vm);
    void takeSnapshot(SoakSide& side, const hosts::VmInfo& vm);
    void revertSnapshot(SoakSide& side, const hosts::VmInfo& vm);
    void deleteSnapshot(SoakSide& side, const hosts::VmInfo& vm);
    void migrate(SoakSide& side, const hosts::VmInfo& vm);
    void defineAnew(SoakSide& side, const hosts::VmInfo& vm);
    void changeNetworks(SoakSide& side, const hosts::VmInfo& vm);
    void changeVolumes(SoakSide& side, const hosts::VmInfo& vm);
    void lookAt(SoakSide& side, const hosts::VmInfo& vm);

    void strike(Fault fault);
    void standStill(SoakSide& side, std::chrono::milliseconds time);
    template <typename Op> void ask(SoakSide& side, const QString& about, const Op& operation);
    template <typename T>
    void follow(const QString& what, hosts::Patience patience, const vmm::Future<T>& future);
    void virsh(SoakSide& side, const QStringList& arguments);
    void finish(StepId step, const QString& outcome);
    void judge(const QString& what, const vmm::Error& error);
    void watchDeadlines();
    void awaitAll();
    bool reviveDaemons();

    SoakSide& anySide() { return *m_sides[static_cast<size_t>(chance(2))]; }
    SoakSide& otherThan(const SoakSide& side) { return *m_sides[&side == m_sides[0] ? 1 : 0]; }
    int activeMachines(const SoakSide& side) const;
    QString machineXml(int index) const;

    std::array<SoakSide*, 2> m_sides;
    TestGuest m_guest;
    QRandomGenerator m_random;
    QVector<Machine> m_machines;
    QVector<Step> m_steps;
    QStringList m_log;
    QStringList m_problems;
    QStringList m_losses; ///< of this run: problems, unless a libvirtd has died by itself
    int m_daemonDeaths = 0;
    QMap<QString, std::pair<int, int>> m_counts; ///< by operation: done, refused
    QMap<QString, int> m_refusals; ///< "operation: words", for seeing what was not tried at all
    QElapsedTimer m_sinceFault;
    int m_serial = 0;
};

} // namespace tests
