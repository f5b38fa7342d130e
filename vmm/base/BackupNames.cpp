// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/base/BackupNames.h"

#include <QRegularExpression>

namespace vmm {

namespace {

QString encoded(const QString& text)
{
    QString word;
    for (const QChar c : text) {
        const bool isPlain = c.isLetterOrNumber() || QStringLiteral("_-.").contains(c);
        word += isPlain ? QString(c) : QString::fromLatin1(QString(c).toUtf8().toPercentEncoding());
    }
    return word;
}

} // namespace

bool isCheckpointName(const QString& name)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\A[a-zA-Z0-9_\\-][a-zA-Z0-9_\\-.]*\\z"));
    return pattern.match(name).hasMatch();
}

QString backupFileName(const QString& machine, const QString& target, const QString& moment)
{
    return QStringLiteral("%1-%2@%3.qcow2").arg(encoded(machine), target, encoded(moment));
}

} // namespace vmm
