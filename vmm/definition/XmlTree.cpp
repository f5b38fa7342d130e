// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/XmlTree.h"

#include <QXmlStreamReader>

#include <string>

namespace vmm::xml {

namespace {

Error broken(const QString& why)
{
    return Error { ErrorKind::InvalidConfig, {}, why, ErrorCause::DefinitionBroken };
}

Error brokenAt(const QXmlStreamReader& reader, const QString& why)
{
    return broken(QStringLiteral("line %1, column %2: %3")
                      .arg(reader.lineNumber())
                      .arg(reader.columnNumber())
                      .arg(why));
}

// pugixml is lenient (it accepts doubled attributes and unknown entities), so a strict reader goes
// first. It also says where the trouble is.
Result<void> checkWellFormed(const QString& text)
{
    QXmlStreamReader reader(text);
    int level = 0;
    while (!reader.atEnd()) {
        const QXmlStreamReader::TokenType token = reader.readNext();
        if (token == QXmlStreamReader::DTD)
            return brokenAt(reader, QStringLiteral("a document type declaration is not accepted"));
        if (token == QXmlStreamReader::StartElement && ++level > kMostLevels)
            return brokenAt(
                reader, QStringLiteral("more than %1 elements in one another").arg(kMostLevels));
        if (token == QXmlStreamReader::EndElement)
            --level;
    }
    if (reader.hasError())
        return brokenAt(reader, reader.errorString());
    return {};
}

struct StringWriter : pugi::xml_writer {
    std::string text;
    void write(const void* data, size_t size) override
    {
        text.append(static_cast<const char*>(data), size);
    }
};

bool isBlank(const pugi::xml_node& node)
{
    return node.type() == pugi::node_pcdata
        && std::string_view(node.value()).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool hasText(const pugi::xml_node& parent)
{
    for (const pugi::xml_node& child : parent.children()) {
        if (child.type() == pugi::node_cdata
            || (child.type() == pugi::node_pcdata && !isBlank(child)))
            return true;
    }
    return false;
}

int levelOf(pugi::xml_node node)
{
    int level = 0;
    for (node = node.parent(); node && node.type() == pugi::node_element; node = node.parent())
        ++level;
    return level;
}

std::string newLine(int level)
{
    return "\n" + std::string(static_cast<size_t>(level) * 2, ' ');
}

std::pair<std::string, std::string> splitPath(std::string_view path)
{
    const size_t at = path.find('@');
    if (at == std::string_view::npos)
        return { std::string(path), {} };
    return { std::string(path.substr(0, at)), std::string(path.substr(at + 1)) };
}

// Elements that carry nothing any more go, up to (not including) `root`.
void prune(pugi::xml_node element, const pugi::xml_node& root)
{
    while (element && element != root && !element.first_attribute()) {
        for (const pugi::xml_node& child : element.children()) {
            if (!isBlank(child))
                return;
        }
        const pugi::xml_node parent = element.parent();
        removeElement(element);
        element = parent;
    }
}

} // namespace

Result<void> read(const QString& text, pugi::xml_document& document)
{
    if (text.size() > kMostBytes)
        return broken(QStringLiteral("larger than %1 bytes").arg(kMostBytes));
    TRY(checkWellFormed(text));
    const QByteArray utf8 = text.toUtf8();
    constexpr unsigned int kKeepEverything
        = pugi::parse_default | pugi::parse_comments | pugi::parse_pi | pugi::parse_ws_pcdata;
    const pugi::xml_parse_result parsed = document.load_buffer(
        utf8.constData(), static_cast<size_t>(utf8.size()), kKeepEverything, pugi::encoding_utf8);
    if (!parsed)
        return broken(QStringLiteral("byte %1: %2")
                          .arg(parsed.offset)
                          .arg(QString::fromUtf8(parsed.description())));
    return {};
}

QString write(const pugi::xml_document& document)
{
    StringWriter writer;
    document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    QString text = QString::fromStdString(writer.text);
    if (!text.endsWith(QLatin1Char('\n')))
        text.append(QLatin1Char('\n'));
    return text;
}

pugi::xml_node elementAt(pugi::xml_node from, std::string_view path)
{
    while (!path.empty() && from) {
        const size_t slash = path.find('/');
        from = from.child(std::string(path.substr(0, slash)).c_str());
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return from;
}

pugi::xml_node makeElementAt(pugi::xml_node from, std::string_view path)
{
    while (!path.empty()) {
        const size_t slash = path.find('/');
        const std::string name(path.substr(0, slash));
        pugi::xml_node next = from.child(name.c_str());
        from = next ? next : addElement(from, name);
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return from;
}

QString valueAt(pugi::xml_node from, std::string_view path)
{
    const auto [element, attribute] = splitPath(path);
    const pugi::xml_node node = elementAt(from, element);
    return QString::fromUtf8(
        attribute.empty() ? node.text().get() : node.attribute(attribute.c_str()).value());
}

void setValueAt(pugi::xml_node from, std::string_view path, const QString& value)
{
    const auto [elementPath, attribute] = splitPath(path);
    if (value.isEmpty()) {
        pugi::xml_node element = elementAt(from, elementPath);
        if (!element)
            return;
        if (attribute.empty())
            element.remove_children();
        else
            element.remove_attribute(attribute.c_str());
        prune(element, from);
        return;
    }
    pugi::xml_node element = makeElementAt(from, elementPath);
    const std::string utf8 = value.toStdString();
    if (attribute.empty()) {
        element.text().set(utf8.c_str());
        return;
    }
    pugi::xml_attribute existing = element.attribute(attribute.c_str());
    if (!existing)
        existing = element.append_attribute(attribute.c_str());
    existing.set_value(utf8.c_str());
}

pugi::xml_node addElement(pugi::xml_node parent, std::string_view nameView)
{
    const std::string name(nameView);
    // Next to text, layout is content: nothing but the element is added.
    if (hasText(parent))
        return parent.append_child(name.c_str());

    const int level = levelOf(parent) + 1;
    pugi::xml_node last = parent.last_child();
    for (pugi::xml_node child = last; child; child = child.previous_sibling()) {
        if (name == child.name()) {
            last = child;
            break;
        }
    }
    if (!last) {
        parent.append_child(pugi::node_pcdata).set_value(newLine(level).c_str());
        const pugi::xml_node added = parent.append_child(name.c_str());
        parent.append_child(pugi::node_pcdata).set_value(newLine(level - 1).c_str());
        return added;
    }
    if (isBlank(last) && last.previous_sibling())
        last = last.previous_sibling(); // before the line of the closing tag
    else if (isBlank(last))
        last.set_value(newLine(level - 1).c_str()); // <devices>   </devices>
    if (isBlank(last)) {
        parent.insert_child_before(pugi::node_pcdata, last).set_value(newLine(level).c_str());
        return parent.insert_child_before(name.c_str(), last);
    }
    pugi::xml_node line = parent.insert_child_after(pugi::node_pcdata, last);
    line.set_value(newLine(level).c_str());
    return parent.insert_child_after(name.c_str(), line);
}

void removeElement(pugi::xml_node element)
{
    pugi::xml_node parent = element.parent();
    const pugi::xml_node line = element.previous_sibling();
    if (isBlank(line))
        parent.remove_child(line);
    parent.remove_child(element);
    const pugi::xml_node rest = parent.first_child();
    if (rest && isBlank(rest) && !rest.next_sibling())
        parent.remove_child(rest);
}

} // namespace vmm::xml
