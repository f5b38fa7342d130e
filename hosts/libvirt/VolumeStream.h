// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/JobRunner.h"
#include "hosts/libvirt/TransferFile.h"

#include <functional>

namespace hosts::libvirt {

/// A part of a volume or of a file.
struct Span {
    qint64 offset = 0;
    qint64 length = 0; ///< of a download, 0: to the end
    qint64 end() const { return offset + length; }
};

/// Whether holes travel as such. A host writes nothing where a hole is, so only a volume that is
/// all zeros may get them.
enum class Holes { Sent, Skipped };

/// Bytes of a volume over one stream. `moved` is told where it is now and then. A stream that is
/// not finished is aborted. Errors of both: Cancelled, Disconnected, Busy (another stream has the
/// volume), what libvirt says.
class VolumeStream {
public:
    using Moved = std::function<void(qint64 offset)>;

    VolumeStream(const Connection& connection, const Volume& volume, const JobControl& control);

    /// When it returns well, the host has written it all.
    vmm::Result<void> send(
        const TransferFile& file, const Span& span, Holes holes, const Moved& moved) const;
    /// Writes what comes to the same place of the file.
    vmm::Result<void> receive(const TransferFile& file, const Span& span, const Moved& moved) const;
    /// All of it into a volume of another host that is all zeros.
    vmm::Result<void> passOn(
        const Connection& connection, const Volume& target, const Moved& moved) const;
    /// A few bytes.
    vmm::Result<QByteArray> peek(const Span& span) const;

private:
    vmm::Result<Stream> openDownload(const Span& span, bool& isSparse) const;

    const Connection& m_connection;
    const Volume& m_volume;
    const JobControl& m_control;
};

} // namespace hosts::libvirt
