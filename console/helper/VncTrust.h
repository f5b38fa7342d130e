// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace console::helper {

/// From now on the certificates of VNC servers must be signed by one of those in `caFile`; empty:
/// by those that this user trusts (~/.pki/CA/cacert.pem, else the system's). gvnc 1.3 has no call
/// for this: it asks GnuTLS for one or the other, and that question is answered here instead.
void trustOnly(const char* caFile);

} // namespace console::helper
