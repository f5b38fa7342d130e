// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/CborInput.h"
#include "hosts/wire/FieldCodec.h"
#include "hosts/wire/Limits.h"
#include "hosts/wire/MessageCodec.h"

#include <cmath>

namespace hosts::wire {

namespace {

constexpr qint64 kMaxInt = std::numeric_limits<int>::max();
constexpr qint64 kMaxSerial = std::numeric_limits<quint32>::max();
// QDateTime loses its way beyond some hundred million years; four digits of a year are enough.
constexpr qint64 kMaxTimeMs = 253402300799999;

quint32 readSerial(CborInput& in)
{
    return static_cast<quint32>(in.integer(0, kMaxSerial));
}

int readCount(CborInput& in)
{
    return static_cast<int>(in.integer(0, kMaxInt));
}

QStringList readTexts(CborInput& in, qsizetype maxCount)
{
    QStringList texts;
    for (qsizetype count = in.enterList(maxCount); count > 0 && !in.hasFailed(); --count)
        texts.append(in.text(kMaxLine));
    in.leave();
    return texts;
}

vmm::Error readError(CborInput& in)
{
    vmm::Error error;
    in.enter(4);
    error.kind = in.named(vmm::errorKindFromString);
    // Causes are remedies; an unknown one is just none.
    error.cause = vmm::errorCauseFromString(in.text(64)).value_or(vmm::ErrorCause::None);
    error.subject = in.text(kMaxLine);
    error.detail = in.text(kMaxText);
    in.leave();
    return error;
}

VmInfo readVm(CborInput& in)
{
    VmInfo vm;
    in.enter(23);
    vm.id = in.id();
    vm.name = in.text(kMaxLine);
    vm.state = in.named(vmm::vmStateFromString);
    vm.reason = in.named(vmm::stateReasonFromString);
    vm.reasonDetail = in.text(kMaxText);
    vm.vcpus = readCount(in);
    vm.memory = vmm::Bytes::fromBytes(in.unsignedInteger());
    if (!in.skipNull())
        vm.since = QDateTime::fromMSecsSinceEpoch(in.integer(0, kMaxTimeMs), Qt::UTC);
    vm.hasScreen = in.boolean();
    vm.title = in.text(kMaxLine);
    vm.description = in.text(kMaxText);
    vm.machineType = in.text(kMaxLine);
    vm.disks = readTexts(in, kMaxDisks);
    vm.networkCards = readCount(in);
    vm.isAutostart = in.boolean();
    vm.hasSavedMemory = in.boolean();
    vm.isTemplate = in.boolean();
    vm.hasPendingChanges = in.boolean();
    vm.snapshots = readCount(in);
    vm.parentName = in.text(kMaxLine);
    for (const QString& name : readTexts(in, kMaxConsoles)) {
        if (const auto choice = vmm::consoleChoiceFromString(name)) // else one of tomorrow
            vm.consoles.append(*choice);
    }
    vm.tags = readTexts(in, kMaxList);
    vm.location = in.text(kMaxLine);
    in.leave();
    return vm;
}

vmm::ConsoleEndpoint readEndpoint(CborInput& in)
{
    vmm::ConsoleEndpoint endpoint;
    in.enter(11);
    endpoint.protocol = in.named(vmm::consoleProtocolFromString);
    endpoint.unixSocket = in.text(kMaxLine);
    endpoint.host = in.text(kMaxLine);
    endpoint.port = static_cast<quint16>(in.integer(0, 65535));
    endpoint.tlsPort = static_cast<quint16>(in.integer(0, 65535));
    endpoint.password = in.text(kMaxLine);
    endpoint.tlsCaFile = in.text(kMaxLine);
    endpoint.tlsSubject = in.text(kMaxLine);
    endpoint.userName = in.text(kMaxLine);
    for (qsizetype count = in.enterList(kMaxList); count > 0 && !in.hasFailed(); --count) {
        vmm::ConsoleClient client;
        in.enter(2);
        client.address = in.text(kMaxLine);
        readValue(in, client.since);
        in.leave();
        endpoint.clients.append(client);
    }
    in.leave();
    endpoint.pushesOthersOut = in.boolean();
    in.leave();
    return endpoint;
}

Hello readHello(CborInput& in)
{
    Hello hello;
    hello.protocol = readCount(in);
    hello.program = in.text(kMaxLine);
    hello.abilities = readTexts(in, kMaxList);
    hello.uri = in.text(kMaxLine);
    return hello;
}

/// The alternative of that name; tries one after the other, at compile time a chain of comparisons.
template <size_t Index = 0> Operation readOperation(CborInput& in, const QString& name)
{
    if constexpr (Index == std::variant_size_v<Operation>) {
        in.fail("an unknown operation");
        return {};
    } else {
        Operation operation { std::in_place_index<Index> };
        if (nameOf(operation) != name)
            return readOperation<Index + 1>(in, name);
        readValue(in, std::get<Index>(operation));
        return operation;
    }
}

template <size_t Index = 0> Answer readAnswer(CborInput& in, quint64 index)
{
    if constexpr (Index == std::variant_size_v<Answer>) {
        in.fail("an unknown answer");
        return {};
    } else {
        if (Index != index)
            return readAnswer<Index + 1>(in, index);
        Answer answer { std::in_place_index<Index> };
        using Value = std::variant_alternative_t<Index, Answer>;
        if constexpr (std::is_same_v<Value, std::monostate>) {
            if (!in.skipNull())
                in.fail("an answer where none is");
        } else if constexpr (std::is_same_v<Value, vmm::ConsoleEndpoint>) {
            std::get<Index>(answer) = readEndpoint(in);
        } else {
            readValue(in, std::get<Index>(answer));
        }
        return answer;
    }
}

Request readRequest(CborInput& in)
{
    Request request { .id = readSerial(in) };
    const QString name = in.text(64);
    request.operation = readOperation(in, name);
    return request;
}

Reply readReply(CborInput& in)
{
    Reply reply { .id = readSerial(in) };
    const QString type = in.text(64);
    if (type == QLatin1StringView("error")) {
        reply.answer = readError(in);
    } else if (type == QLatin1StringView("answer")) {
        in.enter(2);
        const quint64 index = in.unsignedInteger();
        reply.answer = readAnswer(in, index);
        in.leave();
    } else {
        in.fail("an unknown answer");
    }
    return reply;
}

Progress readProgress(CborInput& in)
{
    Progress progress { .id = readSerial(in) };
    progress.percent = static_cast<int>(in.integer(0, 100));
    return progress;
}

Ask readAsk(CborInput& in)
{
    Ask ask { .id = readSerial(in) };
    ask.question.prompt = in.text(kMaxText);
    ask.question.kind = in.named(hosts::questionKindFromString);
    ask.question.keyName = in.text(kMaxLine);
    ask.question.isRepeated = in.boolean();
    return ask;
}

Say readSay(CborInput& in)
{
    Say say { .id = readSerial(in) };
    if (!in.skipNull())
        say.text = in.text(kMaxText);
    return say;
}

ConnectionEvent readConnection(CborInput& in)
{
    ConnectionEvent event;
    event.state = in.named(hosts::connectionStateFromString);
    if (!in.skipNull())
        event.error = readError(in);
    return event;
}

InfoEvent readInfo(CborInput& in)
{
    HostInfo info;
    info.name = in.text(kMaxLine);
    info.hypervisor = in.text(kMaxLine);
    info.accelerator = in.text(kMaxLine);
    info.acceleratorReason = in.text(kMaxText);
    info.cpuModel = in.text(kMaxLine);
    info.architecture = in.text(kMaxLine);
    info.cpus = readCount(in);
    info.memory = vmm::Bytes::fromBytes(in.unsignedInteger());
    info.dataFolder = in.text(kMaxLine);
    for (qsizetype count = in.enterList(kMaxList); count > 0 && !in.hasFailed(); --count) {
        in.enter(2);
        const auto feature = hosts::featureFromString(in.text(64));
        const QString reason = in.text(kMaxLine);
        if (feature) // what we don't know we can't miss
            info.missing.insert(*feature, reason);
        in.leave();
    }
    in.leave();
    return { .info = info };
}

InventoryEvent readInventory(CborInput& in)
{
    InventoryEvent event;
    event.change.isComplete = in.boolean();
    event.hasMore = in.boolean();
    event.change.removed = in.ids(kMaxVms);
    for (qsizetype count = in.enterList(kMaxVms); count > 0 && !in.hasFailed(); --count)
        event.change.changed.append(readVm(in));
    in.leave();
    return event;
}

// Charts take NaN for "not offered"; infinity would spoil their scales.
double sane(double value)
{
    return std::isfinite(value) ? value : kNotOffered;
}

MetricsEvent readMetrics(CborInput& in)
{
    MetricsBatch batch { .timeMs = in.integer(0, kMaxTimeMs) };
    const QVector<double> host = in.doubles(kMaxColumns);
    const qsizetype columns = in.integer(0, kMaxColumns);
    const QVector<VmId> ids = in.ids(kMaxMetricsVms);
    const QVector<double> values = in.doubles(kMaxMetricsVms * columns);
    if (values.size() != ids.size() * columns)
        in.fail("numbers that don't match their machines");
    if (in.hasFailed())
        return {};
    for (qsizetype i = 0; i < std::min<qsizetype>(host.size(), kHostMetricCount); ++i)
        batch.host.values[static_cast<size_t>(i)] = sane(host[i]);
    const auto known = std::min<qsizetype>(columns, kVmMetricCount);
    batch.vms.reserve(ids.size());
    for (qsizetype row = 0; row < ids.size(); ++row) {
        VmSample sample { .id = ids[row] };
        for (qsizetype i = 0; i < known; ++i)
            sample.values.values[static_cast<size_t>(i)] = sane(values[row * columns + i]);
        batch.vms.append(sample);
    }
    return { .batch = batch };
}

Message readMessage(CborInput& in, const QString& type)
{
    if (type == QLatin1StringView("hello"))
        return readHello(in);
    if (type == QLatin1StringView("ping"))
        return Ping { .serial = readSerial(in) };
    if (type == QLatin1StringView("pong"))
        return Pong { .serial = readSerial(in) };
    if (type == QLatin1StringView("request"))
        return readRequest(in);
    if (type == QLatin1StringView("cancel"))
        return Cancel { .id = readSerial(in) };
    if (type == QLatin1StringView("visible"))
        return SetVisible { .vms = in.ids(kMaxVms) };
    if (type == QLatin1StringView("reply"))
        return readReply(in);
    if (type == QLatin1StringView("progress"))
        return readProgress(in);
    if (type == QLatin1StringView("connection"))
        return readConnection(in);
    if (type == QLatin1StringView("info"))
        return readInfo(in);
    if (type == QLatin1StringView("inventory"))
        return readInventory(in);
    if (type == QLatin1StringView("resources"))
        return ResourcesEvent { .kind = in.named(hosts::resourceKindFromString) };
    if (type == QLatin1StringView("metrics"))
        return readMetrics(in);
    if (type == QLatin1StringView("ask"))
        return readAsk(in);
    if (type == QLatin1StringView("say"))
        return readSay(in);
    in.fail("an unknown message");
    return {};
}

} // namespace

vmm::Result<Message> decode(const QByteArray& bytes)
{
    CborInput in(bytes);
    in.enter(1);
    const QString type = in.text(64);
    Message message = readMessage(in, type);
    in.leave();
    in.end();
    if (in.hasFailed())
        return vmm::Error { vmm::ErrorKind::ProtocolViolation, {},
            QStringLiteral("%1 at byte %2 of %3")
                .arg(QLatin1StringView(in.failure()))
                .arg(in.offset())
                .arg(bytes.size()) };
    return message;
}

} // namespace hosts::wire
