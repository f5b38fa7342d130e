// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a console gives to the USB of a real QEMU: a disc image, from which its firmware starts, and
// a smart card reader.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/console/ConsoleTestNames.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace console;

namespace {

constexpr int kPatience = 60'000; ///< ms
constexpr qsizetype kSector = 2048;

/// A CD (El Torito 1.0, no emulation) whose program says `words` at the first serial port.
QByteArray bootableDisc(const QByteArray& words)
{
    QByteArray disc(64 * kSector, '\0');
    const auto put = [&disc](qsizetype sector, qsizetype at, const QByteArray& bytes) {
        disc.replace(sector * kSector + at, bytes.size(), bytes);
    };
    put(16, 0, QByteArray("\1CD001\1", 7)); // primary volume
    put(17, 0, QByteArray("\0CD001\1EL TORITO SPECIFICATION", 30));
    put(17, 0x47, QByteArray(1, char(19))); // where the catalogue is
    put(18, 0,
        QByteArray("\xff"
                   "CD001\1",
            7));
    // The first entry's words add up to nothing; the second one loads 4 sectors of 512 bytes.
    put(19, 0, QByteArray(1, '\1'));
    put(19, 0x1c, QByteArray("\xaa\x55\x55\xaa", 4));
    put(19, 0x20, QByteArray("\x88\0\0\0\0\0\4\0", 8));
    put(19, 0x28, QByteArray(1, char(20)));
    // xor ax,ax; mov ds,ax; cld; mov si,words; next: lodsb; test al,al; jz end; mov dx,3f8h;
    // out dx,al; jmp next; end: hlt; jmp end
    put(20, 0,
        QByteArray("\x31\xc0\x8e\xd8\xfc\xbe\x16\x7c\xac\x84\xc0\x74\x06\xba\xf8\x03\xee\xeb\xf5"
                   "\xf4\xeb\xfd",
            22)
            + words);
    return disc;
}

} // namespace

class tst_UsbRedirection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_qemu = QStandardPaths::findExecutable(QStringLiteral("qemu-system-x86_64"));
        if (m_qemu.isEmpty())
            QSKIP("qemu-system-x86_64 is not installed");
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = std::make_unique<ConsoleSession>(
            SpiceHelperTransport::factory(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console")));
    }
    void cleanup()
    {
        m_session.reset();
        m_process.kill();
        m_process.waitForFinished();
    }

    void discImage_isADriveTheMachineStartsFrom();
    void whatIsNoDisc_isRefusedWithItsReason_data();
    void whatIsNoDisc_isRefusedWithItsReason();
    void machineWithoutChannels_takesNoDisc();
    void moreDiscsThanChannels_areToldWhyNot();
    void smartcardReader_isOfferedAndTellsWhyItIsEmpty();

private:
    GuestDevices& devices() { return m_session->devices(); }
    QString path(const char* name) const { return m_folder->filePath(QLatin1StringView(name)); }
    QString write(const char* name, const QByteArray& bytes)
    {
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size()
            ? file.fileName()
            : QString();
    }
    QByteArray serial() const
    {
        QFile file(path("serial"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    const UsbDevice* disc()
    {
        const auto& all = devices().usbDevices();
        const auto found
            = std::find_if(all.begin(), all.end(), [](const auto& each) { return each.isDisc; });
        return found == all.end() ? nullptr : &*found;
    }
    /// With so many channels; the firmware starts from what is on the first.
    void goLive(int channels, const QStringList& further = {})
    {
        QStringList arguments { QStringLiteral("-accel"), QStringLiteral("tcg"),
            QStringLiteral("-m"), QStringLiteral("64"), QStringLiteral("-nodefaults"),
            QStringLiteral("-display"), QStringLiteral("none"), QStringLiteral("-device"),
            QStringLiteral("VGA"), QStringLiteral("-spice"),
            QStringLiteral("unix=on,addr=%1,disable-ticketing=on").arg(path("spice")),
            QStringLiteral("-serial"), QStringLiteral("file:") + path("serial"),
            QStringLiteral("-device"), QStringLiteral("qemu-xhci,id=usb") };
        for (int i = 0; i < channels; ++i)
            arguments += { QStringLiteral("-chardev"),
                QStringLiteral("spicevmc,name=usbredir,id=channel%1").arg(i),
                QStringLiteral("-device"),
                QStringLiteral("usb-redir,chardev=channel%1,bus=usb.0,bootindex=%1").arg(i) };
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(m_qemu, arguments + further);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("spice")), kPatience);
        m_session->open({ .unixSocket = path("spice") });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(devices().usbChannels().count, channels, kPatience);
    }

    QString m_qemu;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ConsoleSession> m_session;
    QProcess m_process;
};

#define GO_LIVE(...)                                                                               \
    goLive(__VA_ARGS__);                                                                           \
    if (QTest::currentTestFailed())                                                                \
    return

void tst_UsbRedirection::discImage_isADriveTheMachineStartsFrom()
{
    const QString image = write("disc.iso", bootableDisc("read over USB\n"));
    QVERIFY(!image.isEmpty());
    GO_LIVE(2);
    QSignalSpy failures(&devices(), &GuestDevices::usbFailed);
    devices().insertDisc(image);
    QTRY_VERIFY_WITH_TIMEOUT(disc() && disc()->isRedirected, kPatience);
    QTRY_COMPARE(devices().usbChannels().free, 1);
    QVERIFY(failures.isEmpty());

    // Started anew it finds the drive. It may have to be told again until its firmware listens.
    const auto hasStarted = [this] {
        m_session->sendKeyCombination({ 0x1d, 0x38, 0x153 }); // Ctrl+Alt+Del
        return QTest::qWaitFor([this] { return serial().contains("read over USB"); }, 10'000);
    };
    bool isRead = false;
    for (int tries = 0; tries < 6 && !isRead; ++tries)
        isRead = hasStarted();
    QVERIFY(isRead);

    devices().redirectUsb(disc()->id, false);
    QTRY_COMPARE_WITH_TIMEOUT(devices().usbChannels().free, 2, kPatience);
    QVERIFY(!disc() || !disc()->isRedirected);
}

void tst_UsbRedirection::whatIsNoDisc_isRefusedWithItsReason_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("reason");
    QTest::newRow("vanished") << "/nonexistent/disc.iso"
                              << "No such file";
    QTest::newRow("folder") << "/usr"
                            << "directory";
    QTest::newRow("empty") << ""
                           << "empty";
    QTest::newRow("character device") << "/dev/null"
                                      << "neither a file nor a drive";
}

void tst_UsbRedirection::whatIsNoDisc_isRefusedWithItsReason()
{
    QFETCH(QString, path);
    QFETCH(QString, reason);
    GO_LIVE(1);
    QSignalSpy failures(&devices(), &GuestDevices::usbFailed);
    devices().insertDisc(path.isEmpty() ? write("empty.iso", {}) : path);
    QTRY_COMPARE(failures.size(), 1);
    const auto failure = failures.first().first().value<UsbFailure>();
    QCOMPARE(failure.id, 0u);
    QVERIFY2(failure.reason.contains(reason), qPrintable(failure.reason));
    QCOMPARE(devices().usbChannels().free, 1);
    QCOMPARE(m_session->state(), SessionState::Live);
}

void tst_UsbRedirection::machineWithoutChannels_takesNoDisc()
{
    const QString image = write("disc.iso", bootableDisc("-"));
    GO_LIVE(0);
    QSignalSpy failures(&devices(), &GuestDevices::usbFailed);
    devices().insertDisc(image);
    QTRY_COMPARE(failures.size(), 1);
    QVERIFY(failures.first().first().value<UsbFailure>().reason.contains(
        QStringLiteral("no USB channel")));
}

/// The library's own drives are no devices of this computer: released, they are gone.
void tst_UsbRedirection::moreDiscsThanChannels_areToldWhyNot()
{
    const QString image = write("disc.iso", bootableDisc("-"));
    GO_LIVE(1);
    QSignalSpy failures(&devices(), &GuestDevices::usbFailed);
    devices().watchUsb({ { .deviceClass = 8 } }); // mass storage
    devices().insertDisc(image);
    QTRY_VERIFY_WITH_TIMEOUT(disc() && disc()->isRedirected, kPatience);
    QVERIFY(!disc()->name.isEmpty());
    QVERIFY(disc()->vendor != 0);
    const quint32 first = disc()->id;
    devices().insertDisc(write("other.iso", bootableDisc("-")));
    QTRY_VERIFY_WITH_TIMEOUT(!failures.isEmpty(), kPatience);
    QVERIFY(!failures.first().first().value<UsbFailure>().reason.isEmpty());
    QVERIFY(disc()->id == first && disc()->isRedirected);

    devices().redirectUsb(first, false);
    QTRY_COMPARE_WITH_TIMEOUT(devices().usbChannels().free, 1, kPatience);
    QCOMPARE(m_session->state(), SessionState::Live);
}

/// There is no pcscd here, so no card either; what is shown is that the guest is asked and told.
void tst_UsbRedirection::smartcardReader_isOfferedAndTellsWhyItIsEmpty()
{
    GO_LIVE(0,
        { QStringLiteral("-chardev"), QStringLiteral("spicevmc,name=smartcard,id=card"),
            QStringLiteral("-device"), QStringLiteral("usb-ccid,bus=usb.0"),
            QStringLiteral("-device"), QStringLiteral("ccid-card-passthru,chardev=card") });
    QTRY_VERIFY_WITH_TIMEOUT(devices().smartcards().isOffered, kPatience);
    QVERIFY(devices().smartcards().problem.isEmpty()); // nobody has asked for it yet
    devices().useSmartcards(true);
    QTRY_VERIFY_WITH_TIMEOUT(
        devices().smartcards().readers > 0 || !devices().smartcards().problem.isEmpty(), kPatience);
    QVERIFY(devices().usesSmartcards());
    QCOMPARE(m_session->state(), SessionState::Live);
}

QTEST_MAIN(tst_UsbRedirection)
#include "tst_UsbRedirection.moc"
