// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <pugixml.hpp>

namespace vmm {

/// By what one device of a kind is told from the others: the target of a disk, the MAC of an
/// interface, type and index of a controller. Empty if it has nothing of that sort: then its place
/// among its kind must do.
QString identityOf(pugi::xml_node device);

} // namespace vmm
