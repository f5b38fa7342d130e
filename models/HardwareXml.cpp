// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HardwareXml.h"

#include <QHash>
#include <QXmlStreamReader>

namespace models {

namespace {

// The reader stands at its start, and then at its end.
QString canonicalElement(QXmlStreamReader& reader)
{
    const QString name = reader.qualifiedName().toString();
    QStringList attributes;
    for (const QXmlStreamAttribute& attribute : reader.attributes())
        attributes << attribute.qualifiedName().toString() + QLatin1Char('=')
                + attribute.value().toString().toHtmlEscaped();
    attributes.sort();
    QString text;
    QStringList children;
    while (!reader.atEnd() && reader.readNext() != QXmlStreamReader::EndElement) {
        if (reader.isStartElement())
            children << canonicalElement(reader);
        else if (reader.isCharacters())
            text += reader.text();
    }
    if (name == QStringLiteral("devices"))
        children.sort();
    return QLatin1Char('<') + name + QLatin1Char(' ') + attributes.join(QLatin1Char(' '))
        + QLatin1Char('>') + text.trimmed().toHtmlEscaped() + children.join(QString())
        + QStringLiteral("</>");
}

} // namespace

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
            if (depth == 3 && isInDevices) {
                found.last().end = reader.characterOffset();
                found.last().xml = domainXml.mid(begin, found.last().end - begin);
            }
            --depth;
        }
    }
    if (reader.hasError())
        return {};
    return found;
}

QString withDevice(const QString& domainXml, const QString& name, const QString& deviceXml)
{
    const QVector<DeviceElement> devices = deviceElements(domainXml);
    if (devices.isEmpty())
        return {};
    qsizetype end = devices.last().end;
    for (const DeviceElement& each : devices) {
        if (each.name == name)
            end = each.end;
    }
    return QString(domainXml).insert(end, QStringLiteral("\n    ") + deviceXml);
}

QString canonicalXml(const QString& xml)
{
    QXmlStreamReader reader(xml);
    reader.setNamespaceProcessing(false); // of a part, whose prefixes are told elsewhere
    if (!reader.readNextStartElement())
        return {};
    const QString canonical = canonicalElement(reader);
    return reader.hasError() ? QString() : canonical;
}

} // namespace models
