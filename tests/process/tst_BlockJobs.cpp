// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/QemuImg.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/DiskLayers.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/Storage.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace vmm;
using tests::qemuImg;
using tests::TempHome;
using tests::waitFor;

namespace {

constexpr int kPatience = 60'000;

} // namespace

/// Merging, flattening and snapshots of a machine whose QEMU refuses, fails at, forgets or dies of
/// the work on its disk: each time the machine is as it was, and it can be done again.
class TestBlockJobs : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<Core> m_core;
    Storage* m_storage = nullptr;
    Machine* m_vm = nullptr;

    void open(const QString& mode)
    {
        m_core.reset();
        CoreOptions options = m_home->fakeOptions(mode);
        options.qemu->imageTool = QStandardPaths::findExecutable(QStringLiteral("qemu-img"));
        m_core = std::make_unique<Core>(options);
        VERIFY_OK(waitFor(m_core->open()));
        m_storage = new Storage(*m_core);
        m_vm = m_core->machines().value(0);
    }

    QString basePath() const { return m_home->path(QStringLiteral("disks/vda.image")); }
    QString present() const { return m_vm->definition().devices<Disk>().first().sourcePath(); }

    void define()
    {
        QDir().mkpath(QFileInfo(basePath()).path());
        QVERIFY(qemuImg(QStringLiteral("create -q -f qcow2 %1 8M"), { basePath() }));
        VERIFY_OK(
            waitFor(m_core->define(tests::smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(),
                QStringLiteral("<disk type='file'><driver name='qemu' type='qcow2'/>"
                               "<source file='%1'/><target dev='vda' bus='virtio'/></disk>")
                    .arg(basePath())))));
        m_vm = m_core->machines().value(0);
    }

    /// A machine on a layer, which runs with a QEMU of that mode.
    void startOnLayer(const QString& mode)
    {
        open(QStringLiteral("normal"));
        define();
        VERIFY_OK(take());
        open(mode);
        start();
    }

    void start()
    {
        // What QEMU would tell of its disks.
        QStringList chain { present() };
        if (present() != basePath())
            chain.append(basePath());
        QJsonObject image;
        QJsonArray nodes;
        for (qsizetype i = chain.size() - 1; i >= 0; --i) {
            QJsonObject above { { QStringLiteral("filename"), chain.at(i) } };
            if (!image.isEmpty())
                above[QStringLiteral("backing-image")] = image;
            image = above;
            nodes.append(QJsonObject { { QStringLiteral("drv"), QStringLiteral("qcow2") },
                { QStringLiteral("file"), chain.at(i) },
                { QStringLiteral("node-name"), QStringLiteral("node-%1").arg(i) } });
        }
        const QJsonArray devices { QJsonObject {
            { QStringLiteral("qdev"),
                QStringLiteral("/machine/peripheral/disk-vda/virtio-backend") },
            { QStringLiteral("inserted"),
                QJsonObject { { QStringLiteral("node-name"), QStringLiteral("node-0") },
                    { QStringLiteral("image"), image } } } } };
        const auto compact = [](const QJsonArray& array) {
            return QJsonDocument(array).toJson(QJsonDocument::Compact);
        };
        m_home->write(QStringLiteral("answer-query-block"), compact(devices));
        m_home->write(QStringLiteral("answer-query-named-block-nodes"), compact(nodes));
        VERIFY_OK(waitFor(m_core->perform(m_vm->id(), VmAction::Start)));
    }

    Result<QString> take()
    {
        return waitFor(m_storage->snapshots().create(*m_vm,
                           { .name = QStringLiteral("s"),
                               .withMemory = false,
                               .place = SnapshotPlace::Layer }),
            kPatience);
    }

    Result<void> remove()
    {
        return waitFor(m_storage->snapshots().remove(*m_vm, QStringLiteral("s")), kPatience);
    }

    void verifyFree(bool isDead)
    {
        QTRY_COMPARE(m_vm->state(), isDead ? VmState::Crashed : VmState::Running);
        QVERIFY(!m_vm->occupation());
        QVERIFY(!m_vm->isHeld());
        if (!isDead)
            QCOMPARE(m_vm->runningDefinition().devices<Disk>().first().sourcePath(), present());
    }

    QStringList layers() const
    {
        return QDir(QFileInfo(basePath()).path()).entryList({ QStringLiteral("*.layer-*") });
    }

    void faults(const QStringList& modes)
    {
        QTest::addColumn<QString>("mode");
        for (const QString& mode : modes)
            QTest::newRow(qPrintable(mode)) << mode;
    }

    void endMachine()
    {
        if (m_vm && isAllowed(VmAction::ForceOff, m_vm->state()))
            VERIFY_OK(waitFor(m_vm->forceOff()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("qemu-img")).isEmpty())
            QSKIP("qemu-img is not installed");
    }

    void init() { m_home = std::make_unique<TempHome>(); }

    void cleanup()
    {
        endMachine();
        m_vm = nullptr;
        m_core.reset();
        m_home.reset();
    }

    void mergeThatFails_leavesTheMachineOnItsLayer_data()
    {
        faults({ QStringLiteral("refuse-block-commit"), QStringLiteral("die-at-block-commit"),
            QStringLiteral("job-fails"), QStringLiteral("job-vanishes"), QStringLiteral("refuse"),
            QStringLiteral("refuse-job-complete"), QStringLiteral("job-completes-badly"),
            QStringLiteral("die-at-job-complete"), QStringLiteral("die-at-query-jobs") });
    }

    void mergeThatFails_leavesTheMachineOnItsLayer()
    {
        QFETCH(QString, mode);
        startOnLayer(mode);
        const QString layer = present();
        QVERIFY(isLayer(layer));
        const auto removed = remove();
        QVERIFY(!removed.has_value());
        QVERIFY2(!removed.error().detail.isEmpty(), qPrintable(removed.error().toString()));
        if (mode.startsWith(QLatin1StringView("job-")) && mode != QLatin1StringView("job-vanishes"))
            QVERIFY2(removed.error().detail.contains(QStringLiteral("Input/output error")),
                qPrintable(removed.error().toString()));
        verifyFree(mode.startsWith(QLatin1StringView("die-")));
        QCOMPARE(present(), layer);
        QCOMPARE(layers().size(), 1);
        const auto infos = m_storage->snapshots().list(*m_vm);
        QCOMPARE(infos.size(), 1);
        QVERIFY(infos.first().problem.contains(QStringLiteral("delete it again")));

        endMachine();
        VERIFY_OK(remove()); // by qemu-img
        QCOMPARE(present(), basePath());
        QCOMPARE(layers(), QStringList());
    }

    void flatteningThatFails_leavesTheMachineOnItsLayer_data()
    {
        faults({ QStringLiteral("refuse-block-stream"), QStringLiteral("die-at-block-stream"),
            QStringLiteral("job-fails"), QStringLiteral("job-vanishes"),
            QStringLiteral("die-at-query-jobs") });
    }

    void flatteningThatFails_leavesTheMachineOnItsLayer()
    {
        QFETCH(QString, mode);
        startOnLayer(mode);
        const QString layer = present();
        const auto flattened = waitFor(m_storage->images().flatten(layer), kPatience);
        QVERIFY(!flattened.has_value());
        QVERIFY2(!flattened.error().detail.isEmpty(), qPrintable(flattened.error().toString()));
        verifyFree(mode.startsWith(QLatin1StringView("die-")));
        QCOMPARE(present(), layer);
        QCOMPARE(m_storage->snapshots().list(*m_vm).first().problem, QString());
        endMachine();
        VERIFY_OK(waitFor(m_storage->images().flatten(layer), kPatience));
    }

    void snapshotThatFails_leavesTheMachineAsItWas_data()
    {
        faults({ QStringLiteral("refuse-blockdev-add"), QStringLiteral("die-at-blockdev-add"),
            QStringLiteral("refuse-transaction"), QStringLiteral("die-at-transaction"),
            QStringLiteral("refuse-query-block"),
            QStringLiteral("refuse-query-named-block-nodes") });
    }

    void snapshotThatFails_leavesTheMachineAsItWas()
    {
        QFETCH(QString, mode);
        open(mode);
        define();
        start();
        const auto taken = take();
        QVERIFY(!taken.has_value());
        QVERIFY2(!taken.error().detail.isEmpty(), qPrintable(taken.error().toString()));
        verifyFree(mode.startsWith(QLatin1StringView("die-")));
        QCOMPARE(present(), basePath());
        QVERIFY(m_storage->snapshots().list(*m_vm).isEmpty());
        if (mode.startsWith(QLatin1StringView("refuse-query"))) {
            // Nobody knows what this QEMU has open, so that the files stay until it is gone.
            endMachine();
            open(QStringLiteral("normal"));
            QTRY_COMPARE(layers(), QStringList());
        }
        QCOMPARE(layers(), QStringList());
        endMachine();
        // Busy until the last of the old one is cleared away.
        QVERIFY(QTest::qWaitFor([&] { return take().has_value(); }, 30'000));
        QVERIFY(isLayer(present()));
    }
};

QTEST_GUILESS_MAIN(TestBlockJobs)
#include "tst_BlockJobs.moc"
