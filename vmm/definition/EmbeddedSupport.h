// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/Definition.h"

namespace vmm {

/// One part of a definition that the embedded core can't honour.
struct Unsupported {
    QString element {}; ///< "devices/hostdev", "devices/interface@type"
    QString value {}; ///< the value that isn't supported; empty if the whole element isn't

    bool operator==(const Unsupported&) const = default;
};

/// All that the embedded core would have to ignore, each element once, in the order of the XML.
/// What libvirt writes by itself and means nothing here (<resource>, <seclabel>, aliases, PCI
/// addresses) is not in it.
QVector<Unsupported> unsupportedByEmbedded(const Definition& definition);

/// Errors: InvalidConfig/DefinitionUnsupported, subject: the first element, detail: all of them.
Result<void> checkSupportedByEmbedded(const Definition& definition);

} // namespace vmm
