// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LatestAnswer.h"

#include <QPointer>

#include <functional>

namespace ui {

/// The volumes of a pool for a dialog that depends on them: asked for at once, and anew when they
/// change while it is open.
class PoolContents : public QObject {
public:
    /// `told` is called with every answer.
    PoolContents(
        hosts::Host* host, const QString& pool, std::function<void()> told, QObject* parent);

    /// Until then nobody knows whether a name is free.
    bool isKnown() const { return m_isKnown; }
    /// Why it isn't known; nothing while the host is being asked.
    const std::optional<vmm::Error>& error() const { return m_error; }
    const hosts::VolumeInfo* find(const QString& name) const; ///< valid until the next answer

private:
    void ask();
    void take(const vmm::Result<QVector<hosts::VolumeInfo>>& volumes);

    QPointer<hosts::Host> m_host;
    QString m_pool;
    std::function<void()> m_told;
    models::LatestAnswer m_question;
    QVector<hosts::VolumeInfo> m_volumes;
    std::optional<vmm::Error> m_error;
    bool m_isKnown = false;
};

} // namespace ui
