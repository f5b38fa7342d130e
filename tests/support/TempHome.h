// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/qemu/Core.h"

#include <QTemporaryDir>

namespace tests {

/// A home of its own for one test: data folder and runtime folder, both gone afterwards.
class TempHome {
public:
    QString path(const QString& name = {}) const { return m_folder.filePath(name); }
    QString dataFolder() const { return path(QStringLiteral("data")); }
    QString runtimeFolder() const { return path(QStringLiteral("run")); }

    /// A file with that content, anywhere below.
    QString write(const QString& name, const QByteArray& content) const;

    /// For a core with the real QEMU and its translator.
    vmm::CoreOptions options() const;
    /// For a core with a fake-qemu (tests/support/programs/fake_qemu.cpp) that behaves as `mode`
    /// says.
    vmm::CoreOptions fakeOptions(const QString& mode = QStringLiteral("normal")) const;

private:
    QTemporaryDir m_folder;
};

/// Domain XML of a small machine without disks, for anything that needs no guest.
QString smallDomainXml(
    const QString& name, const QUuid& id = QUuid::createUuid(), const QString& extraDevices = {});

} // namespace tests
