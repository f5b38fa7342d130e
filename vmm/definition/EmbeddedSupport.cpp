// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/EmbeddedSupport.h"

#include "vmm/definition/SupportParts.h"

#include <QHash>

#include <string_view>
#include <unordered_map>

namespace vmm {

namespace {

const std::unordered_map<std::string_view, std::string_view>& honoured()
{
    static const auto table = [] {
        std::unordered_map<std::string_view, std::string_view> parts;
        for (const support::Part& part : support::honouredParts())
            parts.emplace(part.path, part.values);
        return parts;
    }();
    return table;
}

bool isHarmless(std::string_view path)
{
    static const auto table = [] {
        std::unordered_map<std::string_view, bool> parts;
        for (const std::string_view part : support::harmlessParts())
            parts.emplace(part, true);
        return parts;
    }();
    return table.contains(path);
}

bool isAmong(std::string_view values, const QString& value)
{
    const auto all = QLatin1StringView(values.data(), static_cast<qsizetype>(values.size()));
    const QStringList allowed = QString(all).split(QLatin1Char('|'));
    return allowed.contains(value);
}

} // namespace

QVector<Unsupported> unsupportedByEmbedded(const Definition& definition)
{
    QVector<Unsupported> found;
    const auto report = [&found](const std::string& path, const QString& value) {
        const Unsupported part { QString::fromStdString(path), value };
        if (!found.contains(part))
            found.append(part);
        return false;
    };
    definition.forEachPart([&](const std::string& path, const QString& value) {
        if (isHarmless(path) || path.find("@xmlns") != std::string::npos)
            return false;
        const auto part = honoured().find(path);
        if (part == honoured().end())
            return report(path, path.find('@') == std::string::npos ? QString() : value);
        // An element without text says nothing: <model/>, <address/>; an attribute always speaks.
        const bool isSaid = !value.isEmpty() || path.find('@') != std::string::npos;
        if (isSaid && !part->second.empty() && !isAmong(part->second, value))
            return report(path, value);
        return true;
    });
    return found;
}

Result<void> checkSupportedByEmbedded(const Definition& definition)
{
    const QVector<Unsupported> unsupported = unsupportedByEmbedded(definition);
    if (unsupported.isEmpty())
        return {};
    QStringList all;
    for (const Unsupported& part : unsupported)
        all.append(part.value.isEmpty()
                ? part.element
                : QStringLiteral("%1=\"%2\"").arg(part.element, part.value));
    return Error { ErrorKind::InvalidConfig, unsupported.first().element,
        all.join(QStringLiteral(", ")), ErrorCause::DefinitionUnsupported };
}

} // namespace vmm
