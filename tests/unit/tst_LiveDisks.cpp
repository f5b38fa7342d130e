// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/DiskLayers.h"
#include "vmm/qemu/LiveDisks.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace vmm;

namespace {

// Answers as QEMU 7.2 gives them, shortened to what is read.
const char* const kAnswer1
    = R"([{"device": "", "qdev": "/machine/peripheral/disk-vda/virtio-backend",
                "inserted": {"node-name": "disk-vda-11223344",
                    "image": {"filename": "/d/a.layer-1.qcow2",
                        "backing-image": {"filename": "/d/a.raw"}}}},
                {"device": "", "qdev": "/machine/peripheral/disk-sda"}])";
const char* const kAnswer2
    = R"([{"node-name": "disk-vda-11223344", "drv": "qcow2", "file": "/d/a.layer-1.qcow2"},
                {"node-name": "disk-vda-11223344-file", "drv": "file", "file": "/d/a.layer-1.qcow2"},
                {"node-name": "disk-vda", "drv": "raw", "file": "/d/a.raw"},
                {"node-name": "disk-vda-file", "drv": "file", "file": "/d/a.raw"}])";
const char* const kAnswer3 = R"([{"qdev": "/machine/peripheral/disk-vda/virtio-backend",
                "inserted": {"node-name": "disk-vda",
                    "image": {"filename": "json:{}",
                        "backing-image": {"filename": "/d/o.qcow2",
                            "backing-image": {"filename": "/d/a.raw"}}}}}])";
const char* const kAnswer4 = R"([{"node-name": "disk-vda", "drv": "throttle", "file": "json:{}"},
                {"node-name": "disk-vda-format", "drv": "qcow2", "file": "/d/o.qcow2"},
                {"node-name": "#block193", "drv": "raw", "file": "/d/a.raw"}])";

} // namespace

class tst_LiveDisks : public QObject {
    Q_OBJECT

private:
    static QJsonValue json(const char* text) { return QJsonDocument::fromJson(text).array(); }

private Q_SLOTS:
    void layerOnRawDisk_isItsTop()
    {
        const LiveDisks live = parseLiveDisks(json(kAnswer1), json(kAnswer2));
        QCOMPARE(live.disks.size(), 1);
        QCOMPARE(live.top(QStringLiteral("vda")), QStringLiteral("/d/a.layer-1.qcow2"));
        QCOMPARE(live.disks.value(QStringLiteral("vda")).chain.size(), 2);
        QCOMPARE(live.nodes.value(QStringLiteral("/d/a.raw")), QStringLiteral("disk-vda"));
        QCOMPARE(live.top(QStringLiteral("sda")), QString());
    }

    void throttle_isNoImage()
    {
        const LiveDisks live = parseLiveDisks(json(kAnswer3), json(kAnswer4));
        QCOMPARE(live.disks.value(QStringLiteral("vda")).rootNode, QStringLiteral("disk-vda"));
        QCOMPARE(live.top(QStringLiteral("vda")), QStringLiteral("/d/o.qcow2"));
        QCOMPARE(live.nodes.value(QStringLiteral("/d/a.raw")), QStringLiteral("#block193"));
    }

    void layersOfLayers_keepTheDisksName()
    {
        QVERIFY(isLayer(QStringLiteral("/d/web.layer-0123456789ab.qcow2")));
        QVERIFY(!isLayer(QStringLiteral("/d/web.qcow2")));
        QVERIFY(!isLayer(QStringLiteral("/d/web.layer-0123456789ab.qcow2.bak")));
        const auto definition = Definition::fromXml(QStringLiteral(
            "<domain type='qemu'><name>m</name><memory>1</memory><devices>"
            "<disk type='block' device='disk'><driver name='qemu' type='raw'/>"
            "<source dev='/dev/none/web.layer-0123456789ab.qcow2'/><target dev='vda'/></disk>"
            "</devices></domain>"));
        QVERIFY(definition.has_value());
        const auto layers = planLayers(*definition, QStringLiteral("/m/disks"));
        QCOMPARE(layers.size(), 1);
        QVERIFY2(layers.first().path.startsWith(QStringLiteral("/m/disks/web.layer-"))
                && isLayer(layers.first().path) && layers.first().path.count(QLatin1Char('.')) == 2,
            qPrintable(layers.first().path));
        const Definition after = onLayers(*definition, layers);
        const Disk disk = after.devices<Disk>().first();
        QCOMPARE(disk.type, QStringLiteral("file"));
        QCOMPARE(disk.format, QStringLiteral("qcow2"));
        QCOMPARE(disk.sourcePath(), layers.first().path);
        const Disk below = definition->devices<Disk>().first();
        const Definition back = withImageReplaced(after, layers.first().path, below);
        QCOMPARE(back.devices<Disk>().first(), below);
    }
};

QTEST_GUILESS_MAIN(tst_LiveDisks)
#include "tst_LiveDisks.moc"
