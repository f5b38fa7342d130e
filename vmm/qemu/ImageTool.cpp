// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/ImageTool.h"

#include "vmm/base/Background.h"
#include "vmm/qemu/CommandLine.h"
#include "vmm/qemu/Complaints.h"

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

constexpr std::chrono::hours kLongestWork { 7 * 24 }; // that of a job, which can be cancelled
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

Result<void> checkSize(const QString& path, Bytes size)
{
    if (size.count() == 0 || size > kMostDisk)
        return Error { ErrorKind::InvalidConfig, path,
            QStringLiteral("%1 bytes is no size for a disk").arg(size.count()) };
    return {};
}

// Anything else could be taken for a protocol ("nbd:...") or an option.
Result<void> checkImagePath(const QString& path)
{
    if (!path.startsWith(QLatin1Char('/')))
        return Error { ErrorKind::InvalidConfig, path, QStringLiteral("not an absolute path") };
    return {};
}

Result<void> checkNewFile(const QString& path, const QString& format)
{
    static const QStringList makeable { QStringLiteral("qcow2"), QStringLiteral("raw"),
        QStringLiteral("vmdk"), QStringLiteral("vdi"), QStringLiteral("vhdx") };
    if (!makeable.contains(format))
        return Error { ErrorKind::InvalidConfig, format, QStringLiteral("no format to make") };
    TRY(checkImagePath(path));
    if (QFileInfo::exists(path) || QFileInfo(path).isSymLink())
        return Error { ErrorKind::AlreadyExists, path, QStringLiteral("exists already") };
    const QFileInfo folder(QFileInfo(path).path());
    if (!folder.isDir())
        return Error { ErrorKind::NotFound, folder.filePath(), QStringLiteral("no such folder") };
    return {};
}

Result<void> checkNewImage(const NewImage& image)
{
    TRY(checkNewFile(image.path, image.format));
    if (image.backingFile.isEmpty())
        return checkSize(image.path, image.size);
    TRY(checkImagePath(image.backingFile));
    if (image.format != QLatin1StringView("qcow2"))
        return Error { ErrorKind::InvalidConfig, image.format,
            QStringLiteral("only qcow2 stands on other images") };
    if (image.backingFormat.isEmpty())
        return Error { ErrorKind::InvalidConfig, image.backingFile,
            QStringLiteral("its format must be said") };
    return image.size.count() == 0 ? Result<void>() : checkSize(image.path, image.size);
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
        .path = path,
        .format = object.value(QLatin1StringView("format")).toString(),
        .virtualSize = bytesOf(object, "virtual-size"),
        .actualSize = bytesOf(object, "actual-size"),
        .backingFile = backing.isString()
            ? backing.toString()
            : object.value(QLatin1StringView("backing-filename")).toString(),
        .backingFormat = object.value(QLatin1StringView("backing-filename-format")).toString(),
        .isDirty = object.value(QLatin1StringView("dirty-flag")).toBool(),
    };
}

Result<ImageCheck> parseCheck(const QByteArray& json, const QString& path)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (!object.contains(QLatin1StringView("check-errors")))
        return Error { ErrorKind::ProtocolViolation, path,
            QStringLiteral("qemu-img did not answer in JSON") };
    const auto number
        = [&object](const char* key) { return object.value(QLatin1StringView(key)).toInteger(); };
    return ImageCheck { .corruptions = number("corruptions"),
        .corruptionsFixed = number("corruptions-fixed"),
        .leaks = number("leaks"),
        .leaksFixed = number("leaks-fixed"),
        .errors = number("check-errors") };
}

// The last of "    (12.34/100%)\r    (13.37/100%)\r"; -1 if there is none.
int percentIn(const QByteArray& piece)
{
    const qsizetype end = piece.lastIndexOf("/100%)");
    const qsizetype begin = end < 0 ? -1 : piece.lastIndexOf('(', end);
    if (begin < 0)
        return -1;
    bool isNumber = false;
    const double percent = piece.mid(begin + 1, end - begin - 1).toDouble(&isNumber);
    return isNumber ? static_cast<int>(percent) : -1;
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
    Error error = complaintError(complaint, path)
                      .value_or(Error { ErrorKind::InvalidConfig, path, complaint });
    error.subject = path;
    return error;
}

ImageTool::ImageTool(const QString& program, QObject* parent)
    : QObject(parent)
    , m_program(program)
{
}

ImageTool::~ImageTool() = default;

Future<ProgramOutput> ImageTool::run(QObject* context, const QStringList& arguments,
    std::chrono::milliseconds deadline, OutputListener onOutput)
{
    return async::transformed<ProgramOutput>(
        runProgram(context, m_program, arguments, deadline, std::move(onOutput)), context,
        [program = m_program](Result<ProgramOutput> output) {
            return output ? output : Result<ProgramOutput>(startProblem(output.error(), program));
        });
}

Future<void> ImageTool::change(const QString& path, const QStringList& arguments)
{
    if (const Result<void> checked = checkImagePath(path); !checked)
        return async::failed<void>(checked.error());
    // However slow the disk is: an image that is changed by half is worse than one waited for. So
    // nothing ends it, not even a caller who cancels.
    return async::concluded<void>(run(this, arguments, kLongestWork), this,
        [path](const Result<ProgramOutput>& output) -> Result<void> {
            if (!output)
                return output.error();
            return output->isSuccess() ? Result<void>() : problemOf(*output, path);
        });
}

Future<void> ImageTool::work(QObject* context, const QString& path, const QStringList& arguments)
{
    auto promise = std::make_shared<Promise<void>>();
    promise->setProgressRange(0, 100);
    const auto showProgress = [weak = std::weak_ptr(promise)](const QByteArray& piece) {
        const auto alive = weak.lock();
        if (const int percent = percentIn(piece); alive && percent >= 0)
            alive->setProgress(percent);
    };
    const Future<ProgramOutput> running = run(context, arguments, kLongestWork, showProgress);
    auto* caller = new QFutureWatcher<Result<void>>(context);
    connect(caller, &QFutureWatcherBase::canceled, context,
        [copy = Future<ProgramOutput>(running)]() mutable { copy.cancel(); });
    caller->setFuture(promise->future());
    async::onFinished(
        running, context, [promise, path, caller](const Result<ProgramOutput>& output) {
            caller->deleteLater();
            if (!output)
                promise->finish(output.error());
            else
                promise->finish(output->isSuccess() ? Result<void>() : problemOf(*output, path));
        });
    return promise->future();
}

Future<void> ImageTool::makeAside(const QString& path,
    const std::function<Future<void>(QObject* context, const QString& unfinished)>& make)
{
    // A half-made image never has the name of a whole one.
    const QFileInfo target(path);
    const QString unfinished = target.dir().filePath(
        QStringLiteral(".%1.%2.part")
            .arg(target.fileName().left(60), QUuid::createUuid().toString(QUuid::Id128)));
    // A child, so that it sweeps up even if this tool is dropped while qemu-img works.
    auto* sweeper = new QObject(this);
    connect(sweeper, &QObject::destroyed, [unfinished] { QFile::remove(unfinished); });
    return async::transformed<void>(make(sweeper, unfinished), this,
        [sweeper, unfinished, path](const Result<void>& made) -> Result<void> {
            const Result<void> moved = made ? moveIntoPlace(unfinished, path) : made;
            delete sweeper;
            return moved;
        });
}

Future<void> ImageTool::create(const NewImage& image)
{
    if (const Result<void> checked = checkNewImage(image); !checked)
        return async::failed<void>(checked.error());
    return makeAside(image.path, [this, image](QObject* context, const QString& unfinished) {
        QStringList arguments { QStringLiteral("create"), QStringLiteral("-q"),
            QStringLiteral("-f"), image.format };
        if (!image.backingFile.isEmpty())
            arguments << QStringLiteral("-F") << image.backingFormat << QStringLiteral("-b")
                      << image.backingFile;
        arguments << unfinished;
        if (image.size.count() > 0)
            arguments << QString::number(image.size.count());
        return async::transformed<void>(run(context, arguments, m_deadline), context,
            [path = image.path](const Result<ProgramOutput>& output) -> Result<void> {
                if (!output)
                    return output.error();
                return output->isSuccess() ? Result<void>() : problemOf(*output, path);
            });
    });
}

Future<ImageInfo> ImageTool::info(const QString& path, InUse inUse, const QString& format)
{
    if (const Result<void> checked = checkImagePath(path); !checked)
        return async::failed<ImageInfo>(checked.error());
    if (QFileInfo(path).isDir())
        return async::failed<ImageInfo>(
            Error { ErrorKind::InvalidConfig, path, QStringLiteral("is a folder") });

    QStringList arguments { QStringLiteral("info") };
    if (inUse == InUse::Accept)
        arguments << QStringLiteral("-U");
    if (!format.isEmpty())
        arguments << QStringLiteral("-f") << format;
    arguments << QStringLiteral("--output=json") << path;
    return async::transformed<ImageInfo>(run(this, arguments, m_deadline), this,
        [path](const Result<ProgramOutput>& output) -> Result<ImageInfo> {
            if (!output)
                return output.error();
            if (!output->isSuccess())
                return problemOf(*output, path);
            return parseInfo(output->standardOutput, path);
        });
}

Future<void> ImageTool::resize(const QString& path, const QString& format, Bytes size)
{
    if (const Result<void> checked = checkSize(path, size); !checked)
        return async::failed<void>(checked.error());
    return change(path,
        { QStringLiteral("resize"), QStringLiteral("-q"), QStringLiteral("-f"), format, path,
            QString::number(size.count()) });
}

Future<void> ImageTool::convert(const ImageConversion& conversion, const QString& sourceFormat)
{
    Result<void> checked = checkImagePath(conversion.source);
    if (checked)
        checked = checkNewFile(conversion.target, conversion.format);
    if (!checked)
        return async::failed<void>(checked.error());
    return makeAside(conversion.target,
        [this, conversion, sourceFormat](QObject* context, const QString& aside) {
            QStringList arguments { QStringLiteral("convert"), QStringLiteral("-p"),
                QStringLiteral("-f"), sourceFormat, QStringLiteral("-O"), conversion.format };
            if (conversion.isCompressed)
                arguments << QStringLiteral("-c");
            arguments << conversion.source << aside;
            return work(context, conversion.source, arguments);
        });
}

Future<void> ImageTool::workAlone(const QString& path, const QStringList& arguments)
{
    if (const Result<void> checked = checkImagePath(path); !checked)
        return async::failed<void>(checked.error());
    auto* context = new QObject(this);
    const Future<void> done = work(context, path, arguments);
    async::onFinished(done, this, [context](const Result<void>&) { context->deleteLater(); });
    return done;
}

Future<void> ImageTool::flatten(const QString& path)
{
    return workAlone(path,
        { QStringLiteral("rebase"), QStringLiteral("-p"), QStringLiteral("-f"),
            QStringLiteral("qcow2"), QStringLiteral("-b"), QString(), path });
}

Future<void> ImageTool::createLayer(
    const QString& path, const QString& below, const QString& belowFormat, Bytes size)
{
    const NewImage layer {
        .path = path, .size = size, .backingFile = below, .backingFormat = belowFormat
    };
    if (const Result<void> checked = checkNewImage(layer); !checked)
        return async::failed<void>(checked.error());
    return makeAside(path, [=, this](QObject* context, const QString& unfinished) {
        return async::transformed<void>(
            run(context,
                { QStringLiteral("create"), QStringLiteral("-q"), QStringLiteral("-u"),
                    QStringLiteral("-f"), QStringLiteral("qcow2"), QStringLiteral("-F"),
                    belowFormat, QStringLiteral("-b"), below, unfinished,
                    QString::number(size.count()) },
                m_deadline),
            context, [path](const Result<ProgramOutput>& output) -> Result<void> {
                if (!output)
                    return output.error();
                return output->isSuccess() ? Result<void>() : problemOf(*output, path);
            });
    });
}

Future<void> ImageTool::commit(const QString& layer)
{
    return workAlone(layer,
        { QStringLiteral("commit"), QStringLiteral("-p"), QStringLiteral("-d"),
            QStringLiteral("-f"), QStringLiteral("qcow2"), layer });
}

Future<void> ImageTool::restOn(
    const QString& path, const QString& below, const QString& belowFormat)
{
    return change(path,
        { QStringLiteral("rebase"), QStringLiteral("-q"), QStringLiteral("-u"),
            QStringLiteral("-f"), QStringLiteral("qcow2"), QStringLiteral("-F"), belowFormat,
            QStringLiteral("-b"), below, path });
}

Future<ImageCheck> ImageTool::check(const QString& path, const QString& format, bool repair)
{
    if (const Result<void> checked = checkImagePath(path); !checked)
        return async::failed<ImageCheck>(checked.error());
    QStringList arguments { QStringLiteral("check"), QStringLiteral("--output=json"),
        QStringLiteral("-f"), format };
    if (repair)
        arguments << QStringLiteral("-r") << QStringLiteral("all");
    else
        arguments << QStringLiteral("-U"); // a machine may go on meanwhile
    arguments << path;
    constexpr int kCorrupt = 2;
    constexpr int kLeaks = 3;
    constexpr int kNoChecks = 63;
    return async::transformed<ImageCheck>(run(this, arguments, kLongestWork), this,
        [path](const Result<ProgramOutput>& output) -> Result<ImageCheck> {
            if (!output)
                return output.error();
            if (output->exitCode == kNoChecks)
                return Error { ErrorKind::HostLacksFeature, path, output->lastWords() };
            if (!output->isSuccess() && output->exitCode != kCorrupt && output->exitCode != kLeaks)
                return problemOf(*output, path);
            return parseCheck(output->standardOutput, path);
        });
}

Future<void> ImageTool::snapshot(SnapshotStep step, const QString& path, const QString& tag)
{
    const auto option = [step] {
        switch (step) {
        case SnapshotStep::Create:
            return QStringLiteral("-c");
        case SnapshotStep::Apply:
            return QStringLiteral("-a");
        case SnapshotStep::Delete:
            return QStringLiteral("-d");
        }
        return QString();
    };
    // The one command without -f: it would find the format out by itself.
    return change(path,
        { QStringLiteral("snapshot"), QStringLiteral("-q"), option(), tag,
            QStringLiteral("--image-opts"),
            QStringLiteral("driver=qcow2,file.driver=file,file.filename=") + optionValue(path) });
}

} // namespace vmm
