// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/CborInput.h"

#include <QtEndian>

#include <limits>

namespace hosts::wire {

namespace {

constexpr int kMaxSkippedDepth = 16; // nesting of fields that a newer peer appended
constexpr qsizetype kUuidSize = 16;
constexpr qsizetype kDoubleSize = 8;

} // namespace

CborInput::CborInput(const QByteArray& bytes)
    : m_reader(bytes)
    , m_size(bytes.size())
{
}

void CborInput::fail(const char* what)
{
    if (!m_failure)
        m_failure = what;
}

bool CborInput::expect(bool isRightType, const char* what)
{
    if (m_failure)
        return false;
    if (m_reader.lastError() != QCborError::NoError)
        fail("no valid CBOR");
    else if (!isRightType)
        fail(what);
    return !m_failure;
}

void CborInput::next()
{
    if (!m_reader.next(kMaxSkippedDepth))
        fail("no valid CBOR");
}

bool CborInput::enter(quint64 minimum)
{
    if (!expect(m_reader.isArray() && m_reader.isLengthKnown(), "no array where one is due"))
        return false;
    if (m_reader.length() < minimum)
        fail("an array with too few elements");
    else if (!m_reader.enterContainer())
        fail("no valid CBOR");
    return !m_failure;
}

qsizetype CborInput::enterList(qsizetype maximum)
{
    if (!expect(m_reader.isArray() && m_reader.isLengthKnown(), "no array where one is due"))
        return 0;
    const quint64 length = m_reader.length();
    if (length > static_cast<quint64>(maximum))
        fail("a list that is too long");
    else if (!m_reader.enterContainer())
        fail("no valid CBOR");
    return m_failure ? 0 : static_cast<qsizetype>(length);
}

void CborInput::leave()
{
    while (!m_failure && m_reader.hasNext())
        next();
    if (!m_failure && !m_reader.leaveContainer())
        fail("no valid CBOR");
}

void CborInput::end()
{
    if (m_reader.currentOffset() != m_size)
        fail("bytes after the end");
}

bool CborInput::boolean()
{
    if (!expect(m_reader.isBool(), "no boolean where one is due"))
        return false;
    const bool value = m_reader.toBool();
    next();
    return value;
}

qint64 CborInput::integer(qint64 minimum, qint64 maximum)
{
    if (!expect(m_reader.isInteger(), "no integer where one is due"))
        return minimum;
    // A negative integer of CBOR reaches down to -2^64; toInteger() would wrap it around.
    const bool fits = m_reader.isUnsignedInteger()
        ? m_reader.toUnsignedInteger() <= static_cast<quint64>(std::numeric_limits<qint64>::max())
        : static_cast<quint64>(m_reader.toNegativeInteger()) - 1
            <= static_cast<quint64>(std::numeric_limits<qint64>::max());
    const qint64 value = fits ? m_reader.toInteger() : 0;
    if (!fits || value < minimum || value > maximum) {
        fail("a number out of range");
        return minimum;
    }
    next();
    return value;
}

quint64 CborInput::unsignedInteger()
{
    if (!expect(m_reader.isUnsignedInteger(), "no unsigned integer where one is due"))
        return 0;
    const quint64 value = m_reader.toUnsignedInteger();
    next();
    return value;
}

QString CborInput::text(qsizetype maxLength)
{
    if (!expect(m_reader.isString(), "no text where some is due"))
        return {};
    QString all;
    for (;;) {
        // The size is checked before it is read: a lie about it must not allocate. UTF-8 takes at
        // most three bytes for what is one unit of UTF-16.
        if (m_reader.currentStringChunkSize() > 3 * (maxLength - all.size())) {
            fail("a text that is too long");
            return {};
        }
        const auto chunk = m_reader.readString();
        if (chunk.status == QCborStreamReader::EndOfString)
            break;
        if (chunk.status == QCborStreamReader::Error) {
            fail("no valid text");
            return {};
        }
        all += chunk.data;
    }
    if (all.size() > maxLength) {
        fail("a text that is too long");
        return {};
    }
    return all;
}

QByteArray CborInput::bytes(qsizetype maxSize)
{
    if (!expect(m_reader.isByteArray(), "no bytes where some are due"))
        return {};
    QByteArray all;
    for (;;) {
        if (m_reader.currentStringChunkSize() > maxSize - all.size()) {
            fail("more bytes than allowed");
            return {};
        }
        const auto chunk = m_reader.readByteArray();
        if (chunk.status == QCborStreamReader::EndOfString)
            break;
        if (chunk.status == QCborStreamReader::Error) {
            fail("no valid bytes");
            return {};
        }
        all += chunk.data;
    }
    return all;
}

QUuid CborInput::id()
{
    const QByteArray raw = bytes(kUuidSize);
    if (raw.size() != kUuidSize) {
        fail("no UUID where one is due");
        return {};
    }
    return QUuid::fromRfc4122(raw);
}

QVector<QUuid> CborInput::ids(qsizetype maxCount)
{
    const QByteArray raw = bytes(maxCount * kUuidSize);
    if (raw.size() % kUuidSize != 0) {
        fail("bytes that are no list of UUIDs");
        return {};
    }
    QVector<QUuid> all;
    all.reserve(raw.size() / kUuidSize);
    for (qsizetype at = 0; at < raw.size(); at += kUuidSize)
        all.append(QUuid::fromRfc4122(QByteArrayView(raw).sliced(at, kUuidSize)));
    return all;
}

QVector<double> CborInput::doubles(qsizetype maxCount)
{
    const QByteArray raw = bytes(maxCount * kDoubleSize);
    if (raw.size() % kDoubleSize != 0) {
        fail("bytes that are no list of numbers");
        return {};
    }
    QVector<double> all(raw.size() / kDoubleSize);
    if (!all.isEmpty()) // there is no memory to copy to otherwise
        qFromLittleEndian<double>(raw.constData(), all.size(), all.data());
    return all;
}

double CborInput::number()
{
    if (!expect(m_reader.isDouble(), "no number where one is due"))
        return 0;
    const double value = m_reader.toDouble();
    next();
    return value;
}

bool CborInput::skipNull()
{
    if (m_failure || !m_reader.isNull())
        return false;
    next();
    return true;
}

} // namespace hosts::wire
