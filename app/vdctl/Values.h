// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"
#include "vmm/base/Result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

/// Values as they are typed and as they are printed.
namespace vdctl {

/// "512M", "8GiB", "1.5T", "4096": of bytes, K to T being powers of 1024. Errors: InvalidConfig.
vmm::Result<vmm::Bytes> parseSize(const QString& text);
/// A whole number from `minimum` on. Errors: InvalidConfig.
vmm::Result<int> parseNumber(const QString& text, int minimum);
/// "on" or "off". Errors: InvalidConfig.
vmm::Result<bool> parseSwitch(const QString& text);
/// What a file holds, or standard input for "-". Errors: Io, NotFound.
vmm::Result<QByteArray> readInput(const QString& path);

QString sizeText(vmm::Bytes size); ///< "512 MiB"
QString percentText(double share); ///< "12.5 %", "-" if not measured
QString rateText(double bytesPerSecond); ///< "1.2 MiB/s"
QString idText(const QUuid& id); ///< without braces

/// Columns of text, as wide as they need to be; the first row is the heading.
QString table(const QVector<QStringList>& rows);

QJsonObject json(const hosts::VmInfo& vm);
QJsonObject json(const hosts::HostInfo& info);
QJsonObject json(const vmm::SnapshotInfo& snapshot);
QJsonObject json(const vmm::CheckpointInfo& checkpoint);
QJsonObject json(const vmm::BackupReport& report);
QJsonObject json(const vmm::TrashedMachine& machine);
QJsonObject json(const vmm::ImageInfo& image);
QJsonObject json(const vmm::ImageUse& use);
QJsonObject json(const vmm::ImageCheck& check);
QJsonObject json(const vmm::GuestFacts& facts);
QJsonObject json(const vmm::GuestCommandResult& result);
QJsonObject json(const vmm::LoadDetail& load);
QJsonObject json(const vmm::HostLoadDetail& load);
QJsonObject json(const hosts::PoolInfo& pool);
QJsonObject json(const hosts::VolumeInfo& volume);
QJsonObject json(const hosts::NetworkInfo& network);
QJsonObject json(const hosts::DhcpLease& lease);
QJsonObject json(const hosts::MigrationObstacle& obstacle); ///< without a sentence
QJsonObject json(const vmm::Error& error);
QJsonValue json(double number); ///< null if not measured

template <typename T> QJsonArray jsonList(const QVector<T>& values)
{
    QJsonArray all;
    for (const T& value : values)
        all.append(json(value));
    return all;
}

QByteArray document(const QJsonObject& object); ///< one line
QByteArray document(const QJsonArray& array);

} // namespace vdctl
