// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/PoolContents.h"

namespace ui {

PoolContents::PoolContents(
    hosts::Host* host, const QString& pool, std::function<void()> told, QObject* parent)
    : QObject(parent)
    , m_host(host)
    , m_pool(pool)
    , m_told(std::move(told))
{
    connect(host, &hosts::Host::resourcesChanged, this, [this](hosts::ResourceKind kind) {
        if (kind == hosts::ResourceKind::Storage)
            ask();
    });
    connect(host, &hosts::Host::connectionChanged, this, [this](hosts::ConnectionState state) {
        if (state == hosts::ConnectionState::Connected)
            ask();
    });
    ask();
}

const hosts::VolumeInfo* PoolContents::find(const QString& name) const
{
    for (const hosts::VolumeInfo& volume : m_volumes) {
        if (volume.name == name)
            return &volume;
    }
    return nullptr;
}

void PoolContents::ask()
{
    if (m_host)
        m_question.ask(m_host, hosts::ListVolumes { m_pool }, this,
            [this](const vmm::Result<QVector<hosts::VolumeInfo>>& volumes) { take(volumes); });
}

void PoolContents::take(const vmm::Result<QVector<hosts::VolumeInfo>>& volumes)
{
    m_isKnown = volumes.has_value();
    m_error = volumes ? std::nullopt : std::optional(volumes.error());
    if (volumes)
        m_volumes = *volumes;
    m_told();
}

} // namespace ui
