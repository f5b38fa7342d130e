// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

namespace models {

/// One device of a domain XML, as it is written there.
struct DeviceElement {
    QString name {}; ///< "disk"
    int index = 0; ///< among those of its name
    QString xml {};
    qsizetype end = 0; ///< behind it in the domain XML
};

/// The children of <devices>, in their order. Nothing if the XML does not parse.
QVector<DeviceElement> deviceElements(const QString& domainXml);

/// With one more device, behind the others of its name. Nothing if there is no device yet, or if
/// the XML does not parse.
QString withDevice(const QString& domainXml, const QString& name, const QString& deviceXml);

/// A text that is the same for all XML that says the same: comments, layout, and the order of
/// attributes and devices don't count. Nothing if the XML does not parse.
QString canonicalXml(const QString& xml);

} // namespace models
