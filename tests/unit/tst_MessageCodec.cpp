// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/CborInput.h"
#include "hosts/wire/Limits.h"
#include "hosts/wire/MessageCodec.h"
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
        .machineType = QStringLiteral("pc-q35-7.2"),
        .disks = { QStringLiteral("/a.qcow2"), QStringLiteral("/b.iso") },
        .networkCards = 2 };
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
    const vmm::NewMachine machine { .name = QStringLiteral("new"),
        .memory = vmm::Bytes::fromMiB(256),
        .vcpus = 3,
        .newDisk = vmm::Bytes::fromGiB(8),
        .diskImage = QStringLiteral("/d"),
        .isoImage = QStringLiteral("/i"),
        .kernel = QStringLiteral("/k"),
        .initrd = QStringLiteral("/r"),
        .kernelCommandLine = QStringLiteral("quiet") };
    const vmm::ConsoleEndpoint endpoint { .protocol = vmm::ConsoleEndpoint::Protocol::Vnc,
        .unixSocket = QStringLiteral("/s"),
        .host = QStringLiteral("::1"),
        .port = 5900,
        .tlsPort = 65535,
        .password = QStringLiteral("pw") };
    return {
        Hello { .protocol = 7,
            .program = QStringLiteral("p 1"),
            .abilities = { QStringLiteral("fd") },
            .uri = QStringLiteral("test:///default") },
        Ping { .serial = 4'000'000'000u },
        Pong { .serial = 1 },
        Request { .id = 1, .operation = Perform { .vm = kVm, .action = vmm::VmAction::Reset } },
        Request { .id = 2, .operation = Define { .xml = QStringLiteral("<domain>ä</domain>") } },
        Request { .id = 3, .operation = CreateMachine { .machine = machine } },
        Request { .id = 4, .operation = GetDefinition { .vm = kVm } },
        Request { .id = 5, .operation = GetConsole { .vm = kVm } },
        Cancel { .id = 5 },
        SetVisible { .vms = { kVm, VmId::createUuidV5(kVm, QStringLiteral("x")) } },
        Reply { .id = 1, .answer = Answer {} },
        Reply { .id = 2, .answer = Answer { kVm } },
        Reply { .id = 4, .answer = Answer { QStringLiteral("<domain/>") } },
        Reply { .id = 5, .answer = Answer { endpoint } },
        Reply { .id = 6, .answer = fullError() },
        ConnectionEvent { .state = ConnectionState::Connected },
        ConnectionEvent { .state = ConnectionState::Failed, .error = fullError() },
        InfoEvent { .info = fullInfo() },
        InventoryEvent { .change = { .isComplete = true, .changed = { fullVm(), VmInfo {} } } },
        InventoryEvent {
            .change = { .changed = { fullVm() }, .removed = { kVm, VmId() } }, .hasMore = true },
        MetricsEvent { .batch = fullBatch() },
        MetricsEvent {},
    };
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
        for (const vmm::VmAction action : vmm::kAllVmActions) {
            const auto back = decode(encode(Request { .operation = Perform { .action = action } }));
            QCOMPARE(std::get<Perform>(std::get<Request>(*back).operation).action, action);
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
        for (int feature = 0; feature <= int(Feature::HostLoad); ++feature) {
            const InfoEvent event { .info = { .missing = { { Feature(feature), {} } } } };
            QCOMPARE(std::get<InfoEvent>(*decode(encode(event))), event);
        }
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
        for (int round = 0; round < 20'000; ++round) {
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
            = QByteArray::fromHex("83 67 72657175657374 01 82 66 646566696e65");
        QTest::newRow("a text of 4 EiB") << request + QByteArray::fromHex("7b 4000000000000000");
        QTest::newRow("a text of 2 GiB") << request + QByteArray::fromHex("7a 7fffffff");
        QTest::newRow("a text in endless pieces")
            << request + QByteArray::fromHex("7f") + QByteArray(1 << 20, '\x60');
        const QByteArray visible = QByteArray::fromHex("82 67 76697369626c65");
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
            { QStringLiteral("request"), 1,
                QCborArray { QStringLiteral("definition"), id.left(15) } });
        row("an unknown action",
            { QStringLiteral("request"), 1,
                QCborArray { QStringLiteral("perform"), id, QStringLiteral("explode") } });
        row("an unknown operation",
            { QStringLiteral("request"), 1, QCborArray { QStringLiteral("explode") } });
        row("an unknown answer", { QStringLiteral("reply"), 1, QStringLiteral("maybe"), nullptr });
        row("half an id in a list", { QStringLiteral("visible"), QByteArray(24, 'x') });
        row("an unknown connection state",
            { QStringLiteral("connection"), QStringLiteral("so so"), nullptr });
        row("more numbers than machines",
            { QStringLiteral("metrics"), 1, QByteArray(), 1, id, QByteArray(16, 0) });
        row("columns without end",
            { QStringLiteral("metrics"), 1, QByteArray(), 1000000, id, QByteArray(8, 0) });
        row("a port beyond 65535",
            { QStringLiteral("reply"), 1, QStringLiteral("console"),
                QCborArray { QStringLiteral("vnc"), QString(), QString(), 65536, 0, QString() } });
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
        QVERIFY(withinLimits(Define { .xml = QString(100, u'x') }).has_value());
        const auto define = withinLimits(Define { .xml = QString(kMaxXml + 1, u'x') });
        QCOMPARE(define.error().kind, vmm::ErrorKind::InvalidConfig);
        const auto create
            = withinLimits(CreateMachine { .machine = { .name = QString(kMaxLine + 1, u'x') } });
        QCOMPARE(create.error().subject, QStringLiteral("name"));
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
