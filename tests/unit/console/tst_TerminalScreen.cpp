// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Escape sequences in, cells out; keys in, bytes out.

#include "console/terminal/TerminalScreen.h"

#include <QSignalSpy>
#include <QTest>

using namespace console;

class tst_TerminalScreen : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sequences_drawWhatTheyMean_data();
    void sequences_drawWhatTheyMean();
    void colours_keepHowTheyWereNamed();
    void styles_areEachTold();
    void wideAndCombining_takeTheirPlaces();
    void alternateScreen_leavesTheOtherAsItWas();
    void scrollback_keepsItsLimit();
    void tallerScreen_takesLinesBack();
    void lowestScreen_losesNoLine();
    void narrowerScreen_cutsNothingOff();
    void narrowerScreen_tellsWhichLinesAreGone();
    void smallerAlternateScreen_cutsNothingBelowItOff_data();
    void smallerAlternateScreen_cutsNothingBelowItOff();
    void questions_areAnswered();
    void keys_areEncoded_data();
    void keys_areEncoded();
    void charactersWithControl_areSingleBytes_data();
    void charactersWithControl_areSingleBytes();
    void altBeforeACharacter_isEscape();
    void paste_isBracketedAndCannotLeaveItsBrackets();
    void mouse_isReportedWhereItIsWanted();
    void garbage_harmsNothing();
    void tooManyArguments_harmNothing();
    void repeatedCharacter_isPlainOrNone();
    void cursorSavedOnALargerScreen_harmsNothing();
    void reset_scrollsOffWhatWasThere();
};

void tst_TerminalScreen::sequences_drawWhatTheyMean_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("lines");
    const auto row = [](const char* name, const char* bytes, const QStringList& lines) {
        QTest::newRow(name) << QByteArray(bytes) << lines;
    };
    const auto text = [](const char* utf8) { return QString::fromUtf8(utf8); };
    row("text", "one\r\ntwo", { text("one"), text("two") });
    row("line feed alone keeps the column", "a\nb", { text("a"), text(" b") });
    row("carriage return", "abc\rX", { text("Xbc") });
    row("backspace", "abc\b\bX", { text("aXc") });
    row("tab", "a\tb", { text("a       b") });
    row("cursor address", "\x1b[2;4HX", { QString(), text("   X") });
    row("cursor up and right", "\r\n\x1b[A\x1b[2CX", { text("  X") });
    row("erase to the end of line", "abcdef\x1b[3D\x1b[K", { text("abc") });
    row("erase to the beginning of line", "abcdef\x1b[3D\x1b[1K", { text("    ef") });
    row("erase the screen", "abc\r\ndef\x1b[2J", {});
    row("insert characters", "abc\r\x1b[2@", { text("  abc") });
    row("delete characters", "abcdef\r\x1b[2P", { text("cdef") });
    row("insert lines", "a\r\nb\x1b[H\x1b[L", { QString(), text("a"), text("b") });
    row("delete lines", "a\r\nb\r\nc\x1b[H\x1b[M", { text("b"), text("c") });
    row("scroll region", "\x1b[1;2ra\r\nb\r\nc\x1b[r", { text("b"), text("c") });
    row("save and restore",
        "ab\x1b"
        "7\x1b[3;3HX\x1b"
        "8c",
        { text("abc"), QString(), text("  X") });
    row("line drawing", "\x1b(0lqk\x1b(B", { text("┌─┐") });
    row("UTF-8", "gr\xc3\xbc\xc3\x9f dich", { text("grüß dich") });
    row("wraps", "0123456789012345678901", { text("01234567890123456789"), text("01") });
    row("no wrap", "\x1b[?7l0123456789012345678901", { text("01234567890123456781") });
    row("title is not shown",
        "\x1b]0;title\x07"
        "x",
        { text("x") });
    row("unknown sequences are not shown", "\x1b[?9999h\x1b[>7zx\x1bP1$rq\x1b\\y", { text("xy") });
    row("reset",
        "abc\x1b"
        "cx",
        { text("x") });
}

void tst_TerminalScreen::sequences_drawWhatTheyMean()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, lines);
    // Whole, and byte by byte: where a packet ends must not matter.
    for (const qsizetype step : { bytes.size(), qsizetype(1) }) {
        TerminalScreen screen({ 20, 5 });
        for (qsizetype at = 0; at < bytes.size(); at += step)
            screen.feed(QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at)));
        for (int i = 0; i < screen.size().height(); ++i)
            QCOMPARE(screen.lineText(screen.scrolledOffCount() + i), lines.value(i));
    }
}

void tst_TerminalScreen::colours_keepHowTheyWereNamed()
{
    TerminalScreen screen;
    screen.feed("\x1b[31ma\x1b[94mb\x1b[38;5;200mc\x1b[38;2;1;2;3md\x1b[39me\x1b[48;2;9;8;7mf");
    const CellLine line = screen.line(0);
    const auto palette
        = [](quint8 index) { return CellColor { .kind = CellColor::Kind::Palette, .red = index }; };
    QCOMPARE(line[0].style.foreground, palette(1));
    QCOMPARE(line[1].style.foreground, palette(12));
    QCOMPARE(line[2].style.foreground, palette(200));
    QCOMPARE(line[3].style.foreground,
        (CellColor { .kind = CellColor::Kind::Rgb, .red = 1, .green = 2, .blue = 3 }));
    QCOMPARE(line[4].style.foreground, CellColor {});
    QCOMPARE(line[5].style.background,
        (CellColor { .kind = CellColor::Kind::Rgb, .red = 9, .green = 8, .blue = 7 }));
}

void tst_TerminalScreen::styles_areEachTold()
{
    TerminalScreen screen;
    screen.feed("\x1b[1ma\x1b[0;3mb\x1b[0;4mc\x1b[0;21md\x1b[0;7me\x1b[0;9mf\x1b[0mg");
    const CellLine line = screen.line(0);
    QCOMPARE(line[0].style, (CellStyle { .isBold = true }));
    QCOMPARE(line[1].style, (CellStyle { .isItalic = true }));
    QCOMPARE(int(line[2].style.underline), 1);
    QCOMPARE(int(line[3].style.underline), 2);
    QCOMPARE(line[4].style, (CellStyle { .isReverse = true }));
    QCOMPARE(line[5].style, (CellStyle { .isStruck = true }));
    QCOMPARE(line[6].style, CellStyle {});
}

void tst_TerminalScreen::wideAndCombining_takeTheirPlaces()
{
    TerminalScreen screen;
    screen.feed("\xe6\xbc\xa2x e\xcc\x81!"); // 漢x e + acute !
    const CellLine line = screen.line(0);
    QCOMPARE(int(line[0].width), 2);
    QCOMPARE(int(line[1].width), 0);
    QCOMPARE(line[2].text(), QStringLiteral("x"));
    QCOMPARE(line[4].text(), QString::fromUtf8("e\xcc\x81"));
    QCOMPARE(screen.lineText(0), QString::fromUtf8("\xe6\xbc\xa2x e\xcc\x81!"));
}

void tst_TerminalScreen::alternateScreen_leavesTheOtherAsItWas()
{
    TerminalScreen screen({ 20, 5 });
    screen.feed("shell\x1b[?1049h\x1b[2J\x1b[Heditor");
    QVERIFY(screen.isAlternate());
    QCOMPARE(screen.lineText(0), QStringLiteral("editor"));
    screen.feed("\x1b[?1049l");
    QVERIFY(!screen.isAlternate());
    QCOMPARE(screen.lineText(0), QStringLiteral("shell"));
}

void tst_TerminalScreen::scrollback_keepsItsLimit()
{
    TerminalScreen screen({ 20, 3 });
    screen.setScrollbackLimit(10);
    QSignalSpy away(&screen, &TerminalScreen::scrolledAway);
    for (int i = 0; i < 30; ++i)
        screen.feed(QByteArray::number(i) + "\r\n");
    QCOMPARE(screen.scrolledOffCount(), 10);
    QCOMPARE(screen.lineText(0), QStringLiteral("18")); // 28 and 29 are on the screen
    int gone = 0;
    for (const auto& call : away)
        gone += call.first().toInt();
    QCOMPARE(gone, 18);
    screen.setScrollbackLimit(0);
    QCOMPARE(screen.lineCount(), 3);
}

void tst_TerminalScreen::tallerScreen_takesLinesBack()
{
    TerminalScreen screen({ 20, 3 });
    screen.feed("\x1b[31mone\x1b[0m\r\ntwo\r\nthree\r\nfour");
    QCOMPARE(screen.scrolledOffCount(), 1);
    screen.resize({ 20, 4 });
    QCOMPARE(screen.scrolledOffCount(), 0);
    QCOMPARE(screen.lineText(0), QStringLiteral("one"));
    QCOMPARE(screen.line(0)[0].style.foreground.kind, CellColor::Kind::Palette);
    screen.resize({ 1, 1 });
    screen.resize({ 5000, 5000 });
    QCOMPARE(screen.size(), QSize(1000, 1000));
}

void tst_TerminalScreen::lowestScreen_losesNoLine()
{
    TerminalScreen screen({ 20, 5 });
    screen.resize({ 20, 1 });
    screen.feed("one\r\ntwo\r\n" + QByteArray(25, 'x') + "\r\nend");
    QStringList lines;
    for (int i = 0; i < screen.lineCount(); ++i)
        lines.append(screen.lineText(i));
    QCOMPARE(lines,
        QStringList({ QStringLiteral("one"), QStringLiteral("two"), QString(20, QLatin1Char('x')),
            QStringLiteral("xxxxx"), QStringLiteral("end") }));
    QCOMPARE(screen.cursor(), QPoint(3, screen.size().height() - 1));
}

/// Down to the last with a letter on it.
static QStringList linesOf(const TerminalScreen& screen)
{
    QStringList texts;
    for (int i = 0; i < screen.lineCount(); ++i)
        texts.append(screen.lineText(i));
    while (!texts.isEmpty() && texts.last().isEmpty())
        texts.removeLast();
    return texts;
}

void tst_TerminalScreen::narrowerScreen_cutsNothingOff()
{
    TerminalScreen screen({ 20, 4 });
    screen.feed("short\r\n\x1b[31mone long line, whole\x1b[0m\r\nnext\r\n$ ls");
    screen.resize({ 10, 4 });
    const QStringList all { QStringLiteral("short"), QStringLiteral("one long line, whole"),
        QStringLiteral("next"), QStringLiteral("$ ls") };
    QCOMPARE(linesOf(screen), all);
    QCOMPARE(screen.scrolledOffCount(), 2);
    QCOMPARE(screen.cursor(), QPoint(4, 1));
    screen.feed(" -l\r\n");
    screen.resize({ 10, 8 }); // there would be room for more lines, but not for that one
    QCOMPARE(screen.scrolledOffCount(), 2);
    QCOMPARE(screen.lineText(1), all[1]);
    screen.resize({ 20, 10 });
    QCOMPARE(screen.scrolledOffCount(), 0);
    QCOMPARE(screen.lineText(1), all[1]);
    QCOMPARE(screen.line(1)[19].style.foreground.kind, CellColor::Kind::Palette);
    QCOMPARE(screen.lineText(3), QStringLiteral("$ ls -l"));
}

void tst_TerminalScreen::narrowerScreen_tellsWhichLinesAreGone()
{
    TerminalScreen screen({ 20, 4 });
    screen.setScrollbackLimit(2);
    screen.feed("one\r\ntwo\r\nthree\r\nfour\r\nsomewhat longer line\r\n$");
    QCOMPARE(screen.lineText(3), QStringLiteral("four"));
    QSignalSpy away(&screen, &TerminalScreen::scrolledAway);
    screen.resize({ 10, 4 });
    QCOMPARE(away.size(), 1);
    QCOMPARE(screen.lineText(3 - away.first().first().toInt()), QStringLiteral("four"));
}

void tst_TerminalScreen::smallerAlternateScreen_cutsNothingBelowItOff_data()
{
    QTest::addColumn<QList<QSize>>("sizes");
    QTest::addColumn<int>("scrolledOff");
    QTest::newRow("narrower") << QList<QSize> { { 10, 6 } } << 2;
    QTest::newRow("lower") << QList<QSize> { { 20, 3 } } << 3;
    QTest::newRow("much lower") << QList<QSize> { { 20, 2 } } << 4;
    QTest::newRow("both") << QList<QSize> { { 18, 3 }, { 10, 2 } } << 4;
    QTest::newRow("and back") << QList<QSize> { { 5, 2 }, { 20, 6 } } << 0;
    QTest::newRow("wider") << QList<QSize> { { 30, 8 } } << 0;
}

void tst_TerminalScreen::smallerAlternateScreen_cutsNothingBelowItOff()
{
    QFETCH(QList<QSize>, sizes);
    QFETCH(int, scrolledOff);
    TerminalScreen screen({ 20, 6 });
    screen.feed("short\r\n\x1b[31mone long line, whole\x1b[0m\r\nnext\r\n$ vim\r\n\x1b[32m");
    screen.feed("\x1b[?1049h\x1b[2J\x1b[Hedit\x1b[6;20H\x1b[0m");
    for (const QSize& size : sizes) {
        screen.resize(size);
        QCOMPARE(screen.scrolledOffCount(), 0);
        QCOMPARE(screen.lineText(0), QStringLiteral("edit"));
    }
    screen.feed("\x1b[?1049l$ l\r\n$");
    const QStringList all { QStringLiteral("short"), QStringLiteral("one long line, whole"),
        QStringLiteral("next"), QStringLiteral("$ vim"), QStringLiteral("$ l"),
        QStringLiteral("$") };
    QCOMPARE(linesOf(screen), all);
    QCOMPARE(screen.scrolledOffCount(), scrolledOff);
    QCOMPARE(screen.cursor(), QPoint(1, 5 - screen.scrolledOffCount()));
    QCOMPARE(screen.line(1)[19].style.foreground.kind, CellColor::Kind::Palette);
    QCOMPARE(screen.line(4)[0].style.foreground.red, 2); // as before the alternate one
}

void tst_TerminalScreen::questions_areAnswered()
{
    TerminalScreen screen;
    QByteArray said;
    connect(
        &screen, &TerminalScreen::output, this, [&](const QByteArray& bytes) { said += bytes; });
    screen.feed("\x1b[3;5H\x1b[6n");
    QCOMPARE(said, QByteArray("\x1b[3;5R"));
}

void tst_TerminalScreen::keys_areEncoded_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QByteArray>("bytes");
    const auto row
        = [](const char* name, const char* mode, int key, int modifiers, const char* bytes) {
              QTest::newRow(name) << QByteArray(mode) << key << modifiers << QByteArray(bytes);
          };
    row("Return", "", Qt::Key_Return, 0, "\r");
    row("Backspace", "", Qt::Key_Backspace, 0, "\x7f");
    row("Escape", "", Qt::Key_Escape, 0, "\x1b");
    row("Up", "", Qt::Key_Up, 0, "\x1b[A");
    row("Up for applications", "\x1b[?1h", Qt::Key_Up, 0, "\x1bOA");
    row("Ctrl+Right", "", Qt::Key_Right, int(Qt::ControlModifier), "\x1b[1;5C");
    row("Home", "", Qt::Key_Home, 0, "\x1b[H");
    row("Delete", "", Qt::Key_Delete, 0, "\x1b[3~");
    row("Page Up", "", Qt::Key_PageUp, 0, "\x1b[5~");
    row("F1", "", Qt::Key_F1, 0, "\x1bOP");
    row("F5", "", Qt::Key_F5, 0, "\x1b[15~");
    row("F12", "", Qt::Key_F12, 0, "\x1b[24~");
    row("Shift+Tab", "", Qt::Key_Backtab, int(Qt::ShiftModifier), "\x1b[Z");
    row("Ctrl+Tab", "", Qt::Key_Tab, int(Qt::ControlModifier), "\t");
    row("Shift+Return", "", Qt::Key_Return, int(Qt::ShiftModifier), "\r");
    row("Ctrl+Return", "", Qt::Key_Return, int(Qt::ControlModifier), "\r");
    row("Alt+Return", "", Qt::Key_Return, int(Qt::AltModifier), "\x1b\r");
    row("keypad's Enter", "", Qt::Key_Enter, int(Qt::KeypadModifier), "\r");
    row("Shift+Backspace", "", Qt::Key_Backspace, int(Qt::ShiftModifier), "\x7f");
    row("Ctrl+Backspace", "", Qt::Key_Backspace, int(Qt::ControlModifier), "\b");
    row("Alt+Backspace", "", Qt::Key_Backspace, int(Qt::AltModifier), "\x1b\x7f");
    row("Shift+Escape", "", Qt::Key_Escape, int(Qt::ShiftModifier), "\x1b");
}

void tst_TerminalScreen::keys_areEncoded()
{
    QFETCH(QByteArray, mode);
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(QByteArray, bytes);
    TerminalScreen screen;
    screen.feed(mode);
    QByteArray said;
    connect(&screen, &TerminalScreen::output, this, [&](const QByteArray& out) { said += out; });
    QVERIFY(screen.pressKey(key, Qt::KeyboardModifiers(modifiers)));
    QCOMPARE(said, bytes);
}

void tst_TerminalScreen::charactersWithControl_areSingleBytes_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* typed, const QByteArray& bytes) {
        QTest::newRow(typed) << QString::fromLatin1(typed) << bytes;
    };
    row("c", "\x03");
    row("i", "\t");
    row("j", "\n");
    row("m", "\r");
    row("[", "\x1b");
    row("\\", "\x1c");
    row("]", "\x1d");
    row("_", "\x1f");
    row("/", "\x1f");
    row("@", QByteArray(1, '\0'));
    row(" ", QByteArray(1, '\0'));
    row("2", QByteArray(1, '\0'));
    row("3", "\x1b");
    row("7", "\x1f");
    row("8", "\x7f");
    row("?", "\x7f");
    row("9", "9");
    row(".", ".");
}

void tst_TerminalScreen::charactersWithControl_areSingleBytes()
{
    QFETCH(QString, typed);
    QFETCH(QByteArray, bytes);
    TerminalScreen screen;
    QByteArray said;
    connect(&screen, &TerminalScreen::output, this, [&](const QByteArray& out) { said += out; });
    screen.typeText(typed, Qt::ControlModifier);
    QCOMPARE(std::exchange(said, {}), bytes);
    screen.typeText(typed, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(said, "\x1b" + bytes);
}

void tst_TerminalScreen::altBeforeACharacter_isEscape()
{
    TerminalScreen screen;
    QByteArray said;
    connect(&screen, &TerminalScreen::output, this, [&](const QByteArray& out) { said += out; });
    screen.typeText(QStringLiteral("."), Qt::AltModifier);
    screen.typeText(QStringLiteral("é"), Qt::AltModifier);
    QCOMPARE(said, QByteArray("\x1b.\x1bé"));
}

void tst_TerminalScreen::paste_isBracketedAndCannotLeaveItsBrackets()
{
    TerminalScreen screen;
    QByteArray said;
    connect(&screen, &TerminalScreen::output, this, [&](const QByteArray& out) { said += out; });
    screen.paste(QStringLiteral("a\nb"));
    QCOMPARE(std::exchange(said, {}), QByteArray("a\rb"));
    screen.feed("\x1b[?2004h");
    screen.paste(QStringLiteral("x\x1b[201~y\r\nz"));
    QCOMPARE(said, QByteArray("\x1b[200~x[201~y\rz\x1b[201~"));
}

void tst_TerminalScreen::mouse_isReportedWhereItIsWanted()
{
    TerminalScreen screen;
    QByteArray said;
    connect(&screen, &TerminalScreen::output, this, [&](const QByteArray& out) { said += out; });
    screen.moveMouse({ 4, 2 }, {});
    screen.pressMouse(1, true, {});
    QVERIFY(said.isEmpty());
    screen.pressMouse(1, false, {});
    screen.feed("\x1b[?1000h\x1b[?1006h");
    QCOMPARE(screen.mouseMode(), TerminalScreen::MouseMode::Click);
    screen.pressMouse(1, true, {});
    screen.pressMouse(1, false, {});
    QCOMPARE(said, QByteArray("\x1b[<0;5;3M\x1b[<0;5;3m"));
}

void tst_TerminalScreen::garbage_harmsNothing()
{
    TerminalScreen screen;
    quint32 state = 1;
    QByteArray noise(200'000, Qt::Uninitialized);
    for (char& byte : noise) {
        state = state * 1664525 + 1013904223;
        byte = char(state >> 24);
    }
    for (qsizetype at = 0; at < noise.size(); at += 1000) {
        screen.feed(QByteArrayView(noise).sliced(at, 1000));
        screen.resize({ int(20 + at / 1000 % 90), int(3 + at / 1000 % 40) });
        for (int i = 0; i < screen.lineCount(); i += 97)
            (void)screen.lineText(i);
    }
    screen.reset();
    screen.feed("\x1b"
                "c\x1b[2J\x1b[Hstill here");
    QCOMPARE(screen.lineText(screen.scrolledOffCount()), QStringLiteral("still here"));
}

void tst_TerminalScreen::tooManyArguments_harmNothing()
{
    TerminalScreen screen({ 20, 3 });
    for (const QByteArray& start : { QByteArray("\x1b["), QByteArray("\x1b\x07[\x08?") })
        screen.feed(start + QByteArray("1;2:").repeated(100'000) + 'y');
    for (int i = 0; i < 1000; ++i) // in parts
        screen.feed(i == 0 ? "\x1b[2;3" : ";1");
    screen.feed("Hx\x1b[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;31mred");
    QCOMPARE(screen.text(), QStringLiteral("\n  xred\n"));
    QCOMPARE(screen.line(1)[3].style.foreground.red, 1); // as many as there is room for
}

void tst_TerminalScreen::repeatedCharacter_isPlainOrNone()
{
    TerminalScreen screen({ 20, 3 });
    screen.feed("a\x1b[3b-\x1b[b;\x1b[");
    screen.feed("2");
    screen.feed("b");
    QCOMPARE(screen.text().section(QLatin1Char('\n'), 0, 0), QStringLiteral("aaaa--;;;"));
    screen.feed("\r\n\xcc\x81\x1b[9b"); // of no width: without end
    screen.feed("\xe4\xb8\xad\x1b[99b"); // wide
    screen.feed("\x1b[99999999999999b\x1b[?5b\x1b[5 b!");
    QVERIFY2(screen.text().contains(QLatin1Char('!')), qPrintable(screen.text()));
}

void tst_TerminalScreen::cursorSavedOnALargerScreen_harmsNothing()
{
    for (const QByteArray& back : { QByteArray("\x1b"
                                               "8"),
             QByteArray("\x1b\x07"
                        "8"),
             QByteArray("\x1b[?1048l"),
             QByteArray("\x1b[?10\x07"
                        "48\x08l") }) {
        TerminalScreen screen({ 1000, 1000 });
        screen.feed("\x1b[1000;1000H\x1b"
                    "7\x1b[H");
        screen.resize({ 8, 2 });
        // A line of twice the size, a tabulator, parts that are erased and pushed on.
        screen.feed(back + "\x1b#3\x1bH\x1b#5\x1b[K\x1b[4@\x1b[2Px");
        QCOMPARE(screen.cursor(), QPoint(7, 1));
        QCOMPARE(screen.lineText(screen.scrolledOffCount() + 1), QStringLiteral("       x"));
        screen.feed("\x1b]0;hall 8l [8l\x07");
        QCOMPARE(screen.title(), QStringLiteral("hall 8l [8l"));
    }
}

void tst_TerminalScreen::reset_scrollsOffWhatWasThere()
{
    TerminalScreen screen({ 20, 5 });
    screen.feed("one\r\ntwo\r\n\x1b[2;4r\x1b[?1000h"); // a region, and the mouse wanted
    screen.reset();
    QCOMPARE(screen.scrolledOffCount(), 2);
    QCOMPARE(screen.lineText(0), QStringLiteral("one"));
    QCOMPARE(screen.lineText(1), QStringLiteral("two"));
    QCOMPARE(screen.lineText(2), QString());
    QCOMPARE(screen.cursor(), QPoint(0, 0));
    QCOMPARE(screen.mouseMode(), TerminalScreen::MouseMode::None);
    screen.feed("three");
    QCOMPARE(screen.lineText(2), QStringLiteral("three"));

    QSignalSpy scrolled(&screen, &TerminalScreen::scrolledAway);
    screen.clear();
    QCOMPARE(screen.scrolledOffCount(), 0);
    QCOMPARE(screen.lineText(0), QString());
    QCOMPARE(scrolled.first().first().toInt(), 3);
}

QTEST_GUILESS_MAIN(tst_TerminalScreen)
#include "tst_TerminalScreen.moc"
