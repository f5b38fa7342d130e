// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/Definition.h"

#include <pugixml.hpp>

namespace vmm {

/// What VirtDeck itself notes of a machine in the <metadata> of its definition, where every client
/// of the host finds it (docs/definition.md):
///   <virtdeck:machine xmlns:virtdeck="urn:virtdeck:machine:1"><virtdeck:tag>web</virtdeck:tag>...
struct MachineMarks {
    QStringList tags {};
    bool isTemplate = false;
    QUuid parent {}; ///< the machine that its disks stand on; null: none
    QString parentName {}; ///< as it was called then

    bool isEmpty() const { return *this == MachineMarks {}; }
    bool operator==(const MachineMarks&) const = default;
};

inline constexpr auto kMarksNamespace = "urn:virtdeck:machine:1";
inline constexpr auto kMarksPrefix = "virtdeck";

/// Of a <domain> element.
MachineMarks marksIn(pugi::xml_node domain);
MachineMarks marksOf(const Definition& definition);
Definition withMarks(const Definition& definition, const MachineMarks& marks);
/// The element without its namespace, as libvirt takes it (virDomainSetMetadata).
QByteArray marksElement(const MachineMarks& marks);

} // namespace vmm
