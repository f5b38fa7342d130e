// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QDoubleSpinBox>

namespace ui {

// What the dialogs about storage and networks have in common.

/// As a task, if the host is still there.
inline void beginOn(Context& context, hosts::Host* host, const hosts::Operation& operation)
{
    if (context.workspace.hosts.contains(host))
        context.workspace.commands.run(host, operation);
}

inline constexpr double kGibibyte = 1024.0 * 1024 * 1024;

inline vmm::Bytes sizeOf(const QDoubleSpinBox* spin)
{
    return vmm::Bytes::fromBytes(static_cast<quint64>(spin->value() * kGibibyte));
}

inline QDoubleSpinBox* sizeSpin(double gibibytes)
{
    auto* spin = new QDoubleSpinBox;
    spin->setRange(0, 65536);
    spin->setDecimals(2);
    spin->setSuffix(QStringLiteral(" GiB"));
    spin->setValue(gibibytes);
    return spin;
}

inline double gibibytesOf(vmm::Bytes size)
{
    return static_cast<double>(size.count()) / kGibibyte;
}

} // namespace ui
