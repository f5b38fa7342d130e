// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/BackupNotes.h"
#include "hosts/libvirt/CheckpointXml.h"
#include "vmm/base/BackupNames.h"

#include <QTest>

using namespace hosts::libvirt;
using vmm::BackupFile;

namespace {

QString text(const char* words)
{
    return QString::fromUtf8(words);
}

} // namespace

/// The XML of checkpoints and backups; no libvirt is asked.
class tst_CheckpointXml : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void checkpoint_isRead()
    {
        const auto info = parseCheckpoint(
            "<domaincheckpoint><name>tue</name><description>one &amp; two</description>"
            "<parent><name>mon</name></parent><creationTime>1700000000</creationTime><disks>"
            "<disk name='vda' checkpoint='bitmap' bitmap='tue' size='65536'/>"
            "<disk name='vdb' checkpoint='no'/>"
            "<disk name='vdc' checkpoint='bitmap' bitmap='tue' size='1'/></disks>"
            "</domaincheckpoint>");
        QVERIFY(info.has_value());
        const vmm::CheckpointInfo expected { .name = text("tue"),
            .description = text("one & two"),
            .parent = text("mon"),
            .created = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC),
            .disks = { text("vda"), text("vdc") },
            .changed = vmm::Bytes::fromBytes(65537) };
        QCOMPARE(*info, expected);
    }

    void sizeOfOneDiskMissing_isNotToldAsTheWhole()
    {
        const auto info
            = parseCheckpoint("<domaincheckpoint><name>a</name><disks>"
                              "<disk name='vda' checkpoint='bitmap' size='65536'/>"
                              "<disk name='vdb' checkpoint='bitmap'/></disks></domaincheckpoint>");
        QVERIFY(info.has_value());
        QVERIFY(!info->changed.has_value());
    }

    void otherXml_isBroken()
    {
        for (const char* xml : { "", "<domaincheckpoint", "<domainsnapshot/>" }) {
            const auto info = parseCheckpoint(xml);
            QVERIFY2(!info.has_value(), xml);
            QCOMPARE(info.error().cause, vmm::ErrorCause::DefinitionBroken);
        }
    }

    void newCheckpoint_leavesOutWhatCanNotNoteChanges()
    {
        const QVector<SnapshotDisk> disks { { .target = text("vda"), .format = text("qcow2") },
            { .target = text("vdb"), .format = text("raw") } };
        QCOMPARE(checkpointXml({ .name = text("<x>"), .description = text("why") }, disks),
            QByteArray("<domaincheckpoint><name>&lt;x&gt;</name><description>why</description>"
                       "<disks><disk name=\"vda\" checkpoint=\"bitmap\"/>"
                       "<disk name=\"vdb\" checkpoint=\"no\"/></disks></domaincheckpoint>"));
    }

    void backup_takesIncrementsAndWholeDisksAtOnce()
    {
        const QVector<BackupFile> files {
            { .target = text("vda"), .path = text("/b/a&b.qcow2"), .isIncrement = true },
            { .target = text("vdb"), .path = text("/b/c.qcow2") },
        };
        const QByteArray xml = backupXml(files, text("mon"));
        QCOMPARE(xml,
            QByteArray("<domainbackup mode=\"push\"><disks>"
                       "<disk name=\"vda\" backup=\"yes\" type=\"file\" backupmode=\"incremental\" "
                       "incremental=\"mon\"><driver type=\"qcow2\"/>"
                       "<target file=\"/b/a&amp;b.qcow2\"/></disk>"
                       "<disk name=\"vdb\" backup=\"yes\" type=\"file\" backupmode=\"full\">"
                       "<driver type=\"qcow2\"/><target file=\"/b/c.qcow2\"/></disk>"
                       "</disks></domainbackup>"));
    }

    void fileNames_areDifferentForDifferentThings()
    {
        QCOMPARE(vmm::backupFileName(text("web"), text("vda"), text("monday")),
            text("web-vda@monday.qcow2"));
        QCOMPARE(vmm::backupFileName(text("a/b"), text("vda"), text("10:00 @x")),
            text("a%2Fb-vda@10%3A00%20%40x.qcow2"));
        QVERIFY(vmm::backupFileName(text("a b"), text("vda"), text("c"))
            != vmm::backupFileName(text("a-b"), text("vda"), text("c")));
        QVERIFY(vmm::backupFileName(text("web-vda"), text("vda"), text("c"))
            != vmm::backupFileName(text("web"), text("vda"), text("vda-c")));
        QCOMPARE(
            vmm::backupFileName(text("büro"), text("vda"), text("c")), text("büro-vda@c.qcow2"));
    }

    void notesOfBackups_goThereAndBack()
    {
        const QVector<hosts::libvirt::BackupNote> notes {
            { .checkpoint = QStringLiteral("c"),
                .files = { QStringLiteral("/srv/a&b"), QStringLiteral("/srv/c") } },
            { .files = { QStringLiteral("/srv/d") } }
        };
        QCOMPARE(hosts::libvirt::parseBackupNotes(hosts::libvirt::backupNotesXml(notes)), notes);
        QVERIFY(
            hosts::libvirt::problemOf(notes, QStringLiteral("c")).contains(QStringLiteral("a&b")));
        QCOMPARE(hosts::libvirt::problemOf(notes, QStringLiteral("d")), QString());
        QCOMPARE(hosts::libvirt::problemOf(notes, QString()), QString());
        QVERIFY(hosts::libvirt::parseBackupNotes("<nonsense").isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_CheckpointXml)
#include "tst_CheckpointXml.moc"
