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

inline void setAttribute(pugi::xml_node node, const char* name, const QString& value)
{
    node.append_attribute(name).set_value(value.toUtf8().constData());
}

/// A child of that content; none if it is empty.
inline void setText(pugi::xml_node parent, const char* name, const QString& text)
{
    if (!text.isEmpty())
        parent.append_child(name).text().set(text.toUtf8().constData());
}

inline QString attributeOf(pugi::xml_node node, const char* name)
{
    return QString::fromUtf8(node.attribute(name).value());
}

} // namespace hosts::libvirt
