// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The tools of a console that go through the guest's agent, with real events.
#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "console/FileTransfers.h"
#include "tests/gui/WindowFixture.h"
#include "tests/support/DeadMount.h"
#include "tests/support/console/FakeTransport.h"
#include "ui/consoles/FurtherDisplays.h"
#include "ui/dialogs/HostKeysDialog.h"
#include "ui/dialogs/SendKeysDialog.h"
#include "ui/dialogs/UsbDialog.h"
#include "ui/pages/ConsoleDevices.h"
#include "ui/widgets/FullScreenBar.h"
#include "ui/widgets/GuestTools.h"
#include "ui/widgets/HeadWindow.h"
#include "ui/widgets/TransferStrip.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QThreadPool>
#include <QToolBar>
#include <QToolButton>
#include <QTreeWidget>
#include <QUrl>
#include <QVBoxLayout>

using namespace console;

class tst_GuestTools : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(tests::warningsOfOurs());
        QGuiApplication::clipboard()->clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<QSettings>(
            m_folder->filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
        m_settings = std::make_unique<ui::Settings>(*m_store);
        m_fake = {};
        m_session = std::make_unique<ConsoleSession>(m_fake.factory());
        m_window = std::make_unique<QWidget>();
        auto* bar = new QToolBar;
        m_view = new ConsoleView;
        m_strip = new ui::TransferStrip(m_view->viewport());
        auto* layout = new QVBoxLayout(m_window.get());
        layout->addWidget(bar);
        layout->addWidget(m_view, 1);
        layout->addWidget(m_strip);
        m_tools = std::make_unique<ui::GuestTools>(*bar, *m_view, *m_settings, m_window.get());
        m_view->setSession(m_session.get());
        m_further = std::make_unique<ui::FurtherDisplays>(*m_session);
        m_tools->setSession(m_session.get(), QStringLiteral("vm-1"), m_further.get());
        m_strip->setSession(m_session.get());
        m_window->resize(800, 600);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_session->open({ .unixSocket = QStringLiteral("/x") });
        m_fake.latest->goLive();
    }
    void cleanup()
    {
        m_tools->setSession(nullptr, {});
        m_strip->setSession(nullptr);
        m_view->setSession(nullptr);
        m_tools.reset();
        m_window.reset();
        m_further.reset();
        m_session.reset();
    }

    void clipboard_isOffAtFirstAndRememberedForEachMachine()
    {
        agentComes();
        QCOMPARE(channel().sharing, ClipboardSharing::Off);
        QVERIFY(action("clipboardOff")->isChecked());
        QCOMPARE(action("consoleClipboard")->text(), QStringLiteral("Clipboard: off"));
        action("clipboardBoth")->trigger();
        QCOMPARE(channel().sharing, ClipboardSharing::Both);
        QCOMPARE(action("consoleClipboard")->text(), QStringLiteral("Clipboard ↔ machine"));

        m_tools->setSession(m_session.get(), QStringLiteral("vm-2")); // another machine
        QCOMPARE(channel().sharing, ClipboardSharing::Off);
        m_tools->setSession(m_session.get(), QStringLiteral("vm-1"));
        QCOMPARE(channel().sharing, ClipboardSharing::Both);
        QVERIFY(action("clipboardBoth")->isChecked());
    }

    void sessionThatIsShownNoMore_getsNothing()
    {
        agentComes();
        action("clipboardToGuest")->trigger();
        m_tools->setSession(nullptr, {});
        QCOMPARE(channel().sharing, ClipboardSharing::Off);
    }

    void copiedHere_isOfferedAndGivenOnlyWhenAsked()
    {
        agentComes();
        QGuiApplication::clipboard()->setText(QStringLiteral("hello"));
        action("clipboardToGuest")->trigger();
        m_view->setFocus();
        QTRY_VERIFY(channel().log.contains(QStringLiteral("offer 0: 0")));
        QVERIFY(channel().log.filter(QStringLiteral("answer")).isEmpty());
        Q_EMIT channel().clipboardWanted(ClipboardSelection::Clipboard, ClipboardType::Text, 5);
        QTRY_VERIFY(channel().log.contains(QStringLiteral("answer 5 hello")));
        action("clipboardOff")->trigger();
        Q_EMIT channel().clipboardWanted(ClipboardSelection::Clipboard, ClipboardType::Text, 6);
        QTRY_VERIFY(channel().log.contains(QStringLiteral("answer 6 (nothing)")));
    }

    void pictureCopiedHere_isGivenAsPng()
    {
        agentComes();
        QImage picture(3, 2, QImage::Format_RGB32);
        picture.fill(Qt::red);
        QGuiApplication::clipboard()->setImage(picture);
        action("clipboardToGuest")->trigger();
        m_view->setFocus();
        QTRY_VERIFY(channel().log.contains(QStringLiteral("offer 0: 1")));
        Q_EMIT channel().clipboardWanted(ClipboardSelection::Clipboard, ClipboardType::Png, 8);
        QTRY_VERIFY(!channel().log.filter(QStringLiteral("PNG")).isEmpty());
    }

    void copiedInTheMachine_isFetchedWhenTheFocusLeaves()
    {
        agentComes();
        action("clipboardFromGuest")->trigger();
        m_view->setFocus();
        Q_EMIT channel().clipboardOffered(ClipboardSelection::Clipboard,
            { ClipboardType::Text, ClipboardType::Png, ClipboardType::Bmp });
        QVERIFY(channel().log.filter(QStringLiteral("request")).isEmpty());
        m_view->clearFocus();
        QTRY_COMPARE(channel().log.filter(QStringLiteral("request")),
            QStringList({ QStringLiteral("request 0 0"), QStringLiteral("request 0 1") }));
        channel().answerLastRequest("not a real PNG");
        --channel().lastRequest;
        channel().answerLastRequest("text of the machine");
        const QMimeData* data = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(data->text(), QStringLiteral("text of the machine"));
        QCOMPARE(data->data(QStringLiteral("image/png")), QByteArray("not a real PNG"));
    }

    void copiedInOneMachine_isOfferedToTheNext()
    {
        agentComes();
        action("clipboardBoth")->trigger();
        m_view->setFocus();
        Q_EMIT channel().clipboardOffered(ClipboardSelection::Clipboard, { ClipboardType::Text });
        m_view->clearFocus();
        QTRY_VERIFY(!channel().log.filter(QStringLiteral("request")).isEmpty());
        channel().answerLastRequest("of the first");
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("of the first"));
        m_view->setFocus();
        QVERIFY(channel().log.filter(QStringLiteral("offer")).isEmpty()); // it has it

        tests::FakeTransports others;
        ConsoleSession second(others.factory());
        second.open({ .unixSocket = QStringLiteral("/y") });
        others.latest->goLive();
        m_tools->setSession(&second, QStringLiteral("vm-2"));
        Q_EMIT others.latest->agentChanged(true);
        action("clipboardBoth")->trigger();
        QVERIFY(others.latest->channel.log.contains(QStringLiteral("offer 0: 0")));
        m_tools->setSession(nullptr, {});
    }

    void copiedInOneMachine_staysWhileTheNextGetsIt()
    {
        const QByteArray much(32 << 20, 'x');
        agentComes();
        action("clipboardBoth")->trigger();
        m_view->setFocus();
        Q_EMIT channel().clipboardOffered(ClipboardSelection::Clipboard, { ClipboardType::Bmp });
        m_view->clearFocus();
        QTRY_VERIFY(!channel().log.filter(QStringLiteral("request")).isEmpty());
        channel().answerLastRequest(much);
        const QMimeData* data = QGuiApplication::clipboard()->mimeData();
        const QByteArray taken = data->data(QStringLiteral("image/bmp"));
        QCOMPARE(taken.size(), much.size());
        QGuiApplication::clipboard()->setText(QStringLiteral("something else"));
        QVERIFY(taken == much); // and is there at all
    }

    void whatIsCopiedHereMeanwhile_isNotReplacedByOlder()
    {
        agentComes();
        action("clipboardBoth")->trigger();
        m_view->setFocus();
        Q_EMIT channel().clipboardOffered(ClipboardSelection::Clipboard, { ClipboardType::Text });
        m_view->clearFocus();
        QTRY_VERIFY(!channel().log.filter(QStringLiteral("request")).isEmpty());
        QGuiApplication::clipboard()->setText(QStringLiteral("newer"));
        channel().answerLastRequest("older");
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("newer"));
    }

    void sameOfHere_doesNotReplaceWhatWasCopiedInTheMachine()
    {
        const auto comeBack = [this] {
            m_view->clearFocus();
            channel().log.clear();
            m_view->setFocus();
        };
        agentComes();
        QGuiApplication::clipboard()->setText(QStringLiteral("old"));
        action("clipboardToGuest")->trigger();
        m_view->setFocus();
        QTRY_VERIFY(channel().log.contains(QStringLiteral("offer 0: 0")));
        comeBack(); // the machine, which copied meanwhile, is not asked
        QVERIFY(channel().log.filter(QStringLiteral("offer")).isEmpty());

        m_view->clearFocus();
        QGuiApplication::clipboard()->setText(QStringLiteral("new"));
        comeBack();
        QVERIFY(channel().log.contains(QStringLiteral("offer 0: 0")));

        action("clipboardBoth")->trigger();
        m_view->clearFocus();
        QGuiApplication::clipboard()->setText(QStringLiteral("newer"));
        Q_EMIT channel().clipboardOffered(ClipboardSelection::Clipboard, { ClipboardType::Text });
        comeBack(); // the machine's is the newest
        QVERIFY(channel().log.filter(QStringLiteral("offer")).isEmpty());
    }

    void withoutAgent_toolsSayWhyNot()
    {
        for (const char* name : { "consoleFollow", "consoleSendFiles" }) {
            QVERIFY(!action(name)->isEnabled());
            QVERIFY(action(name)->toolTip().contains(QStringLiteral("spice-vdagent")));
        }
        agentComes();
        QVERIFY(action("consoleFollow")->isEnabled());
        QVERIFY(!action("consoleGrabKeyboard")->isEnabled()); // here it can't, and says so
        QVERIFY(!action("consoleGrabKeyboard")->toolTip().isEmpty());
    }

    void resizeWithTheWindow_asksAtOnceAndIsRemembered()
    {
        agentComes();
        m_fake.latest->log.clear();
        action("consoleFollow")->trigger();
        QTRY_VERIFY(!m_fake.latest->log.filter(QStringLiteral("size ")).isEmpty());
        m_tools->setSession(m_session.get(), QStringLiteral("vm-2"));
        QVERIFY(!m_view->guestFollowsSize());
        m_tools->setSession(m_session.get(), QStringLiteral("vm-1"));
        QVERIFY(m_view->guestFollowsSize());
    }

    void displays_areOfferedAsFarAsTheCardHasThem()
    {
        agentComes();
        QVERIFY(!action("consoleDisplay2")->isEnabled());
        QVERIFY(action("consoleDisplay2")->toolTip().contains(QStringLiteral("1")));
        Q_EMIT channel().monitorsChanged(0, {}, 2);
        QVERIFY(action("consoleDisplay2")->isEnabled());
        QVERIFY(!action("consoleDisplay3")->isEnabled());
        action("consoleDisplay2")->trigger();
        auto* window = m_further->window(1);
        QVERIFY(window && window->isVisible());
        QTRY_VERIFY(!channel().log.filter(QStringLiteral("monitors 0:320x200+0+0 1:")).isEmpty());

        QImage second(200, 100, QImage::Format_RGB32);
        second.fill(Qt::yellow);
        Q_EMIT m_fake.latest->surfaceChanged(second, 1);
        Q_EMIT m_fake.latest->displayOnChanged(true, 1);
        Q_EMIT m_fake.latest->damaged(second.rect(), 1);
        QTRY_COMPARE(window->view()->grab().toImage().pixelColor(window->view()->rect().center()),
            QColor(Qt::yellow));
        // No mouseMove: without a window manager both windows lie at the same place.
        QTest::mouseClick(window->view()->viewport(), Qt::LeftButton, {},
            window->view()->viewport()->rect().center());
        QTRY_VERIFY(!m_fake.latest->log.filter(QStringLiteral("head 1")).isEmpty());

        QKeyEvent press(QEvent::KeyPress, Qt::Key_F11, Qt::AltModifier);
        QKeyEvent release(QEvent::KeyRelease, Qt::Key_F11, Qt::NoModifier);
        QCoreApplication::sendEvent(window->view(), &press);
        QCoreApplication::sendEvent(window->view(), &release);
        QVERIFY(m_fake.latest->log.contains(QStringLiteral("key 57 up")));

        // F11 works for each display by itself.
        QTest::keyClick(window->view(), Qt::Key_F11);
        QVERIFY(window->isFullScreen() && !m_window->isFullScreen());
        QTest::keyClick(window->view(), Qt::Key_F11);
        QVERIFY(!window->isFullScreen());

        window->close();
        QTRY_VERIFY(!m_further->window(1));
        QVERIFY(!m_session->isHeadRequested(1));
        QVERIFY(!action("consoleDisplay2")->isChecked());
    }

    void secondDisplay_isUnderTheSameConditions()
    {
        agentComes();
        Q_EMIT channel().monitorsChanged(0, {}, 2);
        action("consoleDisplay2")->trigger();
        ConsoleView* second = m_further->window(1)->view();
        const auto isKeySent = [&] {
            m_fake.latest->log.clear();
            QTest::keyClick(second, Qt::Key_A);
            return !m_fake.latest->log.filter(QStringLiteral("key ")).isEmpty();
        };
        QVERIFY(isKeySent());
        m_view->setViewOnly(true);
        QVERIFY(!isKeySent());
        m_view->setViewOnly(false);
        QVERIFY(isKeySent());
        m_view->setNotice(
            { .title = QStringLiteral("Paused"), .action = QStringLiteral("Resume") });
        QVERIFY(!isKeySent());
        QCOMPARE(second->notice().title, QStringLiteral("Paused"));
        QVERIFY(second->notice().action.isEmpty());
        m_view->setNotice({});
        m_view->setHostShortcuts({ QKeySequence(Qt::Key_A) });
        QVERIFY(!isKeySent());

        action("clipboardToGuest")->trigger();
        second->window()->activateWindow();
        second->setFocus();
        QTRY_VERIFY(second->hasFocus());
        QGuiApplication::clipboard()->setText(QStringLiteral("hello"));
        QTRY_VERIFY(channel().log.contains(QStringLiteral("offer 0: 0")));
    }

    void ctrlAltInFullScreen_showsTheWayOut()
    {
        agentComes();
        Q_EMIT channel().monitorsChanged(0, {}, 2);
        action("consoleDisplay2")->trigger();
        ui::HeadWindow* window = m_further->window(1);
        QVERIFY(QTest::qWaitForWindowActive(window));
        const auto leave = [window] {
            constexpr auto both = Qt::ControlModifier | Qt::AltModifier;
            QKeyEvent control(QEvent::KeyPress, Qt::Key_Control, Qt::NoModifier);
            QKeyEvent alt(QEvent::KeyPress, Qt::Key_Alt, Qt::ControlModifier);
            QKeyEvent release(QEvent::KeyRelease, Qt::Key_Alt, both);
            for (QKeyEvent* event : { &control, &alt, &release })
                QCoreApplication::sendEvent(window->view(), event);
        };
        auto* bar = window->findChild<ui::FullScreenBar*>();
        leave(); // there is nowhere to go
        QVERIFY(!bar->isVisible());
        QVERIFY(window->view()->hasFocus());
        window->setFullScreen(true);
        bar->hide(); // as it does by itself
        leave();
        QVERIFY(bar->isVisible());
        QVERIFY(bar->isAncestorOf(QApplication::focusWidget()));
    }

    void droppedFiles_areSentAndShown()
    {
        agentComes();
        QFile file(m_folder->filePath(QStringLiteral("report.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("12345678");
        file.close();
        QMimeData dragged;
        dragged.setUrls({ QUrl::fromLocalFile(file.fileName()),
            QUrl::fromLocalFile(m_folder->filePath(QStringLiteral("gone.txt"))) });
        QWidget* target = m_view->viewport();
        QDragEnterEvent enter(
            QPoint(5, 5), Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &drop);
        QCOMPARE(channel().log.filter(QStringLiteral("file ")),
            QStringList({ QStringLiteral("file 1 report.txt") }));
        QVERIFY(m_strip->isVisible());
        Q_EMIT channel().fileProgressed(1, 4, 8);
        QTest::mouseClick(find<QToolButton>("transferStop1"), Qt::LeftButton);
        QVERIFY(channel().log.contains(QStringLiteral("cancel 1")));
        Q_EMIT channel().fileEnded(1, FileOutcome::Refused, {});
        QTest::mouseClick(find<QToolButton>("transferStop1"), Qt::LeftButton); // clears the list
        QVERIFY(!m_strip->isVisible());
    }

    void chosenFiles_goToTheMachineTheyWereChosenFor()
    {
        agentComes();
        QFile file(m_folder->filePath(QStringLiteral("report.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("12345678");
        file.close();
        m_tools->setMachineName(QStringLiteral("web"));
        action("consoleSendFiles")->trigger();
        auto* dialog = find<QFileDialog>("sendFilesDialog");
        QVERIFY(dialog->windowTitle().contains(QStringLiteral("web")));

        tests::FakeTransports others;
        ConsoleSession second(others.factory());
        second.open({ .unixSocket = QStringLiteral("/y") });
        others.latest->goLive();
        Q_EMIT others.latest->agentChanged(true);
        m_tools->setSession(&second, QStringLiteral("vm-2"));
        Q_EMIT dialog->filesSelected({ file.fileName() });
        QVERIFY(others.latest->channel.log.filter(QStringLiteral("file ")).isEmpty());
        QCOMPARE(channel().log.filter(QStringLiteral("file ")),
            QStringList({ QStringLiteral("file 1 report.txt") }));
        m_tools->setSession(nullptr, {});
    }

    void nineFiles_goFourAtATime()
    {
        agentComes();
        QStringList paths;
        for (int i = 0; i < 9; ++i) {
            QFile file(m_folder->filePath(QString::number(i)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("x");
            paths << file.fileName();
        }
        m_session->files().send(paths);
        QCOMPARE(channel().log.filter(QStringLiteral("file ")).size(), 4);
        Q_EMIT channel().fileEnded(2, FileOutcome::Done, {});
        QCOMPARE(channel().log.filter(QStringLiteral("file ")).size(), 5);
        Q_EMIT m_fake.latest->agentChanged(false);
        QCOMPARE(m_session->files().runningCount(), 0);
        QCOMPARE(m_session->files().all().last().outcome, FileOutcome::Disconnected);
        QCOMPARE(channel().log.filter(QStringLiteral("file ")).size(), 5);
    }

    void keysThatStayHere_areNotSent()
    {
        m_settings->setView(
            QStringLiteral("console-host-keys"), QStringList { QStringLiteral("Ctrl+K") });
        m_tools->setSession(m_session.get(), QStringLiteral("vm-2"));
        m_view->setFocus();
        m_fake.latest->log.clear();
        QTest::keyClick(m_view, Qt::Key_K, Qt::ControlModifier);
        QTest::keyClick(m_view, Qt::Key_J, Qt::ControlModifier);
        QVERIFY(!m_fake.latest->log.contains(QStringLiteral("key 25 down")));
        QVERIFY(m_fake.latest->log.contains(QStringLiteral("key 24 down")));
    }

    void hostKeysDialog_addsAndRemoves()
    {
        ui::HostKeysDialog dialog(*m_settings, m_window.get());
        dialog.show();
        auto* edit = dialog.findChild<QKeySequenceEdit*>();
        edit->setKeySequence(QKeySequence(QStringLiteral("Ctrl+Alt+T")));
        QTest::mouseClick(
            dialog.findChild<QPushButton*>(QStringLiteral("hostKeysAdd")), Qt::LeftButton);
        dialog.accept();
        QCOMPARE(ui::HostKeysDialog::shortcuts(*m_settings),
            QList<QKeySequence>({ QKeySequence(QStringLiteral("Ctrl+Alt+T")) }));
        ui::HostKeysDialog again(*m_settings, m_window.get());
        again.findChild<QListWidget*>()->setCurrentRow(0);
        QTest::mouseClick(
            again.findChild<QPushButton*>(QStringLiteral("hostKeysRemove")), Qt::LeftButton);
        again.accept();
        QVERIFY(ui::HostKeysDialog::shortcuts(*m_settings).isEmpty());
    }

    void anyKeys_canBePutTogether()
    {
        ui::SendKeysDialog dialog(m_window.get());
        QSignalSpy sent(&dialog, &ui::SendKeysDialog::sendRequested);
        dialog.show();
        auto* send = dialog.findChild<QPushButton*>(QStringLiteral("sendKeysSend"));
        QVERIFY(send->isDefault());
        QVERIFY(!send->isEnabled()); // nothing to send yet
        dialog.findChild<QCheckBox*>(QStringLiteral("sendKeysAlt"))->click();
        dialog.findChild<QCheckBox*>(QStringLiteral("sendKeysSuper"))->click();
        auto* key = dialog.findChild<QComboBox*>();
        key->setCurrentIndex(key->findData(int(Qt::Key_Tab)));
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(sent.size(), 1);
        QCOMPARE(sent.first().first().value<QList<Qt::Key>>(),
            QList<Qt::Key>({ Qt::Key_Alt, Qt::Key_Meta, Qt::Key_Tab }));
        auto* said = dialog.findChild<QLabel*>(QStringLiteral("sendKeysSent"));
        QVERIFY(!said->text().isEmpty());
        dialog.setWhyNot(QStringLiteral("not connected"));
        QVERIFY(!send->isEnabled());
        QCOMPARE(said->text(), QStringLiteral("not connected"));
        dialog.setWhyNot({});
        QVERIFY(send->isEnabled());
        QVERIFY(said->text().isEmpty());
    }

    void alwaysGivenDevice_isGivenToNoOtherConnectionFilesMachine()
    {
        ui::UsbDialog mine(
            m_session->devices(), *m_settings, {}, QStringLiteral("mine"), m_window.get());
        Q_EMIT m_fake.latest->deviceNews(UsbChannels { .count = 1, .free = 1 });
        Q_EMIT m_fake.latest->deviceNews(UsbDevice {
            .id = 1, .vendor = 0x1050, .product = 0x407, .name = QStringLiteral("Key") });
        auto* list = mine.findChild<QTreeWidget*>(QStringLiteral("usbList"));
        list->setCurrentItem(list->topLevelItem(0));
        mine.findChild<QPushButton*>(QStringLiteral("usbAutomatic"))->click();
        QCOMPARE(m_session->devices().usbRules().size(), 1);
        ui::UsbDialog again(
            m_session->devices(), *m_settings, {}, QStringLiteral("mine"), m_window.get());
        QCOMPARE(m_session->devices().usbRules().size(), 1); // as long as the connection

        tests::FakeTransports others;
        ConsoleSession second(others.factory());
        ui::UsbDialog theirs(
            second.devices(), *m_settings, {}, QStringLiteral("theirs"), m_window.get());
        QVERIFY(second.devices().usbRules().isEmpty());
    }

    void sharedFolder_isSharedAgain()
    {
        remember(m_folder->path());
        auto* devices = makeDevices();
        devices->setSession(m_session.get(), QStringLiteral("vm-1"));
        QTRY_COMPARE(m_session->devices().folderWish().path, m_folder->path());
        QVERIFY(!m_session->devices().folderWish().isReadOnly);
        devices->setSession(m_session.get(), QStringLiteral("vm-2"));
        QVERIFY(action("folderStop")->isEnabled());
    }

    void sharedFolderThatIsGone_isTold()
    {
        remember(QStringLiteral("/no/such/folder"));
        auto* devices = makeDevices();
        devices->setSession(m_session.get(), QStringLiteral("vm-1"));
        QTRY_VERIFY2(action("folderState")->text().contains(QStringLiteral("/no/such/folder")),
            qPrintable(action("folderState")->text()));
        QVERIFY(find<QToolButton>("consoleFolder")->text().contains(QStringLiteral("gone")));
        QVERIFY(m_session->devices().folderWish().path.isEmpty());
        action("folderStop")->trigger(); // it is not asked for again
        QVERIFY(!action("folderState")->text().contains(QStringLiteral("/no/such/folder")));
        devices->setSession(nullptr, {});
        devices->setSession(m_session.get(), QStringLiteral("vm-1"));
        QThreadPool::globalInstance()->waitForDone();
        QTest::qWait(20);
        QVERIFY(!action("folderState")->text().contains(QStringLiteral("/no/such/folder")));
    }

    void sharedFolderThatIsGone_isNotForgottenByOtherChoices()
    {
        remember(QStringLiteral("/no/such/folder"));
        auto* devices = makeDevices();
        devices->setSession(m_session.get(), QStringLiteral("vm-1"));
        QTRY_VERIFY(action("folderState")->text().contains(QStringLiteral("/no/such/folder")));
        QVERIFY(!action("folderReadOnly")->isChecked()); // as it was
        action("folderReadOnly")->trigger();
        QVERIFY(action("folderState")->text().contains(QStringLiteral("/no/such/folder")));
        QCOMPARE(m_settings->view(QStringLiteral("console-folder/vm-1")).toList(),
            QVariantList({ QStringLiteral("/no/such/folder"), true }));
    }

    void sharedFolderThatDoesNotAnswer_holdsUpNobody()
    {
        auto dead = std::make_unique<tests::DeadMount>(m_folder->filePath(QStringLiteral("dead")));
        if (!dead->isMounted())
            QSKIP("mounting takes root and /dev/fuse");
        remember(dead->path() + QStringLiteral("/share"));
        auto* devices = makeDevices();
        for (int i = 0; i < 3; ++i) {
            devices->setSession(nullptr, {});
            devices->setSession(m_session.get(), QStringLiteral("vm-1"));
        }
        QVERIFY(QThreadPool::globalInstance()->activeThreadCount() <= 1);
        QVERIFY(m_session->devices().folderWish().path.isEmpty());
        dead.reset();
        QTRY_VERIFY(action("folderState")->text().contains(QStringLiteral("/share")));
    }

    void locksOfTheMachine_areShown()
    {
        Q_EMIT m_fake.latest->keyLocksChanged({ .numLock = true, .capsLock = true });
        QCOMPARE(find<QLabel>("consoleLocks")->text(), QStringLiteral("Caps Num"));
    }

    void serverThatDoesNotAnswer_isTold()
    {
        Q_EMIT m_fake.latest->responsiveChanged(false);
        auto* card = m_view->findChild<QWidget*>(QStringLiteral("consoleCard"));
        QTRY_VERIFY(card->isVisible()); // what is over in a moment gets none
        QCOMPARE(card->accessibleName(), QStringLiteral("The machine does not answer"));
        Q_EMIT m_fake.latest->responsiveChanged(true);
        QVERIFY(!card->isVisible());
    }

private:
    tests::FakeAgentChannel& channel() { return m_fake.latest->channel; }
    void agentComes() { Q_EMIT m_fake.latest->agentChanged(true); }
    QAction* action(const char* name) const { return find<QAction>(name); }
    template <typename T> T* find(const char* name) const
    {
        T* found = m_window->findChild<T*>(QString::fromLatin1(name));
        if (!found)
            qFatal("nothing is named %s", name);
        return found;
    }

    void remember(const QString& folder)
    {
        m_settings->setView(QStringLiteral("console-folder/vm-1"), QVariantList { folder, false });
    }
    ui::ConsoleDevices* makeDevices()
    {
        auto* devices
            = new ui::ConsoleDevices(*m_settings, m_window->findChild<QToolBar*>(), m_window.get());
        Q_EMIT m_fake.latest->deviceNews(FolderState { .isOffered = true });
        return devices;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_store;
    std::unique_ptr<ui::Settings> m_settings;
    tests::FakeTransports m_fake;
    std::unique_ptr<ConsoleSession> m_session;
    std::unique_ptr<ui::FurtherDisplays> m_further;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ui::GuestTools> m_tools;
    ConsoleView* m_view = nullptr;
    ui::TransferStrip* m_strip = nullptr;
};

QTEST_MAIN(tst_GuestTools)
#include "tst_GuestTools.moc"
