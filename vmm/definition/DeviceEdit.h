// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/Definition.h"

namespace vmm {

/// One device as XML of its own ("<disk ...>"), whole or only what names it.
struct DeviceXml {
    QString kind {}; ///< name of its element: "disk", "interface"
    QString identity {}; ///< as in DeviceIdentity.h
    QString xml {};

    /// As hostile input, like Definition::fromXml(). Errors: InvalidConfig (DefinitionBroken).
    static Result<DeviceXml> parse(const QString& xml);
    /// The same; an interface without a MAC is given one, as it is about to be added.
    static Result<DeviceXml> parseNew(const QString& xml);
    /// "disk vda", for error messages.
    QString toString() const;

    bool operator==(const DeviceXml&) const = default;
};

/// The device as a value. Its kind must be that of the type.
template <typename Device> Result<Device> deviceIn(const DeviceXml& device);

/// Where the device that the XML names is among those of its kind: as in Definition::devices().
/// One without identity is the last of its kind. Errors: NotFound.
Result<int> indexOf(const Definition& definition, const DeviceXml& device);

// Each makes a changed copy, judged as a whole by Definition::validate(): the XML of everything
// else stays as it is.

/// Errors: AlreadyExists (one of that identity is there), InvalidConfig.
Result<Definition> withDevice(const Definition& definition, const DeviceXml& device);
/// Errors: NotFound.
Result<Definition> withoutDevice(const Definition& definition, const DeviceXml& device);
/// The device is written anew; its place among the others stays. Errors: NotFound, InvalidConfig.
Result<Definition> withDeviceReplaced(const Definition& definition, const DeviceXml& device);

} // namespace vmm
