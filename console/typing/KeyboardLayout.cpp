// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/typing/KeyboardLayout.h"

#include "console/KeyTranslator.h"

#include <xkbcommon/xkbcommon-keysyms.h>
#include <xkbcommon/xkbcommon.h>
#include <xkbcommon/xkbregistry.h>

#include <algorithm>
#include <array>
#include <memory>

namespace console {

namespace {

template <auto Free> struct Freer {
    template <typename T> void operator()(T* handle) const { Free(handle); }
};
using ContextPtr = std::unique_ptr<xkb_context, Freer<xkb_context_unref>>;
using KeymapPtr = std::unique_ptr<xkb_keymap, Freer<xkb_keymap_unref>>;
using RegistryPtr = std::unique_ptr<rxkb_context, Freer<rxkb_context_unref>>;

constexpr xkb_keycode_t kXkbOffset = 8;

struct DeadKey {
    xkb_keysym_t keysym;
    char32_t combining; ///< what Unicode's decompositions call it
    char32_t alone; ///< what it gives with a space
};
constexpr std::array kDeadKeys {
    DeadKey { XKB_KEY_dead_grave, 0x300, U'`' },
    DeadKey { XKB_KEY_dead_acute, 0x301, U'\u00b4' },
    DeadKey { XKB_KEY_dead_circumflex, 0x302, U'^' },
    DeadKey { XKB_KEY_dead_tilde, 0x303, U'~' },
    DeadKey { XKB_KEY_dead_macron, 0x304, U'\u00af' },
    DeadKey { XKB_KEY_dead_breve, 0x306, U'\u02d8' },
    DeadKey { XKB_KEY_dead_abovedot, 0x307, U'\u02d9' },
    DeadKey { XKB_KEY_dead_diaeresis, 0x308, U'\u00a8' },
    DeadKey { XKB_KEY_dead_abovering, 0x30a, U'\u00b0' },
    DeadKey { XKB_KEY_dead_doubleacute, 0x30b, U'\u02dd' },
    DeadKey { XKB_KEY_dead_caron, 0x30c, U'\u02c7' },
    DeadKey { XKB_KEY_dead_cedilla, 0x327, U'\u00b8' },
    DeadKey { XKB_KEY_dead_ogonek, 0x328, U'\u02db' },
};

/// Which keys, with Shift and AltGr at most, give each symbol of a keymap; the easiest first.
class KeymapReader {
public:
    explicit KeymapReader(xkb_keymap* keymap)
        : m_keymap(keymap)
        , m_shift(maskOf(XKB_MOD_NAME_SHIFT))
        , m_altGr(maskOf("LevelThree") | maskOf("Mod5"))
    {
    }

    template <typename Take> void read(const Take& take) const
    {
        for (const bool isAltGr : { false, true }) {
            for (const bool isShifted : { false, true }) {
                const auto last = xkb_keymap_max_keycode(m_keymap);
                for (auto key = xkb_keymap_min_keycode(m_keymap); key <= last; ++key)
                    readKey(key, isShifted, isAltGr, take);
            }
        }
    }

private:
    xkb_mod_mask_t maskOf(const char* name) const
    {
        const xkb_mod_index_t index = xkb_keymap_mod_get_index(m_keymap, name);
        return index == XKB_MOD_INVALID ? 0 : xkb_mod_mask_t(1) << index;
    }

    bool isReachedBy(xkb_keycode_t key, xkb_level_index_t level, xkb_mod_mask_t wanted) const
    {
        std::array<xkb_mod_mask_t, 16> masks {};
        const size_t count = xkb_keymap_key_get_mods_for_level(
            m_keymap, key, 0, level, masks.data(), masks.size());
        return std::find(masks.begin(), masks.begin() + count, wanted) != masks.begin() + count;
    }

    template <typename Take>
    void readKey(xkb_keycode_t key, bool isShifted, bool isAltGr, const Take& take) const
    {
        if (key < kXkbOffset)
            return;
        const auto code = KeyTranslator::fromEvdev(key - kXkbOffset);
        if (!code)
            return;
        const xkb_level_index_t levels = xkb_keymap_num_levels_for_key(m_keymap, key, 0);
        for (xkb_level_index_t level = 0; level < levels; ++level) {
            const xkb_mod_mask_t shift = isShifted ? m_shift : 0;
            // Keymaps name the third level by its real modifier.
            const bool fits = isAltGr ? isReachedBy(key, level, shift | maskOf("Mod5"))
                    || isReachedBy(key, level, shift | m_altGr)
                                      : isReachedBy(key, level, shift);
            const xkb_keysym_t* symbols = nullptr;
            if (fits && xkb_keymap_key_get_syms_by_level(m_keymap, key, 0, level, &symbols) == 1)
                take(symbols[0],
                    Keystroke { .xtScancode = *code, .isShifted = isShifted, .isAltGr = isAltGr });
        }
    }

    xkb_keymap* m_keymap;
    xkb_mod_mask_t m_shift;
    xkb_mod_mask_t m_altGr;
};

bool isOnKeypad(xkb_keysym_t keysym)
{
    return keysym >= XKB_KEY_KP_Space && keysym <= XKB_KEY_KP_9;
}

} // namespace

QVector<LayoutName> KeyboardLayout::known()
{
    const RegistryPtr registry(rxkb_context_new(RXKB_CONTEXT_NO_FLAGS));
    if (!registry || !rxkb_context_parse_default_ruleset(registry.get()))
        return {};
    QVector<LayoutName> out;
    for (rxkb_layout* layout = rxkb_layout_first(registry.get()); layout;
         layout = rxkb_layout_next(layout)) {
        const char* variant = rxkb_layout_get_variant(layout);
        out.append({ .layout = QString::fromUtf8(rxkb_layout_get_name(layout)),
            .variant = variant ? QString::fromUtf8(variant) : QString(),
            .text = QString::fromUtf8(rxkb_layout_get_description(layout)) });
    }
    std::sort(out.begin(), out.end(), [](const LayoutName& left, const LayoutName& right) {
        return left.text.localeAwareCompare(right.text) < 0;
    });
    return out;
}

vmm::Result<KeyboardLayout> KeyboardLayout::load(const QString& layout, const QString& variant)
{
    const auto fail = [&] {
        return vmm::Error { .kind = vmm::ErrorKind::NotFound,
            .subject = layout,
            .detail = QStringLiteral("xkeyboard-config has no keyboard layout of this name") };
    };
    const ContextPtr context(xkb_context_new(XKB_CONTEXT_NO_ENVIRONMENT_NAMES));
    if (!context || layout.isEmpty())
        return fail();
    xkb_context_set_log_level(context.get(), XKB_LOG_LEVEL_CRITICAL); // errors are told by us
    const QByteArray layoutName = layout.toUtf8();
    const QByteArray variantName = variant.toUtf8();
    const xkb_rule_names names { .rules = "evdev",
        .model = "pc105",
        .layout = layoutName.constData(),
        .variant = variantName.constData(),
        .options = "" };
    const KeymapPtr keymap(
        xkb_keymap_new_from_names(context.get(), &names, XKB_KEYMAP_COMPILE_NO_FLAGS));
    if (!keymap)
        return fail();
    KeyboardLayout out;
    KeymapReader(keymap.get()).read([&out](xkb_keysym_t keysym, Keystroke stroke) {
        if (isOnKeypad(keysym))
            return; // Num Lock decides what these give
        for (const DeadKey& dead : kDeadKeys) {
            if (dead.keysym == keysym && !out.m_deadKeys.contains(dead.combining))
                out.m_deadKeys.insert(dead.combining, stroke);
        }
        const char32_t character = xkb_keysym_to_utf32(keysym);
        if (character >= 0x20 && character != 0x7f && !out.m_keys.contains(character))
            out.m_keys.insert(character, stroke);
    });
    constexpr int enter = 0x1c;
    constexpr int tabulator = 0x0f;
    out.m_keys.insert(U'\n', { .xtScancode = enter });
    out.m_keys.insert(U'\t', { .xtScancode = tabulator });
    return out;
}

QVector<Keystroke> KeyboardLayout::strokesFor(char32_t character) const
{
    const auto key = m_keys.constFind(character);
    return key != m_keys.constEnd() ? QVector<Keystroke> { *key } : composed(character);
}

QVector<Keystroke> KeyboardLayout::composed(char32_t character) const
{
    char32_t base = U' ';
    char32_t combining = 0;
    for (const DeadKey& dead : kDeadKeys) {
        if (dead.alone == character)
            combining = dead.combining;
    }
    if (combining == 0) {
        const QList<uint> parts
            = QString::fromUcs4(&character, 1).normalized(QString::NormalizationForm_D).toUcs4();
        if (parts.size() != 2)
            return {};
        base = parts[0];
        combining = parts[1];
    }
    const auto dead = m_deadKeys.constFind(combining);
    const auto key = m_keys.constFind(base);
    if (dead == m_deadKeys.constEnd() || key == m_keys.constEnd())
        return {};
    return { *dead, *key };
}

QString KeyboardLayout::untypable(const QString& text) const
{
    QVector<char32_t> missing;
    for (const char32_t character : charactersToType(text)) {
        if (!missing.contains(character) && strokesFor(character).isEmpty())
            missing.append(character);
    }
    return QString::fromUcs4(missing.constData(), missing.size());
}

QVector<char32_t> charactersToType(const QString& text)
{
    QString lines = text;
    lines.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    lines.replace(QLatin1Char('\r'), QLatin1Char('\n'));
    QVector<char32_t> out;
    const QList<uint> characters = lines.normalized(QString::NormalizationForm_C).toUcs4();
    for (const uint character : characters) {
        const bool isControl = character < 0x20 || (character >= 0x7f && character < 0xa0);
        if (!isControl || character == '\n' || character == '\t')
            out.append(character);
    }
    return out;
}

} // namespace console
