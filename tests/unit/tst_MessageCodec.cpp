// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/CborInput.h"
#include "hosts/wire/FieldCodec.h"
#include "hosts/wire/Limits.h"
#include "hosts/wire/MessageCodec.h"
#include "tests/support/FilledValue.h"
#include "tests/support/TestNames.h"

#include <QCborArray>
#include <QCborValue>
#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace hosts;
using namespace hosts::wire;

namespace {

const VmId kVm(QStringLiteral("6f8f9b1e-7d1b-4d58-9c2e-3f1a2b3c4d5e"));

VmInfo fullVm()
{
    return { .id = kVm,
        .name = QStringLiteral("wéb-01 🐧"),
        .state = vmm::VmState::Paused,
        .reason = vmm::StateReason::IoError,
        .reasonDetail = QStringLiteral("line 1\nline 2"),
        .vcpus = 4,
        .memory = vmm::Bytes::fromGiB(6),
        .since = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC),
        .hasScreen = true,
        .title = QStringLiteral("Web"),
        .description = QStringLiteral("serves"),
        .tags = { QStringLiteral("blue"), QStringLiteral("web") },
        .machineType = QStringLiteral("pc-q35-7.2"),
        .disks = { QStringLiteral("/a.qcow2"), QStringLiteral("/b.iso") },
        .networkCards = 2,
        .isAutostart = true,
        .hasSavedMemory = true,
        .isTemplate = true,
        .hasPendingChanges = true,
        .snapshots = 3,
        .parentName = QStringLiteral("golden"),
        .consoles = { { .protocol = vmm::ConsoleEndpoint::Protocol::Vnc },
            { .protocol = vmm::ConsoleEndpoint::Protocol::Serial, .port = 3 } },
        .location = QStringLiteral("DC0 / Shop") };
}

vmm::ConsoleEndpoint fullEndpoint()
{
    return { .protocol = vmm::ConsoleEndpoint::Protocol::Vnc,
        .unixSocket = QStringLiteral("/s"),
        .host = QStringLiteral("::1"),
        .port = 5900,
        .tlsPort = 65535,
        .userName = QStringLiteral("fred"),
        .password = QStringLiteral("pw"),
        .tlsCaFile = QStringLiteral("/ca.pem"),
        .tlsSubject = QStringLiteral("CN=a1"),
        .clients = { { QStringLiteral("10.0.0.7:50123"),
                         QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC) },
            {} },
        .pushesOthersOut = false };
}

QVector<Answer> everyAnswer()
{
    return []<typename... Value>(
               std::variant<std::monostate, VmId, QString, vmm::ConsoleEndpoint, Value...>*) {
        return QVector<Answer> { Answer {}, Answer { kVm }, Answer { QStringLiteral("<domain/>") },
            Answer { fullEndpoint() }, Answer { tests::filled<Value>() }... };
    }(static_cast<Answer*>(nullptr));
}

HostInfo fullInfo()
{
    return { .name = QStringLiteral("a1"),
        .hypervisor = QStringLiteral("QEMU 7.2.22"),
        .accelerator = QStringLiteral("TCG"),
        .acceleratorReason = QStringLiteral("because"),
        .cpuModel = QStringLiteral("EPYC"),
        .architecture = QStringLiteral("x86_64"),
        .cpus = 64,
        .memory = vmm::Bytes::fromGiB(512),
        .dataFolder = QStringLiteral("/data"),
        .missing = { { Feature::Pause, QStringLiteral("no") },
            { Feature::VmCpuLoad, QStringLiteral("none") } } };
}

vmm::Error fullError()
{
    return { vmm::ErrorKind::Busy, QStringLiteral("/a.qcow2"), QStringLiteral("Failed to get lock"),
        vmm::ErrorCause::ImageLocked };
}

MetricsBatch fullBatch()
{
    MetricsBatch batch { .timeMs = 1'700'000'000'123 };
    batch.host[HostMetric::CpuLoad] = 0.5;
    for (int i = 0; i < 3; ++i) {
        VmSample sample { .id = VmId::createUuidV5(kVm, QString::number(i)) };
        sample.values[VmMetric::CpuLoad] = i / 3.0;
        sample.values[VmMetric::NetworkSend] = 1e9 + i;
        batch.vms.append(sample);
    }
    return batch;
}

// At least one of every message, operation and answer.
QVector<Message> everyMessage()
{
    QVector<Message> messages {
        Hello { .protocol = 7,
            .program = QStringLiteral("p 1"),
            .abilities = { QStringLiteral("fd") },
            .uri = QStringLiteral("test:///default") },
        Ping { .serial = 4'000'000'000u },
        Pong { .serial = 1 },
        Cancel { .id = 5 },
        SetVisible { .vms = { kVm, VmId::createUuidV5(kVm, QStringLiteral("x")) } },
        Reply { .id = 6, .answer = fullError() },
        Progress { .id = 4'000'000'000u, .percent = 100 },
        ConnectionEvent { .state = ConnectionState::Connected },
        ConnectionEvent { .state = ConnectionState::Failed, .error = fullError() },
        InfoEvent { .info = fullInfo() },
        InventoryEvent { .change = { .isComplete = true, .changed = { fullVm(), VmInfo {} } } },
        InventoryEvent {
            .change = { .changed = { fullVm() }, .removed = { kVm, VmId() } }, .hasMore = true },
        MetricsEvent { .batch = fullBatch() },
        Ask { .id = 7,
            .question = { .prompt = QStringLiteral("root@a1's password:"),
                .kind = Question::Kind::Text,
                .keyName = QStringLiteral("a1"),
                .isRepeated = true } },
        Say { .id = 8, .text = QStringLiteral("grün") },
        Say { .id = 9, .text = QString() },
        Say { .id = 10 },
        ResourcesEvent { .kind = ResourceKind::Networks },
        MetricsEvent {},
    };
    quint32 id = 0;
    for (const Operation& operation : tests::everyOperation())
        messages.append(Request { .id = ++id, .operation = operation });
    for (const Answer& answer : everyAnswer())
        messages.append(Reply { .id = ++id, .answer = answer });
    return messages;
}

// A value that a newer peer has given one more field, at its end.
template <typename T> QByteArray withOneMoreField(const T& value)
{
    QByteArray bytes;
    QCborStreamWriter out(&bytes);
    writeValue(out, value);
    QCborArray fields = QCborValue::fromCbor(bytes).toArray();
    fields.append(QCborArray { QStringLiteral("new"), QCborArray { 1, nullptr } });
    return fields.toCborValue().toCbor();
}

template <typename T> void expectAppendedFieldSkipped()
{
    const T value = tests::filled<T>();
    const QByteArray bytes = withOneMoreField(value);
    CborInput in(bytes);
    T back {};
    readValue(in, back);
    in.end();
    QVERIFY2(!in.hasFailed(), in.failure());
    QVERIFY(back == value);
}

void comparePayload(const MetricsBatch& actual, const MetricsBatch& expected)
{
    const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
    QCOMPARE(actual.timeMs, expected.timeMs);
    QCOMPARE(actual.vms.size(), expected.vms.size());
    for (size_t i = 0; i < kHostMetricCount; ++i)
        QVERIFY(same(actual.host.values[i], expected.host.values[i]));
    for (qsizetype row = 0; row < actual.vms.size(); ++row) {
        QCOMPARE(actual.vms[row].id, expected.vms[row].id);
        for (size_t i = 0; i < kVmMetricCount; ++i)
            QVERIFY(same(actual.vms[row].values.values[i], expected.vms[row].values.values[i]));
    }
}

void compareMessages(const Message& actual, const Message& expected)
{
    QCOMPARE(actual.index(), expected.index());
    std::visit(
        [&actual](const auto& value) {
            using Type = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<Type, MetricsEvent>)
                comparePayload(std::get<Type>(actual).batch, value.batch);
            else
                QVERIFY(std::get<Type>(actual) == value);
        },
        expected);
}

QByteArray cbor(const QCborArray& array)
{
    return array.toCborValue().toCbor();
}

} // namespace

class tst_MessageCodec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyMessage_isReadBackAsWritten()
    {
        QSet<size_t> types;
        QSet<size_t> operations;
        QSet<size_t> answers;
        for (const Message& message : everyMessage()) {
            const auto back = decode(encode(message));
            QVERIFY2(back.has_value(), qPrintable(back ? QString() : back.error().toString()));
            compareMessages(*back, message);
            types.insert(message.index());
            if (const auto* request = std::get_if<Request>(&message))
                operations.insert(request->operation.index());
            if (const auto* reply = std::get_if<Reply>(&message); reply && reply->answer)
                answers.insert(reply->answer->index());
        }
        // The list above has to grow with the protocol.
        QCOMPARE(size_t(types.size()), std::variant_size_v<Message>);
        QCOMPARE(size_t(operations.size()), std::variant_size_v<Operation>);
        QCOMPARE(size_t(answers.size()), std::variant_size_v<Answer>);
    }

    void everyEnumerator_isReadBackAsWritten()
    {
        for (const vmm::VmState state : vmm::kAllVmStates) {
            VmInfo vm = fullVm();
            vm.state = state;
            const auto back = decode(encode(InventoryEvent { .change = { .changed = { vm } } }));
            QCOMPARE(std::get<InventoryEvent>(*back).change.changed.first().state, state);
        }
        for (int action = 0; action <= int(vmm::VmAction::Undefine); ++action)
            compareRequest(Perform { .action = vmm::VmAction(action) });
        for (int scope = 0; scope <= int(DeviceScope::Both); ++scope)
            compareRequest(AttachDevice { .scope = DeviceScope(scope) });
        for (int kind = 0; kind <= int(vmm::CloneKind::Instant); ++kind)
            compareRequest(CloneMachine { .request = { .kind = vmm::CloneKind(kind) } });
        for (int kind = 0; kind <= int(vmm::SnapshotKind::Offline); ++kind) {
            const Reply reply { .answer
                = Answer { QVector<vmm::SnapshotInfo> { { .kind = vmm::SnapshotKind(kind) } } } };
            QCOMPARE(std::get<Reply>(*decode(encode(reply))), reply);
        }
        for (int i = 0; i <= int(vmm::StateReason::Other); ++i) {
            VmInfo vm = fullVm();
            vm.reason = vmm::StateReason(i);
            const auto back = decode(encode(InventoryEvent { .change = { .changed = { vm } } }));
            QCOMPARE(std::get<InventoryEvent>(*back).change.changed.first(), vm);
        }
        for (int kind = 0; kind <= int(vmm::ErrorKind::Io); ++kind) {
            const Reply reply { .answer = vmm::Error { vmm::ErrorKind(kind) } };
            QCOMPARE(std::get<Reply>(*decode(encode(reply))), reply);
        }
        for (int cause = 0; cause <= int(vmm::ErrorCause::AuthenticationFailed); ++cause) {
            const Reply reply { .answer
                = vmm::Error { vmm::ErrorKind::Io, {}, {}, vmm::ErrorCause(cause) } };
            QCOMPARE(std::get<Reply>(*decode(encode(reply))), reply);
        }
        for (int state = 0; state <= int(ConnectionState::Failed); ++state) {
            const ConnectionEvent event { .state = ConnectionState(state) };
            QCOMPARE(std::get<ConnectionEvent>(*decode(encode(event))), event);
        }
        for (int kind = 0; kind <= int(ResourceKind::Devices); ++kind) {
            const ResourcesEvent event { .kind = ResourceKind(kind) };
            QCOMPARE(std::get<ResourcesEvent>(*decode(encode(event))), event);
        }
        for (int action = 0; action <= int(ResourceAction::DisableAutostart); ++action)
            compareRequest(ChangePool { .action = ResourceAction(action) });
        for (int state = 0; state <= int(PoolState::Inaccessible); ++state) {
            const Reply reply { .answer
                = Answer { QVector<PoolInfo> { { .state = PoolState(state) } } } };
            QCOMPARE(std::get<Reply>(*decode(encode(reply))), reply);
        }
        for (int route = 0; route <= int(MigrationRoute::PeerToPeer); ++route)
            compareRequest(MigrateMachine { .request = { .route = MigrationRoute(route) } });
        for (int copy = 0; copy <= int(StorageCopy::Incremental); ++copy)
            compareRequest(MigrateMachine { .request = { .storage = StorageCopy(copy) } });
        for (int kind = 0; kind <= int(MigrationObstacle::Kind::SameHost); ++kind) {
            const Reply reply { .answer = Answer { QVector<MigrationObstacle> {
                                    { .kind = MigrationObstacle::Kind(kind) } } } };
            QCOMPARE(std::get<Reply>(*decode(encode(reply))), reply);
        }
        for (int feature = 0; feature <= int(Feature::HostLoad); ++feature) {
            const InfoEvent event { .info = { .missing = { { Feature(feature), {} } } } };
            QCOMPARE(std::get<InfoEvent>(*decode(encode(event))), event);
        }
    }

    void fieldLists_nameEveryMember()
    {
        []<typename... Op>(std::variant<Op...>*) {
            static_assert((tests::namesEveryMember<Op>() && ...), "Fields.h lacks a member");
        }(static_cast<Operation*>(nullptr));
        []<typename... Value>(std::variant<Value...>*) {
            static_assert((tests::namesEveryMember<Value>() && ...), "Fields.h lacks a member");
        }(static_cast<Answer*>(nullptr));
        // The proof proves something.
        static_assert(tests::memberCount<Rename>() == 2);
        static_assert(tests::memberCount<vmm::HostLoadDetail>() == 14);
    }

    void namesOfOperations_areDistinct()
    {
        QSet<QString> names;
        for (const Operation& operation : tests::everyOperation())
            names.insert(nameOf(operation));
        QCOMPARE(size_t(names.size()), std::variant_size_v<Operation>);
    }

    void truncatedMessage_isRefusedAtEveryLength()
    {
        for (const Message& message : everyMessage()) {
            const QByteArray bytes = encode(message);
            for (qsizetype size = 0; size < bytes.size(); ++size) {
                const auto back = decode(bytes.left(size));
                QVERIFY2(!back.has_value(), qPrintable(QString::number(size)));
                QCOMPARE(back.error().kind, vmm::ErrorKind::ProtocolViolation);
            }
        }
    }

    // Whatever comes out must be a whole message that can be written again, or an error.
    void mutatedMessages_neverDoHarm()
    {
        QRandomGenerator random(20240607);
        const auto messages = everyMessage();
        int accepted = 0;
        int refused = 0;
        for (int round = 0; round < 40'000; ++round) {
            QByteArray bytes = encode(messages[round % messages.size()]);
            const int changes = 1 + random.bounded(4);
            for (int i = 0; i < changes && !bytes.isEmpty(); ++i)
                mutate(bytes, random);
            const auto back = decode(bytes);
            if (!back) {
                QCOMPARE(back.error().kind, vmm::ErrorKind::ProtocolViolation);
                QVERIFY(!back.error().detail.isEmpty());
                ++refused;
                continue;
            }
            ++accepted;
            const auto again = decode(encode(*back));
            QVERIFY(again.has_value());
            compareMessages(*again, *back);
        }
        QVERIFY(accepted > 1000); // texts and numbers change, the form does not
        QVERIFY(refused > 1000);
    }

    void noise_isRefused()
    {
        QRandomGenerator random(1);
        for (int round = 0; round < 5'000; ++round) {
            QByteArray bytes(random.bounded(200), Qt::Uninitialized);
            for (char& byte : bytes)
                byte = static_cast<char>(random.bounded(256));
            QVERIFY(!decode(bytes).has_value());
        }
    }

    void hugeClaims_areRefusedUnread_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray request
            = QByteArray::fromHex("84 67 72657175657374 01 66 646566696e65 81");
        QTest::newRow("a text of 4 EiB") << request + QByteArray::fromHex("7b 4000000000000000");
        QTest::newRow("a text of 2 GiB") << request + QByteArray::fromHex("7a 7fffffff");
        QTest::newRow("a text in endless pieces")
            << request + QByteArray::fromHex("7f") + QByteArray(1 << 20, '\x60');
        const QByteArray visible = QByteArray::fromHex("82 67 76697369626c65");
        const QByteArray trash
            = QByteArray::fromHex("84 67 72657175657374 01 6b 656d7074792d7472617368 81");
        QTest::newRow("2^60 machines in the trash")
            << trash + QByteArray::fromHex("9b 1000000000000000");
        QTest::newRow("a list of a million") << trash + QByteArray::fromHex("9a 000f4240");
        QTest::newRow("2^63 bytes of ids") << visible + QByteArray::fromHex("5b 8000000000000000");
        QTest::newRow("2 GiB of ids") << visible + QByteArray::fromHex("5a 80000000");
        const QByteArray inventory = QByteArray::fromHex("85 69 696e76656e746f7279 f5 f4 40");
        QTest::newRow("2^60 machines") << inventory + QByteArray::fromHex("9b 1000000000000000");
        QTest::newRow("an endless list") << inventory + QByteArray::fromHex("9f");
        QTest::newRow("a deep nest")
            << QByteArray::fromHex("83 64 70696e67 01") + QByteArray(100'000, '\x81');
        QTest::newRow("a long array") << QByteArray::fromHex("9b ffffffffffffffff 64 70696e67 01");
        QTest::newRow("nothing") << QByteArray();
    }

    void hugeClaims_areRefusedUnread()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!decode(bytes).has_value());
    }

    void wrongTypesAndRanges_areRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row
            = [](const char* name, const QCborArray& array) { QTest::newRow(name) << cbor(array); };
        const QByteArray id(16, 'x');
        row("a serial beyond 32 bits", { QStringLiteral("ping"), qint64(4294967296) });
        row("a negative serial", { QStringLiteral("ping"), -1 });
        row("a text for a number", { QStringLiteral("ping"), QStringLiteral("1") });
        row("no serial", { QStringLiteral("ping") });
        row("an unknown message", { QStringLiteral("pang"), 1 });
        row("an id of 15 bytes",
            { QStringLiteral("request"), 1, QStringLiteral("get-definition"),
                QCborArray { id.left(15) } });
        row("an unknown action",
            { QStringLiteral("request"), 1, QStringLiteral("perform"),
                QCborArray { id, QStringLiteral("explode") } });
        row("an unknown operation",
            { QStringLiteral("request"), 1, QStringLiteral("explode"), QCborArray { id } });
        row("an operation without its last field",
            { QStringLiteral("request"), 1, QStringLiteral("rename"), QCborArray { id } });
        row("an answer of an unknown sort",
            { QStringLiteral("reply"), 1, QStringLiteral("answer"), QCborArray { 99, nullptr } });
        row("an answer that is another",
            { QStringLiteral("reply"), 1, QStringLiteral("answer"), QCborArray { 1, 5 } });
        row("more than all done", { QStringLiteral("progress"), 1, 101 });
        row("a number beyond an int",
            { QStringLiteral("request"), 1, QStringLiteral("set-vcpus"),
                QCborArray { id, qint64(1) << 40 } });
        row("negative memory",
            { QStringLiteral("request"), 1, QStringLiteral("set-memory"), QCborArray { id, -1 } });
        row("an unknown answer", { QStringLiteral("reply"), 1, QStringLiteral("maybe"), nullptr });
        row("half an id in a list", { QStringLiteral("visible"), QByteArray(24, 'x') });
        row("an unknown connection state",
            { QStringLiteral("connection"), QStringLiteral("so so"), nullptr });
        row("more numbers than machines",
            { QStringLiteral("metrics"), 1, QByteArray(), 1, id, QByteArray(16, 0) });
        row("columns without end",
            { QStringLiteral("metrics"), 1, QByteArray(), 1000000, id, QByteArray(8, 0) });
        row("a port beyond 65535",
            { QStringLiteral("reply"), 1, QStringLiteral("answer"),
                QCborArray { 3,
                    QCborArray { QStringLiteral("vnc"), QString(), QString(), 65536, 0, QString(),
                        QString(), QString() } } });
        QTest::newRow("bytes after the end") << encode(Ping {}) + 'x';
        QTest::newRow("two messages") << encode(Ping {}) + encode(Ping {});
        QTest::newRow("a map") << QByteArray::fromHex("a1 01 02");
        QTest::newRow("-2^64") << QByteArray::fromHex("82 64 70696e67 3b ffffffffffffffff");
        QTest::newRow("broken UTF-8") << QByteArray::fromHex("82 64 ff696e67 01");
    }

    void wrongTypesAndRanges_areRefused()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!decode(bytes).has_value());
    }

    void whatANewerPeerAppends_isSkipped()
    {
        const auto ping = decode(cbor({ QStringLiteral("ping"), 5, QStringLiteral("why"),
            QCborArray { 1, QCborArray { 2 } } }));
        QVERIFY(ping.has_value());
        QCOMPARE(std::get<Ping>(*ping).serial, 5u);
        const auto info = decode(cbor({ QStringLiteral("info"), QString(), QString(), QString(),
            QString(), QString(), QString(), 1, 1, QString(),
            QCborArray { QCborArray { QStringLiteral("teleport"), QStringLiteral("no") } } }));
        QVERIFY(info.has_value());
        QVERIFY(std::get<InfoEvent>(*info).info.missing.isEmpty());
        const auto reply = decode(cbor({ QStringLiteral("reply"), 1, QStringLiteral("error"),
            QCborArray {
                QStringLiteral("Io"), QStringLiteral("CosmicRay"), QString(), QString() } }));
        QCOMPARE(std::get<Reply>(*reply).answer.error().cause, vmm::ErrorCause::None);
    }

    void fieldsOfANewerPeer_areSkippedInEveryOperationAndAnswer()
    {
        []<typename... Op>(std::variant<Op...>*) { (expectAppendedFieldSkipped<Op>(), ...); }(
            static_cast<Operation*>(nullptr));
        expectAppendedFieldSkipped<vmm::SnapshotInfo>();
        expectAppendedFieldSkipped<vmm::CheckpointInfo>();
        expectAppendedFieldSkipped<vmm::BackupReport>();
        expectAppendedFieldSkipped<vmm::ImageUse>();
        expectAppendedFieldSkipped<vmm::GuestFacts>();
        expectAppendedFieldSkipped<vmm::LoadDetail>();
        expectAppendedFieldSkipped<vmm::HostLoadDetail>();
    }

    void unmeasuredNumbers_stayUnmeasured()
    {
        const auto back = decode(encode(Reply { .answer = Answer { vmm::LoadDetail {} } }));
        const auto load = std::get<vmm::LoadDetail>(*std::get<Reply>(*back).answer);
        QVERIFY(std::isnan(load.cpu) && std::isnan(load.emulator));
        vmm::HostLoadDetail infinite;
        infinite.loadAverage1 = std::numeric_limits<double>::infinity();
        const auto host = decode(encode(Reply { .answer = Answer { infinite } }));
        QVERIFY(
            std::isnan(std::get<vmm::HostLoadDetail>(*std::get<Reply>(*host).answer).loadAverage1));
    }

    void infiniteValues_becomeNotOffered()
    {
        MetricsBatch batch = fullBatch();
        batch.vms[0].values[VmMetric::CpuLoad] = std::numeric_limits<double>::infinity();
        const auto back = decode(encode(MetricsEvent { .batch = batch }));
        QVERIFY(std::isnan(std::get<MetricsEvent>(*back).batch.vms[0].values[VmMetric::CpuLoad]));
    }

    void overlongTextOfAnEvent_isCut()
    {
        VmInfo vm = fullVm();
        vm.description = QString(kMaxText + 100, QChar(0x20ac));
        const auto back = decode(encode(InventoryEvent { .change = { .changed = { vm } } }));
        QVERIFY(back.has_value());
        QCOMPARE(
            std::get<InventoryEvent>(*back).change.changed.first().description.size(), kMaxText);
    }

    void overlongOperation_isNotSent()
    {
        QVERIFY(withinLimits(Define { .xml = QString(kMaxXml, QChar(0x20ac)) }).has_value());
        const QString tooLong(kMaxXml + 1, u'x');
        for (const Operation& operation : { Operation(Define { .xml = tooLong }),
                 Operation(CreateMachine { .machine = { .kernelCommandLine = tooLong } }),
                 Operation(AttachDevice { .xml = tooLong }),
                 Operation(RunInGuest { .command = { .arguments = { {}, tooLong } } }),
                 Operation(RunInGuest { .command = { .input = QByteArray(kMaxXml + 1, 'x') } }),
                 Operation(EmptyTrash { .vms = QVector<VmId>(kMaxRows + 1, kVm) }),
                 // each within its limit, but not together
                 Operation(RunInGuest {
                     .command = { .arguments = QStringList(5, QString(kMaxXml, u'x')) } }) }) {
            const auto checked = withinLimits(operation);
            QVERIFY2(!checked.has_value(), qPrintable(nameOf(operation)));
            QCOMPARE(checked.error().kind, vmm::ErrorKind::InvalidConfig);
            QCOMPARE(checked.error().subject, nameOf(operation));
        }
    }

    void overlongAnswer_isNotSent()
    {
        for (const Answer& answer : everyAnswer())
            QVERIFY(withinLimits(answer).has_value());
        QVERIFY(!withinLimits(Answer { QString(kMaxXml + 1, u'x') }).has_value());
        vmm::ImageUse use { .dependents = QStringList(kMaxRows + 1, QStringLiteral("/x")) };
        QVERIFY(!withinLimits(Answer { QVector<vmm::ImageUse> { use } }).has_value());
        use.dependents = QStringList(1000, QString(20'000, QChar(0x20ac)));
        QCOMPARE(withinLimits(Answer { QVector<vmm::ImageUse> { use } }).error().kind,
            vmm::ErrorKind::Io);
    }

    void biggestAllowedMachine_fitsIntoAFrame()
    {
        VmInfo vm = fullVm();
        vm.name = vm.title = vm.machineType = QString(kMaxLine, QChar(0x20ac));
        vm.description = vm.reasonDetail = QString(kMaxText, QChar(0x20ac));
        vm.disks = QStringList(kMaxDisks, QString(kMaxLine, QChar(0x20ac)));
        const QByteArray bytes = encode(InventoryEvent { .change = { .changed = { vm } } });
        QVERIFY(bytes.size() < kMaxFrame);
        QVERIFY(decode(bytes).has_value());
        QVERIFY(encode(Reply { .answer = Answer { QString(kMaxXml, QChar(0x20ac)) } }).size()
            < kMaxFrame);
    }

    void bigInventory_isDividedAndNothingLost()
    {
        InventoryChange change { .isComplete = true };
        for (int i = 0; i < 10'000; ++i) {
            VmInfo vm = fullVm();
            vm.id = VmId::createUuidV5(kVm, QString::number(i));
            change.changed.append(vm);
        }
        const auto parts = divided(change);
        QVERIFY(parts.size() > 1);
        InventoryChange sum;
        for (qsizetype i = 0; i < parts.size(); ++i) {
            QCOMPARE(parts[i].hasMore, i + 1 < parts.size());
            QVERIFY(parts[i].change.isComplete);
            QVERIFY(encode(parts[i]).size() <= kChunkBytes);
            sum.changed += parts[i].change.changed;
        }
        QCOMPARE(sum.changed, change.changed);
        const auto nothing = divided({ .isComplete = true });
        QCOMPARE(nothing.size(), 1);
        QVERIFY(!nothing.first().hasMore);
    }

private:
    static void compareRequest(const Operation& operation)
    {
        const auto back = decode(encode(Request { .operation = operation }));
        QVERIFY(back.has_value());
        QVERIFY(std::get<Request>(*back).operation == operation);
    }

    static void mutate(QByteArray& bytes, QRandomGenerator& random)
    {
        const qsizetype at = random.bounded(int(bytes.size()));
        switch (random.bounded(5)) {
        case 0:
            bytes[at] = static_cast<char>(random.bounded(256));
            break;
        case 1:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.bounded(8)));
            break;
        case 2:
            bytes.remove(at, 1 + random.bounded(8));
            break;
        case 3:
            bytes.insert(at, static_cast<char>(random.bounded(256)));
            break;
        case 4:
            bytes.insert(at, bytes.mid(random.bounded(int(bytes.size())), 16));
            break;
        }
    }
};

QTEST_APPLESS_MAIN(tst_MessageCodec)
#include "tst_MessageCodec.moc"
