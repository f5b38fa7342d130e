// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/DefinitionChanges.h"

#include "vmm/definition/DeviceIdentity.h"
#include "vmm/definition/XmlTree.h"

#include <QHash>

#include <algorithm>
#include <string_view>

namespace vmm {

namespace {

struct PartValue {
    QString path {};
    QString value {};
};

// Told apart from the rest because their form may differ where their meaning does not, or because
// they mean nothing to a machine that runs.
constexpr std::string_view kLeftOut[] = { "uuid", "name", "title", "description", "metadata",
    "memory", "currentMemory", "vcpu", "resource", "seclabel", "devices/emulator" };
constexpr std::string_view kLeftOutAnywhere[] = { "alias", "address" };

QString amount(Bytes bytes)
{
    return bytes.toKiB() % 1024 == 0 ? QStringLiteral("%1 MiB").arg(bytes.toMiB())
                                     : QStringLiteral("%1 KiB").arg(bytes.toKiB());
}

bool isLeftOut(const QString& path, pugi::xml_node element)
{
    const auto isPath = [&path](std::string_view out) {
        return path == QLatin1StringView(out.data(), static_cast<qsizetype>(out.size()));
    };
    if (std::any_of(std::begin(kLeftOut), std::end(kLeftOut), isPath))
        return true;
    const bool isOfHost = std::string_view(element.parent().name()) == "source"; // <hostdev>
    return !isOfHost
        && std::find(std::begin(kLeftOutAnywhere), std::end(kLeftOutAnywhere), element.name())
        != std::end(kLeftOutAnywhere);
}

// What tells an element from others of its name beside it.
QString keyOf(pugi::xml_node element, int place, int count)
{
    if (const QString identity = identityOf(element); !identity.isEmpty())
        return identity;
    if (count < 2)
        return {};
    const QString name = xml::valueAt(element, "@name");
    return name.isEmpty() ? QString::number(place) : name;
}

// The value by which a user knows a whole device.
QString summaryOf(pugi::xml_node element)
{
    for (const char* path : { "source@file", "source@dev", "source@dir", "source@bridge",
             "model@type", "@model", "@type", "@device", "@state", "@name" }) {
        if (const QString value = xml::valueAt(element, path).trimmed(); !value.isEmpty())
            return value;
    }
    const QString text = QString::fromUtf8(element.text().get()).trimmed();
    return text.isEmpty() ? QStringLiteral("yes") : text;
}

/// A definition as a flat list of values, in order, and what each path is part of.
class Flattened {
public:
    explicit Flattened(const Definition& definition)
    {
        add(QStringLiteral("memory"), amount(definition.memory()));
        add(QStringLiteral("currentMemory"), amount(definition.currentMemory()));
        add(QStringLiteral("vcpu"), QString::number(definition.vcpus()));
        add(QStringLiteral("vcpu@current"), QString::number(definition.currentVcpus()));
        pugi::xml_document document;
        if (xml::read(definition.toXml(), document))
            addInside({}, document.document_element());
    }

    const QVector<PartValue>& parts() const { return m_parts; }
    bool has(const QString& path) const { return m_values.contains(path); }
    QString value(const QString& path) const { return m_values.value(path); }
    bool hasElement(const QString& path) const { return m_summaries.contains(path); }
    QString summary(const QString& path) const { return m_summaries.value(path); }
    /// The outermost element around (or at) `path` that `other` lacks; empty if it lacks none.
    QString outermostMissingIn(const Flattened& other, const QString& path) const
    {
        QString missing;
        for (QString at = path; !at.isEmpty(); at = m_parents.value(at)) {
            if (m_summaries.contains(at) && !other.hasElement(at))
                missing = at;
        }
        return missing;
    }

private:
    void add(const QString& path, const QString& value)
    {
        m_parts.append({ path, value });
        m_values.insert(path, value);
    }

    void addInside(const QString& path, pugi::xml_node element)
    {
        for (const pugi::xml_attribute& attribute : element.attributes()) {
            const QString at = path + QLatin1Char('@') + QString::fromUtf8(attribute.name());
            m_parents.insert(at, path);
            add(at, QString::fromUtf8(attribute.value()));
        }
        QHash<QString, int> counts;
        for (const pugi::xml_node& child : element.children())
            ++counts[QString::fromUtf8(child.name())];
        QHash<QString, int> places;
        for (const pugi::xml_node& child : element.children()) {
            if (child.type() == pugi::node_element)
                addChild(path, child, ++places[QString::fromUtf8(child.name())],
                    counts.value(QString::fromUtf8(child.name())));
        }
    }

    void addChild(const QString& parent, pugi::xml_node child, int place, int count)
    {
        QString path = QString::fromUtf8(child.name());
        if (!parent.isEmpty())
            path = parent + QLatin1Char('/') + path;
        if (isLeftOut(path, child))
            return;
        if (const QString key = keyOf(child, place, count); !key.isEmpty())
            path += QLatin1Char('[') + key + QLatin1Char(']');
        m_parents.insert(path, parent);
        m_summaries.insert(path, summaryOf(child));
        add(path, QString::fromUtf8(child.text().get()).trimmed());
        addInside(path, child);
    }

    QVector<PartValue> m_parts;
    QHash<QString, QString> m_values;
    QHash<QString, QString> m_summaries; ///< of elements
    QHash<QString, QString> m_parents;
};

/// Collects differences, each element once.
class Comparison {
public:
    Comparison(const Flattened& running, const Flattened& stored)
        : m_running(running)
        , m_stored(stored)
    {
        for (const PartValue& part : stored.parts())
            note(stored, running, part.path);
        for (const PartValue& part : running.parts())
            note(running, stored, part.path);
    }

    const QVector<DefinitionChange>& changes() const { return m_changes; }

private:
    void note(const Flattened& from, const Flattened& other, const QString& path)
    {
        if (const QString missing = from.outermostMissingIn(other, path); !missing.isEmpty())
            append({ missing, m_running.summary(missing), m_stored.summary(missing) });
        else if (m_running.value(path) != m_stored.value(path))
            append({ path, m_running.value(path), m_stored.value(path) });
    }

    void append(DefinitionChange change)
    {
        if (change.element.endsWith(QLatin1StringView("@passwd"))) { // that it differs is enough
            for (QString* secret : { &change.running, &change.stored })
                *secret = secret->isEmpty() ? QString() : QStringLiteral("•••");
        }
        const bool isNoted = std::any_of(m_changes.begin(), m_changes.end(),
            [&](const DefinitionChange& noted) { return noted.element == change.element; });
        if (!isNoted)
            m_changes.append(change);
    }

    const Flattened& m_running;
    const Flattened& m_stored;
    QVector<DefinitionChange> m_changes;
};

} // namespace

QVector<DefinitionChange> changesBetween(const Definition& running, const Definition& stored)
{
    if (running.toXml() == stored.toXml())
        return {};
    const Flattened ofRunning(running);
    const Flattened ofStored(stored);
    return Comparison(ofRunning, ofStored).changes();
}

} // namespace vmm
