// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/virtdeck/Programs.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace app {

QString programPath(const QString& name)
{
    const QString here = QCoreApplication::applicationDirPath();
    for (const QString& folder :
        { here, here + QLatin1Char('/') + QStringLiteral(VIRTDECK_LIBEXEC_FROM_BIN) }) {
        const QFileInfo file(folder + QLatin1Char('/') + name);
        if (file.isExecutable())
            return file.absoluteFilePath();
    }
    return name;
}

} // namespace app
