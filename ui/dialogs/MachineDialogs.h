// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QCoreApplication>

namespace ui {

/// The small dialogs that ask for what an operation on one machine needs, then begin it.
class MachineDialogs {
    Q_DECLARE_TR_FUNCTIONS(ui::MachineDialogs)

public:
    static void rename(Context& context, const models::VmRef& vm, QWidget* parent);
    static void takeSnapshot(Context& context, const models::VmRef& vm, QWidget* parent);
    static void growDisk(Context& context, const models::VmRef& vm, const QString& target,
        const QString& path, QWidget* parent);
    static void editNotes(Context& context, const models::VmRef& vm, QWidget* parent);
    static void dumpMemory(Context& context, const models::VmRef& vm, QWidget* parent);
    static void guestPassword(Context& context, const models::VmRef& vm, QWidget* parent);
    static void screenPassword(Context& context, const models::VmRef& vm, QWidget* parent);
    static void setTemplate(Context& context, const models::VmRef& vm, QWidget* parent);
    static void revertSnapshot(
        Context& context, const models::VmRef& vm, const QString& name, QWidget* parent);
    static void deleteSnapshot(
        Context& context, const models::VmRef& vm, const QString& name, QWidget* parent);

    /// Why a name can't be given to a machine of a host; empty if it can. `except` may keep it.
    static QString nameProblem(const Context& context, const hosts::Host* host, const QString& name,
        hosts::VmId except = {});
};

} // namespace ui
