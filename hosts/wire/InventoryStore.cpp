// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/InventoryStore.h"

#include "hosts/wire/Frame.h"
#include "hosts/wire/MessageCodec.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace hosts::wire {

namespace {

using vmm::Error;
using vmm::ErrorKind;

const auto kProgram = QStringLiteral("inventory");

Error broken(const QString& path, const QString& what)
{
    return { ErrorKind::ProtocolViolation, path, what };
}

/// The hello of a file; its one ability is the time, in milliseconds since 1970 UTC.
Hello headOf(const HostUri& uri, const QDateTime& lastSeen)
{
    return { .protocol = InventoryStore::kFormat,
        .program = kProgram,
        .abilities = { QString::number(lastSeen.toMSecsSinceEpoch()) },
        .uri = uri.toString() };
}

vmm::Result<QDateTime> readHead(const Message& message, const HostUri& uri)
{
    const auto* head = std::get_if<Hello>(&message);
    if (!head || head->program != kProgram || head->protocol != InventoryStore::kFormat)
        return broken({}, QStringLiteral("another format"));
    if (head->uri != uri.toString())
        return broken({}, QStringLiteral("of another host"));
    bool isNumber = false;
    const qint64 ms = head->abilities.value(0).toLongLong(&isNumber);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
    if (!isNumber || ms <= 0 || time > QDateTime::currentDateTimeUtc().addDays(1))
        return broken({}, QStringLiteral("without a sensible time"));
    return time;
}

} // namespace

QString InventoryStore::pathFor(const HostUri& uri) const
{
    const QByteArray hash
        = QCryptographicHash::hash(uri.toString().toUtf8(), QCryptographicHash::Sha256);
    return m_folder + QLatin1Char('/') + QString::fromLatin1(hash.toHex().left(32))
        + QStringLiteral(".inventory");
}

vmm::Result<KnownHost> InventoryStore::load(const HostUri& uri) const
{
    QFile file(pathFor(uri));
    if (!file.open(QIODevice::ReadOnly))
        return Error { file.exists() ? ErrorKind::Io : ErrorKind::NotFound, file.fileName(),
            file.errorString() };
    if (file.size() > kMaxSize)
        return broken(file.fileName(), QStringLiteral("too big"));
    FrameReader frames;
    frames.feed(file.read(kMaxSize));
    KnownHost known;
    for (int index = 0;; ++index) {
        const auto frame = frames.next();
        if (!frame)
            return broken(file.fileName(), frame.error().detail);
        if (!frame->has_value())
            break;
        const auto message = decode(**frame);
        if (!message)
            return broken(file.fileName(), message.error().detail);
        if (index == 0)
            known.lastSeen = TRY(readHead(*message, uri));
        else if (const auto* info = std::get_if<InfoEvent>(&*message))
            known.info = info->info;
        else if (const auto* part = std::get_if<InventoryEvent>(&*message))
            known.vms += part->change.changed;
        else
            return broken(file.fileName(), QStringLiteral("a message that does not belong there"));
    }
    if (!known.lastSeen.isValid())
        return broken(file.fileName(), QStringLiteral("empty"));
    return known;
}

vmm::Result<void> InventoryStore::save(const HostUri& uri, const KnownHost& known) const
{
    if (!QDir().mkpath(m_folder))
        return Error { ErrorKind::Io, m_folder };
    QSaveFile file(pathFor(uri));
    const auto fail = [&file] {
        return Error { ErrorKind::Io, file.fileName(), file.errorString() };
    };
    if (!file.open(QIODevice::WriteOnly))
        return fail();
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(framed(encode(headOf(uri, known.lastSeen))));
    file.write(framed(encode(InfoEvent { .info = known.info })));
    for (const InventoryEvent& part : divided({ .isComplete = true, .changed = known.vms }))
        file.write(framed(encode(part)));
    if (file.size() > kMaxSize) {
        file.cancelWriting();
        return Error { ErrorKind::Io, file.fileName(), QStringLiteral("too big to be kept") };
    }
    if (!file.commit())
        return fail();
    return {};
}

} // namespace hosts::wire
