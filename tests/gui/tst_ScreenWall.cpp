// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Many screens side by side, with real events.
#include "tests/gui/WindowFixture.h"
#include "tests/support/TestNames.h"
#include "ui/consoles/ConsoleSessions.h"
#include "ui/consoles/ScreenWall.h"
#include "ui/consoles/Thumbnails.h"

#include <QBuffer>
#include <QLabel>
#include <QScrollBar>
#include <QWheelEvent>

#include <chrono>

using tests::FakeHost;
using tests::WindowFixture;
using ui::ScreenWall;
using vmm::VmState;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

QImage picture(QColor colour)
{
    QImage image(320, 200, QImage::Format_RGB32);
    image.fill(colour);
    return image;
}

QByteArray png(QColor colour)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture(colour).save(&buffer, "PNG");
    return bytes;
}

} // namespace

class tst_ScreenWall : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(tests::warningsOfOurs());
        m_made = 0;
        m_fixture = std::make_unique<WindowFixture>();
        m_fixture->consoles = [this] {
            ++m_made;
            return std::make_unique<tests::SilentTransport>(picture(Qt::darkCyan));
        };
        m_host = m_fixture->addHost();
        m_host->setScreenshot({ .png = png(Qt::magenta), .width = 320, .height = 200 });
    }
    void cleanup() { m_fixture.reset(); }

    void host_showsAllItsMachinesByName()
    {
        open({ { "web10", VmState::Running }, { "web2", VmState::ShutOff } });
        QCOMPARE(names(), QStringList({ text("web2"), text("web10") }));
        QVERIFY(wall().windowTitle().contains(text("2 machine")));
        m_host->addVm(text("web3"), VmState::ShutOff);
        QTRY_COMPARE(names(), QStringList({ text("web2"), text("web3"), text("web10") }));
        m_host->removeVm(m_vms[0]);
        QTRY_COMPARE(names(), QStringList({ text("web2"), text("web3") }));
    }

    void selection_showsThoseAlone()
    {
        open({ { "a", VmState::Running }, { "b", VmState::Running }, { "c", VmState::Running } });
        m_fixture->window->selection().setVms({ { m_host, m_vms[0] }, { m_host, m_vms[2] } });
        m_fixture->action("actionWall")->trigger();
        QCOMPARE(names(), QStringList({ text("a"), text("c") }));
        m_host->addVm(text("d"), VmState::Running);
        QTest::qWait(50);
        QCOMPARE(names(), QStringList({ text("a"), text("c") }));
    }

    void pictures_comeFromTheHostAndNeverFromAConsoleOfItsOwn()
    {
        open({ { "a", VmState::Running }, { "off", VmState::ShutOff } });
        QTRY_VERIFY_WITH_TIMEOUT(!look(0).image.isNull(), 20'000);
        QCOMPARE(look(0).image.pixelColor(5, 5), QColor(Qt::magenta));
        QVERIFY(!look(0).isOld);
        QCOMPARE(look(1).text, text("The machine is off"));
        QCOMPARE(m_made, 0);
    }

    void openConsole_isTheSourceOfItsPicture()
    {
        open({ { "a", VmState::Running } });
        m_fixture->window->showVm({ m_host, m_vms[0] }, ui::VmPage::Tab::Console);
        QTRY_COMPARE(m_made, 1);
        QTRY_VERIFY_WITH_TIMEOUT(
            !look(0).image.isNull() && look(0).image.pixelColor(5, 5) == QColor(Qt::darkCyan),
            20'000);
        QCOMPARE(m_made, 1);
    }

    void pausedMachine_isDimmedAndDated()
    {
        open({ { "a", VmState::Running } });
        QTRY_VERIFY_WITH_TIMEOUT(!look(0).image.isNull(), 20'000);
        m_host->setState(m_vms[0], VmState::Paused);
        QTRY_VERIFY(look(0).isOld);
        QVERIFY(look(0).date.startsWith(text("paused")));
    }

    void onlyWhatIsSeen_isAskedFor()
    {
        QVector<std::pair<QByteArray, VmState>> machines;
        for (int i = 0; i < 60; ++i)
            machines.append({ "vm" + QByteArray::number(i), VmState::Running });
        open(machines);
        wall().resize(300, 300); // a few tiles
        QTRY_VERIFY_WITH_TIMEOUT(!look(0).image.isNull(), 20'000);
        QTest::qWait(600);
        QVERIFY2(m_host->questionCount(text("get-screenshot")) < 10,
            qPrintable(QString::number(m_host->questionCount(text("get-screenshot")))));
        QVERIFY(look(59).image.isNull());
        wall().view()->verticalScrollBar()->setValue(wall().view()->verticalScrollBar()->maximum());
        QTRY_VERIFY_WITH_TIMEOUT(!look(59).image.isNull(), 20'000);
        wall().hide();
        QTest::qWait(200);
        const int asked = m_host->questionCount(text("get-screenshot"));
        QTest::qWait(600);
        QVERIFY(m_host->questionCount(text("get-screenshot")) <= asked + 1);
    }

    void tiles_growAndShrinkByKeyAndWheelAndAreRemembered()
    {
        open({ { "a", VmState::ShutOff } });
        QCOMPARE(wall().tileWidth(), 240);
        QTest::keyClick(&wall(), Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(wall().tileWidth(), 320);
        QTRY_COMPARE(wall().view()->visualRect(wall().model().index(0)).width(), 332);
        QTest::keyClick(&wall(), Qt::Key_Minus, Qt::ControlModifier);
        QTest::keyClick(&wall(), Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(wall().tileWidth(), 160);
        QVERIFY(!wall().findChild<QAction*>(text("wallSmaller"))->isEnabled());
        QWheelEvent wheel(QPointF(5, 5), QPointF(5, 5), {}, QPoint(0, 120), Qt::NoButton,
            Qt::ControlModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(wall().view()->viewport(), &wheel);
        QCOMPARE(wall().tileWidth(), 240);
        wall().resizeTiles(1);
        ui::Context context = contextOfWindow();
        const ScreenWall again(context);
        QCOMPARE(again.tileWidth(), 320);
    }

    void doubleClickAndEnter_openTheConsole()
    {
        open({ { "a", VmState::Running }, { "b", VmState::Running } });
        const auto middle = [this](int row) {
            return wall().view()->visualRect(wall().model().index(row)).center();
        };
        QTest::mouseClick(wall().view()->viewport(), Qt::LeftButton, {}, middle(1));
        QTest::mouseDClick(wall().view()->viewport(), Qt::LeftButton, {}, middle(1));
        QTRY_COMPARE(m_fixture->window->selection().vms().value(0).vm, m_vms[1]);
        QVERIFY(m_fixture->find<QWidget>("consoleTab")->isVisible());
        wall().view()->setFocus();
        QTest::keyClick(wall().view(), Qt::Key_Left);
        QTest::keyClick(wall().view(), Qt::Key_Return);
        QTRY_COMPARE(m_fixture->window->selection().vms().value(0).vm, m_vms[0]);
    }

    void noMachines_isSaid()
    {
        open({});
        QVERIFY(wall().findChild<QWidget*>(text("wallEmpty"))->isVisible());
        m_host->addVm(text("first"), VmState::ShutOff);
        QTRY_VERIFY(!wall().findChild<QWidget*>(text("wallEmpty"))->isVisible());
        QVERIFY(wall().view()->isVisible());
    }

    void mainWindowThatCloses_takesTheWallAlong()
    {
        open({ { "a", VmState::ShutOff } });
        m_fixture->window->close();
        QVERIFY(!wall().isVisible());
    }

private:
    void open(const QVector<std::pair<QByteArray, VmState>>& machines)
    {
        m_vms.clear();
        for (const auto& [name, state] : machines) {
            hosts::VmInfo info = m_host->vm(m_host->addVm(QString::fromLatin1(name), state));
            info.hasScreen = true;
            m_host->addKnownVm(info);
            m_vms.append(info.id);
        }
        m_fixture->open();
        if (!QTest::qWaitFor(
                [this] { return m_host->connectionState() == hosts::ConnectionState::Connected; }))
            qFatal("the host does not connect");
        m_fixture->window->selection().setHost(m_host);
        m_fixture->action("actionWall")->trigger();
        if (!QTest::qWaitForWindowExposed(&wall()))
            qFatal("no wall");
    }
    ui::Context contextOfWindow()
    {
        ui::Context context { *m_fixture->workspace, m_fixture->theme, m_fixture->settings,
            m_fixture->consoles };
        context.sessions = &m_fixture->window->consoles();
        context.thumbnails = &m_fixture->window->thumbnails();
        return context;
    }
    ScreenWall& wall() { return *m_fixture->window->wall(); }
    QStringList names()
    {
        QStringList out;
        for (int row = 0; row < wall().model().rowCount(); ++row)
            out << wall().model().index(row).data().toString();
        return out;
    }
    ui::ScreenThumbLook look(int row)
    {
        return wall().model().index(row).data(ui::WallModel::LookRole).value<ui::ScreenThumbLook>();
    }

    std::unique_ptr<WindowFixture> m_fixture;
    FakeHost* m_host = nullptr;
    QVector<hosts::VmId> m_vms;
    int m_made = 0;
};

QTEST_MAIN(tst_ScreenWall)
#include "tst_ScreenWall.moc"
