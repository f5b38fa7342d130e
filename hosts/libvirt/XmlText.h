// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <sstream>

#include <pugixml.hpp>

namespace hosts::libvirt {

// pugixml's ways with Qt's types, for the XML that libvirtd hands out.

inline bool loadXml(pugi::xml_document& document, const QByteArray& xml)
{
    return document.load_buffer(xml.constData(), static_cast<size_t>(xml.size()));
}

inline QByteArray xmlText(pugi::xml_node node)
{
    std::ostringstream out;
    node.print(out, "", pugi::format_raw);
    return QByteArray::fromStdString(out.str());
}

inline QString contentOf(pugi::xml_node node)
{
    return QString::fromUtf8(node.text().get()).trimmed();
}

inline QString attributeOf(pugi::xml_node node, const char* name)
{
    return QString::fromUtf8(node.attribute(name).value());
}

} // namespace hosts::libvirt
