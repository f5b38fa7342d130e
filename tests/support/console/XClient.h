// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QRect>

#include <memory>

struct xcb_connection_t;

namespace tests {

/// A second client of this process's X server: types keys as a keyboard does, plugs monitors, and
/// keeps keys for itself as a window manager does. Needs nothing but the server.
class XClient {
public:
    XClient(); ///< after XServer
    ~XClient();
    XClient(const XClient&) = delete;
    XClient& operator=(const XClient&) = delete;

    bool isUsable() const; ///< there is a server, with what this needs

    /// As linux/input-event-codes.h has them.
    void key(unsigned evdevCode, bool pressed);
    void click(unsigned evdevCode);
    /// From now on this key with these modifiers (XCB_MOD_MASK_...) is ours wherever the focus is.
    void keep(unsigned evdevCode, unsigned modifiers);
    /// How often kept keys came since the last question.
    int keptPresses();
    /// Where a window is on the server's screen.
    QRect placeOf(unsigned window) const;
    /// The monitors are these and no others, as if they were plugged; all of them lie on the
    /// server's screen.
    void setMonitors(const QList<QRect>& monitors);

private:
    struct Private;
    std::unique_ptr<Private> m;
};

} // namespace tests
