// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QTemporaryDir>

namespace tests {

/// A shell script that stands for a program, and counts how often it was run.
class FakeProgram {
public:
    FakeProgram(const QTemporaryDir& folder, const QByteArray& script,
        const QString& name = QStringLiteral("qemu-system-x86_64"))
        : m_path(folder.filePath(name))
    {
        QFile file(m_path);
        if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            file.write("#!/bin/sh\necho >> \"$0.runs\"\n" + script + "\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    const QString& path() const { return m_path; }

    int runs() const
    {
        QFile file(m_path + QStringLiteral(".runs"));
        return file.open(QIODevice::ReadOnly) ? int(file.readAll().count('\n')) : 0;
    }

private:
    QString m_path;
};

} // namespace tests
