// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/MachineMarks.h"

#include "vmm/definition/XmlTree.h"

#include <sstream>
#include <string>
#include <string_view>

namespace vmm {

namespace {

constexpr qsizetype kMostTags = 100;

std::string_view localName(pugi::xml_node node)
{
    const std::string_view name = node.name();
    const size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool isMarks(pugi::xml_node node)
{
    if (localName(node) != "machine")
        return false;
    for (const pugi::xml_attribute& attribute : node.attributes()) {
        if (std::string_view(attribute.value()) == kMarksNamespace)
            return true;
    }
    return false;
}

pugi::xml_node findMarks(pugi::xml_node domain)
{
    return domain.child("metadata").find_child(isMarks);
}

/// `prefix`: with its colon, or empty.
void write(pugi::xml_node machine, const std::string& prefix, const MachineMarks& marks)
{
    const auto add
        = [&](const char* name) { return machine.append_child((prefix + name).c_str()); };
    for (const QString& tag : marks.tags)
        add("tag").text().set(tag.toUtf8().constData());
    if (marks.isTemplate)
        add("template");
    if (marks.parent.isNull())
        return;
    pugi::xml_node parent = add("parent");
    parent.append_attribute("uuid").set_value(
        marks.parent.toString(QUuid::WithoutBraces).toUtf8().constData());
    parent.append_attribute("name").set_value(marks.parentName.toUtf8().constData());
}

} // namespace

MachineMarks marksIn(pugi::xml_node domain)
{
    MachineMarks marks;
    for (const pugi::xml_node& child : findMarks(domain).children()) {
        const std::string_view name = localName(child);
        if (name == "tag" && marks.tags.size() < kMostTags)
            marks.tags.append(QString::fromUtf8(child.text().get()).trimmed());
        else if (name == "template")
            marks.isTemplate = true;
        else if (name == "parent") {
            marks.parent = QUuid(QString::fromUtf8(child.attribute("uuid").value()));
            marks.parentName = QString::fromUtf8(child.attribute("name").value());
        }
    }
    marks.tags.removeAll(QString());
    return marks;
}

MachineMarks marksOf(const Definition& definition)
{
    if (!definition.has("metadata"))
        return {};
    pugi::xml_document document;
    if (!xml::read(definition.toXml(), document))
        return {};
    return marksIn(document.document_element());
}

Definition withMarks(const Definition& definition, const MachineMarks& marks)
{
    pugi::xml_document document;
    if (!xml::read(definition.toXml(), document))
        return definition;
    const pugi::xml_node domain = document.document_element();
    while (const pugi::xml_node old = findMarks(domain))
        xml::removeElement(old);
    if (!marks.isEmpty()) {
        const std::string prefix = std::string(kMarksPrefix) + ':';
        pugi::xml_node machine
            = xml::addElement(xml::makeElementAt(domain, "metadata"), prefix + "machine");
        machine.append_attribute((std::string("xmlns:") + kMarksPrefix).c_str())
            .set_value(kMarksNamespace);
        write(machine, prefix, marks);
    }
    const auto changed = Definition::fromXml(xml::write(document));
    return changed ? *changed : definition;
}

QByteArray marksElement(const MachineMarks& marks)
{
    pugi::xml_document document;
    pugi::xml_node machine = document.append_child("machine");
    write(machine, {}, marks);
    std::ostringstream out;
    machine.print(out, "", pugi::format_raw);
    return QByteArray::fromStdString(out.str());
}

} // namespace vmm
