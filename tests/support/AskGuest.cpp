// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/AskGuest.h"

#include <QFile>
#include <QLocalSocket>
#include <QTest>

namespace tests {

bool waitForGuest(const vmm::Machine& machine)
{
    constexpr int kBootMs = 120'000;
    return QTest::qWaitFor(
        [&machine] {
            QFile log(machine.places().serialLog());
            return log.open(QIODevice::ReadOnly) && log.readAll().contains("tiny# ");
        },
        kBootMs);
}

QString askGuest(const vmm::Machine& machine, const QString& command)
{
    constexpr int kAnswerMs = 60'000;
    static int count = 0;
    const QByteArray mark = "end" + QByteArray::number(++count);
    QLocalSocket shell;
    shell.connectToServer(machine.places().serialSocket());
    // The marks are in two parts, so that the echo of the command is none of them.
    shell.write("echo 'beg''in'; " + command.toUtf8() + "; echo 'e''" + mark.mid(1) + "'\n");
    QByteArray said;
    const auto isDone = [&] {
        said += shell.readAll();
        return said.contains(mark + "\r\n");
    };
    if (!QTest::qWaitFor(isDone, kAnswerMs))
        qWarning("no answer to \"%s\": %s", qPrintable(command), said.constData());
    const qsizetype end = said.lastIndexOf(mark + "\r\n");
    const qsizetype begin = said.lastIndexOf("begin\r\n", end);
    return QString::fromUtf8(said.mid(begin + 7, end - begin - 7)).simplified();
}

} // namespace tests
