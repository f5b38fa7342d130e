// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Complaints.h"

#include <QRegularExpression>

namespace vmm {

namespace {

struct Complaint {
    QLatin1StringView words;
    ErrorKind kind;
    ErrorCause cause = ErrorCause::None;
};

// The first that fits counts.
constexpr Complaint kComplaints[] = {
    { QLatin1StringView("No space left on device"), ErrorKind::Io, ErrorCause::DiskFull },
    { QLatin1StringView("Disk quota exceeded"), ErrorKind::Io, ErrorCause::DiskFull },
    { QLatin1StringView("\" lock"), ErrorKind::Busy, ErrorCause::ImageLocked },
    { QLatin1StringView("Failed to lock byte"), ErrorKind::Busy, ErrorCause::ImageLocked },
    { QLatin1StringView("no option group 'spice'"), ErrorKind::HostLacksFeature,
        ErrorCause::QemuLacksSpice },
    { QLatin1StringView("-spice: invalid option"), ErrorKind::HostLacksFeature,
        ErrorCause::QemuLacksSpice },
    { QLatin1StringView("is not compiled in"), ErrorKind::HostLacksFeature,
        ErrorCause::QemuLacksSpice },
    { QLatin1StringView("spice is not supported"), ErrorKind::HostLacksFeature,
        ErrorCause::QemuLacksSpice },
    { QLatin1StringView("EGL render node"), ErrorKind::HostLacksFeature,
        ErrorCause::NoGraphicsCard },
    { QLatin1StringView("Permission denied"), ErrorKind::PermissionDenied },
    { QLatin1StringView("Read-only file system"), ErrorKind::PermissionDenied },
    { QLatin1StringView("No such file or directory"), ErrorKind::NotFound,
        ErrorCause::ImageMissing },
    { QLatin1StringView("Input/output error"), ErrorKind::Io },
};

/// The image that the words are about, if they say so.
QString imageIn(const QString& words)
{
    static const QRegularExpression patterns[] = {
        QRegularExpression(QStringLiteral("using the image \\[(.+?)\\]")),
        QRegularExpression(QStringLiteral("Could not open '(.+?)'")),
    };
    for (const QRegularExpression& pattern : patterns) {
        const auto match = pattern.match(words);
        if (match.hasMatch())
            return match.captured(1);
    }
    return {};
}

} // namespace

std::optional<Error> complaintError(const QString& words, const QString& subject)
{
    for (const Complaint& complaint : kComplaints) {
        if (!words.contains(complaint.words))
            continue;
        const QString image = imageIn(words);
        return Error { complaint.kind, image.isEmpty() ? subject : image, words, complaint.cause };
    }
    return std::nullopt;
}

} // namespace vmm
