// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Image.h"
#include "vmm/base/Result.h"

#include <QHash>
#include <QMutex>

#include <functional>
#include <optional>

namespace vmm {

/// An image and those below it, as far as they could be read.
struct ChainReading {
    ImageChain chain {};
    std::optional<Error> problem {}; ///< why it ends here; a sound chain has none

    bool operator==(const ChainReading&) const = default;
};

/// Reads backing chains out of the headers, without having any of the files opened by a program
/// that believes them, and judges whether QEMU may be given them. What was read is kept until a
/// file changes. Blocks for the disk (some KiB per image). Any thread.
class ImageChains {
public:
    /// `format`: what the user or a definition says the first image is; empty: found out from its
    /// content, which nobody may do with a disk that a guest writes as raw.
    ///
    /// Problems: those of QcowHeader; InvalidConfig/ImageUntrusted for a chain that can't be
    /// followed safely: a backing "file" that is no path ("json:...", "nbd://..."), one without a
    /// format that does not look raw, data in another file, a chain that never ends.
    ChainReading read(const QString& path, const QString& format = {});

    /// Whether a raw file outside of the folder of the image that names it may be its backing file.
    using IsKnownRaw = std::function<bool(const QString& canonicalPath)>;
    /// The chain, if it is sound and shows nothing to a guest that it should not see. A raw file
    /// can be any file of this computer ("/etc/shadow"), so it must lie beside the image that
    /// stands on it, or be known as somebody's disk. Errors: the problem,
    /// InvalidConfig/ImageUntrusted.
    Result<ImageChain> readTrusted(
        const QString& path, const QString& format, const IsKnownRaw& isKnownRaw);

private:
    struct Stamp;
    struct Entry;
    Result<ImageInfo> readOne(const QString& path, const QString& format);

    QMutex m_lock;
    QHash<QString, std::shared_ptr<Entry>> m_entries;
};

/// Whether a backing name is a path, not one of QEMU's protocols.
bool isPlainPath(const QString& name);

} // namespace vmm
