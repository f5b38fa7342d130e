// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"

#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVector>

namespace vmm {

/// One disk image file.
struct ImageInfo {
    QString path {}; ///< absolute
    QString format {}; ///< qcow2, raw, vmdk
    Bytes virtualSize {}; ///< what the guest sees
    Bytes actualSize {}; ///< what it occupies on the host
    QString backingFile {}; ///< absolute; empty if it stands alone
    QString backingFormat {};
    bool isDirty = false; ///< was not closed cleanly
    bool isEncrypted = false;
    QStringList internalSnapshots {}; ///< names of those inside the file

    bool operator==(const ImageInfo&) const = default;
};

/// An image and those it stands on, itself first.
using ImageChain = QVector<ImageInfo>;

/// What a check of an image's structure found.
struct ImageCheck {
    qint64 corruptions = 0;
    qint64 corruptionsFixed = 0;
    qint64 leaks = 0; ///< clusters that are occupied and not used: harmless
    qint64 leaksFixed = 0;
    qint64 errors = 0; ///< places that could not be checked

    bool isSound() const { return corruptions == 0 && errors == 0; }
    bool operator==(const ImageCheck&) const = default;
};

/// An image of a host's folders, and who needs it.
struct ImageUse {
    ImageInfo image {};
    QStringList machines {}; ///< names of the machines whose disk it is, or whose disk stands on it
    QStringList dependents {}; ///< paths of images that stand directly on it

    bool operator==(const ImageUse&) const = default;
};

struct NewImage {
    QString path {};
    QString format = QStringLiteral("qcow2");
    Bytes size {}; ///< zero with a backing file: that file's
    QString backingFile {}; ///< makes it an overlay
    QString backingFormat {}; ///< empty: found out

    bool operator==(const NewImage&) const = default;
};

struct ImageConversion {
    QString source {};
    QString target {}; ///< must not exist
    QString format = QStringLiteral("qcow2");
    bool isCompressed = false; ///< qcow2, vmdk

    bool operator==(const ImageConversion&) const = default;
};

} // namespace vmm
