// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/vsphere/Calls.h"

namespace hosts::vsphere {

namespace {

QByteArray element(const char* tag, const QByteArray& content)
{
    return QByteArray("<") + tag + '>' + content + "</" + tag + '>';
}

QByteArray text(const char* tag, const QString& content)
{
    return element(tag, escaped(content));
}

QByteArray number(const char* tag, int value)
{
    return element(tag, QByteArray::number(value));
}

QByteArray call(const char* method, const MoRef& self, const QByteArray& arguments = {})
{
    return QByteArray("<") + method + " xmlns=\"urn:vim25\">" + vsphere::element("_this", self)
        + arguments + "</" + method + '>';
}

const MoRef kServiceInstance { QStringLiteral("ServiceInstance"),
    QStringLiteral("ServiceInstance") };

QByteArray propertySet(const Wanted& wanted)
{
    QByteArray content = text("type", wanted.type);
    for (const QString& path : wanted.paths)
        content += text("pathSet", path);
    return element("propSet", content);
}

QByteArray retrieve(const MoRef& collector, const QByteArray& propertySets,
    const QByteArray& objectSet, const QByteArray& options)
{
    return call("RetrievePropertiesEx", collector,
        element("specSet", propertySets + element("objectSet", objectSet))
            + element("options", options));
}

QByteArray query(const PerfQuery& query)
{
    QByteArray content
        = vsphere::element("entity", query.entity) + number("maxSample", query.samples);
    for (const Measured& figure : query.figures)
        content += element(
            "metricId", number("counterId", figure.counter) + text("instance", figure.instance));
    return element("querySpec",
        content + number("intervalId", query.interval) + text("format", QStringLiteral("normal")));
}

} // namespace

QByteArray retrieveServiceContent()
{
    return call("RetrieveServiceContent", kServiceInstance);
}

QByteArray login(const MoRef& sessionManager, const QString& user, const QString& password)
{
    return call("Login", sessionManager, text("userName", user) + text("password", password));
}

QByteArray logout(const MoRef& sessionManager)
{
    return call("Logout", sessionManager);
}

QByteArray currentTime()
{
    return call("CurrentTime", kServiceInstance);
}

QByteArray createContainerView(
    const MoRef& viewManager, const MoRef& container, const QStringList& types)
{
    QByteArray arguments = vsphere::element("container", container);
    for (const QString& type : types)
        arguments += text("type", type);
    return call("CreateContainerView", viewManager, arguments + "<recursive>true</recursive>");
}

QByteArray destroyView(const MoRef& view)
{
    return call("DestroyView", view);
}

QByteArray retrieveView(
    const MoRef& collector, const MoRef& view, const QVector<Wanted>& wanted, int most)
{
    QByteArray sets;
    for (const Wanted& each : wanted)
        sets += propertySet(each);
    const QByteArray objects = vsphere::element("obj", view)
        + "<skip>true</skip><selectSet xsi:type=\"TraversalSpec\"><name>view</name>"
          "<type>ContainerView</type><path>view</path><skip>false</skip></selectSet>";
    return retrieve(collector, sets, objects, number("maxObjects", most));
}

QByteArray retrieveObject(const MoRef& collector, const MoRef& object, const Wanted& wanted)
{
    return retrieve(
        collector, propertySet(wanted), vsphere::element("obj", object) + "<skip>false</skip>", {});
}

QByteArray continueRetrieve(const MoRef& collector, const QString& token)
{
    return call("ContinueRetrievePropertiesEx", collector, text("token", token));
}

QByteArray queryPerf(const MoRef& perfManager, const QVector<PerfQuery>& queries)
{
    QByteArray arguments;
    for (const PerfQuery& each : queries)
        arguments += query(each);
    return call("QueryPerf", perfManager, arguments);
}

} // namespace hosts::vsphere
