// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/ImageTool.h"

#include "vmm/qemu/ProgramRun.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace vmm {

namespace {

constexpr Bytes kMostDisk = Bytes::fromGiB(quint64(64) << 10); // 64 TiB, what qcow2 can address

Error systemError(const QString& path, int number)
{
    return imageError(path, QString::fromLocal8Bit(std::strerror(number)));
}

// Gives a finished file its name, unless something has that name already.
Result<void> moveIntoPlace(const QString& from, const QString& to)
{
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    if (::renameat2(AT_FDCWD, source, AT_FDCWD, target, RENAME_NOREPLACE) == 0)
        return {};
    // Some file systems don't know RENAME_NOREPLACE; a hard link doesn't replace either.
    if (errno == EINVAL && ::link(source, target) == 0) {
        ::unlink(source);
        return {};
    }
    const int number = errno;
    if (number == EEXIST)
        return Error { ErrorKind::AlreadyExists, to, QStringLiteral("somebody made it meanwhile") };
    return systemError(to, number);
}

Result<void> checkNewImage(const QString& path, const QString& format, Bytes size)
{
    if (format != QLatin1StringView("qcow2") && format != QLatin1StringView("raw"))
        return Error { ErrorKind::InvalidConfig, format, QStringLiteral("no format to make") };
    if (size.count() == 0 || size > kMostDisk)
        return Error { ErrorKind::InvalidConfig, path,
            QStringLiteral("%1 bytes is no size for a disk").arg(size.count()) };
    // Anything else could be taken for a protocol ("nbd:...") or an option.
    if (!path.startsWith(QLatin1Char('/')))
        return Error { ErrorKind::InvalidConfig, path, QStringLiteral("not an absolute path") };
    if (QFileInfo::exists(path) || QFileInfo(path).isSymLink())
        return Error { ErrorKind::AlreadyExists, path, QStringLiteral("exists already") };
    const QFileInfo folder(QFileInfo(path).path());
    if (!folder.isDir())
        return Error { ErrorKind::NotFound, folder.filePath(), QStringLiteral("no such folder") };
    return {};
}

Error problemOf(const ProgramOutput& output, const QString& path)
{
    if (output.hasTimedOut)
        return Error { ErrorKind::TimedOut, path, QStringLiteral("qemu-img did not end in time") };
    if (output.hasCrashed)
        return Error { ErrorKind::ProcessFailed, path,
            QStringLiteral("qemu-img crashed: ") + output.lastWords() };
    return imageError(path, output.lastWords());
}

Bytes bytesOf(const QJsonObject& object, const char* key)
{
    const qint64 count = object.value(QLatin1StringView(key)).toInteger();
    return Bytes::fromBytes(static_cast<quint64>(std::max<qint64>(0, count)));
}

Result<ImageInfo> parseInfo(const QByteArray& json, const QString& path)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    const QJsonObject object = document.object();
    if (!object.value(QLatin1StringView("format")).isString())
        return Error { ErrorKind::ProtocolViolation, path,
            QStringLiteral("qemu-img did not answer in JSON") };
    const QJsonValue backing = object.value(QLatin1StringView("full-backing-filename"));
    return ImageInfo {
        .format = object.value(QLatin1StringView("format")).toString(),
        .virtualSize = bytesOf(object, "virtual-size"),
        .actualSize = bytesOf(object, "actual-size"),
        .backingFile = backing.isString()
            ? backing.toString()
            : object.value(QLatin1StringView("backing-filename")).toString(),
        .isDirty = object.value(QLatin1StringView("dirty-flag")).toBool(),
    };
}

// A program that isn't there (any more) is a cause of its own.
Error startProblem(Error error, const QString& program)
{
    if (error.kind == ErrorKind::ProcessFailed && !QFileInfo::exists(program)) {
        error.cause = ErrorCause::QemuMissing;
        error.subject = program.isEmpty() ? QStringLiteral("qemu-img") : program;
    }
    return error;
}

} // namespace

Error imageError(const QString& path, const QString& complaint)
{
    struct Meaning {
        QLatin1StringView text;
        ErrorKind kind;
        ErrorCause cause;
    };
    static constexpr Meaning kMeanings[] = {
        { QLatin1StringView("No space left on device"), ErrorKind::Io, ErrorCause::DiskFull },
        { QLatin1StringView("Disk quota exceeded"), ErrorKind::Io, ErrorCause::DiskFull },
        { QLatin1StringView(" lock"), ErrorKind::Busy, ErrorCause::ImageLocked },
        { QLatin1StringView("Permission denied"), ErrorKind::PermissionDenied, ErrorCause::None },
        { QLatin1StringView("Read-only file system"), ErrorKind::PermissionDenied,
            ErrorCause::None },
        { QLatin1StringView("No such file or directory"), ErrorKind::NotFound,
            ErrorCause::ImageMissing },
        { QLatin1StringView("Input/output error"), ErrorKind::Io, ErrorCause::None },
    };
    for (const Meaning& meaning : kMeanings) {
        if (complaint.contains(meaning.text))
            return Error { meaning.kind, path, complaint, meaning.cause };
    }
    return Error { ErrorKind::InvalidConfig, path, complaint };
}

ImageTool::ImageTool(const QString& program, QObject* parent)
    : QObject(parent)
    , m_program(program)
{
}

ImageTool::~ImageTool() = default;

Future<void> ImageTool::create(const QString& path, const QString& format, Bytes size)
{
    if (const Result<void> checked = checkNewImage(path, format, size); !checked)
        return async::failed<void>(checked.error());

    // Made under another name first: a half-made image never has the name of a whole one.
    const QFileInfo target(path);
    const QString unfinished = target.dir().filePath(
        QStringLiteral(".%1.%2.part")
            .arg(target.fileName().left(60), QUuid::createUuid().toString(QUuid::Id128)));
    auto promise = std::make_shared<Promise<void>>();
    // A child, so that it sweeps up even if this tool is dropped while qemu-img works.
    auto* sweeper = new QObject(this);
    connect(sweeper, &QObject::destroyed, [unfinished] { QFile::remove(unfinished); });
    const QStringList arguments { QStringLiteral("create"), QStringLiteral("-q"),
        QStringLiteral("-f"), format, unfinished, QString::number(size.count()) };
    async::onFinished(runProgram(sweeper, m_program, arguments, m_deadline), this,
        [this, promise, sweeper, unfinished, path](const Result<ProgramOutput>& output) {
            if (!output)
                promise->finish(startProblem(output.error(), m_program));
            else if (!output->isSuccess())
                promise->finish(problemOf(*output, path));
            else
                promise->finish(moveIntoPlace(unfinished, path));
            delete sweeper;
        });
    return promise->future();
}

Future<ImageInfo> ImageTool::info(const QString& path, InUse inUse)
{
    if (!path.startsWith(QLatin1Char('/')))
        return async::failed<ImageInfo>(
            Error { ErrorKind::InvalidConfig, path, QStringLiteral("not an absolute path") });
    if (QFileInfo(path).isDir())
        return async::failed<ImageInfo>(
            Error { ErrorKind::InvalidConfig, path, QStringLiteral("is a folder") });

    QStringList arguments { QStringLiteral("info"), QStringLiteral("--output=json"), path };
    if (inUse == InUse::Accept)
        arguments.insert(1, QStringLiteral("-U"));
    auto promise = std::make_shared<Promise<ImageInfo>>();
    async::onFinished(runProgram(this, m_program, arguments, m_deadline), this,
        [this, promise, path](const Result<ProgramOutput>& output) {
            if (!output)
                promise->finish(startProblem(output.error(), m_program));
            else if (!output->isSuccess())
                promise->finish(problemOf(*output, path));
            else
                promise->finish(parseInfo(output->standardOutput, path));
        });
    return promise->future();
}

} // namespace vmm
