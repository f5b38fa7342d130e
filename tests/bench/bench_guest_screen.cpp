// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-guest-screen: what a console costs while a real guest draws full frames through QEMU's
// graphics cards, beside remote-viewer on the same X server. Without KVM the guest takes a core for
// itself.
#include "tests/bench/ViewerLoad.h"
#include "tests/support/TestGuest.h"

#include <QFile>
#include <QLocalSocket>
#include <QTemporaryDir>

namespace {

const QString kBench = QStringLiteral("guest-screen");
constexpr int kBootMs = 120'000;
constexpr int kEndMs = 10'000;

/// Tiny Linux in a bare QEMU, drawing.
class DrawingGuest {
public:
    DrawingGuest(const tests::TestGuest& guest, const QString& card)
    {
        m_qemu.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_qemu.start(QStringLiteral("qemu-system-x86_64"),
            { QStringLiteral("-nodefaults"), QStringLiteral("-no-user-config"),
                QStringLiteral("-display"), QStringLiteral("none"), QStringLiteral("-accel"),
                QStringLiteral("tcg"), QStringLiteral("-m"), QStringLiteral("192"),
                QStringLiteral("-kernel"), guest.kernel, QStringLiteral("-initrd"), guest.initrd,
                QStringLiteral("-append"), guest.commandLine, QStringLiteral("-device"), card,
                QStringLiteral("-spice"),
                QStringLiteral("unix=on,addr=%1,disable-ticketing=on,streaming-video=off")
                    .arg(screen()),
                QStringLiteral("-serial"),
                QStringLiteral("unix:%1,server=on,wait=off").arg(serial()) });
        if (!m_qemu.waitForStarted())
            qFatal("qemu-system-x86_64 does not start");
        draw();
    }
    ~DrawingGuest()
    {
        m_qemu.kill();
        m_qemu.waitForFinished(kEndMs);
    }
    Q_DISABLE_COPY_MOVE(DrawingGuest)

    QString screen() const { return m_folder.filePath(QStringLiteral("spice")); }

private:
    QString serial() const { return m_folder.filePath(QStringLiteral("serial")); }

    void draw()
    {
        QByteArray said;
        const bool isDrawing = QTest::qWaitFor(
            [&] {
                if (m_shell.state() == QLocalSocket::UnconnectedState)
                    m_shell.connectToServer(serial());
                m_shell.write(said.contains("tiny#") ? "draw 60 full\n" : "\n");
                QTest::qWait(500);
                said += m_shell.readAll();
                return said.contains("frames a second");
            },
            kBootMs);
        if (!isDrawing)
            qFatal("the guest does not draw: %s", said.constData());
    }

    QTemporaryDir m_folder;
    QProcess m_qemu;
    QLocalSocket m_shell;
};

} // namespace

int main(int argc, char** argv)
{
    return bench::runOnXvfb(argc, argv, [](bool compare) {
        const auto guest = tests::TestGuest::find();
        if (!guest)
            qFatal("no test guest: ./dev guest builds it");
        for (const char* card : { "VGA", "virtio-vga", "qxl-vga" }) {
            const DrawingGuest drawing(*guest, QString::fromLatin1(card));
            bench::measureBoth(kBench, drawing.screen(),
                QStringLiteral("a guest's full frames through %1").arg(QLatin1StringView(card)),
                compare, bench::Draws::WholeFrames, "ratio <= 1");
        }
    });
}
