// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What guests draw with OpenGL, read by a graphics card: few machines that run tests have one, so
// it is one of a guest's, in which the other tests' programs run (tests/guest/init-card). Mesa
// draws with the processor there, in memory of the card's. QEMU itself starts there with OpenGL,
// but shows nothing: what Mesa draws so can't be handed to another program.
#include "tests/support/TestGuest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QString kTests = QStringLiteral(VIRTDECK_BIN_DIR "/../tests");
constexpr int kPatience = 400'000; ///< ms; without KVM it takes a minute

} // namespace

class tst_GraphicsCard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void texturesOfACard_areReadAndShown_data();
    void texturesOfACard_areReadAndShown();

private:
    QString runInGuest(const QString& program, const QString& function);

    QString m_qemu;
    tests::TestGuest m_guest;
    QTemporaryDir m_folder;
};

void tst_GraphicsCard::initTestCase()
{
    m_qemu = QStandardPaths::findExecutable(QStringLiteral("qemu-system-x86_64"));
    if (m_qemu.isEmpty())
        QSKIP("qemu-system-x86_64 is not installed");
    const auto guest = tests::TestGuest::find();
    if (!guest)
        QSKIP("the test guest is not built (./dev guest)");
    m_guest = *guest;
}

/// What the guest writes until it switches itself off.
QString tst_GraphicsCard::runInGuest(const QString& program, const QString& function)
{
    QFile script(m_folder.filePath(QStringLiteral("script")));
    if (!script.open(QIODevice::WriteOnly))
        return QStringLiteral("no script");
    script.write("export HOME=/run TMPDIR=/run XDG_RUNTIME_DIR=/run QT_QPA_PLATFORM=offscreen\n"
                 "export LIBGL_ALWAYS_SOFTWARE=1 VIRTDECK_TEST_CARD=/dev/dri/card0\n"
                 "ls -l /dev/dri\n"
                 "exec '"
        + program.toUtf8() + "' " + function.toUtf8() + '\n');
    script.close();
    QProcess qemu;
    qemu.setProcessChannelMode(QProcess::MergedChannels);
    qemu.start(m_qemu,
        { QStringLiteral("-accel"), QStringLiteral("tcg"), QStringLiteral("-cpu"),
            QStringLiteral("max"), QStringLiteral("-smp"), QStringLiteral("2"),
            QStringLiteral("-m"), QStringLiteral("1536"), QStringLiteral("-nodefaults"),
            QStringLiteral("-display"), QStringLiteral("none"), QStringLiteral("-no-reboot"),
            QStringLiteral("-serial"), QStringLiteral("stdio"), QStringLiteral("-device"),
            QStringLiteral("virtio-gpu-pci"), QStringLiteral("-fsdev"),
            QStringLiteral("local,id=host,path=/,security_model=none,readonly=on,multidevs=remap"),
            QStringLiteral("-device"), QStringLiteral("virtio-9p-pci,fsdev=host,mount_tag=host"),
            QStringLiteral("-kernel"), m_guest.kernel, QStringLiteral("-initrd"),
            QFileInfo(m_guest.initrd).dir().filePath(QStringLiteral("initrd-card.gz")),
            QStringLiteral("-append"),
            QStringLiteral("console=ttyS0 quiet panic=-1 script=") + script.fileName() });
    if (!qemu.waitForFinished(kPatience)) {
        qemu.kill();
        qemu.waitForFinished();
    }
    return QString::fromUtf8(qemu.readAll());
}

void tst_GraphicsCard::texturesOfACard_areReadAndShown_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("function");
    const auto row = [](const char* name, const char* test, const char* function = "") {
        QTest::newRow(name) << QDir::cleanPath(kTests + QLatin1Char('/') + QLatin1String(test))
                            << QString::fromLatin1(function);
    };
    row("the reader", "unit/unit-tst_ScanoutReader");
    row("a console", "process/process-tst_SpiceTextures");
    row("QEMU takes what the core says", "qemu/qemu-tst_CommandLineOnQemu",
        "goldenMachine_isAcceptedByQemu:opengl");
}

void tst_GraphicsCard::texturesOfACard_areReadAndShown()
{
    QFETCH(const QString, program);
    QVERIFY(QFile::exists(program));
    QFETCH(const QString, function);
    const QString said = runInGuest(program, function);
    QVERIFY2(said.contains(QStringLiteral("card0")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral(" 0 failed, 0 skipped")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("script ended: 0")), qPrintable(said));
}

QTEST_GUILESS_MAIN(tst_GraphicsCard)
#include "tst_GraphicsCard.moc"
