// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QCoreApplication>

namespace ui {

/// The dialogs that ask for what an operation on a volume needs, then begin it. `present`: the
/// volumes that are in the pool already.
class VolumeDialogs {
    Q_DECLARE_TR_FUNCTIONS(ui::VolumeDialogs)

public:
    static void create(Context& context, hosts::Host* host, const hosts::PoolInfo& pool,
        const QVector<hosts::VolumeInfo>& present, QWidget* parent);
    static void upload(
        Context& context, hosts::Host* host, const hosts::PoolInfo& pool, QWidget* parent);
    static void download(
        Context& context, hosts::Host* host, const hosts::VolumeInfo& volume, QWidget* parent);
    static void grow(
        Context& context, hosts::Host* host, const hosts::VolumeInfo& volume, QWidget* parent);
    static void clone(Context& context, hosts::Host* host, const hosts::VolumeInfo& volume,
        const QVector<hosts::PoolInfo>& pools, QWidget* parent);
    static void remove(
        Context& context, hosts::Host* host, const hosts::VolumeInfo& volume, QWidget* parent);

private:
    static QString nameProblem(const QString& name);
};

} // namespace ui
