// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCborStreamReader>
#include <QString>
#include <QUuid>
#include <QVector>

#include <optional>

namespace hosts::wire {

/// Reads CBOR that may be hostile: every value is asked for by type and range. The first surprise
/// makes the input `failed`, after which all reads return harmless defaults; so a decoder reads on
/// without a test at each field and asks once, at its end.
class CborInput {
public:
    explicit CborInput(const QByteArray& bytes);

    bool hasFailed() const { return m_failure != nullptr; }
    const char* failure() const { return m_failure; } ///< what was wrong; nullptr if nothing
    qint64 offset() const { return m_reader.currentOffset(); }
    void fail(const char* what);

    /// Enters an array of at least `minimum` elements; the rest is skipped by leave().
    bool enter(quint64 minimum);
    /// Enters an array of any length up to `maximum`; returns its length.
    qsizetype enterList(qsizetype maximum);
    void leave();
    /// Insists that nothing follows.
    void end();

    bool boolean();
    qint64 integer(qint64 minimum, qint64 maximum);
    quint64 unsignedInteger();
    QString text(qsizetype maxLength);
    QByteArray bytes(qsizetype maxSize);
    QUuid id();
    QVector<QUuid> ids(qsizetype maxCount); ///< from one byte string, 16 bytes each
    QVector<double> doubles(qsizetype maxCount); ///< from one byte string, little endian
    double number(); ///< any finite or infinite double, NaN
    bool skipNull(); ///< true: there was a null, and it is consumed

    /// An enumerator by its stable name.
    template <typename Enum> Enum named(std::optional<Enum> (*fromString)(const QString&))
    {
        const std::optional<Enum> value = fromString(text(64));
        if (!value)
            fail("an unknown name");
        return value.value_or(Enum {});
    }

private:
    bool expect(bool isRightType, const char* what);
    void next();

    QCborStreamReader m_reader;
    qint64 m_size = 0;
    const char* m_failure = nullptr;
};

} // namespace hosts::wire
