// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/FurtherDisplays.h"

#include "console/ClipboardBridge.h"
#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "ui/widgets/HeadWindow.h"

namespace ui {

FurtherDisplays::FurtherDisplays(console::ConsoleSession& session)
    : m_session(session)
{
}

FurtherDisplays::~FurtherDisplays()
{
    qDeleteAll(m_windows);
}

void FurtherDisplays::show(int number, bool isOn)
{
    m_session.requestHead(number, isOn);
    if (isOn && !window(number))
        open(number);
    else if (!isOn)
        drop(number);
}

void FurtherDisplays::open(int number)
{
    auto* window = new HeadWindow(m_session, number, m_name);
    m_windows[number] = window;
    connect(window, &HeadWindow::closed, this, [this, number] { show(number, false); });
    connect(window, &HeadWindow::reconnectRequested, this, &FurtherDisplays::reconnectRequested);
    link(*window);
    window->show();
    Q_EMIT opened(window);
    Q_EMIT changed();
}

void FurtherDisplays::drop(int number)
{
    HeadWindow* window = m_windows.take(number);
    if (!window)
        return;
    window->hide();
    window->deleteLater(); // it may be what asks for this
    Q_EMIT closed(window);
    Q_EMIT changed();
}

void FurtherDisplays::closeAll()
{
    while (!m_windows.isEmpty())
        drop(m_windows.firstKey());
}

void FurtherDisplays::link(HeadWindow& window)
{
    if (m_clipboard)
        m_clipboard->addView(*window.view());
    if (m_main)
        window.view()->followInput(*m_main);
    else
        window.view()->setNotice(m_notice);
}

void FurtherDisplays::join(console::ConsoleView& main, console::ClipboardBridge& clipboard)
{
    if (m_main)
        part(*m_main);
    m_main = &main;
    m_clipboard = &clipboard;
    for (HeadWindow* window : std::as_const(m_windows))
        link(*window);
}

void FurtherDisplays::part(const console::ConsoleView& main)
{
    if (m_main != &main)
        return;
    for (const HeadWindow* window : std::as_const(m_windows)) {
        window->view()->followInputNoMore();
        window->view()->setNotice(m_notice);
        if (m_clipboard)
            m_clipboard->removeView(*window->view());
    }
    m_main = nullptr;
    m_clipboard = nullptr;
}

void FurtherDisplays::setNotice(const console::ConsoleCard::Content& notice)
{
    m_notice = { .title = notice.title, .reason = notice.reason };
    if (m_main)
        return;
    for (const HeadWindow* window : std::as_const(m_windows))
        window->view()->setNotice(m_notice);
}

} // namespace ui
