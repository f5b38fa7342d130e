// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ProcessFigures.h"
#include "tests/support/SoakPlay.h"
#include "tests/support/TestNames.h"
#include "tests/support/TwoNetworks.h"

#include <QDateTime>

#include <unistd.h>

using namespace tests;
using Fault = SoakPlay::Fault;

namespace {

constexpr int kMachines = 12;
constexpr int kFaultEach = 3; // batches
constexpr int kBurst = 30; // operations at once
constexpr int kMaxProblems = 12; // then it is not worth going on
// libvirt has no event for an autostart flag or a snapshot; those of others are seen when all
// definitions are read again, once a minute (libvirt/Timing.h, describe).
constexpr int kSettleMs = 100'000;
constexpr int kSlowMs = 5'000; // what is seen later than that is told

// What a process may have more at the end than it had in its second minute, both at rest. Threads:
// one that is just ending for each lane of a lost connection. Files: those of a connection that is
// just being closed. Memory: what malloc keeps of different requests in its arenas.
constexpr int kMoreThreads = 2;
constexpr int kMoreFiles = 6;
constexpr qint64 kMoreKiB = 16 * 1024;
constexpr qint64 kWarmUpMs = 60'000;
constexpr qint64 kShortestLifeMs = 240'000;

int secondsToRun()
{
    bool isGiven = false;
    const int seconds = qEnvironmentVariableIntValue("VIRTDECK_SOAK_SECONDS", &isGiven);
    return isGiven ? seconds : 600;
}

quint32 seedToUse()
{
    bool isGiven = false;
    const int seed = qEnvironmentVariableIntValue("VIRTDECK_SOAK_SEED", &isGiven);
    return static_cast<quint32>(isGiven ? seed : QDateTime::currentSecsSinceEpoch() % 100'000);
}

/// One process over its life, looked at when nothing is going on.
struct Life {
    QString name {};
    struct Moment {
        qint64 ms = 0;
        ProcessFigures figures {};
    };
    QVector<Moment> moments {};

    qint64 length() const { return moments.last().ms - moments.first().ms; }

    /// The most of its second minute, or what comes nearest to that.
    ProcessFigures early() const
    {
        ProcessFigures most;
        for (const Moment& moment : moments) {
            const qint64 age = moment.ms - moments.first().ms;
            if (age < kWarmUpMs && moment.ms < moments.last().ms)
                continue;
            if (age > 2 * kWarmUpMs && most.threads > 0)
                break;
            most.threads = std::max(most.threads, moment.figures.threads);
            most.files = std::max(most.files, moment.figures.files);
            most.memoryKiB = std::max(most.memoryKiB, moment.figures.memoryKiB);
        }
        return most;
    }
};

} // namespace

/// Two hosts under chance for ten minutes (VIRTDECK_SOAK_SECONDS; VIRTDECK_SOAK_SEED repeats what
/// was chosen, not how it fell together): operations through our program and behind its back, and
/// faults. Whatever happens, our program knows what virsh knows, every operation ends, every
/// refusal has its words, no machine is lost and nothing leaks.
class tst_Soak : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString reason = LibvirtdFixture::missing(); !reason.isEmpty())
            QSKIP(qPrintable(reason));
        const auto guest = TestGuest::find();
        if (!guest)
            QSKIP("the test guest is not built (./dev guest)");
        m_networks = std::make_unique<TwoNetworks>();
        if (!m_networks->works())
            QSKIP("no network namespaces can be made here");
        const QString program = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host");
        m_here = std::make_unique<SoakSide>(
            QStringLiteral("a"), TwoNetworks::first(), TwoNetworks::firstAddress());
        m_there = std::make_unique<SoakSide>(
            QStringLiteral("b"), TwoNetworks::second(), TwoNetworks::secondAddress());
        QVERIFY2(m_here->prepare(m_thread, program), qPrintable(m_here->problem()));
        QVERIFY2(m_there->prepare(m_thread, program), qPrintable(m_there->problem()));
        QTRY_VERIFY_WITH_TIMEOUT(m_here->isConnected() && m_there->isConnected(), kSettleMs);
        m_seed = seedToUse();
        qInfo("VIRTDECK_SOAK_SEED=%u VIRTDECK_SOAK_SECONDS=%d", m_seed, secondsToRun());
        m_play = std::make_unique<SoakPlay>(*m_here, *m_there, *guest, m_seed);
        QVERIFY2(m_play->defineMachines(kMachines),
            qPrintable(m_play->problems().join(QLatin1Char('\n'))));
    }

    void twoHosts_stayAsTheyAreToldToBe()
    {
        m_clock.start();
        settle();
        for (int batch = 1; !isOver(); ++batch) {
            const auto fault = batch % kFaultEach == 0 ? std::optional(nextFault()) : std::nullopt;
            m_expectedLives += fault == Fault::HostKilled ? 1 : 0;
            const bool isBurst = batch % 4 == 0;
            m_play->run(isBurst ? kBurst : 5 + m_play->chance(10), isBurst, fault);
            takeProblems(batch);
            settle();
            for (const QString& lost : m_play->restoreMissing())
                note(lost);
            if (!m_isShown)
                show(batch, fault);
        }
        rest();
        qInfo("%s", qPrintable(m_play->summary()));
        checkLives();
        QVERIFY2(m_problems.isEmpty(), qPrintable(m_problems.join(QLatin1Char('\n'))));
    }

    void cleanupTestCase()
    {
        m_play.reset();
        for (const auto& side : { m_here.get(), m_there.get() }) {
            if (side)
                side->close();
        }
    }

private:
    bool isOver() const
    {
        return m_clock.hasExpired(1000LL * secondsToRun()) || m_problems.size() >= kMaxProblems;
    }

    /// A program that is killed late would have no second minute to be compared with.
    Fault nextFault()
    {
        const bool isEarly = m_clock.elapsed() < 400LL * secondsToRun();
        static constexpr std::array faults { Fault::DaemonRestarted, Fault::DaemonStopped,
            Fault::QemuKilled, Fault::DaemonRestarted, Fault::DaemonStopped, Fault::QemuKilled,
            Fault::DaemonStoppedLong, Fault::HostKilled, Fault::HostKilled };
        return faults[static_cast<size_t>(
            m_play->chance(static_cast<int>(faults.size()) - (isEarly ? 0 : 2)))];
    }

    void note(const QString& problem)
    {
        m_problems << problem;
        qWarning("PROBLEM at %lld s: %s", m_clock.elapsed() / 1000, qPrintable(problem));
        if (!std::exchange(m_isShown, true))
            qInfo("what was done:\n%s", qPrintable(m_play->log().join(QLatin1Char('\n'))));
    }

    void takeProblems(int batch)
    {
        m_isShown = false;
        const QStringList all = m_play->problems();
        for (const QString& problem : all.mid(m_taken))
            note(QStringLiteral("batch %1: ").arg(batch) + problem);
        m_taken = all.size();
    }

    void show(int batch, std::optional<Fault> fault) const
    {
        qInfo("%4lld s  batch %d%s%s: here %s; a %s; b %s", m_clock.elapsed() / 1000, batch,
            fault ? ", " : "", fault ? qPrintable(SoakPlay::nameOf(*fault)) : "",
            qPrintable(ProcessFigures::of(::getpid()).toString()),
            qPrintable(ProcessFigures::of(m_here->hostPid()).toString()),
            qPrintable(ProcessFigures::of(m_there->hostPid()).toString()));
    }

    /// Waits until both sides are told as they are.
    void settle()
    {
        QStringList differences;
        QStringList slowest;
        QElapsedTimer since;
        since.start();
        const auto isTrue = [&] {
            differences = m_here->differences() + m_there->differences();
            if (!differences.isEmpty() && since.hasExpired(kSlowMs))
                slowest = differences;
            return differences.isEmpty();
        };
        if (!QTest::qWaitFor(isTrue, kSettleMs)) {
            for (const QString& difference : std::as_const(differences))
                note(difference);
        } else if (!slowest.isEmpty())
            qInfo("seen after %lld s: %s", since.elapsed() / 1000,
                qPrintable(slowest.join(QLatin1Char('\n'))));
        look();
    }

    void look()
    {
        const qint64 now = m_clock.elapsed();
        const std::pair<QString, qint64> processes[] = { { QStringLiteral("the window"), getpid() },
            { QStringLiteral("virtdeck-host a"), m_here->hostPid() },
            { QStringLiteral("virtdeck-host b"), m_there->hostPid() } };
        for (const auto& [name, pid] : processes) {
            if (pid <= 0)
                continue;
            Life& life = m_lives[pid];
            life.name = name;
            life.moments.append({ now, ProcessFigures::of(pid) });
        }
        if (m_lives.size() > m_expectedLives)
            note(QStringLiteral("a virtdeck-host has died by itself"));
        m_expectedLives = std::max(m_expectedLives, m_lives.size());
    }

    /// Nothing happens any more: what is on its way out may go.
    void rest()
    {
        for (int i = 0; i < 3; ++i) {
            QTest::qWait(8'000);
            settle();
        }
    }

    void checkLives()
    {
        for (auto life = m_lives.cbegin(); life != m_lives.cend(); ++life) {
            const ProcessFigures early = life->early();
            const ProcessFigures late = life->moments.last().figures;
            qInfo("%s, %lld s: %s, then %s", qPrintable(life->name), life->length() / 1000,
                qPrintable(early.toString()), qPrintable(late.toString()));
            if (life->length() < kShortestLifeMs)
                continue;
            const bool isMore = late.threads > early.threads + kMoreThreads
                || late.files > early.files + kMoreFiles
                || late.memoryKiB > early.memoryKiB + kMoreKiB;
            if (isMore)
                note(QStringLiteral("%1 has grown from %2 to %3 (%4)")
                         .arg(life->name, early.toString(), late.toString(),
                             threadNames(life.key()).join(QStringLiteral(", "))));
        }
    }

    quint32 m_seed = 0;
    hosts::wire::WireThread m_thread;
    std::unique_ptr<TwoNetworks> m_networks;
    std::unique_ptr<SoakSide> m_here;
    std::unique_ptr<SoakSide> m_there;
    std::unique_ptr<SoakPlay> m_play;
    QElapsedTimer m_clock;
    QMap<qint64, Life> m_lives; ///< by pid
    qsizetype m_expectedLives = 3; ///< the window's, the programs', and one for each that is killed
    QStringList m_problems;
    qsizetype m_taken = 0;
    bool m_isShown = false;
};

/// It runs for longer than Qt Test lets a function run.
int main(int argc, char** argv)
{
    qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number(1000LL * secondsToRun() + 900'000));
    QCoreApplication app(argc, argv);
    tst_Soak test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Soak.moc"
