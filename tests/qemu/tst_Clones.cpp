// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/GuestShell.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestGuest.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/DeviceChanges.h"
#include "vmm/qemu/GuestAgent.h"
#include "vmm/qemu/HotPlug.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/Storage.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QTest>

using namespace vmm;
using tests::GuestShell;
using tests::smallDomainXml;
using tests::TempHome;
using tests::TestGuest;
using tests::waitFor;

namespace {

constexpr int kPatience = 120'000;
/// How often the kernel has learnt that its machine was copied.
constexpr const char* kForksSeen = "dmesg | grep -c 'virtual machine fork'";

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Clones and templates, with a real QEMU; instant clones with a real guest.
class TestClones : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<Core> m_core;
    Storage* m_storage = nullptr;
    std::optional<TestGuest> m_guest = TestGuest::find();

    void open()
    {
        m_core = std::make_unique<Core>(m_home->options());
        VERIFY_OK(waitFor(m_core->open()));
        m_storage = new Storage(*m_core);
    }

    Machine* define(const QString& xml)
    {
        const auto id = waitFor(m_core->define(xml));
        [&] { VERIFY_OK(id); }();
        return id ? m_core->machine(*id) : nullptr;
    }

    QString devices(const char* format = "qcow2")
    {
        const QString path = m_home->path(QStringLiteral("vda.image"));
        const QString name = QString::fromLatin1(format);
        [&] { VERIFY_OK(waitFor(m_core->images()->create(path, name, Bytes::fromMiB(64)))); }();
        return QStringLiteral("<disk type='file'><driver name='qemu' type='%1'/>"
                              "<source file='%2'/><target dev='vda' bus='virtio'/></disk>"
                              "<interface type='user'><mac address='52:54:00:00:00:01'/>"
                              "<model type='virtio'/></interface>")
            .arg(name, path);
    }

    Machine* bootGuest(const char* format = "qcow2")
    {
        Machine* vm = define(
            m_guest->domainXml(QStringLiteral("origin"), QStringLiteral("qemu"), devices(format)));
        [&] {
            VERIFY_OK(act(vm, VmAction::Start));
            QTRY_VERIFY_WITH_TIMEOUT(
                contentOf(vm->places().serialLog()).contains("READY"), kPatience);
            // What comes before the shell has opened its port is lost.
            QTRY_COMPARE_WITH_TIMEOUT(GuestShell(vm->places().serialSocket()).ask("echo up", 3000),
                QByteArray("up"), kPatience);
        }();
        return vm;
    }

    /// A machine that runs is not given the disk to write to.
    void verifyNotPlugged(Machine* helper, const QString& path)
    {
        DeviceChanges changes(*m_core);
        const QString xml
            = QStringLiteral("<disk type='file'><driver name='qemu' type='qcow2'/>"
                             "<source file='%1'/><target dev='vdx' bus='virtio'/></disk>")
                  .arg(path);
        const Error refused = waitFor(changes.attach(*helper, xml, DeviceScope::Running)).error();
        QCOMPARE(refused.cause, ErrorCause::ImageNeeded);
        QCOMPARE(refused.subject, path);
        QCOMPARE(helper->runningDefinition().devices<Disk>().size(), 1);
    }

    Result<void> act(Machine* vm, VmAction action)
    {
        return waitFor(m_core->perform(vm->id(), action), kPatience);
    }

    Result<QUuid> clone(Machine* vm, const char* name, CloneKind kind, bool isStarted = false)
    {
        return waitFor(
            m_storage->clones().clone(
                *vm, { .name = QString::fromLatin1(name), .kind = kind, .isStarted = isStarted }),
            kPatience);
    }

    Result<void> setTemplate(Machine* vm, bool isOn)
    {
        return waitFor(m_storage->clones().setTemplate(*vm, isOn), kPatience);
    }

    static QByteArray ask(Machine* vm, const QByteArray& command)
    {
        // The last line alone: a long command is echoed in several. Once more, for the shell drops
        // what comes while it waits for the terminal to tell its size.
        QByteArray answer;
        for (int attempt = 0; attempt < 4 && answer.isEmpty(); ++attempt)
            answer = GuestShell(vm->places().serialSocket()).ask(command, 20'000);
        return answer.split('\n').last().trimmed();
    }

    static QString diskOf(const Machine* vm)
    {
        return vm->definition().devices<Disk>().first().sourceFile;
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<TempHome>();
        open();
    }

    void cleanup()
    {
        if (m_core) {
            const auto machines = m_core->machines();
            for (Machine* machine : machines) {
                if (isAllowed(VmAction::ForceOff, machine->state()))
                    VERIFY_OK(waitFor(machine->forceOff()));
            }
        }
        m_core.reset();
        m_home.reset();
    }

    void templateOfWhichACloneIsBeingMade_staysOne()
    {
        Machine* vm = define(smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(), devices()));
        VERIFY_OK(setTemplate(vm, true));
        const QUuid id = vm->id();
        const auto begin = [&](const char* name) {
            return m_storage->clones().clone(
                *vm, { .name = QString::fromLatin1(name), .kind = CloneKind::Full });
        };
        const Future<QUuid> first = begin("first");
        const Future<QUuid> second = begin("second");
        const auto removed = act(vm, VmAction::Undefine);
        QCOMPARE(removed.error().kind, ErrorKind::Busy);
        QCOMPARE(removed.error().detail, QStringLiteral("busy with clone"));
        QCOMPARE(setTemplate(vm, false).error().kind, ErrorKind::Busy);
        QVERIFY(!first.isFinished() || !second.isFinished());
        VERIFY_OK(waitFor(first, kPatience));
        VERIFY_OK(waitFor(second, kPatience));
        VERIFY_OK(setTemplate(vm, false));
        VERIFY_OK(act(vm, VmAction::Undefine));
        QVERIFY(!m_core->machine(id));
    }

    void fullClone_standsAlone_withAnIdentityOfItsOwn_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::newRow("qcow2") << QByteArray("qcow2");
        QTest::newRow("raw") << QByteArray("raw");
    }

    void fullClone_standsAlone_withAnIdentityOfItsOwn()
    {
        QFETCH(QByteArray, format);
        Machine* vm
            = define(smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(), devices(format)));
        QFile nvram(vm->places().folder + QStringLiteral("/nvram.fd"));
        QVERIFY(nvram.open(QIODevice::WriteOnly) && nvram.write("vars") == 4);
        nvram.close();
        const auto id = clone(vm, "copy", CloneKind::Full);
        VERIFY_OK(id);
        Machine* copy = m_core->machine(*id);
        QCOMPARE(copy->name(), QStringLiteral("copy"));
        QVERIFY(diskOf(copy).startsWith(copy->places().diskFolder()));
        const auto chain = m_storage->images().chains().read(diskOf(copy));
        QCOMPARE(chain.chain.size(), 1);
        QCOMPARE(chain.chain.first().format, QString::fromLatin1(format));
        QCOMPARE(chain.chain.first().virtualSize, Bytes::fromMiB(64));
        const auto card = copy->definition().devices<NetworkInterface>().first();
        QVERIFY(card.mac != QStringLiteral("52:54:00:00:00:01"));
        QCOMPARE(
            contentOf(copy->places().folder + QStringLiteral("/nvram.fd")), QByteArray("vars"));
        QCOMPARE(m_storage->clones().parentName(*copy), QString());
        VERIFY_OK(act(vm, VmAction::Undefine));
        VERIFY_OK(m_core->trash().empty({}));
        VERIFY_OK(act(copy, VmAction::Start));
    }

    void linkedClone_protectsItsOrigin()
    {
        Machine* vm = define(smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(), devices()));
        const auto id = clone(vm, "linked", CloneKind::Linked, true);
        VERIFY_OK(id);
        Machine* linked = m_core->machine(*id);
        QCOMPARE(linked->state(), VmState::Running);
        QCOMPARE(m_storage->clones().parentName(*linked), QStringLiteral("vm"));
        const auto chain = m_storage->images().chains().read(diskOf(linked)).chain;
        QCOMPARE(chain.size(), 2);
        QCOMPARE(chain.at(1).path, diskOf(vm));
        QCOMPARE(act(vm, VmAction::Start).error().cause, ErrorCause::ImageNeeded);
        QCOMPARE(act(vm, VmAction::Undefine).error().cause, ErrorCause::ImageNeeded);
        verifyNotPlugged(linked, diskOf(vm));

        open(); // another VirtDeck knows it too
        vm = nullptr;
        const auto machines = m_core->machines();
        for (Machine* machine : machines) {
            if (machine->name() == QStringLiteral("vm"))
                vm = machine;
            else
                linked = machine;
        }
        QCOMPARE(m_storage->clones().parentName(*linked), QStringLiteral("vm"));
        VERIFY_OK(act(linked, VmAction::ForceOff));
        VERIFY_OK(waitFor(m_storage->images().flatten(diskOf(linked))));
        VERIFY_OK(act(vm, VmAction::Start));
    }

    void template_isLeftAlone()
    {
        Machine* vm = define(smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(), devices()));
        VERIFY_OK(setTemplate(vm, true));
        QVERIFY(vm->storedState().isTemplate);
        const Error start = act(vm, VmAction::Start).error();
        QCOMPARE(start.kind, ErrorKind::WrongState);
        QVERIFY(start.detail.contains(QStringLiteral("template")));
        QCOMPARE(waitFor(m_core->define(vm->xml())).error().kind, ErrorKind::WrongState);
        QCOMPARE(
            waitFor(m_storage->snapshots().create(*vm, {})).error().kind, ErrorKind::WrongState);
        const auto id = clone(vm, "linked", CloneKind::Linked);
        VERIFY_OK(id);
        QCOMPARE(setTemplate(vm, false).error().cause, ErrorCause::ImageNeeded);
        QCOMPARE(act(vm, VmAction::Undefine).error().cause, ErrorCause::ImageNeeded);
        QCOMPARE(clone(vm, "instant", CloneKind::Instant).error().kind, ErrorKind::WrongState);
        VERIFY_OK(act(m_core->machine(*id), VmAction::Undefine));
        QCOMPARE(setTemplate(vm, false).error().cause, ErrorCause::ImageNeeded); // it may come back
        VERIFY_OK(m_core->trash().empty({}));
        QTRY_VERIFY(m_storage->images().guard().checkNothingStandsOn(diskOf(vm)));
        VERIFY_OK(setTemplate(vm, false));
        VERIFY_OK(act(vm, VmAction::Start));
    }

    void refusals_leaveNothing()
    {
        Machine* vm = define(smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(), devices()));
        QCOMPARE(clone(vm, "vm", CloneKind::Full).error().cause, ErrorCause::NameInUse);
        QCOMPARE(clone(vm, "a/b", CloneKind::Full).error().kind, ErrorKind::InvalidConfig);
        VERIFY_OK(act(vm, VmAction::Start));
        QCOMPARE(clone(vm, "copy", CloneKind::Full).error().kind, ErrorKind::WrongState);
        QCOMPARE(m_core->machines().size(), 1);
        QCOMPARE(QDir(m_home->dataFolder() + QStringLiteral("/machines"))
                     .entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot)
                     .size(),
            1);
    }

    void cancelledClone_leavesNothing()
    {
        Machine* vm = define(smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(), devices()));
        auto cloning = m_storage->clones().clone(*vm, { .name = QStringLiteral("copy") });
        cloning.cancel();
        QTRY_VERIFY(!vm->occupation());
        QTRY_COMPARE(QDir(m_home->dataFolder() + QStringLiteral("/machines"))
                         .entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot)
                         .size(),
            1);
        QCOMPARE(m_core->machines().size(), 1);
        VERIFY_OK(clone(vm, "copy", CloneKind::Full));
    }

    void instantClones_goOnFromTheTemplate_asThemselves()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        Machine* vm = bootGuest();
        const QByteArray boot = ask(vm,
            "echo memory >/tmp/mark; echo disk >/dev/vda; sync; cat "
            "/proc/sys/kernel/random/boot_id");
        QCOMPARE(boot.size(), 36);
        VERIFY_OK(setTemplate(vm, true));
        QCOMPARE(vm->state(), VmState::ShutOff);
        QVERIFY(vm->storedState().isTemplate);
        QVERIFY(QDir(vm->places().folder + QStringLiteral("/template.new")).isEmpty());

        QVector<Machine*> twins;
        for (const char* name : { "one", "two", "three" }) {
            const auto id = clone(vm, name, CloneKind::Instant);
            VERIFY_OK(id);
            twins.append(m_core->machine(*id));
            QCOMPARE(twins.last()->state(), VmState::Running);
        }
        QSet<QByteArray> macs;
        for (Machine* twin : std::as_const(twins)) {
            QCOMPARE(ask(twin, "cat /proc/sys/kernel/random/boot_id"), boot);
            QCOMPARE(ask(twin, "cat /tmp/mark"), QByteArray("memory"));
            const QByteArray own
                = twin->definition().devices<NetworkInterface>().first().mac.toUtf8();
            QByteArray seen;
            QVERIFY(QTest::qWaitFor(
                [&] {
                    seen = ask(twin, "cat /sys/class/net/eth*/address");
                    return seen == own;
                },
                kPatience));
            macs.insert(seen);
        }
        QCOMPARE(macs.size(), 3);
        // What one does is not seen by the others.
        QCOMPARE(ask(twins.at(0), "echo mine >/tmp/mark; echo own >/dev/vda; sync; cat /tmp/mark"),
            QByteArray("mine"));
        QCOMPARE(ask(twins.at(1), "cat /tmp/mark"), QByteArray("memory"));
        QCOMPARE(ask(twins.at(1), "head -n 1 /dev/vda"), QByteArray("disk"));
        QCOMPARE(ask(twins.at(0), "head -n 1 /dev/vda"), QByteArray("own"));

        QCOMPARE(setTemplate(vm, false).error().cause, ErrorCause::ImageNeeded);
        for (Machine* twin : std::as_const(twins)) {
            VERIFY_OK(act(twin, VmAction::ForceOff));
            VERIFY_OK(act(twin, VmAction::Undefine));
        }
        VERIFY_OK(m_core->trash().empty({}));
        QTRY_VERIFY(m_storage->images().guard().checkNothingStandsOn(diskOf(vm)));
        VERIFY_OK(setTemplate(vm, false)); // it goes on itself
        QCOMPARE(vm->state(), VmState::Running);
        QCOMPARE(ask(vm, "cat /proc/sys/kernel/random/boot_id"), boot);
        QCOMPARE(ask(vm, "cat /tmp/mark"), QByteArray("memory"));
    }

    void instantClone_hasNameAndGenerationOfItsOwn()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        QString xml = m_guest->agentDomainXml(QStringLiteral("origin"), devices());
        const QString generation = QUuid::createUuid().toString(QUuid::WithoutBraces);
        xml.replace(QLatin1StringView("</name>"),
            QStringLiteral("</name><genid>%1</genid>").arg(generation));
        // Only a kernel whose random numbers are ready, by the processor's own, tells of new ones.
        xml.replace(
            QLatin1StringView("<features>"), QLatin1StringView("<cpu mode='maximum'/><features>"));
        Machine* vm = define(xml);
        VERIFY_OK(act(vm, VmAction::Start));
        QTRY_VERIFY_WITH_TIMEOUT(waitFor(vm->agent()->ping()).has_value(), kPatience);
        QCOMPARE(ask(vm, "hostname"), QByteArray("tiny-linux"));
        QCOMPARE(ask(vm, kForksSeen), QByteArray("0"));
        VERIFY_OK(setTemplate(vm, true));
        const auto id = clone(vm, "twin of it", CloneKind::Instant);
        VERIFY_OK(id);
        Machine* twin = m_core->machine(*id);
        QByteArray name;
        QVERIFY2(QTest::qWaitFor(
                     [&] {
                         name = ask(twin, "hostname");
                         return name == "twin-of-it";
                     },
                     kPatience),
            name.constData());
        const auto seen = waitFor(twin->execute(QStringLiteral("query-vm-generation-id")));
        VERIFY_OK(seen);
        const QUuid own(seen->toObject().value(QLatin1StringView("guid")).toString());
        QCOMPARE(own, QUuid(twin->definition().value("genid")));
        QVERIFY(own != QUuid(generation));
        QTRY_COMPARE_WITH_TIMEOUT(ask(twin, kForksSeen), QByteArray("1"), kPatience);
    }

    void instantClone_becomesItself_whenItsMakerIsGone()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        Machine* vm = bootGuest();
        VERIFY_OK(setTemplate(vm, true));
        const auto id = clone(vm, "twin", CloneKind::Instant);
        VERIFY_OK(id);
        const QString note = QStringLiteral("borrowedIdentity");
        const auto reopenAndWait = [&] {
            m_core.reset();
            open();
            vm = m_core->machine(*id);
            QVERIFY(vm->storedState().others.contains(note));
            QTRY_VERIFY_WITH_TIMEOUT(!vm->storedState().others.contains(note), kPatience);
            QTRY_COMPARE_WITH_TIMEOUT(ask(vm, "cat /sys/class/net/eth*/address"),
                vm->definition().devices<NetworkInterface>().first().mac.toUtf8(), kPatience);
            QVERIFY(!vm->occupation() && !m_storage->clones().isGivingIdentities());
        };
        reopenAndWait();
        // Its maker may also have gone when the card was out.
        VERIFY_OK(waitFor(unplugDevice(*vm, networkId(0), std::chrono::minutes(1)), kPatience));
        VERIFY_OK(waitFor(m_core->keepState(
            *vm, [&note](StoredState& state) { state.others.insert(note, true); })));
        reopenAndWait();
    }

    void failedFreeze_goesOnAsBefore()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        Machine* vm = bootGuest();
        const QByteArray boot = ask(vm, "cat /proc/sys/kernel/random/boot_id");
        // The memory file's place is taken by a folder once QEMU's own state is saved.
        const QString place = vm->places().folder + QStringLiteral("/template.new");
        const Future<void> freezing = m_storage->clones().setTemplate(*vm, true);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(place), kPatience);
        QVERIFY(QDir().mkdir(place + QStringLiteral("/ram")));
        QVERIFY(QDir().mkdir(place + QStringLiteral("/ram/x")));
        QVERIFY(QDir().mkdir(place + QStringLiteral("/devices")));
        QVERIFY(!waitFor(freezing, kPatience));
        QVERIFY(!vm->storedState().isTemplate);
        QTRY_COMPARE(vm->state(), VmState::Running);
        QCOMPARE(ask(vm, "cat /proc/sys/kernel/random/boot_id"), boot);
        QTRY_VERIFY(!QFile::exists(place));
    }

    void twinThatCantStart_leavesNothing()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        Machine* vm = bootGuest();
        VERIFY_OK(setTemplate(vm, true));
        QFile devices(vm->places().folder + QStringLiteral("/template/devices"));
        QVERIFY(devices.open(QIODevice::WriteOnly | QIODevice::Truncate));
        devices.write(QByteArray(4096, 'x'));
        devices.close();
        QVERIFY(!clone(vm, "twin", CloneKind::Instant));
        QTRY_COMPARE(m_core->machines().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestClones)
#include "tst_Clones.moc"
