// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HardwareXml.h"

#include <QHash>
#include <QXmlStreamReader>

namespace models {

QVector<DeviceElement> deviceElements(const QString& domainXml)
{
    QXmlStreamReader reader(domainXml);
    QVector<DeviceElement> found;
    QHash<QString, int> seen;
    int depth = 0;
    bool isInDevices = false;
    qint64 begin = 0;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement()) {
            ++depth;
            if (depth == 2)
                isInDevices = reader.name() == QStringLiteral("devices");
            if (depth == 3 && isInDevices) {
                // The reader stands behind the tag, which holds no other "<".
                begin = domainXml.lastIndexOf(QLatin1Char('<'), reader.characterOffset() - 1);
                const QString name = reader.name().toString();
                found.append({ .name = name, .index = seen[name]++ });
            }
        } else if (reader.isEndElement()) {
            if (depth == 3 && isInDevices)
                found.last().xml = domainXml.mid(begin, reader.characterOffset() - begin);
            --depth;
        }
    }
    if (reader.hasError())
        return {};
    return found;
}

} // namespace models
