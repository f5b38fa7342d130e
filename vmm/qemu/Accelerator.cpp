// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Accelerator.h"

#include "vmm/qemu/AcceleratorTrial.h"
#include "vmm/qemu/ProgramRun.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QTemporaryFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace vmm {

namespace {

using namespace std::chrono_literals;

// A trial that got less than this of the processor at its deadline says nothing about KVM, only
// that the computer was busy: such an answer is not kept.
constexpr std::chrono::milliseconds kFairShare = 400ms;

AcceleratorReport kvm()
{
    return { .kind = QStringLiteral("KVM"), .isKvmUsable = true };
}

AcceleratorReport translator(const QString& reason)
{
    return { .reason = reason };
}

QString contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(1 << 20)).trimmed()
                                          : QString();
}

QString whyNoDevice(const QString& device)
{
    const QString processor = contentOf(QStringLiteral("/proc/cpuinfo"));
    const bool hasExtensions = processor.contains(QLatin1StringView(" vmx"))
        || processor.contains(QLatin1StringView(" svm"));
    if (hasExtensions)
        return QStringLiteral("There is no %1, though the processor could virtualize: load the "
                              "kernel module kvm_intel or kvm_amd.")
            .arg(device);
    return QStringLiteral("There is no %1: the processor offers no virtualization. It may be "
                          "switched off in the firmware setup, or this computer is a virtual "
                          "machine without nested virtualization.")
        .arg(device);
}

QString whyNoPermission(const QString& device)
{
    const QFileInfo info(device);
    const QString group = info.group();
    const bool isForGroup = info.permission(QFile::ReadGroup | QFile::WriteGroup)
        && info.groupId() != 0 && !group.isEmpty();
    if (!isForGroup)
        return QStringLiteral("You may not use %1, and no group may: ask the administrator of this "
                              "computer.")
            .arg(device);
    return QStringLiteral("You may not use %1: add yourself to the group \"%2\" "
                          "(sudo usermod -aG %2 $USER) and log in again.")
        .arg(device, group);
}

// What can be told without running anything; nothing if a trial is worth it.
std::optional<AcceleratorReport> refusal(const QString& device)
{
    if (trial::firmware().isEmpty())
        return translator(
            QStringLiteral("KVM runs x86 guests on x86 computers only, and this is not one."));
    const int fd = ::open(QFile::encodeName(device).constData(), O_RDWR | O_CLOEXEC);
    if (fd >= 0) {
        ::close(fd);
        return std::nullopt;
    }
    const int number = errno;
    if (number == ENOENT || number == ENODEV || number == ENXIO)
        return translator(whyNoDevice(device));
    if (number == EACCES || number == EPERM)
        return translator(whyNoPermission(device));
    return translator(QStringLiteral("%1 can't be opened: %2.")
                          .arg(device, QString::fromLocal8Bit(std::strerror(number))));
}

// The first line in which QEMU says what went wrong, without its own name and time stamps.
QString complaintOf(const ProgramOutput& output)
{
    for (const QByteArray& line : output.standardError.split('\n')) {
        const qsizetype colon = line.indexOf(": ");
        if (colon > 0 && !line.contains("warning:"))
            return QString::fromUtf8(line.mid(colon + 2).replace("error: ", "").trimmed());
    }
    return output.lastWords();
}

AcceleratorReport verdict(const ProgramOutput& output, std::chrono::milliseconds deadline)
{
    if (output.exitCode == trial::kPassed && !output.hasCrashed && !output.hasTimedOut)
        return kvm();
    if (output.hasTimedOut)
        return translator(
            QStringLiteral("KVM is here, but a trial machine that takes a moment elsewhere did not "
                           "get through in %1 seconds: this computer seems to emulate it, which "
                           "guests experience as hanging.")
                .arg(double(deadline.count()) / 1000));
    return translator(
        QStringLiteral("KVM is here, but QEMU fails under it: %1.").arg(complaintOf(output)));
}

// What an answer holds for: this boot, this QEMU, this user, this question.
QString keyOf(const QemuInstallation& qemu, const AcceleratorCheck& check)
{
    return QStringList { contentOf(QStringLiteral("/proc/sys/kernel/random/boot_id")),
        qemu.emulator, qemu.version, QString::number(qemu.modified.toMSecsSinceEpoch()),
        check.device, check.cpuModel, QString::number(::getuid()) }
        .join(QLatin1Char(' '));
}

std::optional<AcceleratorReport> recall(const QString& cacheFile, const QString& key)
{
    if (cacheFile.isEmpty())
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(contentOf(cacheFile).toUtf8()).object();
    if (object.value(QLatin1StringView("for")).toString() != key)
        return std::nullopt;
    const QString reason = object.value(QLatin1StringView("reason")).toString();
    if (object.value(QLatin1StringView("usable")).toBool())
        return kvm();
    return reason.isEmpty() ? std::nullopt : std::optional(translator(reason));
}

void remember(const QString& cacheFile, const QString& key, const AcceleratorReport& report)
{
    if (cacheFile.isEmpty())
        return;
    QDir().mkpath(QFileInfo(cacheFile).path());
    QSaveFile file(cacheFile);
    const QJsonObject object { { QStringLiteral("for"), key },
        { QStringLiteral("usable"), report.isKvmUsable },
        { QStringLiteral("reason"), report.reason } };
    if (file.open(QIODevice::WriteOnly)) {
        file.write(QJsonDocument(object).toJson());
        file.commit(); // failing costs no more than another trial
    }
}

// Null if the file can't be made.
std::shared_ptr<QTemporaryFile> firmwareFile()
{
    auto file = std::make_shared<QTemporaryFile>(
        QDir::tempPath() + QStringLiteral("/virtdeck-XXXXXX.rom"));
    const QByteArray firmware = trial::firmware();
    if (!file->open() || file->write(firmware) != firmware.size() || !file->flush())
        return nullptr;
    return file;
}

} // namespace

Future<AcceleratorReport> checkAccelerator(
    QObject* context, const QemuInstallation& qemu, const AcceleratorCheck& check)
{
    if (const auto refused = refusal(check.device))
        return async::ready<AcceleratorReport>(*refused);
    const QString key = keyOf(qemu, check);
    if (const auto known = recall(check.cacheFile, key))
        return async::ready<AcceleratorReport>(*known);
    const auto firmware = firmwareFile();
    if (!firmware)
        return async::ready<AcceleratorReport>(translator(
            QStringLiteral("KVM could not be tried: no temporary file can be written in %1.")
                .arg(QDir::tempPath())));

    auto promise = std::make_shared<Promise<AcceleratorReport>>();
    const QStringList arguments
        = trial::arguments(firmware->fileName(), QStringLiteral("kvm"), check.cpuModel);
    async::onFinished(runProgram(context, qemu.emulator, arguments, check.deadline), context,
        [promise, firmware, check, key](const Result<ProgramOutput>& output) {
            if (!output) {
                promise->finish(translator(
                    QStringLiteral("KVM could not be tried: %1.").arg(output.error().detail)));
                return;
            }
            const AcceleratorReport report = verdict(*output, check.deadline);
            if (!output->hasTimedOut || output->cpuTime >= kFairShare)
                remember(check.cacheFile, key, report);
            promise->finish(report);
        });
    return promise->future();
}

} // namespace vmm
