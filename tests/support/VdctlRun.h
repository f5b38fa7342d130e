// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTest>

namespace tests {

/// How a run of vdctl has ended.
struct VdctlRun {
    int exitCode = -1;
    QByteArray output {};
    QByteArray errors {};
};

inline void startVdctl(QProcess& program, const QString& uri, const QStringList& line)
{
    program.start(QStringLiteral(VIRTDECK_BIN_DIR "/vdctl"),
        QStringList { QStringLiteral("-c"), uri } + line);
    program.closeWriteChannel();
}

inline VdctlRun endOf(QProcess& program, int milliseconds = 60'000)
{
    const bool hasEnded = QTest::qWaitFor(
        [&program] { return program.state() == QProcess::NotRunning; }, milliseconds);
    return { .exitCode = hasEnded ? program.exitCode() : -1,
        .output = program.readAllStandardOutput(),
        .errors = program.readAllStandardError() };
}

inline VdctlRun runVdctl(const QString& uri, const QStringList& line)
{
    QProcess program;
    startVdctl(program, uri, line);
    return endOf(program);
}

/// "pool list" as words.
inline QStringList words(const QString& text)
{
    return text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace tests
