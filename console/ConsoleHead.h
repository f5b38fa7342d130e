// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleTypes.h"
#include "console/GuestPicture.h"

#include <QObject>
#include <QRegion>

namespace console {

/// One monitor of a guest: its picture and its pointer. Belongs to a session and lives as long as
/// it; a monitor that the guest switches off is only not on any more. GUI thread.
class ConsoleHead : public QObject {
    Q_OBJECT

public:
    ConsoleHead(int number, QObject* parent);

    int number() const { return m_number; } ///< from 0; the first is always there
    bool isOn() const { return m_isOn; } ///< whether the guest uses it
    /// The monitor's pixels without a copy: they change while the guest draws. Kept when it ends;
    /// null before the first picture.
    QImage frame() const { return m_picture.image; }
    const GuestPicture& picture() const { return m_picture; } ///< the same
    bool isDisplayOn() const { return m_isDisplayOn; } ///< false while the guest blanks it
    const CursorShape& cursor() const { return m_cursor; }
    QPoint cursorPosition() const { return m_cursorPosition; } ///< for the relative mouse

Q_SIGNALS:
    void onChanged(bool isOn);
    void frameSized(QSize size);
    void damaged(const QRegion& region); ///< in pixels of frame()
    void displayOnChanged(bool on);
    void cursorChanged(const console::CursorShape& cursor);
    void cursorMoved(QPoint pixel);

private:
    friend class HeadSet;
    void setOn(bool isOn);
    void setPicture(const GuestPicture& picture);

    int m_number;
    bool m_isOn = false;
    bool m_isDisplayOn = false;
    GuestPicture m_picture;
    CursorShape m_cursor;
    QPoint m_cursorPosition;
};

} // namespace console
