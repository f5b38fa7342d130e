// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPoint>
#include <QRect>
#include <QSize>

#include <memory>

class QWindow;
struct xcb_connection_t;

namespace console::x11 {

/// Pixels in a memory file that the X server reads by itself when they are to be seen, without a
/// copy of ours in between (MIT-SHM 1.2). They are 0x00rrggbb in the order of this computer, and
/// whoever writes them may do so at any time: what is on the screen is what was there at the time
/// of put(), or newer. GUI thread.
class SharedPixels {
public:
    /// `memory`: of rows without gaps. The file stays the caller's, and is never written to. Waits
    /// for the server once. Null where it can't be: not X11, a server elsewhere, MIT-SHM too old,
    /// or switched off for this program (QT_XCB_NO_MITSHM, as for Qt itself).
    static std::unique_ptr<SharedPixels> attach(int file, QSize memory);
    ~SharedPixels();
    SharedPixels(const SharedPixels&) = delete;
    SharedPixels& operator=(const SharedPixels&) = delete;

    /// Shows `parts` of the memory in a window of X, its pixel 0,0 at `at`; both in device pixels.
    /// Waits for the server the first time in a window, else for nothing. False, and nothing is
    /// done: the window has other pixels, or the server is some puts behind.
    bool put(QWindow& window, QPoint at, const QList<QRect>& parts);

private:
    SharedPixels(xcb_connection_t* connection, QSize memory);

    bool canBeOn(quint32 window);
    bool hasCaughtUp();

    xcb_connection_t* m_connection;
    QSize m_memory;
    quint32 m_segment = 0;
    quint32 m_window = 0; ///< for which the following holds
    quint32 m_context = 0; ///< 0: it has other pixels
    int m_unasked = 0; ///< puts since the server was asked
    quint32 m_asked = 0; ///< the request that the server answers once it has read all; 0: none
};

} // namespace console::x11
