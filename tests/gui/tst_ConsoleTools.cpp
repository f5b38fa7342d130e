// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The tools of a console that need nothing of the guest: pictures, films, full screen, typed texts,
// passwords; in the real window, with real events.
#include "console/ConsoleView.h"
#include "console/terminal/TerminalPanel.h"
#include "tests/gui/WindowFixture.h"
#include "tests/support/console/FakeTransport.h"
#include "ui/SecretStore.h"
#include "ui/consoles/ConsoleSessions.h"
#include "ui/consoles/GuestPorts.h"
#include "ui/consoles/Hotkeys.h"
#include "ui/consoles/PictureTools.h"
#include "ui/dialogs/SecretDialog.h"
#include "ui/dialogs/SendKeysDialog.h"
#include "ui/dialogs/TypeTextDialog.h"
#include "ui/pages/ConsoleTab.h"
#include "ui/widgets/FullScreenBar.h"
#include "ui/widgets/FullScreenConsole.h"
#include "ui/widgets/GuestPortWindow.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QInputMethodEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QSpinBox>
#include <QToolButton>

using console::SessionState;
using tests::WindowFixture;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

/// Every pixel another one.
QImage gradient()
{
    QImage image(320, 200, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb(x % 256, y, (x * y) % 256));
    }
    return image;
}

class KnownSecrets : public ui::SecretStore {
public:
    void find(const QString& name, std::function<void(const Found& found)> answer) override
    {
        answer({ secrets.contains(name) ? std::optional(secrets.value(name)) : std::nullopt });
    }
    void keep(const QString& name, const QString& secret,
        std::function<void(const ui::KeyringProblem&)>) override
    {
        secrets[name] = secret;
    }
    void forget(const QString& name) override { secrets.remove(name); }

    QMap<QString, QString> secrets;
};

} // namespace

class tst_ConsoleTools : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(tests::warningsOfOurs());
        QGuiApplication::clipboard()->clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_fake = {};
        m_secrets.secrets.clear();
        m_fixture = std::make_unique<WindowFixture>();
        m_fixture->consoles = m_fake.factory();
        m_fixture->secrets = &m_secrets;
        m_host = m_fixture->addHost();
        hosts::VmInfo info = m_host->vm(m_host->addVm(text("web"), vmm::VmState::Running));
        info.hasScreen = true;
        m_host->addKnownVm(info);
        m_vm = info.id;
        m_fixture->open();
        QTRY_COMPARE(m_host->connectionState(), hosts::ConnectionState::Connected);
        m_fixture->window->showVm({ m_host, m_vm }, ui::VmPage::Tab::Console);
        QVERIFY(QTest::qWaitForWindowActive(m_fixture->window.get()));
        QTRY_VERIFY(m_fake.latest);
        QTRY_VERIFY(m_fake.latest->log.contains(text("open")));
    }
    void cleanup() { m_fixture.reset(); }

    // ---- smart cards ----

    void smartcards_areGivenWhenAsked()
    {
        m_fake.latest->goLive();
        auto* button = m_fixture->find<QToolButton>("consoleSmartcards");
        QVERIFY(!button->isVisible()); // most machines have no reader
        Q_EMIT m_fake.latest->deviceNews(console::SmartcardState { .isOffered = true });
        QTRY_VERIFY(button->isVisibleTo(button->parentWidget()));
        QVERIFY(!button->isChecked());
        button->click();
        QVERIFY(session()->devices().usesSmartcards());
        Q_EMIT m_fake.latest->deviceNews(console::SmartcardState {
            .isOffered = true, .readers = 0, .problem = text("is pcscd running?") });
        QVERIFY(button->toolTip().contains(text("is pcscd running?")));
        Q_EMIT m_fake.latest->deviceNews(
            console::SmartcardState { .isOffered = true, .readers = 2 });
        QVERIFY(button->toolTip().contains(QLatin1Char('2')));
    }

    // ---- ports ----

    void ports_areTerminalsInWindowsOfTheirOwn()
    {
        m_fake.latest->goLive();
        auto* button = m_fixture->find<QToolButton>("consolePorts");
        QVERIFY(!button->isVisible()); // most machines have none
        Q_EMIT m_fake.latest->deviceNews(
            console::PortState { .id = 1, .name = text("org.spice-space.webdav.0") });
        QVERIFY(!button->isVisible()); // that one is for folders
        Q_EMIT m_fake.latest->deviceNews(
            console::PortState { .id = 2, .name = text("org.example.log&x") });
        QTRY_VERIFY(button->isVisibleTo(button->parentWidget()));
        Q_EMIT m_fake.latest->deviceNews(console::PortBytes { .id = 2, .bytes = "last words\r\n" });
        QCOMPARE(button->menu()->actions().size(), 1);
        button->menu()->actions().first()->trigger();
        auto* console = m_fixture->window->findChild<ui::ConsoleTab*>()->openConsole();
        ui::GuestPortWindow* window = console->guestPorts().window(text("org.example.log&x"));
        QVERIFY(window && window->isVisible());
        QVERIFY(window->windowTitle().contains(text("web")));
        console::TerminalPanel& panel = *window->panel();
        const auto lines = [&panel] { return panel.session().screen().text(); };
        QTRY_VERIFY2(lines().contains(text("last words")), qPrintable(lines()));
        auto* state = window->findChild<QLabel*>(text("guestPortState"));
        QVERIFY(state->isVisible()); // nobody has it open

        // Its guest's program comes: both ways.
        Q_EMIT m_fake.latest->deviceNews(
            console::PortState { .id = 2, .isOpen = true, .name = text("org.example.log&x") });
        QTRY_VERIFY(!state->isVisible());
        QByteArray written;
        connect(&session()->devices(), &console::GuestDevices::wished, this,
            [&written](const console::DeviceWish& wish) {
                if (const auto* bytes = std::get_if<console::PortBytes>(&wish))
                    written += bytes->bytes;
            });
        QTest::keyClicks(&panel.view(), text("ls"));
        QTRY_COMPARE(written, QByteArray("ls"));
        Q_EMIT m_fake.latest->deviceNews(console::PortBytes { .id = 2, .bytes = "answer" });
        QTRY_VERIFY(lines().contains(text("answer")));
        QVERIFY(lines().contains(text("last words")));

        window->close();
        QTRY_VERIFY(!console->guestPorts().window(text("org.example.log&x")));
    }

    // ---- pictures ----

    void beforeTheFirstPicture_thereIsNothingToTake()
    {
        for (const char* name : { "consoleCopyPicture", "consoleSavePicture" }) {
            QVERIFY(!action(name)->isEnabled());
            QVERIFY(action(name)->toolTip().contains(text("no picture")));
        }
        m_fake.latest->goLive();
        QTRY_VERIFY(action("consoleCopyPicture")->isEnabled());
    }

    void copiedPicture_isTheGuestsPixelForPixel()
    {
        goLive(gradient());
        view()->setZoom(0.5); // what the view shows of it does not matter
        action("consoleCopyPicture")->trigger();
        const QImage copied = QGuiApplication::clipboard()->image();
        QCOMPARE(copied.convertToFormat(QImage::Format_RGB32), gradient());
    }

    void savedPicture_isTheGuestsAndHasASensibleName()
    {
        goLive(gradient());
        action("consoleSavePicture")->trigger();
        auto* dialog = m_fixture->find<QFileDialog>("savePictureDialog");
        const QString offered = QFileInfo(dialog->selectedFiles().first()).fileName();
        QVERIFY2(offered.startsWith(text("web 20")) && offered.endsWith(text(".png")),
            qPrintable(offered));
        // What is on the screen later is not in it.
        Q_EMIT m_fake.latest->surfaceChanged(QImage(10, 10, QImage::Format_RGB32));
        const QString path = m_folder->filePath(text("shot.png"));
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
        QTRY_VERIFY(QFile::exists(path));
        QCOMPARE(QImage(path).convertToFormat(QImage::Format_RGB32), gradient());
        QTRY_VERIFY(m_fixture->find<QLabel>("consoleHint")->text().contains(text("shot.png")));
    }

    void pictureThatCantBeWritten_isTold()
    {
        goLive(gradient());
        action("consoleSavePicture")->trigger();
        auto* dialog = m_fixture->find<QFileDialog>("savePictureDialog");
        Q_EMIT dialog->fileSelected(m_folder->filePath(text("nowhere/shot.png")));
        dialog->close();
        QTRY_VERIFY(m_fixture->window->findChild<QMessageBox*>(text("savePictureError")));
        auto* box = m_fixture->find<QMessageBox>("savePictureError");
        QVERIFY(box->text().contains(text("shot.png")));
        box->close();
    }

    void fileName_isAllowedEverywhere()
    {
        const QDateTime when(QDate(2026, 11, 28), QTime(14, 2, 5));
        QCOMPARE(ui::PictureTools::fileName(text("../a/b:c"), when, text("png")),
            text("_a_b_c 2026-11-28 14.02.05.png"));
    }

    // ---- films ----

    void recording_isShownWithItsTimeAndStopped()
    {
        goLive(gradient());
        m_fake.latest->log.clear();
        action("consoleRecord")->trigger();
        auto* dialog = m_fixture->find<QFileDialog>("recordDialog");
        Q_EMIT dialog->fileSelected(m_folder->filePath(text("film.webm")));
        dialog->close();
        QTRY_VERIFY(m_fake.latest->log.contains(text("record 0 into a file")));
        auto* label = m_fixture->find<QLabel>("consoleRecording");
        QVERIFY(label->isVisible());
        QVERIFY(label->text().contains(text("0:0")));
        action("consoleRecord")->trigger();
        QVERIFY(m_fake.latest->log.contains(text("record 1")));
        Q_EMIT m_fake.latest->recorded({});
        QTRY_VERIFY(!label->isVisible());
    }

    void dialog_isAboutTheMachineItWasOpenedFor()
    {
        hosts::VmInfo other = m_host->vm(m_host->addVm(text("db"), vmm::VmState::Running));
        other.hasScreen = true;
        m_host->addKnownVm(other);
        goLive(gradient());
        auto* first = session();
        const QPointer transport = m_fake.latest;
        action("consoleRecord")->trigger();
        action("folderShare")->trigger();
        action("sendOtherKeys")->trigger();
        auto* film = m_fixture->find<QFileDialog>("recordDialog");
        auto* folder = m_fixture->find<QFileDialog>("folderDialog");
        const QPointer keys = m_fixture->find<ui::SendKeysDialog>("sendKeysDialog");
        QVERIFY(keys);
        m_fixture->window->showVm({ m_host, other.id }, ui::VmPage::Tab::Console);
        QTRY_VERIFY(view()->session() && view()->session() != first);

        Q_EMIT film->fileSelected(m_folder->filePath(text("film.webm")));
        QTRY_VERIFY(transport->log.contains(text("record 0 into a file")));
        Q_EMIT folder->fileSelected(m_folder->path());
        QCOMPARE(first->devices().folderWish().path, m_folder->path());
        QVERIFY(view()->session()->devices().folderWish().path.isEmpty());
        QVERIFY(!keys || !keys->isVisible()); // gone once it is closed
        m_fixture->window->showVm({ m_host, m_vm }, ui::VmPage::Tab::Console);
        QTRY_COMPARE(view()->session(), first);
        QCOMPARE(first->devices().folderWish().path, m_folder->path()); // remembered as its own
        film->close();
        folder->close();
    }

    void filmThatEndsEarly_isToldWithWhatToDo_data()
    {
        using console::FilmEnd;
        QTest::addColumn<FilmEnd>("end");
        QTest::addColumn<QString>("says");
        QTest::newRow("full disk") << FilmEnd::NoSpace << text("The disk is full.");
        QTest::newRow("slow disk") << FilmEnd::TooSlow << text("The disk is too slow.");
        QTest::newRow("nothing") << FilmEnd::NoPicture
                                 << text("There was no picture to record yet.");
        QTest::newRow("other") << FilmEnd::Failed << text("The recording could not be written.");
        QTest::newRow("crash") << FilmEnd::HelperEnded << text("The console's process ended.");
    }

    void filmThatEndsEarly_isToldWithWhatToDo()
    {
        QFETCH(console::FilmEnd, end);
        QFETCH(QString, says);
        goLive(gradient());
        session()->recording().start(m_folder->filePath(text("film.webm")));
        QTRY_VERIFY(m_fake.latest->log.contains(text("record 0 into a file")));
        Q_EMIT m_fake.latest->recorded({ .end = end, .detail = text("E42") });
        QTRY_VERIFY(m_fixture->window->findChild<QMessageBox*>(text("recordError")));
        auto* box = m_fixture->find<QMessageBox>("recordError");
        QCOMPARE(box->text(), says);
        QVERIFY(box->informativeText().contains(text("film.webm")));
        QCOMPARE(box->informativeText().contains(text("E42")), end == console::FilmEnd::Failed);
        box->close();
    }

    void lastMinute_isOfferedOnlyIfItWasKept()
    {
        goLive(gradient());
        QVERIFY(!action("consoleSavePast")->isEnabled());
        action("consoleKeepPast")->trigger();
        QVERIFY(m_fake.latest->log.contains(text("record 2")));
        QVERIFY(action("consoleSavePast")->isEnabled());
        action("consoleKeepPast")->trigger();
        QVERIFY(m_fake.latest->log.contains(text("record 3")));
        QVERIFY(!action("consoleSavePast")->isEnabled());
    }

    // ---- full screen ----

    void fullScreen_comesAndGoesByF11AndNamesTheMachine()
    {
        goLive(gradient());
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_F11);
        auto* full = m_fixture->find<ui::FullScreenConsole>("fullScreenConsole");
        QVERIFY(full->isFullScreen());
        QCOMPARE(full->geometry(), m_fixture->window->screen()->geometry());
        QVERIFY(full->isAncestorOf(view()));
        QCOMPARE(full->findChild<QLabel*>(text("fullScreenTitle"))->text(), text("web"));
        QVERIFY(
            full->findChild<QToolButton*>(text("leaveFullScreen"))->text().contains(text("F11")));
        QTest::keyClick(view(), Qt::Key_F11);
        QVERIFY(m_fixture->find<QWidget>("consolePages")->isAncestorOf(view()));
        QVERIFY(view()->isVisible());
        QVERIFY(!action("actionFullScreen")->isChecked());
        QVERIFY(!m_fake.latest->log.join(text(" ")).contains(text("key 57"))); // F11
    }

    void keyThatTheMachineHolds_isItsOwnToTheEnd()
    {
        goLive(gradient());
        view()->setFocus();
        m_fixture->find<ui::ConsoleTab>("consoleTab")
            ->hotkeys()
            .set({ .release = QKeySequence(Qt::SHIFT | Qt::Key_F12) });
        // The modifier is let go first.
        sendKey(QEvent::KeyPress, Qt::Key_F11, Qt::AltModifier);
        sendKey(QEvent::KeyRelease, Qt::Key_F11, Qt::NoModifier);
        QVERIFY(m_fake.latest->log.contains(text("key 57 up")));
        sendKey(QEvent::KeyPress, Qt::Key_F12, Qt::ControlModifier | Qt::ShiftModifier);
        sendKey(QEvent::KeyRelease, Qt::Key_F12, Qt::ShiftModifier);
        QVERIFY(m_fake.latest->log.contains(text("key 58 up")));
        sendKey(QEvent::KeyPress, Qt::Key_PageUp, Qt::ControlModifier);
        sendKey(QEvent::KeyRelease, Qt::Key_PageUp, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(m_fake.latest->log.contains(text("key 149 up")));
        QVERIFY(!action("actionFullScreen")->isChecked());
    }

    void bar_hidesByItselfAndComesBackAtTheEdgeAndByKey()
    {
        goLive(gradient());
        action("actionFullScreen")->trigger();
        auto* full = m_fixture->find<ui::FullScreenConsole>("fullScreenConsole");
        ui::FullScreenBar& bar = full->bar();
        QVERIFY(bar.isVisible());
        QCOMPARE(full->grab().toImage().pixelColor(bar.geometry().center().x(), bar.height() - 4),
            QGuiApplication::palette().color(QPalette::Window)); // not black, as all around it
        QTest::mouseMove(full->windowHandle(), QPoint(20, 300)); // away from it
        QTRY_VERIFY_WITH_TIMEOUT(!bar.isVisible(), 20'000);
        moveOverView(QPoint(40, 1));
        QTRY_VERIFY(bar.isVisible());
        moveOverView(QPoint(40, 300));
        QTRY_VERIFY_WITH_TIMEOUT(!bar.isVisible(), 20'000);
        QTest::keyClick(view(), Qt::Key_F11, Qt::ShiftModifier);
        QVERIFY(bar.isVisible());
        QVERIFY(bar.isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(view()->hasFocus());
        moveOverView(QPoint(40, 1));
        QVERIFY(bar.isVisible());
        moveOverView(QPoint(40, 300));
        QTRY_VERIFY_WITH_TIMEOUT(!bar.isVisible(), 20'000); // also after it had the keyboard
        sendKey(QEvent::KeyPress, Qt::Key_Control, Qt::NoModifier);
        sendKey(QEvent::KeyPress, Qt::Key_Alt, Qt::ControlModifier);
        sendKey(QEvent::KeyRelease, Qt::Key_Alt, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(bar.isVisible()); // the machine's view has nowhere else to leave to
        QVERIFY(bar.isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTest::keyClick(view(), Qt::Key_F11, Qt::ShiftModifier);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); // the leaving button
        QTRY_VERIFY(!action("actionFullScreen")->isChecked());
    }

    void screenThatIsUnplugged_leavesAWindow()
    {
        goLive(gradient());
        action("actionFullScreen")->trigger();
        Q_EMIT qGuiApp->screenRemoved(m_fixture->window->screen());
        QVERIFY(!action("actionFullScreen")->isChecked());
        QVERIFY(m_fixture->find<QWidget>("consolePages")->isAncestorOf(view()));
    }

    void menu_offersEveryScreen()
    {
        goLive(gradient());
        auto* menu = m_fixture->find<QMenu>("fullScreenMenu");
        Q_EMIT menu->aboutToShow();
        action("fullScreenOn1")->trigger();
        QVERIFY(action("actionFullScreen")->isChecked());
        QVERIFY(!action("fullScreenAll")->isEnabled()); // one screen here
        QVERIFY(!action("fullScreenAll")->toolTip().isEmpty());
        action("actionFullScreen")->trigger();
    }

    // ---- keys of the menu ----

    void everyEntryOfTheKeyMenu_sendsItsKeys()
    {
        goLive(gradient());
        const QMap<QString, QStringList> wanted {
            { text("sendKeysCtrl+Alt+Del"), { text("1d"), text("38"), text("153") } },
            { text("sendKeysCtrl+Alt+Backspace"), { text("1d"), text("38"), text("e") } },
            { text("sendKeysCtrl+Alt+F1"), { text("1d"), text("38"), text("3b") } },
            { text("sendKeysCtrl+Alt+F2"), { text("1d"), text("38"), text("3c") } },
            { text("sendKeysCtrl+Alt+F3"), { text("1d"), text("38"), text("3d") } },
            { text("sendKeysCtrl+Alt+F4"), { text("1d"), text("38"), text("3e") } },
            { text("sendKeysCtrl+Alt+F5"), { text("1d"), text("38"), text("3f") } },
            { text("sendKeysCtrl+Alt+F6"), { text("1d"), text("38"), text("40") } },
            { text("sendKeysCtrl+Alt+F7"), { text("1d"), text("38"), text("41") } },
            { text("sendKeysPrint"), { text("54") } },
            { text("sendKeysF11"), { text("57") } },
        };
        QStringList found;
        const QList<QAction*> entries = m_fixture->find<QMenu>("consoleKeyMenu")->actions();
        for (QAction* entry : entries) {
            if (!entry->objectName().startsWith(text("sendKeys")))
                continue;
            found.append(entry->objectName());
            m_fake.latest->log.clear();
            entry->trigger();
            QStringList down;
            QStringList up;
            for (const QString& code : wanted.value(entry->objectName())) {
                down.append(text("key %1 down").arg(code));
                up.prepend(text("key %1 up").arg(code));
            }
            QCOMPARE(m_fake.latest->log.filter(text("key")), down + up);
            QVERIFY(view()->hasFocus());
        }
        found.sort();
        QCOMPARE(found, wanted.keys());
    }

    void viewOnly_sendsNoKeysOfTheMenu()
    {
        goLive(gradient());
        action("lookViewOnly")->trigger();
        m_fake.latest->log.clear();
        for (const char* name : { "sendKeysCtrl+Alt+Del", "sendOtherKeys", "consoleTypeText" }) {
            QVERIFY(!action(name)->isEnabled());
            QVERIFY2(action(name)->toolTip().contains(text("view only")), name);
        }
        view()->sendKeyCombination({ Qt::Key_Control, Qt::Key_Alt, Qt::Key_Delete });
        QVERIFY(m_fake.latest->log.filter(text("key")).isEmpty());
        action("lookViewOnly")->trigger();
        action("sendKeysCtrl+Alt+Del")->trigger();
        QCOMPARE(m_fake.latest->log.filter(text("key")).size(), 6);
    }

    // ---- typed texts ----

    void clipboard_isTypedKeyByKeyForTheChosenLayout()
    {
        goLive(gradient());
        QGuiApplication::clipboard()->setText(text("zY@"));
        auto* dialog = openTypeText(text("de"));
        QTRY_VERIFY(verdict(dialog).startsWith(text("3 ")));
        m_fake.latest->log.clear();
        QTest::mouseClick(button(dialog, "typeTextType"), Qt::LeftButton);
        QTRY_COMPARE(verdict(dialog), text("Typed."));
        QCOMPARE(m_fake.latest->log.filter(text("key")),
            QStringList({ text("key 15 down"), text("key 15 up"), text("key 2a down"),
                text("key 2c down"), text("key 2c up"), text("key 2a up"), text("key 138 down"),
                text("key 10 down"), text("key 10 up"), text("key 138 up") }));
        dialog->close();
    }

    void ctrlReturn_typesFromWithinTheText()
    {
        goLive(gradient());
        QGuiApplication::clipboard()->setText(text("a"));
        auto* dialog = openTypeText(text("us"));
        QTRY_VERIFY(button(dialog, "typeTextType")->isEnabled());
        QVERIFY(button(dialog, "typeTextType")->isDefault());
        m_fake.latest->log.clear();
        auto* edit = dialog->findChild<QWidget*>(text("typeTextText"));
        edit->setFocus();
        QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(verdict(dialog), text("Typed."));
        QCOMPARE(m_fake.latest->log.filter(text("key")).size(), 2);
        dialog->close();
    }

    void rate_isRememberedAndUsed()
    {
        goLive(gradient());
        for (const int rate : { 200, 2 }) {
            QGuiApplication::clipboard()->setText(text("aa"));
            auto* dialog = openTypeText(text("us"));
            auto* box = dialog->findChild<QSpinBox*>(text("typeTextRate"));
            box->setValue(rate);
            QTRY_VERIFY(button(dialog, "typeTextType")->isEnabled());
            button(dialog, "typeTextType")->click();
            const auto* typer = dialog->findChild<const console::TextTyper*>();
            QVERIFY(typer);
            QCOMPARE(typer->pause(), std::chrono::milliseconds(1000 / rate));
            button(dialog, "typeTextStop")->click();
            dialog->close();
            QTRY_VERIFY(!m_fixture->window->findChild<ui::TypeTextDialog*>());
            action("consoleTypeText")->trigger();
            dialog = m_fixture->find<ui::TypeTextDialog>("typeTextDialog");
            QCOMPARE(dialog->findChild<QSpinBox*>(text("typeTextRate"))->value(), rate);
            dialog->close();
            QTRY_VERIFY(!m_fixture->window->findChild<ui::TypeTextDialog*>());
        }
    }

    void whatCantBeTyped_isSaidBefore()
    {
        goLive(gradient());
        QGuiApplication::clipboard()->setText(QStringLiteral("aß漢"));
        auto* dialog = openTypeText(text("us"));
        QTRY_VERIFY(verdict(dialog).contains(QStringLiteral("ß 漢")));
        QVERIFY(button(dialog, "typeTextType")->isEnabled());
        dialog->close();
    }

    void stopped_leavesNoKeyPressed()
    {
        goLive(gradient());
        QGuiApplication::clipboard()->setText(QString(500, QLatin1Char('A')));
        auto* dialog = openTypeText(text("us"));
        QTRY_VERIFY(button(dialog, "typeTextType")->isEnabled());
        m_fake.latest->log.clear();
        button(dialog, "typeTextType")->setFocus();
        QTest::keyClick(button(dialog, "typeTextType"), Qt::Key_Space);
        QTRY_VERIFY(m_fake.latest->log.size() > 8);
        QVERIFY(QApplication::focusWidget() == button(dialog, "typeTextStop"));
        QTest::keyClick(button(dialog, "typeTextStop"), Qt::Key_Space);
        QVERIFY(verdict(dialog).startsWith(text("Stopped.")));
        const auto count
            = [this](const char* what) { return m_fake.latest->log.filter(text(what)).size(); };
        QCOMPARE(count(" down"), count(" up"));
        QVERIFY(count(" up") < 1000);
        dialog->close();
    }

    void connectionThatEnds_stopsTheTyping()
    {
        goLive(gradient());
        QGuiApplication::clipboard()->setText(QString(500, QLatin1Char('a')));
        auto* dialog = openTypeText(text("us"));
        QTRY_VERIFY(button(dialog, "typeTextType")->isEnabled());
        button(dialog, "typeTextType")->click();
        Q_EMIT m_fake.latest->ended(console::EndReason::TlsFailed, {});
        QTRY_VERIFY(verdict(dialog).startsWith(text("Stopped.")));
        QVERIFY(!button(dialog, "typeTextType")->isEnabled());
        QVERIFY(!button(dialog, "typeTextType")->toolTip().isEmpty());
        dialog->close();
    }

    void composedText_isTypedAndWhatHasNoKeyIsSaid()
    {
        goLive(gradient());
        view()->setFocus();
        const auto commit = [this](const QString& what) {
            QInputMethodEvent event;
            event.setCommitString(what);
            QApplication::sendEvent(view(), &event);
        };
        m_fake.latest->log.clear();
        commit(text("a")); // off at first: the guest composes for itself
        QVERIFY(m_fake.latest->log.filter(text("key")).isEmpty());
        action("consoleCompose")->trigger();
        QTRY_VERIFY(view()->composesHere());
        commit(QStringLiteral("A漢"));
        QCOMPARE(m_fake.latest->log.filter(text("key")),
            QStringList({ text("key 2a down"), text("key 1e down"), text("key 1e up"),
                text("key 2a up") }));
        QVERIFY(m_fixture->find<QLabel>("consoleHint")->text().contains(QStringLiteral("漢")));
        action("consoleCompose")->trigger();
        QVERIFY(!view()->testAttribute(Qt::WA_InputMethodEnabled));
    }

    // The offscreen platform has no screen reader to alert: what it would read out is what the view
    // says of itself.
    void state_isSaidToAssistiveTechnology()
    {
        const auto says = [this](const char* words) {
            return view()->accessibleDescription().contains(text(words));
        };
        QVERIFY(!says("Connected."));
        goLive(gradient());
        QTRY_VERIFY(says("Connected."));
        QVERIFY(says("Ctrl+Alt"));
        action("lookViewOnly")->trigger();
        QVERIFY(!says("Ctrl+Alt"));
        QVERIFY(says("Press Tab"));
        action("lookViewOnly")->trigger();
        QVERIFY(says("Ctrl+Alt"));
        m_host->setState(m_vm, vmm::VmState::Paused);
        QTRY_VERIFY(says("The machine is paused"));
        Q_EMIT m_fake.latest->ended(console::EndReason::UnsupportedDisplay, text("wrong"));
        m_host->setState(m_vm, vmm::VmState::Running);
        QTRY_VERIFY(says("Disconnected"));
    }

    void serverThatDoesNotAnswer_canBeConnectedToAnew()
    {
        goLive(gradient());
        Q_EMIT m_fake.latest->responsiveChanged(false);
        auto* reconnect = m_fixture->find<QPushButton>("consoleCardAction");
        QTRY_VERIFY(reconnect->isVisible());
        reconnect->click();
        QTRY_COMPARE(m_fake.made, 2);
        QTRY_VERIFY(m_fake.latest && m_fake.latest->log.contains(text("open")));
        goLive(gradient());
        QTRY_VERIFY(!reconnect->isVisible());
        QVERIFY(session()->isResponsive());
    }

    // ---- passwords ----

    void password_isAskedForThreeTimes()
    {
        for (int attempt = 0; attempt < 3; ++attempt) {
            refuse();
            auto* dialog = secretDialog();
            QCOMPARE(dialog->findChild<QWidget*>(text("secretWrong"))->isVisible(), attempt > 0);
            QTest::keyClicks(dialog->findChild<QLineEdit*>(), text("try%1").arg(attempt));
            QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
            QTRY_COMPARE(passwordUsed(), text("try%1").arg(attempt));
        }
        refuse();
        QTest::qWait(100);
        QVERIFY(!openDialog());
        QCOMPARE(m_fixture->find<QLabel>("consoleCardTitle")->text(),
            text("The password was not accepted"));
        m_fixture->find<QPushButton>("consoleCardAction")->click(); // by hand it goes on
        QTest::keyClicks(secretDialog()->findChild<QLineEdit*>(), text("right"));
        QTest::keyClick(secretDialog()->findChild<QLineEdit*>(), Qt::Key_Return);
        QTRY_COMPARE(passwordUsed(), text("right"));
        m_fake.latest->goLive();
        QTRY_COMPARE(session()->state(), SessionState::Live);
        QVERIFY(m_secrets.secrets.isEmpty()); // nobody asked to keep it
    }

    void declined_isNotAskedAgainByItself()
    {
        refuse();
        secretDialog()->reject();
        m_host->setState(m_vm, vmm::VmState::Running);
        QTest::qWait(100);
        QVERIFY(!openDialog());
    }

    void questionForThePassword_goesWithTheMachine()
    {
        refuse();
        const QPointer dialog = secretDialog();
        QVERIFY(dialog && dialog->isVisible());
        m_host->removeVm(m_vm);
        QTRY_VERIFY(!dialog || !dialog->isVisible());
        QVERIFY(m_secrets.secrets.isEmpty());
    }

    void keptPassword_isNotAskedFor()
    {
        m_secrets.secrets[text("console test:///fake %1").arg(m_vm.toString(QUuid::WithoutBraces))]
            = text("kept");
        refuse();
        QTRY_COMPARE(passwordUsed(), text("kept"));
        QVERIFY(!openDialog());
    }

private:
    QAction* action(const char* name) const { return m_fixture->action(name); }
    console::ConsoleView* view() { return m_fixture->find<console::ConsoleView>("consoleView"); }
    console::ConsoleSession* session()
    {
        return &m_fixture->window->consoles().find({ m_host, m_vm })->session();
    }
    void goLive(const QImage& picture)
    {
        m_fake.latest->goLive(picture.size());
        Q_EMIT m_fake.latest->surfaceChanged(picture);
        Q_EMIT m_fake.latest->damaged(picture.rect());
    }
    /// One event alone, without those that QTest adds for the modifiers.
    void sendKey(QEvent::Type type, Qt::Key key, Qt::KeyboardModifiers modifiers)
    {
        QKeyEvent event(type, key, modifiers);
        QApplication::sendEvent(view(), &event);
    }
    void moveOverView(QPoint position)
    {
        QMouseEvent move(QEvent::MouseMove, position, view()->viewport()->mapToGlobal(position),
            Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(view()->viewport(), &move);
    }
    ui::TypeTextDialog* openTypeText(const QString& layout)
    {
        action("consoleTypeText")->trigger();
        auto* dialog = m_fixture->find<ui::TypeTextDialog>("typeTextDialog");
        auto* box = dialog->findChild<QComboBox*>(text("typeTextLayout"));
        if (!QTest::qWaitFor([box] { return box->count() > 1; }))
            qFatal("no layouts");
        box->setCurrentIndex(box->findData(layout));
        dialog->findChild<QSpinBox*>()->setValue(200);
        return dialog;
    }
    static QString verdict(const QDialog* dialog)
    {
        return dialog->findChild<QLabel*>(text("typeTextVerdict"))->text();
    }
    static QPushButton* button(const QDialog* dialog, const char* name)
    {
        return dialog->findChild<QPushButton*>(text(name));
    }
    QString passwordUsed() const // between two connections there is none
    {
        return m_fake.latest ? m_fake.latest->endpoint.password : QString();
    }
    void refuse()
    {
        Q_EMIT m_fake.latest->ended(console::EndReason::AuthenticationFailed, text("no"));
    }
    ui::SecretDialog* openDialog()
    {
        const auto all = m_fixture->window->findChildren<ui::SecretDialog*>();
        for (ui::SecretDialog* each : all) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    ui::SecretDialog* secretDialog()
    {
        if (!QTest::qWaitFor([this] { return openDialog() != nullptr; }))
            qFatal("no password is asked for");
        return openDialog();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    tests::FakeTransports m_fake;
    KnownSecrets m_secrets;
    std::unique_ptr<WindowFixture> m_fixture;
    tests::FakeHost* m_host = nullptr;
    hosts::VmId m_vm;
};

QTEST_MAIN(tst_ConsoleTools)
#include "tst_ConsoleTools.moc"
