// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/qemu/CommandLine.h"

#include <QString>
#include <QStringList>

/// The machines of tests/golden: domain XML beside the command line that it must become.
namespace tests::golden {

/// Names of all machines, without ".xml".
QStringList machines();

/// Names of machines as libvirt 9.0 and virt-install 4.1 wrote them, for xml(): those that the
/// embedded core takes.
QStringList libvirtMachines();
/// All of tests/data/virt-install, with those it has reason to refuse: ".../refused-WHY".
QStringList virtInstallMachines();

/// The XML of one; an empty text (and a failed test) if it can't be read.
QString xml(const QString& machine);

/// The context that the goldens are made with. `folder` stands for /srv.
vmm::LaunchContext context(const QString& machine, const QString& folder = QStringLiteral("/srv"));

/// Compares with tests/golden/<file>, or writes it if UPDATE_GOLDEN=1. Empty if equal, else how it
/// differs.
QString difference(const QString& file, const QString& actual);

} // namespace tests::golden
