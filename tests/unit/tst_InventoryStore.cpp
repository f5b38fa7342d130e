// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/InventoryStore.h"
#include "tests/support/Await.h"
#include "tests/support/TempHome.h"

#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTest>

using namespace hosts;
using wire::InventoryStore;
using wire::KnownHost;

/// What is kept of a host between two runs of the program.
class tst_InventoryStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<tests::TempHome>();
        m_store = std::make_unique<InventoryStore>(m_home->path(QStringLiteral("cache")));
    }

    void saved_isLoadedAgain()
    {
        const KnownHost known = someHost(3'000);
        VERIFY_OK(m_store->save(m_uri, known));
        const auto back = m_store->load(m_uri);
        VERIFY_OK(back);
        QVERIFY(*back == known);
        QCOMPARE(QFileInfo(m_store->pathFor(m_uri)).permissions()
                & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
            QFileDevice::Permissions());
    }

    void neverSaved_isNotFound()
    {
        QCOMPARE(m_store->load(m_uri).error().kind, vmm::ErrorKind::NotFound);
    }

    void fileOfAnotherHost_isRefused()
    {
        VERIFY_OK(m_store->save(m_uri, someHost(1)));
        const HostUri other = HostUri::parse(QStringLiteral("qemu+ssh://b/system")).value();
        QVERIFY(QFile::rename(m_store->pathFor(m_uri), m_store->pathFor(other)));
        QCOMPARE(m_store->load(other).error().kind, vmm::ErrorKind::ProtocolViolation);
    }

    /// Every file that was cut off or scribbled in is refused, or at least harmless.
    void damagedFile_isHarmless()
    {
        VERIFY_OK(m_store->save(m_uri, someHost(3)));
        QFile file(m_store->pathFor(m_uri));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        file.close();
        int refused = 0;
        const auto write = [&](const QByteArray& bytes) {
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(bytes);
            file.close();
            refused += m_store->load(m_uri).has_value() ? 0 : 1;
        };
        for (qsizetype size = 0; size < 40; ++size)
            write(whole.left(size));
        QVERIFY(refused >= 40);
        QRandomGenerator random(7);
        for (int round = 0; round < 500; ++round) {
            QByteArray bytes = whole;
            for (int i = 0; i < 3; ++i)
                bytes[qsizetype(random.bounded(quint32(bytes.size())))] = char(random.bounded(256));
            write(bytes);
        }
        QVERIFY(refused > 100);
        write("{}");
    }

private:
    static KnownHost someHost(int vms)
    {
        KnownHost known { .info = { .name = QStringLiteral("a"), .cpus = 8 },
            .lastSeen = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC) };
        for (int i = 0; i < vms; ++i)
            known.vms.append({ .id = VmId::createUuid(),
                .name = QStringLiteral("vm-%1").arg(i),
                .state = vmm::VmState::Running,
                .vcpus = 2,
                .memory = vmm::Bytes::fromMiB(512) });
        return known;
    }

    HostUri m_uri = HostUri::parse(QStringLiteral("qemu+ssh://a/system")).value();
    std::unique_ptr<tests::TempHome> m_home;
    std::unique_ptr<InventoryStore> m_store;
};

QTEST_GUILESS_MAIN(tst_InventoryStore)
#include "tst_InventoryStore.moc"
