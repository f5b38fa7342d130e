// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>

namespace tests {

/// Runs qemu-img and waits; false if it fails. "create -f qcow2 %1 8M", with %1 and so on replaced
/// by `paths`.
inline bool qemuImg(const QString& command, const QStringList& paths)
{
    QStringList arguments;
    for (QString word : command.split(QLatin1Char(' '))) {
        for (qsizetype i = 0; i < paths.size(); ++i)
            word.replace(QLatin1Char('%') + QString::number(i + 1), paths.at(i));
        arguments.append(word);
    }
    QProcess program;
    program.setStandardOutputFile(QProcess::nullDevice());
    program.start(QStringLiteral("qemu-img"), arguments);
    return program.waitForFinished() && program.exitCode() == 0;
}

} // namespace tests
