// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/QmpParser.h"

#include <QJsonDocument>

namespace vmm {

namespace {

constexpr qsizetype kExcerpt = 200;

QmpMessage malformed(const QString& reason, QByteArrayView line)
{
    return { .kind = QmpMessage::Kind::Malformed,
        .text = reason + QStringLiteral(": ")
            + QString::fromUtf8(line.first(qMin(line.size(), kExcerpt))) };
}

qint64 idOf(const QJsonObject& object)
{
    const QJsonValue id = object.value(QLatin1StringView("id"));
    return id.isDouble() ? id.toInteger(QmpMessage::kNoId) : QmpMessage::kNoId;
}

QString versionOf(const QJsonObject& greeting)
{
    const QJsonObject qemu = greeting.value(QLatin1StringView("version"))
                                 .toObject()
                                 .value(QLatin1StringView("qemu"))
                                 .toObject();
    return QStringLiteral("%1.%2.%3")
        .arg(qemu.value(QLatin1StringView("major")).toInt())
        .arg(qemu.value(QLatin1StringView("minor")).toInt())
        .arg(qemu.value(QLatin1StringView("micro")).toInt());
}

QmpMessage failureFrom(const QJsonObject& object, const QJsonObject& error)
{
    const QString errorClass = error.value(QLatin1StringView("class")).toString();
    const QString description = error.value(QLatin1StringView("desc")).toString();
    return { .kind = QmpMessage::Kind::Failure,
        .id = idOf(object),
        .errorClass = errorClass,
        .text = errorClass + QStringLiteral(": ") + description };
}

} // namespace

QVector<QmpMessage> QmpParser::feed(QByteArrayView bytes)
{
    QVector<QmpMessage> messages;
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const bool isComplete = end >= 0;
        const QByteArrayView piece = isComplete ? bytes.first(end) : bytes;
        bytes = isComplete ? bytes.sliced(end + 1) : QByteArrayView();
        if (!m_isSkipping && m_line.size() + piece.size() > m_lineLimit) {
            messages.append(
                malformed(QStringLiteral("a line beyond %1 bytes").arg(m_lineLimit), m_line));
            m_line.clear();
            m_isSkipping = true;
        }
        if (!m_isSkipping)
            m_line.append(piece);
        if (!isComplete)
            continue;
        const QByteArray line = std::exchange(m_line, {}).trimmed();
        if (!std::exchange(m_isSkipping, false) && !line.isEmpty())
            messages.append(parseLine(line));
    }
    return messages;
}

QmpMessage QmpParser::parseLine(QByteArrayView line)
{
    QJsonParseError problem;
    const QJsonDocument document
        = QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size()), &problem);
    if (problem.error != QJsonParseError::NoError)
        return malformed(problem.errorString(), line);
    if (!document.isObject())
        return malformed(QStringLiteral("not an object"), line);

    const QJsonObject object = document.object();
    const QJsonValue event = object.value(QLatin1StringView("event"));
    if (event.isString())
        return { .kind = QmpMessage::Kind::Event,
            .event = { .name = event.toString(),
                .data = object.value(QLatin1StringView("data")).toObject() } };
    const QJsonValue value = object.value(QLatin1StringView("return"));
    if (!value.isUndefined())
        return { .kind = QmpMessage::Kind::Return, .id = idOf(object), .value = value };
    const QJsonValue error = object.value(QLatin1StringView("error"));
    if (error.isObject())
        return failureFrom(object, error.toObject());
    const QJsonValue greeting = object.value(QLatin1StringView("QMP"));
    if (greeting.isObject())
        return { .kind = QmpMessage::Kind::Greeting, .text = versionOf(greeting.toObject()) };
    return { .kind = QmpMessage::Kind::Unknown,
        .text = QString::fromUtf8(line.first(qMin(line.size(), kExcerpt))) };
}

} // namespace vmm
