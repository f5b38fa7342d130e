// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/gui/WindowFixture.h"

#include <QPushButton>

namespace tests {

/// Tests that each drive a real window of their own with one fake host; a warning of ours fails
/// them.
class WindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(warningsOfOurs());
        m_fixture = std::make_unique<WindowFixture>();
        m_host = m_fixture->addHost();
    }
    void cleanup() { m_fixture.reset(); }

protected:
    /// The window with a machine named "web" that is selected.
    hosts::VmId openVm(vmm::VmState state, ui::VmPage::Tab tab)
    {
        const hosts::VmId vm = m_host->addVm(QStringLiteral("web"), state);
        m_fixture->open();
        for (int i = 0; i < 100 && m_host->connectionState() != hosts::ConnectionState::Connected;
             ++i)
            QTest::qWait(1);
        m_fixture->window->showVm({ m_host, vm }, tab);
        return vm;
    }
    static QString text(const char* latin1) { return QString::fromLatin1(latin1); }
    void click(const char* name) { QTest::mouseClick(button(name), Qt::LeftButton); }
    QPushButton* button(const char* name) const { return m_fixture->find<QPushButton>(name); }

    std::unique_ptr<WindowFixture> m_fixture;
    FakeHost* m_host = nullptr;
};

} // namespace tests
