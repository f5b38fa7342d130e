// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QKeyEvent>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <cmath>

namespace bench {

/// From a key to the end of the paint that shows it. The widget is the one whose paint is waited
/// for.
class KeyClock : public QObject {
public:
    explicit KeyClock(QWidget* painted) { painted->installEventFilter(this); }

    /// In milliseconds; NaN if nothing was painted within 5 s.
    double press(QWidget* focus, Qt::Key key, const QString& text = {})
    {
        m_isPainted = false;
        m_clock.start();
        QCoreApplication::postEvent(
            focus, new QKeyEvent(QEvent::KeyPress, key, Qt::NoModifier, text));
        QCoreApplication::postEvent(
            focus, new QKeyEvent(QEvent::KeyRelease, key, Qt::NoModifier, text));
        QTimer::singleShot(std::chrono::seconds(5), &m_loop, &QEventLoop::quit);
        m_loop.exec();
        return m_isPainted ? m_took : std::nan("");
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && !m_isPainted) {
            m_isPainted = true;
            // The whole window is painted and flushed before the next posted event is delivered.
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_took = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
                    m_loop.quit();
                },
                Qt::QueuedConnection);
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QElapsedTimer m_clock;
    QEventLoop m_loop;
    bool m_isPainted = true;
    double m_took = 0;
};

} // namespace bench
