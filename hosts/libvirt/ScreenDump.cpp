// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/ScreenDump.h"

#include "hosts/libvirt/DomainReader.h"
#include "hosts/libvirt/Errors.h"
#include "vmm/base/ScreenPicture.h"

#include <array>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

constexpr qsizetype kMaxBytes = qsizetype(256) << 20;

/// Everything that a stream brings. It is finished, or aborted, on the way out.
Result<QByteArray> readAll(const Stream& stream, const QString& subject)
{
    QByteArray bytes;
    std::array<char, 65536> part {};
    for (;;) {
        const int count = virStreamRecv(stream.get(), part.data(), part.size());
        if (count == 0)
            break;
        if (count < 0 || bytes.size() + count > kMaxBytes) {
            const Error error = count < 0
                ? lastError(subject)
                : Error { ErrorKind::ProtocolViolation, subject, QStringLiteral("too large") };
            virStreamAbort(stream.get());
            return error;
        }
        bytes.append(part.data(), count);
    }
    if (virStreamFinish(stream.get()) < 0)
        return lastError(subject);
    return bytes;
}

} // namespace

Result<vmm::Screenshot> takeScreenshot(
    const Connection& connection, const QUuid& id, int maxWidth, int maxHeight)
{
    const Domain domain = TRY(findDomain(connection, id));
    const DomainRecord record = TRY(readState(domain));
    if (!vmm::isActive(record.state))
        return Error { ErrorKind::WrongState, record.name,
            QStringLiteral("screenshot while ") + vmm::nameOf(record.state) };
    const Stream stream(virStreamNew(connection.get(), 0));
    if (!stream)
        return lastError(record.name);
    const LibvirtString mimeType(virDomainScreenshot(domain.get(), stream.get(), 0, 0));
    if (!mimeType)
        return lastError(record.name);
    const QByteArray bytes = TRY(readAll(stream, record.name));
    return vmm::toScreenshot(bytes, maxWidth, maxHeight);
}

} // namespace hosts::libvirt
