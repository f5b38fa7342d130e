// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <libvirt/libvirt.h>

#include <cstdlib>
#include <utility>

namespace hosts::libvirt {

/// Owns one reference of a libvirt object. Copies take a further reference, so that a value can go
/// into the jobs of several threads. Nothing else in VirtDeck calls the free functions.
template <typename Pointer, int (*ref)(Pointer), int (*release)(Pointer)> class Handle {
public:
    Handle() = default;
    /// Takes over the reference that a libvirt call returned.
    explicit Handle(Pointer pointer)
        : m_pointer(pointer)
    {
    }
    Handle(const Handle& other)
        : m_pointer(other.m_pointer)
    {
        if (m_pointer != nullptr)
            ref(m_pointer);
    }
    Handle(Handle&& other) noexcept
        : m_pointer(std::exchange(other.m_pointer, nullptr))
    {
    }
    Handle& operator=(Handle other) noexcept
    {
        std::swap(m_pointer, other.m_pointer);
        return *this;
    }
    ~Handle()
    {
        if (m_pointer != nullptr)
            release(m_pointer);
    }

    Pointer get() const { return m_pointer; }
    explicit operator bool() const { return m_pointer != nullptr; }

private:
    Pointer m_pointer = nullptr;
};

using Connection = Handle<virConnectPtr, virConnectRef, virConnectClose>;
using Domain = Handle<virDomainPtr, virDomainRef, virDomainFree>;
using Network = Handle<virNetworkPtr, virNetworkRef, virNetworkFree>;
using Pool = Handle<virStoragePoolPtr, virStoragePoolRef, virStoragePoolFree>;
using Stream = Handle<virStreamPtr, virStreamRef, virStreamFree>;
using Volume = Handle<virStorageVolPtr, virStorageVolRef, virStorageVolFree>;

/// A domain that somebody else owns (a record of a list): takes a reference of its own.
inline Domain shareDomain(virDomainPtr domain)
{
    virDomainRef(domain);
    return Domain(domain);
}

/// Owns a string that libvirt allocated.
class LibvirtString {
public:
    explicit LibvirtString(char* text)
        : m_text(text)
    {
    }
    LibvirtString(const LibvirtString&) = delete;
    LibvirtString& operator=(const LibvirtString&) = delete;
    ~LibvirtString() { std::free(m_text); }

    explicit operator bool() const { return m_text != nullptr; }
    QString toString() const { return QString::fromUtf8(m_text); }
    QByteArray toByteArray() const { return QByteArray(m_text); }

private:
    char* m_text = nullptr;
};

/// Owns what virConnectListAllDomains and its like return: an array and a reference to each member.
template <typename Pointer, int (*release)(Pointer)> class HandleList {
public:
    HandleList() = default;
    HandleList(const HandleList&) = delete;
    HandleList& operator=(const HandleList&) = delete;
    ~HandleList()
    {
        for (int i = 0; i < m_count; ++i)
            release(m_items[i]);
        std::free(m_items);
    }

    Pointer** out() { return &m_items; } ///< for the libvirt call
    void setCount(int count) { m_count = count > 0 ? count : 0; } ///< what it returned
    Pointer* begin() const { return m_items; }
    Pointer* end() const { return m_items + m_count; }
    int count() const { return m_count; }

private:
    Pointer* m_items = nullptr;
    int m_count = 0;
};

using DomainList = HandleList<virDomainPtr, virDomainFree>;
using PoolList = HandleList<virStoragePoolPtr, virStoragePoolFree>;

/// Owns the records of virConnectGetAllDomainStats and virDomainListGetStats.
class StatsRecords {
public:
    StatsRecords() = default;
    StatsRecords(const StatsRecords&) = delete;
    StatsRecords& operator=(const StatsRecords&) = delete;
    ~StatsRecords()
    {
        if (m_records != nullptr)
            virDomainStatsRecordListFree(m_records);
    }

    virDomainStatsRecordPtr** out() { return &m_records; }
    void setCount(int count) { m_count = count > 0 ? count : 0; }
    virDomainStatsRecordPtr* begin() const { return m_records; }
    virDomainStatsRecordPtr* end() const { return m_records + m_count; }
    int count() const { return m_count; }

private:
    virDomainStatsRecordPtr* m_records = nullptr;
    int m_count = 0;
};

} // namespace hosts::libvirt
