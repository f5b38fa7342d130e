// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QProcess>

#include <unistd.h>

namespace tests {

/// A network bridge of this computer, with nothing at it, for as long as this lives. It needs root.
class TestBridge {
public:
    TestBridge()
        : m_name(QStringLiteral("vdbr%1").arg(::getpid() % 10000))
        , m_exists(::geteuid() == 0
              && ip({ QStringLiteral("add"), m_name, QStringLiteral("type"),
                  QStringLiteral("bridge") }))
    {
    }
    ~TestBridge()
    {
        if (m_exists)
            ip({ QStringLiteral("del"), m_name });
    }
    Q_DISABLE_COPY_MOVE(TestBridge)

    bool exists() const { return m_exists; }
    const QString& name() const { return m_name; }
    /// How many cards are plugged into it.
    qsizetype portCount() const
    {
        return QDir(QStringLiteral("/sys/class/net/%1/brif").arg(m_name))
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot)
            .size();
    }

private:
    static bool ip(const QStringList& arguments)
    {
        return QProcess::execute(
                   QStringLiteral("ip"), QStringList { QStringLiteral("link") } + arguments)
            == 0;
    }

    QString m_name;
    bool m_exists;
};

} // namespace tests
