// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "vmm/base/ScreenPicture.h"

#include <QTest>

using vmm::ScreenPicture;

namespace {

/// Columns of red and blue in turn.
QByteArray striped(int width, int height, const QByteArray& comment = {})
{
    QByteArray bytes = "P6\n" + comment + QByteArray::number(width) + ' '
        + QByteArray::number(height) + "\n255\n";
    for (int i = 0; i < width * height; ++i)
        bytes += i % width % 2 == 0 ? QByteArray("\xff\0\0", 3) : QByteArray("\0\0\xff", 3);
    return bytes;
}

QByteArray colour(const ScreenPicture& picture, int x, int y)
{
    return QByteArray(reinterpret_cast<const char*>(picture.pixel(x, y)), 3).toHex();
}

} // namespace

class tst_ScreenPicture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ppm_isRead()
    {
        const auto picture = ScreenPicture::read(striped(4, 2, "# made by QEMU\n"));
        VERIFY_OK(picture);
        QCOMPARE(picture->size(), QSize(4, 2));
        QCOMPARE(colour(*picture, 0, 0), QByteArray("ff0000"));
        QCOMPARE(colour(*picture, 3, 1), QByteArray("0000ff"));
    }

    void shrunk_isTheMeanInProportion()
    {
        const auto small = ScreenPicture::read(striped(400, 200))->fitInto({ 100, 100 });
        QCOMPARE(small.size(), QSize(100, 50));
        QCOMPARE(colour(small, 50, 25), QByteArray("7f007f"));
    }

    void whatFits_staysAsItIs()
    {
        const auto picture = ScreenPicture::read(striped(40, 20));
        QCOMPARE(picture->fitInto({ 0, 0 }).size(), QSize(40, 20));
        QCOMPARE(picture->fitInto({ 100, 100 }).size(), QSize(40, 20));
        QCOMPARE(picture->fitInto({ 0, 10 }).size(), QSize(20, 10));
    }

    void png_comesBackAsItWent()
    {
        const auto picture = ScreenPicture::read(striped(33, 7));
        const auto png = picture->toPng();
        VERIFY_OK(png);
        const auto back = ScreenPicture::read(*png);
        VERIFY_OK(back);
        QCOMPARE(back->size(), QSize(33, 7));
        for (int x = 0; x < 33; ++x)
            QCOMPARE(colour(*back, x, 6), colour(*picture, x, 6));
    }

    void screenshot_tellsTheSizeOfTheScreen()
    {
        const auto shot = vmm::toScreenshot(striped(640, 480), 64, 0);
        VERIFY_OK(shot);
        QCOMPARE(QSize(shot->width, shot->height), QSize(640, 480));
        QCOMPARE(ScreenPicture::read(shot->png)->size(), QSize(64, 48));
    }

    void broken_isRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray png = *ScreenPicture::read(striped(9, 9))->toPng();
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("not a picture");
        QTest::newRow("header alone") << QByteArray("P6");
        QTest::newRow("no pixels") << QByteArray("P6\n10 10\n255\n");
        QTest::newRow("cut") << striped(10, 10).chopped(1);
        QTest::newRow("16 bit") << QByteArray("P6\n1 1\n65535\n123456");
        QTest::newRow("endless") << QByteArray("P6\n99999999999999 1\n255\n");
        QTest::newRow("too large") << QByteArray("P6\n20000 20000\n255\n");
        QTest::newRow("negative") << QByteArray("P6\n-4 4\n255\n0123456789abcdef");
        QTest::newRow("comment without end") << QByteArray("P6\n# for ever");
        QTest::newRow("PNG cut") << png.left(png.size() / 2);
        QTest::newRow("PNG header alone") << png.left(8);
    }
    void broken_isRefused()
    {
        QFETCH(const QByteArray, bytes);
        const auto picture = ScreenPicture::read(bytes);
        QVERIFY(!picture);
        QCOMPARE(picture.error().kind, vmm::ErrorKind::ProtocolViolation);
    }
};

QTEST_GUILESS_MAIN(tst_ScreenPicture)
#include "tst_ScreenPicture.moc"
