// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/typing/KeyboardLayout.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>

namespace console {

class ConsoleSession;

/// Types a text into a guest, key by key, as if somebody sat at its keyboard. GUI thread; nothing
/// waits. Each key is pressed and let go in one go with its modifiers, so that none is left pressed
/// whenever it ends. Caps Lock is switched off meanwhile.
class TextTyper : public QObject {
    Q_OBJECT

public:
    static constexpr int kMinRate = 1;
    static constexpr int kMaxRate = 200;
    static constexpr int kUsualRate = 40; ///< what firmware and text consoles still keep up with

    explicit TextTyper(QObject* parent = nullptr);
    ~TextTyper() override;

    /// `rate`: keys a second. Characters that `layout` can't type are left out. One at a time.
    void start(
        ConsoleSession& session, const KeyboardLayout& layout, const QString& text, int rate);
    void cancel();
    /// The same for some few characters, at once. Returns those that can't be typed.
    static QString typeAtOnce(
        ConsoleSession& session, const KeyboardLayout& layout, const QString& text);
    bool isRunning() const { return m_next.isActive(); }
    std::chrono::milliseconds pause() const { return m_next.intervalAsDuration(); } ///< of two keys
    int total() const { return int(m_characters.size()); }
    int typed() const { return m_typed; } ///< characters

Q_SIGNALS:
    void progressed(int typed, int total);
    /// The last one. `isWhole`: all was typed; else it was cancelled, or the console is not live.
    void finished(bool isWhole);

private:
    void typeNext();
    static void press(ConsoleSession& session, const Keystroke& stroke);
    void end(bool isWhole);

    QPointer<ConsoleSession> m_session;
    QVector<QVector<Keystroke>> m_characters;
    QTimer m_next;
    int m_typed = 0;
    int m_stroke = 0; ///< of the character that is being typed
    bool m_hadCapsLock = false;
};

} // namespace console
