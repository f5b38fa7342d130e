// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/EventLoop.h"

#include <QTest>

#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>

using hosts::libvirt::EventLoop;

namespace {

/// A pipe that closes itself.
struct Pipe {
    int ends[2] = { -1, -1 };
    Pipe() { [[maybe_unused]] const int made = ::pipe(ends); }
    ~Pipe()
    {
        ::close(ends[0]);
        closeWriter();
    }
    void closeWriter()
    {
        if (ends[1] >= 0)
            ::close(std::exchange(ends[1], -1));
    }
    void write() const { [[maybe_unused]] const auto done = ::write(ends[1], "x", 1); }
    void read() const
    {
        char byte = 0;
        [[maybe_unused]] const auto done = ::read(ends[0], &byte, 1);
    }
};

/// What a callback saw, readable from the test's thread.
struct Probe {
    std::atomic<int> calls = 0;
    std::atomic<int> events = 0;
    std::atomic<int> frees = 0;
    std::function<void(int id)> action; ///< set before registering; runs in the loop's thread

    static void handle(int watch, int, int events, void* opaque)
    {
        auto* self = static_cast<Probe*>(opaque);
        self->events = events;
        if (self->action)
            self->action(watch);
        ++self->calls;
    }
    static void timeout(int timer, void* opaque)
    {
        auto* self = static_cast<Probe*>(opaque);
        if (self->action)
            self->action(timer);
        ++self->calls;
    }
    static void free(void* opaque) { ++static_cast<Probe*>(opaque)->frees; }
};

/// Returns after the loop has gone round at least twice: what could still happen has happened.
void letItTurn(EventLoop& loop)
{
    Probe turn;
    const int timer = loop.addTimeout(0, Probe::timeout, &turn, Probe::free);
    QTRY_VERIFY(turn.calls >= 3);
    loop.removeTimeout(timer);
    QTRY_COMPARE(turn.frees.load(), 1);
}

} // namespace

class tst_EventLoop : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readableHandle_isReported()
    {
        EventLoop loop;
        Pipe pipe;
        Probe probe;
        probe.action = [&](int) { pipe.read(); };
        loop.addHandle(pipe.ends[0], VIR_EVENT_HANDLE_READABLE, Probe::handle, &probe, Probe::free);
        pipe.write();
        QTRY_COMPARE(probe.calls.load(), 1);
        QCOMPARE(probe.events.load(), int(VIR_EVENT_HANDLE_READABLE));
        letItTurn(loop);
        QCOMPARE(probe.calls.load(), 1);
    }

    void closedPeer_isReportedAsHangup()
    {
        EventLoop loop;
        Pipe pipe;
        Probe probe;
        probe.action = [&](int watch) { loop.removeHandle(watch); };
        loop.addHandle(pipe.ends[0], VIR_EVENT_HANDLE_READABLE, Probe::handle, &probe, Probe::free);
        pipe.closeWriter();
        QTRY_COMPARE(probe.calls.load(), 1);
        QVERIFY(probe.events & VIR_EVENT_HANDLE_HANGUP);
    }

    void updatedHandle_isSilentUntilSwitchedOnAgain()
    {
        EventLoop loop;
        Pipe pipe;
        Probe probe;
        probe.action = [&](int) { pipe.read(); };
        const int watch = loop.addHandle(pipe.ends[0], 0, Probe::handle, &probe, Probe::free);
        pipe.write();
        letItTurn(loop);
        QCOMPARE(probe.calls.load(), 0);
        loop.updateHandle(watch, VIR_EVENT_HANDLE_READABLE);
        QTRY_COMPARE(probe.calls.load(), 1);
    }

    void twoHandlesOnOneDescriptor_areBothServed()
    {
        EventLoop loop;
        Pipe pipe;
        Probe first;
        Probe second;
        first.action = [&](int watch) { loop.updateHandle(watch, 0); };
        second.action = first.action;
        for (Probe* probe : { &first, &second })
            loop.addHandle(
                pipe.ends[0], VIR_EVENT_HANDLE_READABLE, Probe::handle, probe, Probe::free);
        pipe.write();
        QTRY_COMPARE(first.calls.load(), 1);
        QTRY_COMPARE(second.calls.load(), 1);
    }

    void removedHandle_isFreedOnceAndNeverCalledAgain()
    {
        EventLoop loop;
        Pipe pipe;
        Probe probe;
        const int watch = loop.addHandle(
            pipe.ends[0], VIR_EVENT_HANDLE_READABLE, Probe::handle, &probe, Probe::free);
        QCOMPARE(loop.removeHandle(watch), 0);
        pipe.write();
        QTRY_COMPARE(probe.frees.load(), 1);
        letItTurn(loop);
        QCOMPARE(probe.calls.load(), 0);
        QCOMPARE(loop.removeHandle(watch), -1);
        QCOMPARE(probe.frees.load(), 1);
    }

    void removalFromWithinItsCallback_freesAfterTheCallback()
    {
        EventLoop loop;
        Pipe pipe;
        Probe probe;
        std::atomic<int> freesDuringCall = -1;
        probe.action = [&](int watch) {
            loop.removeHandle(watch);
            freesDuringCall = probe.frees.load();
        };
        loop.addHandle(pipe.ends[0], VIR_EVENT_HANDLE_READABLE, Probe::handle, &probe, Probe::free);
        pipe.write();
        QTRY_COMPARE(probe.frees.load(), 1);
        QCOMPARE(freesDuringCall.load(), 0);
        QCOMPARE(probe.calls.load(), 1);
    }

    void handleRemovedByAnotherCallbackOfTheSameRound_isNotCalled()
    {
        EventLoop loop;
        Pipe one;
        Pipe two;
        one.write();
        two.write(); // both are ready before the first round that sees them
        std::atomic<int> firstWatch = 0;
        std::atomic<int> secondWatch = 0;
        Probe first;
        Probe second;
        first.action = [&](int) {
            loop.removeHandle(firstWatch);
            loop.removeHandle(secondWatch);
        };
        second.action = first.action;
        firstWatch = loop.addHandle(one.ends[0], 0, Probe::handle, &first, Probe::free);
        secondWatch = loop.addHandle(two.ends[0], 0, Probe::handle, &second, Probe::free);
        // Both are switched on from within the loop's thread, so that one round sees both.
        Probe starter;
        starter.action = [&](int timer) {
            loop.updateHandle(firstWatch, VIR_EVENT_HANDLE_READABLE);
            loop.updateHandle(secondWatch, VIR_EVENT_HANDLE_READABLE);
            loop.removeTimeout(timer);
        };
        loop.addTimeout(0, Probe::timeout, &starter, Probe::free);
        QTRY_COMPARE(first.frees + second.frees, 2);
        QCOMPARE(first.calls + second.calls, 1);
    }

    void timer_firesAgainAndAgainUntilPaused()
    {
        EventLoop loop;
        Probe probe;
        const int timer = loop.addTimeout(5, Probe::timeout, &probe, Probe::free);
        QTRY_VERIFY(probe.calls >= 3);
        loop.updateTimeout(timer, -1);
        letItTurn(loop);
        const int calls = probe.calls;
        letItTurn(loop);
        QCOMPARE(probe.calls.load(), calls);
        loop.updateTimeout(timer, 1);
        QTRY_VERIFY(probe.calls > calls);
    }

    void timer_waitsForItsInterval()
    {
        EventLoop loop;
        Probe probe;
        const auto begin = std::chrono::steady_clock::now();
        loop.addTimeout(60, Probe::timeout, &probe, Probe::free);
        QTRY_VERIFY(probe.calls >= 1);
        QVERIFY(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(60));
    }

    void timerRemovedFromWithinItsCallback_firesOnce()
    {
        EventLoop loop;
        Probe probe;
        probe.action = [&](int timer) { loop.removeTimeout(timer); };
        loop.addTimeout(0, Probe::timeout, &probe, Probe::free);
        QTRY_COMPARE(probe.frees.load(), 1);
        letItTurn(loop);
        QCOMPARE(probe.calls.load(), 1);
    }

    void destruction_freesWhatIsRegistered()
    {
        Pipe pipe;
        Probe handle;
        Probe timer;
        {
            EventLoop loop;
            loop.addHandle(
                pipe.ends[0], VIR_EVENT_HANDLE_READABLE, Probe::handle, &handle, Probe::free);
            loop.addTimeout(100'000, Probe::timeout, &timer, Probe::free);
        }
        QCOMPARE(handle.frees.load(), 1);
        QCOMPARE(timer.frees.load(), 1);
    }

    /// Under the thread sanitizer this is the test of the locking.
    void manyThreads_addUpdateAndRemove()
    {
        EventLoop loop;
        Probe probe;
        constexpr int kThreads = 4;
        constexpr int kRounds = 200;
        std::vector<std::thread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&] {
                Pipe pipe;
                pipe.write();
                for (int i = 0; i < kRounds; ++i) {
                    const int watch
                        = loop.addHandle(pipe.ends[0], 0, Probe::handle, &probe, Probe::free);
                    const int timer = loop.addTimeout(-1, Probe::timeout, &probe, Probe::free);
                    loop.updateHandle(watch, VIR_EVENT_HANDLE_READABLE);
                    loop.updateTimeout(timer, 0);
                    loop.removeHandle(watch);
                    loop.removeTimeout(timer);
                }
                letThreadsFree(probe, loop);
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QTRY_COMPARE(probe.frees.load(), kThreads * kRounds * 2);
    }

private:
    /// A descriptor may only be closed once the loop has let go of it.
    static void letThreadsFree(Probe&, EventLoop& loop)
    {
        std::atomic<int> turns = 0;
        Probe turn;
        turn.action = [&](int) { ++turns; };
        const int timer = loop.addTimeout(0, Probe::timeout, &turn, Probe::free);
        while (turns < 2)
            std::this_thread::yield();
        loop.removeTimeout(timer);
        while (turn.frees == 0)
            std::this_thread::yield();
    }
};

QTEST_GUILESS_MAIN(tst_EventLoop)
#include "tst_EventLoop.moc"
