// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QString>

#include <string_view>

#include <pugixml.hpp>

/// pugixml as definitions need it: strict towards what comes in, and faithful to what it does not
/// understand. Paths are "element/element@attribute", relative to the node they are asked of.
namespace vmm::xml {

inline constexpr qsizetype kMostBytes = 1 << 20;
inline constexpr int kMostLevels = 64;

/// Reads a whole document, whitespace included. Errors: InvalidConfig/DefinitionBroken.
Result<void> read(const QString& text, pugi::xml_document& document);
QString write(const pugi::xml_document& document);

/// Attribute or text at `path`; empty if it isn't there.
QString valueAt(pugi::xml_node from, std::string_view path);
/// Sets an attribute or text and makes the elements on the way to it; an empty value removes it,
/// and elements that it leaves empty.
void setValueAt(pugi::xml_node from, std::string_view path, const QString& value);
pugi::xml_node elementAt(pugi::xml_node from, std::string_view path);
pugi::xml_node makeElementAt(pugi::xml_node from, std::string_view path);

/// Adds an element on a line of its own, behind the last one of its name or at the end.
pugi::xml_node addElement(pugi::xml_node parent, std::string_view name);
/// Removes an element with the line it stood on.
void removeElement(pugi::xml_node element);

} // namespace vmm::xml
