// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The terminal with real events, at the end of a socket as a serial port's is.

#include "console/terminal/TerminalAccessible.h"
#include "console/terminal/TerminalPanel.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocalServer>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace console;

class tst_Terminal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void keys_reachThePort();
    void lowestView_showsItsLastRow();
    void ctrlAlt_leaves();
    void screen_isReadToAssistiveTechnology();
    void readerHears_whatWasAdded();
    void inputMethod_commits();
    void selection_bySingleDoubleAndTripleClick();
    void block_isARectangle();
    void severalLines_areAskedAbout();
    void search_findsAndGoesThere();
    void search_followsWhatComes();
    void scrolledBack_staysWhereItIs();
    void flood_leavesTheWindowTime();
    void end_isSaidAndCanBeMended();
    void end_leavesShortcutsToTheWindow();
    void log_endsAtItsLimit();
    void log_hasTheLastWords();
    void pictures_inLightAndDark();
    void everyPairOfColours_canBeRead();

private:
    void say(const QByteArray& bytes)
    {
        const QByteArray mark = QByteArrayLiteral("\x1b]0;") + QByteArray::number(++m_said) + '\a';
        m_port->write(bytes + mark);
        QTRY_COMPARE(m_panel->session().screen().title(), QString::number(m_said));
    }
    QByteArray heard(qsizetype count)
    {
        (void)QTest::qWaitFor([&] { return m_port->bytesAvailable() >= count; });
        return m_port->readAll();
    }
    QPoint at(int column, int row) const
    {
        const QSize cell = m_panel->view().cellSize();
        return { column * cell.width() + cell.width() / 4,
            row * cell.height() + cell.height() / 2 };
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QLocalServer> m_server;
    QLocalSocket* m_port = nullptr;
    std::unique_ptr<TerminalPanel> m_panel;
    int m_said = 0;
};

void tst_Terminal::init()
{
    m_server = std::make_unique<QLocalServer>();
    const QString path = m_folder.filePath(QStringLiteral("port"));
    QLocalServer::removeServer(path);
    QVERIFY(m_server->listen(path));
    m_panel = std::make_unique<TerminalPanel>();
    m_panel->resize(800, 480);
    m_panel->show();
    m_panel->session().open(
        { .protocol = vmm::ConsoleEndpoint::Protocol::Serial, .unixSocket = path });
    QTRY_COMPARE(m_panel->session().state(), SerialSession::State::Live);
    QTRY_VERIFY(m_server->hasPendingConnections());
    m_port = m_server->nextPendingConnection();
    m_panel->view().setFocus();
}

void tst_Terminal::cleanup()
{
    m_panel.reset();
    m_server.reset();
}

void tst_Terminal::keys_reachThePort()
{
    TerminalView& view = m_panel->view();
    QTest::keyClicks(&view, QStringLiteral("ls -L"));
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(heard(6), QByteArray("ls -L\r"));
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QTest::keyClick(&view, Qt::Key_Tab);
    QTest::keyClick(&view, Qt::Key_Up);
    QCOMPARE(heard(5), QByteArray("\x03\t\x1b[A"));
    QTest::keyClick(&view, Qt::Key_X, Qt::AltModifier);
    QCOMPARE(heard(2), QByteArray("\x1bx"));
}

void tst_Terminal::lowestView_showsItsLastRow()
{
    TerminalView& view = m_panel->view();
    for (int i = 0; i < 30; ++i)
        view.zoom(1);
    m_panel->resize(300, 1);
    QTRY_VERIFY(m_panel->height() < 200);
    const TerminalScreen& screen = m_panel->session().screen();
    QVERIFY(view.viewport()->height() >= screen.size().height() * view.cellSize().height());
}

void tst_Terminal::ctrlAlt_leaves()
{
    QLineEdit next; // of the same window: somewhere to go
    next.setParent(m_panel.get());
    next.show();
    m_panel->activateWindow();
    QWidget& view = m_panel->view();
    view.setFocus();
    QTRY_VERIFY(view.hasFocus());
    const auto send = [&](QEvent::Type type, Qt::Key key, Qt::KeyboardModifiers modifiers) {
        QKeyEvent event(type, key, modifiers);
        QCoreApplication::sendEvent(&view, &event);
    };
    constexpr auto both = Qt::ControlModifier | Qt::AltModifier;
    send(QEvent::KeyPress, Qt::Key_Control, {});
    send(QEvent::KeyPress, Qt::Key_Alt, Qt::ControlModifier);
    send(QEvent::KeyPress, Qt::Key_X, both);
    send(QEvent::KeyRelease, Qt::Key_X, both);
    send(QEvent::KeyRelease, Qt::Key_Alt, Qt::ControlModifier);
    send(QEvent::KeyRelease, Qt::Key_Control, {});
    QVERIFY(view.hasFocus()); // they were for the guest
    QCOMPARE(heard(2), QByteArray("\x1b\x18"));
    send(QEvent::KeyPress, Qt::Key_Control, {});
    send(QEvent::KeyPress, Qt::Key_Alt, Qt::ControlModifier);
    send(QEvent::KeyRelease, Qt::Key_Alt, Qt::ControlModifier);
    send(QEvent::KeyRelease, Qt::Key_Control, {});
    QVERIFY(!view.hasFocus());
    QVERIFY(view.accessibleDescription().contains(QStringLiteral("Ctrl+Alt")));
}

void tst_Terminal::screen_isReadToAssistiveTechnology()
{
    say("$ ls\r\none\r\ntwo\r\n$ ");
    QAccessibleInterface* reader = QAccessible::queryAccessibleInterface(&m_panel->view());
    QCOMPARE(reader->role(), QAccessible::Terminal);
    QAccessibleTextInterface* text = reader->textInterface();
    QVERIFY(text);
    QVERIFY(text->text(0, text->characterCount()).startsWith(QStringLiteral("$ ls\none\ntwo\n$")));
    QCOMPARE(text->cursorPosition(), 14);
    QCOMPARE(text->offsetAtPoint(text->characterRect(5).center()), 5);
}

// The offscreen platform has no reader that would be told.
void tst_Terminal::readerHears_whatWasAdded()
{
    const auto added = [](const char* before, const char* now) {
        return TerminalAccessible::addedLines(QString::fromLatin1(before).split(QLatin1Char('|')),
            QString::fromLatin1(now).split(QLatin1Char('|')));
    };
    QCOMPARE(TerminalAccessible::addedLines({}, { QStringLiteral("$") }), QStringLiteral("$"));
    QCOMPARE(added("$", "$"), QString());
    QCOMPARE(added("$", "$ ls|one|two|$"), QStringLiteral(" ls\none\ntwo\n$"));
    QCOMPARE(added("$ ls|one|tw", "one|two|$"), QStringLiteral("o\n$")); // it scrolled
    QCOMPARE(added("a|b|c", "x|y"), QStringLiteral("y"));
}

void tst_Terminal::inputMethod_commits()
{
    QInputMethodEvent event;
    event.setCommitString(QString::fromUtf8("漢字"));
    QGuiApplication::sendEvent(&m_panel->view(), &event);
    QCOMPARE(heard(6), QByteArray("漢字"));
}

void tst_Terminal::selection_bySingleDoubleAndTripleClick()
{
    say("one two-three/four five\r\nsecond line");
    TerminalView& view = m_panel->view();
    QWidget* area = view.viewport();
    QTest::mousePress(area, Qt::LeftButton, {}, at(0, 0));
    QTest::mouseMove(area, at(7, 0));
    QTest::mouseRelease(area, Qt::LeftButton, {}, at(7, 0));
    QCOMPARE(view.selectedText(), QStringLiteral("one two"));
    QTest::mouseDClick(area, Qt::LeftButton, {}, at(6, 0));
    QCOMPARE(view.selectedText(), QStringLiteral("two-three/four"));
    QTest::mouseClick(area, Qt::LeftButton, {}, at(6, 0)); // the third
    QCOMPARE(view.selectedText(), QStringLiteral("one two-three/four five"));
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("one two-three/four five"));
    QTest::mouseClick(area, Qt::LeftButton, {}, at(3, 5), 600);
    QVERIFY(!view.hasSelection());
}

void tst_Terminal::block_isARectangle()
{
    say("abcd\r\nefgh\r\nijkl");
    QWidget* area = m_panel->view().viewport();
    QTest::mousePress(area, Qt::LeftButton, Qt::AltModifier, at(1, 0));
    QTest::mouseMove(area, at(3, 2));
    QTest::mouseRelease(area, Qt::LeftButton, Qt::AltModifier, at(3, 2));
    QCOMPARE(m_panel->view().selectedText(), QStringLiteral("bc\nfg\njk"));
}

void tst_Terminal::severalLines_areAskedAbout()
{
    QGuiApplication::clipboard()->setText(QStringLiteral("single"));
    QTest::keyClick(&m_panel->view(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(heard(6), QByteArray("single"));
    QGuiApplication::clipboard()->setText(QStringLiteral("rm a\nrm b\n"));
    QTest::keyClick(&m_panel->view(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    auto* bar = m_panel->findChild<QWidget*>(QStringLiteral("terminalPasteBar"));
    QVERIFY(bar->isVisible());
    QCOMPARE(m_port->bytesAvailable(), 0);
    m_panel->findChild<QPushButton*>(QStringLiteral("terminalPasteNo"))->click();
    QVERIFY(!bar->isVisible());
    QTest::keyClick(&m_panel->view(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    m_panel->findChild<QPushButton*>(QStringLiteral("terminalPasteYes"))->click();
    QCOMPARE(heard(10), QByteArray("rm a\rrm b\r"));
}

void tst_Terminal::search_findsAndGoesThere()
{
    say("needle one\r\n" + QByteArray("hay\r\n").repeated(200) + "NEEDLE two\r\n");
    QTest::keyClick(&m_panel->view(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto* field = m_panel->findChild<QLineEdit*>(QStringLiteral("terminalSearch"));
    QVERIFY(field->isVisible());
    QTest::keyClicks(field, QStringLiteral("needle"));
    QCOMPARE(m_panel->view().foundCount(), 2);
    QCOMPARE(m_panel->view().foundIndex(), 1); // the newest
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(m_panel->view().foundIndex(), 0);
    QTRY_COMPARE(m_panel->view().verticalScrollBar()->value(), 0);
    auto* label = m_panel->findChild<QLabel*>(QStringLiteral("terminalFound"));
    QVERIFY(label->text().contains(QLatin1Char('2')));
    m_panel->findChild<QAbstractButton*>(QStringLiteral("terminalMatchCase"))->click();
    QCOMPARE(m_panel->view().foundCount(), 1);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isVisible());
}

void tst_Terminal::search_followsWhatComes()
{
    TerminalView& view = m_panel->view();
    say("needle one\r\n" + QByteArray("hay\r\n").repeated(60) + "needle two\r\n");
    m_panel->showSearch();
    QTest::keyClicks(
        m_panel->findChild<QLineEdit*>(QStringLiteral("terminalSearch")), QStringLiteral("needle"));
    QCOMPARE(view.foundCount(), 2);
    say(QByteArray("hay\r\n").repeated(60) + "needle three\r\n");
    QTRY_COMPARE(view.foundCount(), 3);
    QCOMPARE(view.foundIndex(), 1); // the one that was gone to
    auto* label = m_panel->findChild<QLabel*>(QStringLiteral("terminalFound"));
    QCOMPARE(label->text(), QStringLiteral("2 of 3"));
    say("\x1b[1Aneedle four\r\n"); // in its place
    QTRY_VERIFY(m_panel->session().screen().text().contains(QStringLiteral("needle four")));
    QTRY_COMPARE(view.foundCount(), 3);

    TerminalScreen& screen = m_panel->session().screen();
    screen.setScrollbackLimit(screen.scrolledOffCount() - 1); // the first one is gone
    QCOMPARE(view.foundCount(), 2);
    QCOMPARE(view.foundIndex(), 0);
    view.findNext(false);
    view.findNext(false);
    QTest::qWait(0);
    const int line = view.verticalScrollBar()->value() + screen.size().height() / 2;
    QCOMPARE(screen.lineText(line), QStringLiteral("needle two"));
    screen.setScrollbackLimit(0);
    say(QByteArray("hay\r\n").repeated(60));
    QTRY_COMPARE(view.foundCount(), 0);
    QTRY_COMPARE(label->text(), QStringLiteral("not found"));
    say("needle five\r\n");
    QTRY_COMPARE(label->text(), QStringLiteral("1 of 1"));
}

void tst_Terminal::scrolledBack_staysWhereItIs()
{
    QScrollBar* bar = m_panel->view().verticalScrollBar();
    say(QByteArray("line\r\n").repeated(100));
    QTRY_VERIFY(bar->maximum() > 50);
    QTRY_COMPARE(bar->value(), bar->maximum());
    QTest::keyClick(&m_panel->view(), Qt::Key_PageUp, Qt::ShiftModifier);
    const int value = bar->value();
    QVERIFY(value < bar->maximum());
    say("more\r\nand more\r\n");
    QTest::qWait(50);
    QCOMPARE(bar->value(), value);
    QTest::keyClick(&m_panel->view(), Qt::Key_A); // who types wants to see it
    QTRY_COMPARE(bar->value(), bar->maximum());
}

/// What is typed goes out and timers fire while megabytes come in.
void tst_Terminal::flood_leavesTheWindowTime()
{
    const QByteArray line = QByteArray("0123456789 ").repeated(7) + "\r\n";
    const QByteArray flood = line.repeated(4'000'000 / line.size());
    m_port->write(flood + "\x1b]0;done\a");
    int turns = 0;
    QTimer ticks;
    connect(&ticks, &QTimer::timeout, this, [&] { ++turns; });
    ticks.start(1);
    QTRY_VERIFY(turns > 3);
    QTest::keyClick(&m_panel->view(), Qt::Key_Q);
    QVERIFY(heard(1).startsWith('q'));
    QTRY_COMPARE_WITH_TIMEOUT(m_panel->session().screen().title(), QStringLiteral("done"), 60'000);
    QVERIFY(turns > 10);
    QCOMPARE(m_panel->session().screen().scrolledOffCount(), 10'000);
}

void tst_Terminal::end_isSaidAndCanBeMended()
{
    m_port->write("last words");
    m_port->disconnectFromServer();
    auto* bar = m_panel->findChild<QWidget*>(QStringLiteral("terminalEndBar"));
    QTRY_VERIFY(bar->isVisible());
    QCOMPARE(m_panel->session().screen().lineText(0), QStringLiteral("last words"));
    bool isAsked = false;
    connect(m_panel.get(), &TerminalPanel::reconnectRequested, this, [&] { isAsked = true; });
    m_panel->findChild<QPushButton*>(QStringLiteral("terminalReconnect"))->click();
    QVERIFY(isAsked);
    m_panel->setUnavailable(QStringLiteral("off"));
    QCOMPARE(bar->findChild<QLabel*>()->text(), QStringLiteral("off"));
    QVERIFY(!m_panel->findChild<QPushButton*>(QStringLiteral("terminalReconnect"))->isVisible());

    // Another run of the same machine: what the last one said has scrolled off, the log goes on.
    m_panel->setUnavailable({});
    QVERIFY(m_panel->session().startLog(m_folder.filePath(QStringLiteral("log"))).isEmpty());
    m_panel->session().open({ .unixSocket = m_folder.filePath(QStringLiteral("nobody")) });
    QTRY_VERIFY(!m_panel->session().endDetail().isEmpty());
    QCOMPARE(m_panel->session().screen().lineText(0), QStringLiteral("last words"));
    QCOMPARE(m_panel->session().screen().scrolledOffCount(), 1);
    QVERIFY(m_panel->session().isLogging());
    m_panel->session().close(); // another machine
    QCOMPARE(m_panel->session().screen().lineText(0), QString());
    QVERIFY(!m_panel->session().isLogging());
}

void tst_Terminal::end_leavesShortcutsToTheWindow()
{
    int fired = 0;
    QShortcut shortcut(QKeySequence(QStringLiteral("Ctrl+F")), m_panel.get());
    connect(&shortcut, &QShortcut::activated, this, [&fired] { ++fired; });
    m_panel->activateWindow();
    TerminalView& view = m_panel->view();
    QTRY_VERIFY(view.hasFocus());
    const auto press = [&view] { QTest::keyClick(&view, Qt::Key_F, Qt::ControlModifier); };
    press();
    m_port->disconnectFromServer();
    QTRY_COMPARE(m_panel->session().state(), SerialSession::State::Ended);
    press(); // by who types on
    QCOMPARE(fired, 0);
    QTest::keyClick(&view, Qt::Key_Tab);
    QVERIFY(view.hasFocus());
    QTest::qWait(int(TypingOn::kPause.count()) + 50); // a pause is what it is about
    press();
    QCOMPARE(fired, 1);
    QTest::keyClick(&view, Qt::Key_Tab);
    QVERIFY(!view.hasFocus());
}

void tst_Terminal::log_endsAtItsLimit()
{
    const QString path = m_folder.filePath(QStringLiteral("log"));
    QVERIFY(m_panel->session().startLog(path, 20).isEmpty());
    say("0123456789");
    say("0123456789");
    QVERIFY(!m_panel->session().isLogging());
    auto* bar = m_panel->findChild<QWidget*>(QStringLiteral("terminalLogBar"));
    QVERIFY(bar->isVisible());
    QVERIFY(!m_panel->findChild<QWidget*>(QStringLiteral("terminalEndBar"))->isVisible());
    m_panel->findChild<QAbstractButton*>(QStringLiteral("terminalLogClose"))->click();
    QVERIFY(!bar->isVisible());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.size(), 20);
    QVERIFY(!m_panel->session().startLog(QStringLiteral("/nonexistent/log")).isEmpty());
}

void tst_Terminal::log_hasTheLastWords()
{
    const QString path = m_folder.filePath(QStringLiteral("last"));
    QVERIFY(m_panel->session().startLog(path).isEmpty());
    say("before");
    m_port->write("Kernel panic");
    m_port->close();
    QTRY_COMPARE(m_panel->session().state(), SerialSession::State::Ended);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().endsWith("Kernel panic"));
}

/// To be looked at: $VIRTDECK_PICTURES names a folder. Colours must differ from the background.
void tst_Terminal::pictures_inLightAndDark()
{
    say("\x1b[1mbold\x1b[0m \x1b[3mitalic\x1b[0m \x1b[4munderline\x1b[0m \x1b[21mdouble\x1b[0m "
        "\x1b[7mreverse\x1b[0m \x1b[9mstruck\x1b[0m\r\n");
    for (int color = 0; color < 16; ++color)
        say("\x1b[48;5;" + QByteArray::number(color) + "m  \x1b[0m \x1b[38;5;"
            + QByteArray::number(color) + "mtext\x1b[0m ");
    say("\r\n┌──────┬──────┐\r\n│ CPU  │\x1b[32m||||||\x1b[31m||\x1b[0m│ 漢字 かな 한글\r\n"
        "├──────┼──────┤\r\n│ Mem  │\x1b[34m█▓▒░  \x1b[0m│ é ü ß e\xcc\x81 → ∑\r\n"
        "└──────┴──────┘\r\n\x1b[38;2;255;128;0m24-bit orange\x1b[0m \x1b[30;46mPID USER  "
        "PRI  NI  VIRT\x1b[K\x1b[0m\r\n$ ");
    for (const bool isDark : { false, true }) {
        QPalette palette;
        palette.setColor(QPalette::Base, isDark ? Qt::black : Qt::white);
        palette.setColor(QPalette::Highlight, QColor(0x3d7eff));
        m_panel->setPalette(palette);
        m_panel->view().find(QStringLiteral("text"));
        m_panel->view().select({ 0, 0 }, { 0, 11 });
        QTest::qWait(50);
        const QImage picture = m_panel->grab().toImage();
        const QSize cell = m_panel->view().cellSize();
        QVERIFY((qGray(picture.pixel(picture.width() / 2, picture.height() - 40)) < 128) == isDark);
        QVERIFY(picture.pixel(cell.width() * 8 * 1 + 2, cell.height() + 2) // the red field
            != picture.pixel(picture.width() / 2, picture.height() - 40));
        const QString folder = qEnvironmentVariable("VIRTDECK_PICTURES");
        if (!folder.isEmpty())
            picture.save(folder
                + (isDark ? QStringLiteral("/terminal-dark.png")
                          : QStringLiteral("/terminal-light.png")));
    }
}

/// Source of the formula: WCAG 2.1.
static double contrast(const QColor& first, const QColor& second)
{
    const auto luminance = [](const QColor& color) {
        const auto linear = [](double part) {
            return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
            + 0.0722 * linear(color.blueF());
    };
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

void tst_Terminal::everyPairOfColours_canBeRead()
{
    QPalette light;
    light.setColor(QPalette::Base, Qt::white);
    QPalette dark;
    dark.setColor(QPalette::Base, Qt::black);
    for (const QPalette& palette : { light, dark }) {
        const TerminalTheme theme = TerminalTheme::forPalette(palette);
        for (const QColor& back : theme.colors) {
            for (const QColor& text : theme.colors) {
                const QColor shown = TerminalTheme::readable(text, back);
                QVERIFY2(text == back || contrast(shown, back) >= 4.4,
                    qPrintable(text.name() + u' ' + shown.name() + u' ' + back.name()));
                if (contrast(text, back) >= TerminalTheme::kLeastContrast)
                    QCOMPARE(shown, text); // what can be read stays as it was meant
            }
        }
    }
    // And so it is painted: black on cyan, but for what draws.
    say("\x1b[30;46mHHHH\x1b[0m\r\n\x1b[37;46m\xe2\x96\x88\xe2\x96\x88\x1b[0m");
    TerminalView& view = m_panel->view();
    view.setPalette(light);
    const QImage shown = view.viewport()->grab().toImage();
    const TerminalTheme theme = TerminalTheme::forPalette(light);
    const QSize cell = view.cellSize();
    double best = 0;
    for (int y = 0; y < cell.height(); ++y) {
        for (int x = 0; x < 4 * cell.width(); ++x)
            best = std::max(best, contrast(shown.pixelColor(x, y), theme.colors[6]));
    }
    QVERIFY2(best >= 4, qPrintable(QString::number(best)));
    QCOMPARE(shown.pixelColor(cell.width(), cell.height() + cell.height() / 2), theme.colors[7]);
}

QTEST_MAIN(tst_Terminal)
#include "tst_Terminal.moc"
