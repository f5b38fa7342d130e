// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/typing/TextTyper.h"

#include "console/ConsoleSession.h"

#include <algorithm>

namespace console {

namespace {

constexpr int kShift = 0x2a;
constexpr int kAltGr = 0x138;

} // namespace

TextTyper::TextTyper(QObject* parent)
    : QObject(parent)
{
    m_next.setTimerType(Qt::PreciseTimer);
    connect(&m_next, &QTimer::timeout, this, &TextTyper::typeNext);
}

TextTyper::~TextTyper()
{
    cancel();
}

void TextTyper::start(
    ConsoleSession& session, const KeyboardLayout& layout, const QString& text, int rate)
{
    cancel();
    m_session = &session;
    m_characters.clear();
    for (const char32_t character : charactersToType(text)) {
        if (const auto strokes = layout.strokesFor(character); !strokes.isEmpty())
            m_characters.append(strokes);
    }
    m_typed = 0;
    m_stroke = 0;
    session.releaseAllKeys(); // a modifier that is held would change what is typed
    KeyLocks locks = session.keyLocks();
    m_hadCapsLock = std::exchange(locks.capsLock, false);
    session.setKeyLocks(locks);
    m_next.start(1000 / std::clamp(rate, kMinRate, kMaxRate));
}

void TextTyper::cancel()
{
    if (isRunning())
        end(false);
}

QString TextTyper::typeAtOnce(
    ConsoleSession& session, const KeyboardLayout& layout, const QString& text)
{
    for (const char32_t character : charactersToType(text)) {
        const QVector<Keystroke> strokes = layout.strokesFor(character);
        for (const Keystroke& stroke : strokes)
            press(session, stroke);
    }
    return layout.untypable(text);
}

void TextTyper::typeNext()
{
    if (!m_session || m_session->state() != SessionState::Live)
        return end(false);
    if (m_typed >= m_characters.size())
        return end(true);
    const QVector<Keystroke>& strokes = m_characters[m_typed];
    press(*m_session, strokes[m_stroke]);
    if (++m_stroke < strokes.size())
        return;
    m_stroke = 0;
    ++m_typed;
    Q_EMIT progressed(m_typed, total());
}

void TextTyper::press(ConsoleSession& session, const Keystroke& stroke)
{
    QList<int> codes;
    if (stroke.isShifted)
        codes.append(kShift);
    if (stroke.isAltGr)
        codes.append(kAltGr);
    codes.append(stroke.xtScancode);
    session.sendKeyCombination(codes);
}

void TextTyper::end(bool isWhole)
{
    m_next.stop();
    // A dead key that nothing follows would spoil what is typed next.
    const bool isLive = m_session && m_session->state() == SessionState::Live;
    while (isLive && m_stroke > 0 && m_stroke < m_characters[m_typed].size())
        press(*m_session, m_characters[m_typed][m_stroke++]);
    m_stroke = 0;
    m_characters.clear(); // it may be a password
    if (m_session && m_hadCapsLock) {
        KeyLocks locks = m_session->keyLocks();
        locks.capsLock = true;
        m_session->setKeyLocks(locks);
    }
    m_hadCapsLock = false;
    Q_EMIT finished(isWhole);
}

} // namespace console
