// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/AgentTypes.h"
#include "console/ConsoleHead.h"

#include <array>

namespace console {

/// A guest's monitors, made of what its card says: screens with pictures and pointers, and areas of
/// them that are monitors. GUI thread.
class HeadSet : public QObject {
    Q_OBJECT

public:
    static constexpr int kMax = 4;

    explicit HeadSet(QObject* parent = nullptr);

    ConsoleHead* first() const { return m_heads[0]; }
    ConsoleHead* at(int number) const { return m_heads[size_t(number)]; } ///< 0 to kMax - 1
    QList<ConsoleHead*> on() const; ///< those that the guest uses, by number
    /// How many the guest's card could have; at least 1.
    int offered() const { return m_offered; }

    /// A connection begins: only the first is on, with the picture it had.
    void reset();
    void setSurface(int screen, const GuestPicture& picture); ///< null: there is none (for now)
    void addDamage(int screen, const QRegion& region);
    void setDisplayOn(int screen, bool on);
    void setCursor(int screen, const CursorShape& cursor);
    void moveCursor(int screen, QPoint pixel);
    void setMonitors(int screen, const QList<MonitorArea>& monitors, int offered);

Q_SIGNALS:
    void changed(); ///< which are on, or how many there could be

private:
    struct Screen {
        GuestPicture picture {};
        QList<MonitorArea> monitors {}; ///< empty: nothing was said, so all of it is one
        bool isDisplayOn = false;
        CursorShape cursor {};
    };

    void place(int screen);
    void setDisplayOn(ConsoleHead& head, bool on);
    void setCursor(ConsoleHead& head, const CursorShape& cursor);
    QList<MonitorArea> monitorsOf(int screen) const;

    std::array<Screen, kMax> m_screens;
    std::array<ConsoleHead*, kMax> m_heads {};
    int m_offered = 1;
};

} // namespace console
