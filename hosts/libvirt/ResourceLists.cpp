// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/ResourceLists.h"

#include <libvirt/virterror.h>

#include <cstdlib>
#include <vector>

namespace hosts::libvirt {

namespace {

bool lacksCall(int answer)
{
    const virErrorPtr last = answer < 0 ? virGetLastError() : nullptr;
    return last != nullptr && last->code == VIR_ERR_NO_SUPPORT;
}

/// The names that one pair of calls tells: how many, and which. False: libvirt's error.
template <typename Count, typename Names>
bool addNames(Count count, Names names, std::vector<QByteArray>& all)
{
    const int expected = count();
    if (expected < 0)
        return false;
    std::vector<char*> room(static_cast<size_t>(expected));
    const int told = expected > 0 ? names(room.data(), expected) : 0;
    for (int i = 0; i < told; ++i)
        all.push_back(LibvirtString(room[static_cast<size_t>(i)]).toByteArray());
    return told >= 0;
}

/// As if one call had listed them.
template <typename Pointer, int (*release)(Pointer), typename LookUp>
int takeNamed(
    HandleList<Pointer, release>& list, const std::vector<QByteArray>& names, LookUp lookUp)
{
    auto* items = static_cast<Pointer*>(std::calloc(names.size() + 1, sizeof(Pointer)));
    *list.out() = items;
    int count = 0;
    for (const QByteArray& name : names) {
        if (const Pointer found = lookUp(name.constData()))
            items[count++] = found;
    }
    list.setCount(count);
    return count;
}

} // namespace

int listAllPools(const Connection& connection, PoolList& list, bool onlyActive)
{
    virConnectPtr host = connection.get();
    const int count = virConnectListAllStoragePools(
        host, list.out(), onlyActive ? unsigned(VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE) : 0u);
    list.setCount(count);
    if (!lacksCall(count))
        return count;
    std::vector<QByteArray> names;
    const bool isActiveTold = addNames([&] { return virConnectNumOfStoragePools(host); },
        [&](char** room, int size) { return virConnectListStoragePools(host, room, size); }, names);
    if (!isActiveTold)
        return -1;
    const bool isRestTold = onlyActive
        || addNames([&] { return virConnectNumOfDefinedStoragePools(host); },
            [&](char** room, int size) {
                return virConnectListDefinedStoragePools(host, room, size);
            },
            names)
        || lacksCall(-1); // then they are all active
    if (!isRestTold)
        return -1;
    return takeNamed(
        list, names, [&](const char* name) { return virStoragePoolLookupByName(host, name); });
}

int listAllVolumes(virStoragePoolPtr pool, VolumeList& list)
{
    const int count = virStoragePoolListAllVolumes(pool, list.out(), 0);
    list.setCount(count);
    if (!lacksCall(count))
        return count;
    std::vector<QByteArray> names;
    const bool isTold = addNames([&] { return virStoragePoolNumOfVolumes(pool); },
        [&](char** room, int size) { return virStoragePoolListVolumes(pool, room, size); }, names);
    if (!isTold)
        return -1;
    return takeNamed(
        list, names, [&](const char* name) { return virStorageVolLookupByName(pool, name); });
}

} // namespace hosts::libvirt
