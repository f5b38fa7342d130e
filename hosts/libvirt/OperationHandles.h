// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Handles.h"

namespace hosts::libvirt {

// The handles that only operations need; the others are in Handles.h.

using DomainSnapshot = Handle<virDomainSnapshotPtr, virDomainSnapshotRef, virDomainSnapshotFree>;
using DomainCheckpoint
    = Handle<virDomainCheckpointPtr, virDomainCheckpointRef, virDomainCheckpointFree>;
using VolumeList = HandleList<virStorageVolPtr, virStorageVolFree>;
using DomainSnapshotList = HandleList<virDomainSnapshotPtr, virDomainSnapshotFree>;
using DomainCheckpointList = HandleList<virDomainCheckpointPtr, virDomainCheckpointFree>;

/// Owns an array of typed parameters, whether libvirt or we fill it.
class TypedParameters {
public:
    TypedParameters() = default;
    TypedParameters(const TypedParameters&) = delete;
    TypedParameters& operator=(const TypedParameters&) = delete;
    ~TypedParameters() { virTypedParamsFree(m_items, m_count); }

    virTypedParameterPtr* out() { return &m_items; } ///< for the libvirt call
    int* outCount() { return &m_count; }
    virTypedParameterPtr get() const { return m_items; }
    int count() const { return m_count; }

    bool add(const char* name, unsigned long long value)
    {
        return virTypedParamsAddULLong(&m_items, &m_count, &m_capacity, name, value) == 0;
    }

    bool add(const char* name, const QByteArray& text)
    {
        return virTypedParamsAddString(&m_items, &m_count, &m_capacity, name, text.constData())
            == 0;
    }

    QString text(const QByteArray& name) const
    {
        const char* value = nullptr;
        virTypedParamsGetString(m_items, m_count, name.constData(), &value);
        return QString::fromUtf8(value);
    }
    unsigned long long number(const QByteArray& name) const
    {
        unsigned long long value = 0;
        virTypedParamsGetULLong(m_items, m_count, name.constData(), &value);
        return value;
    }
    unsigned int count(const QByteArray& name) const
    {
        unsigned int value = 0;
        virTypedParamsGetUInt(m_items, m_count, name.constData(), &value);
        return value;
    }
    int integer(const QByteArray& name) const
    {
        int value = 0;
        virTypedParamsGetInt(m_items, m_count, name.constData(), &value);
        return value;
    }

private:
    virTypedParameterPtr m_items = nullptr;
    int m_count = 0;
    int m_capacity = 0;
};

/// Owns what virDomainInterfaceAddresses returns.
class InterfaceAddresses {
public:
    InterfaceAddresses() = default;
    InterfaceAddresses(const InterfaceAddresses&) = delete;
    InterfaceAddresses& operator=(const InterfaceAddresses&) = delete;
    ~InterfaceAddresses()
    {
        for (int i = 0; i < m_count; ++i)
            virDomainInterfaceFree(m_items[i]);
        std::free(m_items);
    }

    virDomainInterfacePtr** out() { return &m_items; }
    void setCount(int count) { m_count = count > 0 ? count : 0; }
    virDomainInterfacePtr* begin() const { return m_items; }
    virDomainInterfacePtr* end() const { return m_items + m_count; }

private:
    virDomainInterfacePtr* m_items = nullptr;
    int m_count = 0;
};

} // namespace hosts::libvirt
