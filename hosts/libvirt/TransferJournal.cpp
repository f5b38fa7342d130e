// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/TransferJournal.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

namespace hosts::libvirt {

namespace {

const auto kConfirmed = QStringLiteral("confirmed");
const auto kSize = QStringLiteral("size");
const auto kChanged = QStringLiteral("changed");
const auto kOurs = QStringLiteral("ours");

QString folder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
        + QStringLiteral("/virtdeck/uploads");
}

// Beyond the whole numbers of a JSON number.
QString number(qint64 value)
{
    return QString::number(value);
}

} // namespace

TransferJournal::TransferJournal(
    const QString& uri, const QString& pool, const QString& volume, const QString& file)
{
    const QByteArray key = QStringList { uri, pool, volume, file }.join(QLatin1Char('\n')).toUtf8();
    m_path = folder() + QLatin1Char('/')
        + QString::fromLatin1(
            QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex().left(32))
        + QStringLiteral(".json");
}

std::optional<TransferJournal::Entry> TransferJournal::read() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(file.read(4096)).object();
    const Entry entry { .confirmed = object.value(kConfirmed).toString().toLongLong(),
        .size = object.value(kSize).toString().toLongLong(),
        .changed = object.value(kChanged).toString().toLongLong(),
        .isOurs = object.value(kOurs).toBool() };
    if (entry.confirmed < 0 || entry.confirmed > entry.size)
        return std::nullopt;
    return entry;
}

void TransferJournal::write(const Entry& entry) const
{
    QDir().mkpath(folder());
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.write(QJsonDocument(
        QJsonObject { { kConfirmed, number(entry.confirmed) }, { kSize, number(entry.size) },
            { kChanged, number(entry.changed) }, { kOurs, entry.isOurs } })
                   .toJson(QJsonDocument::Compact));
    file.commit();
}

void TransferJournal::remove() const
{
    QFile::remove(m_path);
}

} // namespace hosts::libvirt
