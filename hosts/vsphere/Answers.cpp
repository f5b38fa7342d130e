// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/vsphere/Answers.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace hosts::vsphere {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

constexpr qsizetype kMaxText = 4'096; // of one value; longer ones are nothing that we asked for

QString textOf(pugi::xml_node node)
{
    return QString::fromUtf8(node.text().get()).left(kMaxText);
}

MoRef refOf(pugi::xml_node node)
{
    return { QString::fromUtf8(node.attribute("type").value()), textOf(node) };
}

/// -1: it is no number.
qint64 integerOf(pugi::xml_node node)
{
    bool isNumber = false;
    const qint64 number = QByteArray::fromRawData(
        node.text().get(), static_cast<qsizetype>(std::strlen(node.text().get())))
                              .toLongLong(&isNumber);
    return isNumber ? number : -1;
}

Error violation(const char* what)
{
    return Error { ErrorKind::ProtocolViolation, {},
        QStringLiteral("the answer has no %1").arg(QLatin1StringView(what)) };
}

bool isNamed(pugi::xml_node node, const char* name)
{
    return std::strcmp(localName(node), name) == 0;
}

ManagedObject objectOf(pugi::xml_node node)
{
    ManagedObject object { .ref = refOf(node.child("obj")) };
    for (const pugi::xml_node property : node.children("propSet")) {
        const pugi::xml_node value = property.child("val");
        object.values.insert(textOf(property.child("name")),
            { textOf(value), QString::fromUtf8(value.attribute("type").value()) });
    }
    return object;
}

EntitySamples samplesOf(pugi::xml_node node)
{
    EntitySamples samples { .entity = refOf(node.child("entity")) };
    for (const pugi::xml_node info : node.children("sampleInfo"))
        samples.times.append(
            QDateTime::fromString(textOf(info.child("timestamp")), Qt::ISODateWithMs));
    for (const pugi::xml_node each : node.children("value")) {
        EntitySamples::Series series { .counter
            = static_cast<int>(integerOf(each.child("id").child("counterId"))),
            .instance = textOf(each.child("id").child("instance")) };
        for (const pugi::xml_node value : each.children("value"))
            series.values.append(integerOf(value));
        samples.series.append(series);
    }
    return samples;
}

} // namespace

std::optional<double> Value::toNumber() const
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

double ManagedObject::number(const char* path) const
{
    return values.value(QLatin1StringView(path))
        .toNumber()
        .value_or(std::numeric_limits<double>::quiet_NaN());
}

Result<ServiceContent> parseServiceContent(const Reply& reply)
{
    const pugi::xml_node root = reply.response.child("returnval");
    const pugi::xml_node about = root.child("about");
    const ServiceContent content { .rootFolder = refOf(root.child("rootFolder")),
        .propertyCollector = refOf(root.child("propertyCollector")),
        .viewManager = refOf(root.child("viewManager")),
        .sessionManager = refOf(root.child("sessionManager")),
        .perfManager = refOf(root.child("perfManager")),
        .product = textOf(about.child("fullName")),
        .isVCenter = textOf(about.child("apiType")) == QStringLiteral("VirtualCenter") };
    if (content.sessionManager.isNull())
        return violation("session manager");
    if (content.rootFolder.isNull() || content.propertyCollector.isNull()
        || content.viewManager.isNull())
        return violation("inventory");
    return content;
}

Result<MoRef> parseReference(const Reply& reply)
{
    const MoRef ref = refOf(reply.response.child("returnval"));
    if (ref.isNull())
        return violation("reference");
    return ref;
}

Result<QDateTime> parseTime(const Reply& reply)
{
    const QDateTime time
        = QDateTime::fromString(textOf(reply.response.child("returnval")), Qt::ISODateWithMs);
    if (!time.isValid())
        return violation("time");
    return time;
}

Result<Page> parsePage(const Reply& reply)
{
    // Nothing found: no <returnval> at all.
    if (!isNamed(reply.response, "RetrievePropertiesExResponse")
        && !isNamed(reply.response, "ContinueRetrievePropertiesExResponse"))
        return violation("objects");
    const pugi::xml_node root = reply.response.child("returnval");
    Page page { .token = textOf(root.child("token")) };
    for (const pugi::xml_node object : root.children("objects"))
        page.objects.append(objectOf(object));
    return page;
}

Result<CounterIds> parseCounters(const Reply& reply)
{
    CounterIds ids;
    const pugi::xml_node value
        = reply.response.child("returnval").child("objects").child("propSet").child("val");
    for (const pugi::xml_node counter : value.children("PerfCounterInfo")) {
        const int key = static_cast<int>(integerOf(counter.child("key")));
        const QString name = QStringLiteral("%1.%2.%3")
                                 .arg(textOf(counter.child("groupInfo").child("key")),
                                     textOf(counter.child("nameInfo").child("key")),
                                     textOf(counter.child("rollupType")));
        if (key >= 0)
            ids.insert(name, key);
    }
    if (ids.isEmpty())
        return violation("counters");
    return ids;
}

Result<QVector<EntitySamples>> parseSamples(const Reply& reply)
{
    if (!isNamed(reply.response, "QueryPerfResponse"))
        return violation("samples");
    QVector<EntitySamples> all;
    for (const pugi::xml_node node : reply.response.children("returnval"))
        all.append(samplesOf(node));
    return all;
}

} // namespace hosts::vsphere
