// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/FieldCodec.h"
#include "hosts/wire/Limits.h"
#include "hosts/wire/MessageCodec.h"

#include <QCborStreamWriter>
#include <QtEndian>

namespace hosts::wire {

namespace {

using Writer = QCborStreamWriter;

void writeText(Writer& out, const QString& text, qsizetype limit = kMaxLine)
{
    out.append(QStringView(text).left(limit));
}

void write(Writer& out, const VmId& id)
{
    out.append(id.toRfc4122());
}

void writeIds(Writer& out, const QVector<VmId>& ids)
{
    QByteArray all;
    all.reserve(ids.size() * 16);
    for (const VmId& id : ids)
        all += id.toRfc4122();
    out.append(all);
}

void writeTexts(Writer& out, const QStringList& texts, qsizetype maxCount)
{
    const auto count = std::min(texts.size(), maxCount);
    out.startArray(static_cast<quint64>(count));
    for (qsizetype i = 0; i < count; ++i)
        writeText(out, texts[i]);
    out.endArray();
}

void write(Writer& out, const vmm::Error& error)
{
    out.startArray(4);
    writeText(out, vmm::nameOf(error.kind));
    writeText(out, vmm::nameOf(error.cause));
    writeText(out, error.subject);
    writeText(out, error.detail, kMaxText);
    out.endArray();
}

void write(Writer& out, const VmInfo& vm)
{
    out.startArray(23);
    write(out, vm.id);
    writeText(out, vm.name);
    writeText(out, vmm::nameOf(vm.state));
    writeText(out, vmm::nameOf(vm.reason));
    writeText(out, vm.reasonDetail, kMaxText);
    out.append(vm.vcpus);
    out.append(vm.memory.count());
    if (vm.since.isValid())
        out.append(vm.since.toMSecsSinceEpoch());
    else
        out.append(nullptr);
    out.append(vm.hasScreen);
    writeText(out, vm.title);
    writeText(out, vm.description, kMaxText);
    writeText(out, vm.machineType);
    writeTexts(out, vm.disks, kMaxDisks);
    out.append(vm.networkCards);
    out.append(vm.isAutostart);
    out.append(vm.hasSavedMemory);
    out.append(vm.isTemplate);
    out.append(vm.hasPendingChanges);
    out.append(vm.snapshots);
    writeText(out, vm.parentName);
    QStringList consoles;
    for (const vmm::ConsoleChoice& choice : vm.consoles)
        consoles.append(vmm::nameOf(choice));
    writeTexts(out, consoles, kMaxConsoles);
    writeTexts(out, vm.tags, kMaxList);
    writeText(out, vm.location);
    out.endArray();
}

void write(Writer& out, const vmm::ConsoleEndpoint& endpoint)
{
    out.startArray(11);
    writeText(out, vmm::nameOf(endpoint.protocol));
    writeText(out, endpoint.unixSocket);
    writeText(out, endpoint.host);
    out.append(static_cast<quint64>(endpoint.port));
    out.append(static_cast<quint64>(endpoint.tlsPort));
    writeText(out, endpoint.password);
    writeText(out, endpoint.tlsCaFile);
    writeText(out, endpoint.tlsSubject);
    writeText(out, endpoint.userName);
    const auto clients = endpoint.clients.mid(0, kMaxList);
    out.startArray(static_cast<quint64>(clients.size()));
    for (const vmm::ConsoleClient& client : clients) {
        out.startArray(2);
        writeText(out, client.address);
        writeValue(out, client.since);
        out.endArray();
    }
    out.endArray();
    out.append(endpoint.pushesOthersOut);
    out.endArray();
}

void write(Writer& out, std::monostate)
{
    out.append(nullptr);
}

template <typename T> void write(Writer& out, const T& answer)
{
    writeValue(out, answer);
}

void writeDoubles(Writer& out, const QVector<double>& values)
{
    QByteArray raw(values.size() * qsizetype(sizeof(double)), Qt::Uninitialized);
    if (!values.isEmpty()) // there is no memory to copy from otherwise
        qToLittleEndian<double>(values.constData(), values.size(), raw.data());
    out.append(raw);
}

// Every message: its own writer, called within the array that `encode` has opened.
struct MessageWriter {
    Writer& out;

    void start(const char* type, quint64 fields)
    {
        out.startArray(fields + 1);
        out.append(QLatin1StringView(type));
    }

    void operator()(const Hello& hello)
    {
        start("hello", 4);
        out.append(hello.protocol);
        writeText(out, hello.program);
        writeTexts(out, hello.abilities, kMaxList);
        writeText(out, hello.uri);
    }

    void operator()(const Ping& ping)
    {
        start("ping", 1);
        out.append(static_cast<quint64>(ping.serial));
    }

    void operator()(const Pong& pong)
    {
        start("pong", 1);
        out.append(static_cast<quint64>(pong.serial));
    }

    void operator()(const Request& request)
    {
        start("request", 3);
        out.append(static_cast<quint64>(request.id));
        writeText(out, nameOf(request.operation));
        std::visit(
            [this](const auto& operation) { writeValue(out, operation); }, request.operation);
    }

    void operator()(const Cancel& cancel)
    {
        start("cancel", 1);
        out.append(static_cast<quint64>(cancel.id));
    }

    void operator()(const SetVisible& visible)
    {
        start("visible", 1);
        writeIds(out, visible.vms.mid(0, kMaxVms));
    }

    void operator()(const Reply& reply)
    {
        start("reply", 3);
        out.append(static_cast<quint64>(reply.id));
        if (!reply.answer) {
            out.append(QLatin1StringView("error"));
            write(out, reply.answer.error());
            return;
        }
        out.append(QLatin1StringView("answer"));
        out.startArray(2);
        out.append(static_cast<quint64>(reply.answer->index()));
        std::visit([this](const auto& answer) { write(out, answer); }, *reply.answer);
        out.endArray();
    }

    void operator()(const Progress& progress)
    {
        start("progress", 2);
        out.append(static_cast<quint64>(progress.id));
        out.append(progress.percent);
    }

    void operator()(const Ask& ask)
    {
        start("ask", 5);
        out.append(static_cast<quint64>(ask.id));
        writeText(out, ask.question.prompt, kMaxText);
        writeText(out, hosts::nameOf(ask.question.kind));
        writeText(out, ask.question.keyName);
        out.append(ask.question.isRepeated);
    }

    void operator()(const Say& say)
    {
        start("say", 2);
        out.append(static_cast<quint64>(say.id));
        if (say.text)
            writeText(out, *say.text, kMaxText);
        else
            out.append(nullptr);
    }

    void operator()(const ConnectionEvent& event)
    {
        start("connection", 2);
        writeText(out, hosts::nameOf(event.state));
        if (event.error)
            write(out, *event.error);
        else
            out.append(nullptr);
    }

    void operator()(const InfoEvent& event)
    {
        const HostInfo& info = event.info;
        start("info", 10);
        for (const QString& text : { info.name, info.hypervisor, info.accelerator })
            writeText(out, text);
        writeText(out, info.acceleratorReason, kMaxText);
        for (const QString& text : { info.cpuModel, info.architecture })
            writeText(out, text);
        out.append(info.cpus);
        out.append(info.memory.count());
        writeText(out, info.dataFolder);
        out.startArray(static_cast<quint64>(info.missing.size()));
        for (auto it = info.missing.cbegin(); it != info.missing.cend(); ++it) {
            out.startArray(2);
            writeText(out, hosts::nameOf(it.key()));
            writeText(out, it.value());
            out.endArray();
        }
        out.endArray();
    }

    void operator()(const InventoryEvent& event)
    {
        start("inventory", 4);
        out.append(event.change.isComplete);
        out.append(event.hasMore);
        writeIds(out, event.change.removed);
        out.startArray(static_cast<quint64>(event.change.changed.size()));
        for (const VmInfo& vm : event.change.changed)
            write(out, vm);
        out.endArray();
    }

    void operator()(const ResourcesEvent& event)
    {
        start("resources", 1);
        writeText(out, hosts::nameOf(event.kind));
    }

    void operator()(const MetricsEvent& event)
    {
        const auto vms = event.batch.vms.mid(0, kMaxMetricsVms);
        QVector<VmId> ids;
        QVector<double> values;
        ids.reserve(vms.size());
        values.reserve(vms.size() * kVmMetricCount);
        for (const VmSample& sample : vms) {
            ids.append(sample.id);
            for (const double value : sample.values.values)
                values.append(value);
        }
        const auto& host = event.batch.host.values;
        start("metrics", 5);
        out.append(event.batch.timeMs);
        writeDoubles(out, QVector<double>(host.begin(), host.end()));
        out.append(kVmMetricCount);
        writeIds(out, ids);
        writeDoubles(out, values);
    }
};

} // namespace

QByteArray encode(const Message& message)
{
    QByteArray bytes;
    Writer out(&bytes);
    std::visit(MessageWriter { out }, message);
    out.endArray();
    return bytes;
}

} // namespace hosts::wire
