// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/Definition.h"
#include "vmm/qemu/MachineStore.h"

#include <optional>

namespace vmm {

/// The flash chips of a UEFI machine, or the ROM of another.
struct Firmware {
    QString code {}; ///< path of the read-only part; empty: QEMU's own BIOS
    QString codeFormat = QStringLiteral("raw");
    QString variables {}; ///< the machine's own NVRAM, raw; empty: there is none
    bool isRom = false; ///< `code` is for -bios, not a flash chip
    bool needsSmm = false; ///< the flash may be written to by the firmware alone

    bool operator==(const Firmware&) const = default;
};

/// A firmware of this computer as its vendor describes it. Source: docs/interop/firmware.json of
/// QEMU 7.2; only what lives in flash is of interest.
struct FirmwareDescriptor {
    QString code {};
    QString codeFormat = QStringLiteral("raw");
    QString variablesTemplate {};
    QString templateFormat = QStringLiteral("raw");
    QStringList machines {}; ///< patterns: "pc-q35-*"
    QStringList features {}; ///< secure-boot, enrolled-keys, requires-smm, ...

    bool operator==(const FirmwareDescriptor&) const = default;
};

/// The vendor's, the administrator's, the user's.
QStringList firmwareDescriptorFolders();

/// All descriptors for x86_64 UEFI, the first to be preferred. A file in a later folder of the
/// same name takes the place of an earlier one; an empty one hides it.
QVector<FirmwareDescriptor> readFirmwareDescriptors(
    const QStringList& folders = firmwareDescriptorFolders());

/// The first descriptor that is what the definition asks for: machine type, <firmware><feature>,
/// <loader secure='yes'>, <smm>.
std::optional<FirmwareDescriptor> chooseFirmware(
    const Definition& definition, const QVector<FirmwareDescriptor>& descriptors);

/// True if the machine has UEFI or a firmware of its own.
bool hasFirmware(const Definition& definition);

/// A template that is no raw file ("qcow2", as Fedora has them), of which the NVRAM is to be made.
/// That one is raw always, so that it can be copied, kept and moved as it is.
struct NvramConversion {
    QString source {};
    QString sourceFormat {};
    QString unfinished {}; ///< what to convert it into, for keepNvram()
    QString target {};

    bool operator==(const NvramConversion&) const = default;
};

/// What is to be converted before the machine's first start; nothing if its NVRAM is there, or is
/// made by prepareFirmware().
std::optional<NvramConversion> missingNvram(
    const Definition& definition, const MachinePlaces& places);

/// Makes the NVRAM of what was converted. Errors: Io.
Result<void> keepNvram(const NvramConversion& conversion);

/// What the machine is started with. Chooses at the first start, which also makes its NVRAM of the
/// template (or of the NVRAM that libvirt's daemon kept for it, if that can be read); the choice is
/// kept beside the NVRAM, for the two belong together. Reads a few small files.
/// Errors: NotFound/FirmwareMissing (none is installed that fits, or the NVRAM was to be converted
/// and was not), InvalidConfig (also ImageUntrusted: a qcow2 file that leads to others), Io.
Result<Firmware> prepareFirmware(const Definition& definition, const MachinePlaces& places);

} // namespace vmm
