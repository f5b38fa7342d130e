// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hosts::libvirt {

/// Mends libvirt's client from outside (CVE-2024-4418; libvirt before 10.4, Debian 12 has 9.0). A
/// thread that waits for an answer watches the connection's socket by a GSource whose data is on
/// its stack. If another thread's call wakes it, it leaves that source behind, and whoever waits
/// next has GLib write through it: into a stack that is something else by then. So several threads
/// that share a connection, which is what libvirt says can be done, crash now and then, and surely
/// when a connection breaks that many wait on.
///
/// ClientLoop.cpp therefore stands before two functions of GLib, as the dynamic linker lets a
/// program do: of what a thread attaches, nothing stays attached when its loop has ended. That is
/// what libvirt itself does since.
///
/// Call it once: it sees to it that the functions are linked. False if they are not in effect.
bool mendClientLoop();

} // namespace hosts::libvirt
