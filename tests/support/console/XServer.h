// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

namespace tests {

/// An X server without a screen (Xvfb) and this process on it: to be made before QApplication and
/// to outlive it.
class XServer {
public:
    XServer();
    ~XServer();
    XServer(const XServer&) = delete;
    XServer& operator=(const XServer&) = delete;

    bool isRunning() const { return m_pid > 0; } ///< false where there is no Xvfb

private:
    pid_t m_pid = 0;
};

} // namespace tests
