// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the embedded host answers about images, snapshots and clones.
#include "hosts/embedded/EmbeddedHost.h"

namespace hosts::embedded {

vmm::Future<QVector<vmm::ImageUse>> EmbeddedHost::answer(const ListImages&)
{
    return m_storage->images().list();
}

vmm::Future<vmm::ImageChain> EmbeddedHost::answer(const InspectImage& operation)
{
    return m_storage->images().inspect(operation.path);
}

vmm::Future<void> EmbeddedHost::answer(const CreateImage& operation)
{
    return m_storage->images().create(operation.image);
}

vmm::Future<void> EmbeddedHost::answer(const ResizeImage& operation)
{
    return m_storage->images().resize(operation.path, operation.size);
}

vmm::Future<void> EmbeddedHost::answer(const ConvertImage& operation)
{
    return m_storage->images().convert(operation.conversion);
}

vmm::Future<void> EmbeddedHost::answer(const FlattenImage& operation)
{
    return m_storage->images().flatten(operation.path);
}

vmm::Future<vmm::ImageCheck> EmbeddedHost::answer(const CheckImage& operation)
{
    return m_storage->images().check(operation.path, operation.repair);
}

vmm::Future<void> EmbeddedHost::answer(const DeleteImage& operation)
{
    return m_storage->images().remove(operation.path);
}

} // namespace hosts::embedded
