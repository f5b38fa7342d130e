// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"
#include "vmm/base/ScreenPicture.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/ScreenDump.h"

#include <QDir>
#include <QTest>

using namespace vmm;
using tests::waitFor;

namespace {

QString machineXml(const QString& name, const QString& devices)
{
    return QStringLiteral("<domain type='qemu'><name>%1</name><memory unit='MiB'>64</memory>"
                          "<vcpu>1</vcpu><os><type machine='pc'>hvm</type></os>"
                          "<devices>%2</devices></domain>")
        .arg(name, devices);
}

bool isBlack(const ScreenPicture& picture)
{
    for (int y = 0; y < picture.size().height(); ++y) {
        for (int x = 0; x < picture.size().width(); ++x) {
            const unsigned char* pixel = picture.pixel(x, y);
            if (pixel[0] || pixel[1] || pixel[2])
                return false;
        }
    }
    return true;
}

} // namespace

/// Pictures of the screen of a real QEMU, whose firmware writes on it.
class TestScreenshot : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runningMachine_showsItsScreen()
    {
        const tests::TempHome home;
        Core core(home.options());
        VERIFY_OK(waitFor(core.open()));
        const auto id = waitFor(core.define(machineXml(
            QStringLiteral("seen"), QStringLiteral("<video><model type='vga'/></video>"))));
        VERIFY_OK(id);
        Machine& vm = *core.machine(*id);
        QCOMPARE(waitFor(takeScreenshot(vm, 0, 0)).error().kind, ErrorKind::WrongState);
        VERIFY_OK(waitFor(core.perform(*id, VmAction::Start)));
        const auto finish = qScopeGuard([&] { (void)waitFor(vm.forceOff()); });

        Result<Screenshot> shot = Error {};
        QTRY_VERIFY_WITH_TIMEOUT(
            (shot = waitFor(takeScreenshot(vm, 0, 0))) && !isBlack(*ScreenPicture::read(shot->png)),
            60'000);
        QVERIFY(shot->width >= 320 && shot->height >= 200);
        QCOMPARE(ScreenPicture::read(shot->png)->size(), QSize(shot->width, shot->height));

        const auto small = waitFor(takeScreenshot(vm, 160, 100));
        VERIFY_OK(small);
        QVERIFY(ScreenPicture::read(small->png)->size().width() <= 160);
        QVERIFY(small->png.size() < 60'000);
        QVERIFY(QDir(vm.places().runtimeFolder).entryList({ QStringLiteral("*.ppm") }).isEmpty());
    }

    void machineWithoutScreen_saysSo()
    {
        const tests::TempHome home;
        Core core(home.options());
        VERIFY_OK(waitFor(core.open()));
        const auto id = waitFor(core.define(machineXml(
            QStringLiteral("blind"), QStringLiteral("<video><model type='none'/></video>"))));
        VERIFY_OK(id);
        Machine& vm = *core.machine(*id);
        VERIFY_OK(waitFor(core.perform(*id, VmAction::Start)));
        const auto finish = qScopeGuard([&] { (void)waitFor(vm.forceOff()); });
        const auto shot = waitFor(takeScreenshot(vm, 0, 0));
        QVERIFY(!shot);
        QCOMPARE(shot.error().kind, ErrorKind::HostLacksFeature);
    }
};

QTEST_GUILESS_MAIN(TestScreenshot)
#include "tst_Screenshot.moc"
