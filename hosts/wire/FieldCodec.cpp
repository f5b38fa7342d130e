// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/FieldCodec.h"

#include "hosts/Metrics.h"

#include <cmath>

namespace hosts::wire {

namespace {

// Four digits of a year are enough for QDateTime.
constexpr qint64 kLastTimeMs = 253402300799999;

} // namespace

void writeValue(QCborStreamWriter& out, const QString& text)
{
    out.append(QStringView(text).left(kMaxXml));
}

void writeValue(QCborStreamWriter& out, const QByteArray& bytes)
{
    out.append(bytes.left(kMaxXml));
}

void writeValue(QCborStreamWriter& out, const QDateTime& time)
{
    if (time.isValid())
        out.append(time.toMSecsSinceEpoch());
    else
        out.append(nullptr);
}

void writeValue(QCborStreamWriter& out, const VmId& id)
{
    out.append(id.toRfc4122());
}

void writeValue(QCborStreamWriter& out, vmm::Bytes bytes)
{
    out.append(bytes.count());
}

void writeValue(QCborStreamWriter& out, bool value)
{
    out.append(value);
}

void writeValue(QCborStreamWriter& out, int value)
{
    out.append(value);
}

void writeValue(QCborStreamWriter& out, qint64 value)
{
    out.append(value);
}

void writeValue(QCborStreamWriter& out, double value)
{
    out.append(value);
}

void readValue(CborInput& in, QString& text)
{
    text = in.text(kMaxXml);
}

void readValue(CborInput& in, QByteArray& bytes)
{
    bytes = in.bytes(kMaxXml);
}

void readValue(CborInput& in, QDateTime& time)
{
    time = {};
    if (!in.skipNull())
        time = QDateTime::fromMSecsSinceEpoch(in.integer(0, kLastTimeMs), Qt::UTC);
}

void readValue(CborInput& in, VmId& id)
{
    id = in.id();
}

void readValue(CborInput& in, vmm::Bytes& bytes)
{
    bytes = vmm::Bytes::fromBytes(in.unsignedInteger());
}

void readValue(CborInput& in, bool& value)
{
    value = in.boolean();
}

void readValue(CborInput& in, int& value)
{
    value = static_cast<int>(
        in.integer(std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
}

void readValue(CborInput& in, qint64& value)
{
    value = in.integer(std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max());
}

void readValue(CborInput& in, double& value)
{
    value = in.number();
    if (!std::isfinite(value))
        value = kNotOffered;
}

} // namespace hosts::wire
