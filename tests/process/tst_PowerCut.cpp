// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/process/FileLog.h"
#include "tests/support/Await.h"
#include "tests/support/FaultWorld.h"
#include "tests/support/StepSample.h"
#include "tests/support/TempHome.h"

#include <QStandardPaths>
#include <QTest>

using namespace vmm;
using tests::FaultWorld;
using tests::FileLog;
using tests::FileOperation;
using tests::FileTree;
using tests::StepSample;
using tests::TempHome;
using tests::waitFor;

namespace {

constexpr int kPatience = 60'000;
constexpr int kInterval = 5;

} // namespace
Q_DECLARE_METATYPE(FileTree::Content)

/// The data folder as a death or a power cut leaves it after each single change of a file: what is
/// found is whole, the operation is done or was never begun, and what was reported done is done.
/// A power cut keeps of a file only what had been synced.
class TestPowerCut : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<FaultWorld> m_world;
    QUuid m_id;

    /// What FaultWorld knows, and what has no steps.
    static QStringList operations()
    {
        return { QStringLiteral("define"), QStringLiteral("change"), QStringLiteral("rename"),
            QStringLiteral("autostart"), QStringLiteral("undefine"),
            QStringLiteral("restore-trashed"), QStringLiteral("empty-trash"),
            QStringLiteral("create"), QStringLiteral("snapshot"), QStringLiteral("revert"),
            QStringLiteral("delete-snapshot"), QStringLiteral("clone-full"),
            QStringLiteral("clone-linked") };
    }

    static bool isOfWorld(const QString& operation)
    {
        return FaultWorld::operations().contains(operation);
    }

    Result<void> act(const Future<void>& future) { return waitFor(future, kPatience); }

    void prepare(const QString& operation)
    {
        QCOMPARE(m_world->open(), QString());
        QCOMPARE(m_world->prepare(operation), QString());
        m_id = m_world->vm()->id();
        const bool isTrashed = operation == QLatin1StringView("restore-trashed")
            || operation == QLatin1StringView("empty-trash");
        if (isTrashed)
            VERIFY_OK(act(m_world->core().perform(m_id, VmAction::Undefine)));
    }

    Result<void> carryOut(const QString& operation)
    {
        Core& core = m_world->core();
        if (isOfWorld(operation))
            return act(m_world->begin(operation));
        if (operation == QLatin1StringView("define"))
            return act(
                async::transformed<void>(core.define(tests::smallDomainXml(QStringLiteral("new"))),
                    &core, [](const Result<QUuid>& made) {
                        return made ? Result<void>() : Result<void>(made.error());
                    }));
        if (operation == QLatin1StringView("rename"))
            return act(core.rename(m_id, QStringLiteral("new")));
        if (operation == QLatin1StringView("autostart"))
            return act(core.keepState(
                *core.machine(m_id), [](StoredState& state) { state.isAutostart = true; }));
        if (operation == QLatin1StringView("undefine"))
            return act(core.perform(m_id, VmAction::Undefine));
        if (operation == QLatin1StringView("restore-trashed"))
            return act(core.restoreTrashed(m_id));
        if (operation == QLatin1StringView("empty-trash"))
            return act(core.emptyTrash({ m_id }));
        return act(core.change(m_id, [](const Machine& machine) -> Result<Definition> {
            Definition changed = machine.definition();
            changed.setTitle(QStringLiteral("new"));
            return changed;
        }));
    }

    bool isTrashed() const
    {
        const auto trash = waitFor(m_world->core().trash().list(), kPatience);
        return trash && !trash->isEmpty();
    }

    bool isDone(const QString& operation) const
    {
        const Machine* machine = m_world->core().machine(m_id);
        if (isOfWorld(operation))
            return m_world->isDone(operation);
        if (operation == QLatin1StringView("define"))
            return m_world->named(QStringLiteral("new")) != nullptr;
        if (operation == QLatin1StringView("rename"))
            return machine && machine->name() == QLatin1StringView("new");
        if (operation == QLatin1StringView("autostart"))
            return machine && machine->storedState().isAutostart;
        if (operation == QLatin1StringView("undefine"))
            return !machine && isTrashed();
        if (operation == QLatin1StringView("restore-trashed"))
            return machine && !isTrashed();
        if (operation == QLatin1StringView("empty-trash"))
            return !machine && !isTrashed();
        return machine && machine->definition().title() == QLatin1StringView("new");
    }

    /// What is not whole.
    QString problem(const QString& operation) const
    {
        if (isOfWorld(operation))
            return m_world->problem(operation);
        const auto machines = m_world->core().machines();
        for (const Machine* machine : machines) {
            if (machine->problem())
                return machine->problem()->toString();
        }
        const int places = (m_world->core().machine(m_id) ? 1 : 0) + (isTrashed() ? 1 : 0);
        const bool mayBeNowhere = operation == QLatin1StringView("empty-trash");
        if (places != 1 && !(places == 0 && mayBeNowhere))
            return QStringLiteral("the machine is in %1 places").arg(places);
        return {};
    }

    void verifyOpened(const QString& operation, const QByteArray& when)
    {
        QCOMPARE(m_world->open(), QString());
        QString found;
        const auto isWhole = [&] {
            found = problem(operation);
            return found.isEmpty();
        };
        QVERIFY2(QTest::qWaitFor(isWhole, kPatience), when + found.toUtf8());
    }

    static QByteArray describe(const FileOperation& operation)
    {
        static constexpr const char* names[] { "write", "sync", "rename", "mkdir", "remove" };
        return names[static_cast<int>(operation.kind)] + (" " + operation.path.toUtf8())
            + (operation.target.isEmpty() ? "" : " to " + operation.target.toUtf8());
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("qemu-img")).isEmpty())
            QSKIP("qemu-img is not installed");
    }

    void init()
    {
        m_home = std::make_unique<TempHome>();
        m_world = std::make_unique<FaultWorld>(m_home->path());
    }

    void cleanup()
    {
        m_world.reset();
        m_home.reset();
    }

    void cutAfterAnyChange_leavesEverythingWhole_data()
    {
        QTest::addColumn<QString>("operation");
        QTest::addColumn<FileTree::Content>("kept");
        for (const QString& operation : operations()) {
            QTest::addRow("%s, killed", qPrintable(operation))
                << operation << FileTree::Content::AsWritten;
            QTest::addRow("%s, power cut", qPrintable(operation))
                << operation << FileTree::Content::AsSynced;
        }
    }

    void cutAfterAnyChange_leavesEverythingWhole()
    {
        QFETCH(QString, operation);
        QFETCH(FileTree::Content, kept);
        prepare(operation);
        if (QTest::currentTestFailed())
            return;
        const QString data = m_home->dataFolder();
        const FileTree before = FileTree::of(data);
        FileLog::instance().start(
            data, { data + QStringLiteral("/vda.image"), data + QStringLiteral("/vdb.image") });
        VERIFY_OK(carryOut(operation));
        const QVector<FileOperation> changes = FileLog::instance().stop();
        m_world->close();
        QVERIFY(!changes.isEmpty());

        const StepSample sample(QString::fromLatin1(QTest::currentDataTag()), kInterval);
        FileTree tree = before;
        int count = 0;
        for (int i = 0; i < changes.size(); ++i) {
            tree.apply(changes.at(i));
            if (!sample.contains(i) && i + 1 < changes.size())
                continue;
            ++count;
            tree.writeTo(data, kept);
            verifyOpened(operation, "after " + describe(changes.at(i)) + ": ");
            if (QTest::currentTestFailed())
                return;
            if (i + 1 == changes.size())
                QVERIFY2(isDone(operation), "what was reported done is not");
            m_world->close();
        }
        qInfo("cut after %d of %d changes: %s", count, int(changes.size()),
            qPrintable(sample.toString()));
    }
};

QTEST_GUILESS_MAIN(TestPowerCut)
#include "tst_PowerCut.moc"
