// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How far the messages of a VNC connection are understood that gvnc does not read for us.

#include "console/helper/VncClientStream.h"
#include "console/helper/VncServerStream.h"
#include "console/helper/VncText.h"

#include <QTest>

#include <random>

using namespace console::helper;

namespace {

using Bytes = std::vector<std::uint8_t>;

/// What a server or client says, put together.
class Words {
public:
    Words& u8(unsigned value)
    {
        bytes.push_back(std::uint8_t(value));
        return *this;
    }
    Words& u16(unsigned value) { return u8(value >> 8).u8(value & 0xff); }
    Words& u32(std::uint32_t value) { return u16(value >> 16).u16(value & 0xffff); }
    Words& fill(std::size_t count, std::uint8_t value = 3) // 3: of a cut text, if it were a message
    {
        bytes.insert(bytes.end(), count, value);
        return *this;
    }
    Words& update(unsigned rectangles) { return u8(0).u8(0).u16(rectangles); }
    Words& rectangle(unsigned width, unsigned height, std::int32_t encoding)
    {
        return u16(1).u16(2).u16(width).u16(height).u32(std::uint32_t(encoding));
    }
    Words& text(std::int32_t length) { return u8(3).u8(0).u16(0).u32(std::uint32_t(length)); }

    Bytes bytes;
};

/// One of everything that gvnc may be told.
Bytes wholeConversation()
{
    Words say;
    say.update(1).rectangle(5, 3, 0).fill(60); // raw
    say.update(2).rectangle(5, 3, 1).fill(4).rectangle(9, 9, 2).u32(2).fill(
        4 + 2 * 12); // copy, RRE
    // Hextile, 20 x 17: raw, background, both colours with coloured parts, foreground with parts.
    say.update(1).rectangle(20, 17, 5);
    say.u8(1).fill(16 * 16 * 4).u8(2).fill(4);
    say.u8(2 | 4 | 8 | 16).fill(8).u8(3).fill(3 * 6).u8(4 | 8).fill(4).u8(2).fill(2 * 2);
    // Tight: filled, JPEG, a small palette, copied, of two colours, with a gradient.
    say.update(6).rectangle(8, 8, 7).u8(0x80).fill(3);
    say.rectangle(8, 8, 7).u8(0x90).u8(0x83).u8(0x02).fill(0x103);
    say.rectangle(9, 8, 7).u8(0x40).u8(1).u8(3).fill(12).u8(70).fill(70);
    say.rectangle(3, 1, 7).u8(0x00).fill(9);
    say.rectangle(9, 8, 7).u8(0x50).u8(1).u8(1).fill(6).u8(0xff).u8(0xff).u8(0x01).fill(0x7fff);
    say.rectangle(8, 8, 7).u8(0x70).u8(2).u8(5).fill(5);
    say.update(1).rectangle(64, 64, 16).u32(1000).fill(1000); // ZRLE
    // Pointers, lights, keys, names, sizes.
    say.update(9).rectangle(10, 4, -239).fill(160 + 8).rectangle(0, 0, -240);
    say.rectangle(9, 2, -240).fill(6 + 8).rectangle(4, 4, -314).u32(0).fill(64);
    say.rectangle(0, 0, -261).u8(3).rectangle(1, 0, -257).rectangle(0, 0, -258);
    say.rectangle(0, 0, -307).u32(3).fill(3).rectangle(800, 600, -223);
    say.update(1).rectangle(800, 600, -308).u8(2).fill(3).fill(32);
    say.update(1).rectangle(0, 0, -259); // sound: can be sent; begins, is there, ends
    say.u8(255).u8(1).u16(1).u8(255).u8(1).u16(2).u32(40).fill(40).u8(255).u8(1).u16(0);
    say.update(0xffff).rectangle(2, 2, 0).fill(16).rectangle(0, 0, -224);
    say.u8(2).u8(250).fill(3); // the bell, power control
    say.text(5).fill(5); // a cut text as gvnc knows it
    say.update(1).rectangle(800, 600, 0x574d5669).u8(16).fill(15); // another format: 16 bits
    say.update(1).rectangle(3, 3, 0).fill(18);
    return say.bytes;
}

struct Heard {
    Bytes library;
    std::vector<std::pair<std::uint32_t, Bytes>> taken;
    bool isLost = false;
    std::string refusal;
};

/// All but a picture of these dimensions.
bool isJpeg(std::span<const std::uint8_t>, std::uint32_t width, std::uint32_t height)
{
    return width != 77 || height != 66;
}

/// In parts of the sizes that `next` says.
template <typename Next> Heard hear(const Bytes& said, const Next& next)
{
    Heard out;
    VncServerStream stream(
        [&](std::uint32_t flags, std::span<const std::uint8_t> body) {
            out.taken.push_back({ flags, { body.begin(), body.end() } });
        },
        &isJpeg);
    for (std::size_t at = 0; at < said.size();) {
        const std::size_t count = std::min<std::size_t>(next(), said.size() - at);
        stream.feed(std::span(said).subspan(at, count), out.library);
        at += count;
    }
    out.isLost = stream.isLost();
    out.refusal = stream.refusal();
    return out;
}

Bytes joined(std::initializer_list<Bytes> parts)
{
    Bytes out;
    for (const Bytes& part : parts)
        out.insert(out.end(), part.begin(), part.end());
    return out;
}

} // namespace

class tst_VncStreams : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void extendedTexts_areTakenOutWhereverTheyStand()
    {
        const Bytes all = wholeConversation();
        const Bytes before = Words().text(-8).u32(0x1f000001).u32(0).bytes;
        const Bytes after = Words().text(-7).u32(0x10000001).fill(3, 9).bytes;
        const Bytes bell = Words().u8(2).bytes;
        const Bytes said = joined({ before, all, after, bell, after });
        std::mt19937 random(7);
        for (int round = 0; round < 60; ++round) {
            const std::size_t most = 1 + random() % 40;
            const Heard heard = round == 0 ? hear(said, [] { return 1; })
                : round == 1               ? hear(said, [&] { return said.size(); })
                                           : hear(said, [&] { return 1 + random() % most; });
            QVERIFY(!heard.isLost && heard.refusal.empty());
            QCOMPARE(heard.library, joined({ all, bell }));
            QCOMPARE(heard.taken.size(), std::size_t(3));
            QCOMPARE(heard.taken[0].first, 0x1f000001u);
            QCOMPARE(heard.taken[0].second, Bytes(4));
            QCOMPARE(heard.taken[2].second, Bytes(3, 9));
        }
    }

    void whatIsNotKnown_goesThroughFromThenOn()
    {
        const Bytes rest = Words().text(-8).u32(1).u32(0).bytes;
        for (const Bytes& strange : { Words().u8(99).bytes, Words().u8(255).u8(1).bytes,
                 Words().update(1).rectangle(1, 1, 4711).bytes,
                 Words().update(1).rectangle(8, 8, 7).u8(0xa0).bytes, Words().text(-2).bytes,
                 Words().text(std::int32_t(0x80000000)).bytes }) {
            const Bytes said = joined({ strange, rest });
            const Heard heard = hear(said, [] { return 3; });
            QVERIFY(heard.isLost);
            QCOMPARE(heard.library, said);
            QVERIFY(heard.taken.empty());
        }
    }

    void nonsense_doesNotGetToTheLibrary_data()
    {
        QTest::addColumn<std::string>("words");
        QTest::addColumn<Bytes>("before");
        QTest::addColumn<Bytes>("nonsense");
        const Bytes update = Words().update(1).bytes;
        const auto row = [&](const char* name, const char* words, const Words& nonsense,
                             const Words& before = {}) {
            QTest::newRow(name) << std::string(words) << joined({ before.bytes, update })
                                << nonsense.bytes;
        };
        for (const int encoding : { -239, -240, -314 })
            row(qPrintable(QString::number(encoding)), "a pointer of 65535 x 2",
                Words().rectangle(0xffff, 2, encoding));
        const Words palette = Words().update(1).rectangle(9, 9, 0x574d5669).u8(8).u8(8).fill(14, 0);
        row("palette", "colours", Words().rectangle(1, 1, 5), palette);
        row("palette of another size", "colours", Words().rectangle(1, 1, 0),
            Words(palette).u8(1).fill(5, 0).update(1).rectangle(9, 8, -223));
        // Of these the library may see the header.
        const auto rowInside
            = [&](const char* name, const char* words, const Words& header, const Words& nonsense) {
                  QTest::newRow(name)
                      << std::string(words) << joined({ update, header.bytes }) << nonsense.bytes;
              };
        rowInside("JPEG", "a JPEG that can't be read, or is not of 77 x 66",
            Words().rectangle(77, 66, 7), Words().u8(0x90).u8(0x81).u8(0x01).fill(129));
        rowInside("JPEG of nothing", "a JPEG of no bytes", Words().rectangle(7, 6, 7),
            Words().u8(0x9f).u8(0));
        rowInside("ZRLE", "4294967295 bytes for a picture of 7 x 6", Words().rectangle(7, 6, 16),
            Words().u32(0xffffffff));
        rowInside("pixels", "pixels of 24 bits", Words().rectangle(7, 6, 0x574d5669),
            Words().u8(24).u8(24).fill(14, 0));
    }
    void nonsense_doesNotGetToTheLibrary()
    {
        QFETCH(std::string, words);
        QFETCH(Bytes, before);
        QFETCH(Bytes, nonsense);
        const Bytes said = joined({ before, nonsense, Words().u8(2).fill(100).bytes });
        for (const std::size_t size : { 1u, 5u, 4096u }) {
            const Heard heard = hear(said, [size] { return size; });
            QVERIFY2(heard.refusal.find(words) != std::string::npos, heard.refusal.c_str());
            QCOMPARE(heard.library, before);
        }
    }

    void jpeg_isTheLibrarysWhenItIsWhole()
    {
        const Bytes header = Words().update(1).rectangle(40, 30, 7).bytes;
        const Bytes jpeg = Words().u8(0x93).u8(0x81).u8(0x01).fill(129).bytes;
        VncServerStream stream([](auto, auto) {}, &isJpeg);
        Bytes library;
        stream.feed(header, library);
        stream.feed(std::span(jpeg).first(100), library);
        QCOMPARE(library, header);
        stream.feed(std::span(jpeg).subspan(100), library);
        QCOMPARE(library, joined({ header, jpeg }));
    }

    void palette_isFollowedByItsColours()
    {
        const Bytes said = Words()
                               .update(1)
                               .rectangle(9, 9, 0x574d5669)
                               .u8(8)
                               .fill(15, 0)
                               .u8(1)
                               .fill(3, 0)
                               .u16(2)
                               .fill(12)
                               .update(2)
                               .rectangle(9, 9, -223)
                               .rectangle(2, 2, 0)
                               .fill(4)
                               .u8(2)
                               .bytes;
        const Heard heard = hear(said, [] { return 3; });
        QVERIFY(heard.refusal.empty() && !heard.isLost);
        QCOMPARE(heard.library, said);
    }

    void garbage_neitherCrashesNorLosesBytes()
    {
        std::mt19937 random(11);
        for (int round = 0; round < 500; ++round) {
            Bytes said = wholeConversation();
            for (int i = 0; i < 4; ++i)
                said[random() % said.size()] = std::uint8_t(random());
            const Heard heard = hear(said, [&] { return 1 + random() % 64; });
            QVERIFY(heard.library.size() <= said.size());
            QVERIFY(std::equal(heard.library.begin(),
                heard.library.begin()
                    + std::ptrdiff_t(heard.taken.empty() ? heard.library.size() : 0),
                said.begin()));
        }
    }

    void ownCutTexts_areNegatedInPlace()
    {
        Words plain;
        plain.u8(0).fill(19).u8(2).u8(0).u16(3).fill(12).u8(3).fill(9).u8(4).fill(7).u8(5).fill(5);
        plain.u8(255).u8(0).fill(10).u8(255).u8(1).u16(0); // a key; sound, and its form
        plain.u8(255)
            .u8(1)
            .u16(2)
            .u8(3)
            .u8(2)
            .u32(48000)
            .u8(251)
            .u8(0)
            .u16(8)
            .u16(6)
            .u8(1)
            .u8(0)
            .fill(16);
        const Bytes text = Words().u8(6).u8(0).u16(0).u32(0x0105).fill(0x105, 6).bytes;
        Bytes negated = text;
        negated[4] = negated[5] = 0xff;
        negated[6] = 0xfe;
        negated[7] = 0xfb;
        for (const std::size_t size : { 1u, 2u, 5u, 7u, 64u, 4096u }) {
            Bytes said = joined({ plain.bytes, text, plain.bytes, text });
            VncClientStream stream;
            stream.setExtended(true);
            for (std::size_t at = 0; at < said.size(); at += size)
                stream.follow(std::span(said).subspan(at, std::min(size, said.size() - at)));
            QCOMPARE(said, joined({ plain.bytes, negated, plain.bytes, negated }));
        }
        Bytes untouched = joined({ plain.bytes, text });
        VncClientStream().follow(untouched);
        QCOMPARE(untouched, joined({ plain.bytes, text }));
    }

    void texts_surviveTheirWay()
    {
        for (std::size_t size : { 0u, 1u, 300u, 70'000u, 1'000'000u }) {
            std::string text;
            std::mt19937 random(3);
            while (text.size() < size)
                text += char('!' + random() % 90);
            const auto packed = packText(text);
            QVERIFY(VncClientStream::canCarry(4 + packed.size()));
            QCOMPARE(unpackText(packed, 2'000'000), std::optional(text));
        }
        // Of every size there is one that can't be carried as it is.
        int longer = 0;
        for (std::size_t size = 400; size < 1400; ++size) {
            std::string text;
            std::mt19937 random(5);
            while (text.size() < size)
                text += char(random());
            const auto packed = packText(text);
            QVERIFY(VncClientStream::canCarry(4 + packed.size()));
            longer += packed.size() > size + 16 ? 1 : 0;
            QCOMPARE(unpackText(packed, 2'000), std::optional(text));
        }
        QVERIFY(longer > 0);
    }

    void brokenTexts_areRefused()
    {
        QVERIFY(!unpackText({}, 100));
        QVERIFY(!unpackText(Bytes(20, 7), 100));
        const auto packed = packText(std::string(1000, 'x'));
        QVERIFY(!unpackText(packed, 100)); // larger than is allowed
        QVERIFY(!unpackText(std::span(packed).first(packed.size() / 2), 2000));
    }

    void latin1_andBack()
    {
        const Latin1 kept = toLatin1("Gr\u00fc\u00dfe");
        QCOMPARE(kept.text,
            std::string("Gr\xfc\xdf"
                        "e"));
        QCOMPARE(kept.replaced, 0u);
        QCOMPARE(fromLatin1(kept.text), std::string("Gr\u00fc\u00dfe"));
        const Latin1 cut = toLatin1("1 \u20ac \U0001f600 \xff!");
        QCOMPARE(cut.text, std::string("1 ? ? ?!"));
        QCOMPARE(cut.replaced, 3u);
    }
};

QTEST_GUILESS_MAIN(tst_VncStreams)
#include "tst_VncStreams.moc"
