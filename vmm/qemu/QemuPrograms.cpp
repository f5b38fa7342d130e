// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/QemuPrograms.h"

#include "vmm/qemu/ProgramRun.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSaveFile>
#include <QStandardPaths>

namespace vmm {

namespace {

constexpr std::chrono::milliseconds kDeadline { 2'500 }; // for each of two questions

constexpr QLatin1StringView kEmulatorName("qemu-system-x86_64");
constexpr QLatin1StringView kImageToolName("qemu-img");

// Which program file the remembered answers are about.
QString fingerprintOf(const QemuInstallation& qemu)
{
    return QStringLiteral("%1 %2 %3")
        .arg(qemu.emulator)
        .arg(qemu.modified.toMSecsSinceEpoch())
        .arg(QFileInfo(qemu.emulator).size());
}

bool recall(QemuInstallation& qemu, const QString& cacheFile)
{
    QFile file(cacheFile);
    if (cacheFile.isEmpty() || !file.open(QIODevice::ReadOnly))
        return false;
    const QJsonObject object = QJsonDocument::fromJson(file.read(1 << 16)).object();
    if (object.value(QLatin1StringView("program")).toString() != fingerprintOf(qemu))
        return false;
    qemu.version = object.value(QLatin1StringView("version")).toString();
    qemu.hasSpice = object.value(QLatin1StringView("spice")).toBool();
    return !qemu.version.isEmpty() && qemu.hasSpice;
}

// Only a QEMU with SPICE is remembered: its modules are files of their own, and may be installed
// without a change of the program.
void remember(const QemuInstallation& qemu, const QString& cacheFile)
{
    if (cacheFile.isEmpty() || !qemu.hasSpice)
        return;
    QDir().mkpath(QFileInfo(cacheFile).path());
    QSaveFile file(cacheFile);
    const QJsonObject object { { QStringLiteral("program"), fingerprintOf(qemu) },
        { QStringLiteral("version"), qemu.version }, { QStringLiteral("spice"), qemu.hasSpice } };
    if (file.open(QIODevice::WriteOnly)) {
        file.write(QJsonDocument(object).toJson());
        file.commit(); // failing costs no more than asking again
    }
}

Result<QString> versionFrom(const ProgramOutput& output, const QString& program)
{
    if (output.hasTimedOut)
        return Error { ErrorKind::TimedOut, program, QStringLiteral("does not tell its version") };
    static const QRegularExpression version(QStringLiteral("version (\\d+(?:\\.\\d+)+)"));
    const auto match = version.match(QString::fromUtf8(output.standardOutput));
    if (!output.isSuccess() || !match.hasMatch())
        return Error { ErrorKind::ProcessFailed, program,
            QStringLiteral("does not tell its version: ") + output.lastWords() };
    return match.captured(1);
}

Future<QString> askVersion(QObject* context, const QString& program)
{
    auto promise = std::make_shared<Promise<QString>>();
    async::onFinished(runProgram(context, program, { QStringLiteral("-version") }, kDeadline),
        context, [promise, program](const Result<ProgramOutput>& output) {
            if (output)
                promise->finish(versionFrom(*output, program));
            else
                promise->finish(output.error());
        });
    return promise->future();
}

// QEMU lists the options of -spice if it can load its SPICE module, and refuses otherwise. The exit
// code says nothing: 7.2 ends with 1 after the list.
Future<bool> askSpice(QObject* context, const QString& program)
{
    auto promise = std::make_shared<Promise<bool>>();
    async::onFinished(runProgram(context, program,
                          { QStringLiteral("-spice"), QStringLiteral("help") }, kDeadline),
        context, [promise](const Result<ProgramOutput>& output) {
            promise->finish(output && !output->hasTimedOut
                && output->standardOutput.contains("disable-ticketing"));
        });
    return promise->future();
}

} // namespace

Future<QemuInstallation> findQemu(
    QObject* context, const QString& cacheFile, const QStringList& searchPath)
{
    QemuInstallation qemu;
    qemu.emulator = QStandardPaths::findExecutable(kEmulatorName, searchPath);
    if (qemu.emulator.isEmpty()) {
        const QString sought = searchPath.isEmpty() ? qEnvironmentVariable("PATH")
                                                    : searchPath.join(QLatin1Char(':'));
        return async::failed<QemuInstallation>(Error { ErrorKind::NotFound, kEmulatorName,
            QStringLiteral("sought in ") + sought, ErrorCause::QemuMissing });
    }
    qemu.imageTool = QStandardPaths::findExecutable(kImageToolName, searchPath);
    qemu.modified = QFileInfo(qemu.emulator).lastModified().toUTC();
    if (recall(qemu, cacheFile))
        return async::ready<QemuInstallation>(qemu);

    return async::andThen(askVersion(context, qemu.emulator), context,
        [context, cacheFile, qemu](const QString& version) {
            return async::andThen(askSpice(context, qemu.emulator), context,
                [cacheFile, qemu, version](bool hasSpice) {
                    QemuInstallation found = qemu;
                    found.version = version;
                    found.hasSpice = hasSpice;
                    remember(found, cacheFile);
                    return async::ready<QemuInstallation>(found);
                });
        });
}

Result<void> requireSpice(const QemuInstallation& qemu)
{
    if (qemu.hasSpice)
        return {};
    return Error { ErrorKind::HostLacksFeature, qemu.emulator,
        QStringLiteral("QEMU %1 can't load its SPICE modules").arg(qemu.version),
        ErrorCause::QemuLacksSpice };
}

} // namespace vmm
