// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What libvirt notes while it works. Of a certificate that it does not accept its error says only
/// "Failed to verify peer's certificate"; which of the many possible reasons it was stands in its
/// log alone (virNetTLSContextCheckCertificate, libvirt 9.0). So the log goes to memory.
namespace hosts::libvirt::LibraryLog {

/// Before virInitialize(). Does nothing if the user sends the log somewhere (LIBVIRT_LOG_OUTPUTS).
void install();
/// After it: programs that are started from here must not look for our memory.
void hideFromChildren();

/// Forgets what was noted if it is much: hosts without events are asked for years. Any thread.
void keepSmall();

/// Why the last certificate was not accepted, in libvirt's words; empty if none was refused. Also
/// forgets what was noted so far. Any thread.
QString takeCertificateWords();

} // namespace hosts::libvirt::LibraryLog
