// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

/// The table behind EmbeddedSupport and SupportTable.
namespace vmm::support {

struct Part {
    std::string_view path;
    std::string_view values = {}; ///< "a|b": only these; empty: any
};

/// Everything of a definition that CommandLine turns into QEMU's arguments, or that the core
/// honours by itself. What stands neither here nor among the harmless parts is refused.
std::span<const Part> honouredParts();

/// Elements (with all they contain) that libvirt writes by itself or that only describe: where
/// devices sit (the core places them by itself), labels of security drivers that it doesn't have,
/// names of a running machine's devices, and what belongs to other programs.
std::span<const std::string_view> harmlessParts();

} // namespace vmm::support
