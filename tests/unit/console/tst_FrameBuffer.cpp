// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/FrameBuffer.h"
#include "console/helper/SharedSurface.h"
#include "console/protocol/PacketSocket.h"

#include <QTest>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace console;

namespace {

constexpr protocol::Surface kSurface { .serial = 1, .width = 16, .height = 8, .stride = 64 };

protocol::Fd memoryFile(off_t size, int seals)
{
    protocol::Fd file(::memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (::ftruncate(file.get(), size) != 0 || ::fcntl(file.get(), F_ADD_SEALS, seals) != 0)
        return {};
    return file;
}

vmm::ErrorKind refusal(const protocol::Fd& file)
{
    const auto buffer = FrameBuffer::map(file.get(), kSurface);
    return buffer ? vmm::ErrorKind::Cancelled : buffer.error().kind;
}

} // namespace

class tst_FrameBuffer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unsealedFile_isRefused()
    {
        QCOMPARE(refusal(memoryFile(512, F_SEAL_GROW)), vmm::ErrorKind::ProtocolViolation);
    }

    void smallFile_isRefused()
    {
        QCOMPARE(refusal(memoryFile(511, F_SEAL_SHRINK)), vmm::ErrorKind::ProtocolViolation);
    }

    void noFile_isRefused()
    {
        QCOMPARE(refusal(protocol::Fd()), vmm::ErrorKind::ProtocolViolation);
        QCOMPARE(refusal(protocol::Fd(::open("/dev/zero", O_RDONLY | O_CLOEXEC))),
            vmm::ErrorKind::ProtocolViolation);
    }

    void helpersSurface_isSeenWithoutACopy()
    {
        const auto surface = helper::SharedSurface::create(protocol::PixelFormat::Xrgb32, 16, 8);
        QVERIFY(surface);
        auto buffer = FrameBuffer::map(surface->fd(), kSurface);
        QVERIFY(buffer.has_value());
        QImage image = FrameBuffer::image(*buffer);
        buffer = vmm::Error {}; // the image alone keeps the mapping

        const std::vector<quint32> pixels(16 * 8, 0x00123456u);
        surface->copyFrom(reinterpret_cast<const std::uint8_t*>(pixels.data()), 64, { 2, 3, 5, 4 });
        QCOMPARE(image.pixel(2, 3), 0xff123456u); // opaque, whatever the guest's spare byte says
        QCOMPARE(image.pixel(6, 6), 0xff123456u);
        QCOMPARE(image.pixel(7, 3) & 0xffffff, 0u);
        QCOMPARE(image.pixel(2, 7) & 0xffffff, 0u);
        QCOMPARE(::ftruncate(surface->fd(), 0), -1); // nobody can pull it away
    }
};

QTEST_APPLESS_MAIN(tst_FrameBuffer)
#include "tst_FrameBuffer.moc"
