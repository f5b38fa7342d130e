// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/BlockCommit.h"

#include "hosts/libvirt/Errors.h"

#include <algorithm>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

void tellProgress(const virDomainBlockJobInfo& info, JobControl& control)
{
    if (info.end > 0)
        control.setProgress(static_cast<int>(
            std::min(99.0, 100 * static_cast<double>(info.cur) / static_cast<double>(info.end))));
}

/// The job vanishes when it is done and when it failed; the chain tells which.
Result<void> checkMerged(const Subject& subject, const DiskLayer& layer)
{
    const QByteArray xml = TRY(runningXml(subject));
    if (!xml.contains('\'' + layer.top.toHtmlEscaped().toUtf8() + '\''))
        return {};
    return Error { ErrorKind::ProcessFailed, layer.top,
        QStringLiteral("the merge of disk %1 ended before it was done").arg(layer.target) };
}

} // namespace

Result<void> beginCommit(const Subject& subject, const DiskLayer& layer)
{
    return check(virDomainBlockCommit(subject.get(), layer.target.toUtf8().constData(),
                     layer.base.toUtf8().constData(), layer.top.toUtf8().constData(), 0,
                     layer.isActive ? unsigned(VIR_DOMAIN_BLOCK_COMMIT_ACTIVE) : 0u),
        layer.top);
}

Result<void> awaitCommit(const Subject& subject, const DiskLayer& layer, JobControl& control)
{
    const QByteArray disk = layer.target.toUtf8();
    while (true) {
        if (control.isCancelled()) {
            virDomainBlockJobAbort(subject.get(), disk.constData(), 0);
            return Error { ErrorKind::Cancelled, layer.top };
        }
        virDomainBlockJobInfo info {};
        const int answer = virDomainGetBlockJobInfo(subject.get(), disk.constData(), &info, 0);
        if (answer < 0) {
            const Error error = lastError(layer.top);
            if (!isSilence(error)) // which says nothing about the merge
                return error;
            JobControl::rest();
            continue;
        }
        if (answer == 0)
            return checkMerged(subject, layer);
        tellProgress(info, control);
        // Refused until QEMU says that it is ready, which may be a moment after the last byte.
        if (layer.isActive && info.cur == info.end
            && virDomainBlockJobAbort(
                   subject.get(), disk.constData(), VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT)
                == 0)
            return {};
        JobControl::rest();
    }
}

} // namespace hosts::libvirt
