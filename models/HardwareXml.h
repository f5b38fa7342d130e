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
};

/// The children of <devices>, in their order. Nothing if the XML does not parse.
QVector<DeviceElement> deviceElements(const QString& domainXml);

} // namespace models
