// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/Figure.h"
#include "tests/bench/Stage.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTimer>
#include <QTreeView>
#include <QWidget>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

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

/// Keys at any time between two ticks: Down in the tree of machines, letters in its filter.
inline void printKeys(const QString& benchName, const QString& subject, ui::MainWindow& window)
{
    auto* tree = window.findChild<QTreeView*>(QStringLiteral("inventoryTree"));
    auto* filter = window.findChild<QLineEdit*>(QStringLiteral("filterEdit"));
    KeyClock clock(tree->viewport());
    const auto print = [&](const char* metric, const std::vector<double>& took) {
        const auto one = [&](const char* which, double value, const char* goal) {
            bench::print({ .bench = benchName,
                .metric = subject + QString::fromUtf8(metric) + QString::fromUtf8(which),
                .value = value,
                .unit = QStringLiteral("ms"),
                .goal = QString::fromUtf8(goal) });
        };
        one(", median", median(took), "");
        one(", longest", *std::max_element(took.begin(), took.end()), "<= 50");
    };
    std::vector<double> moves;
    tree->setFocus();
    tree->setCurrentIndex(tree->model()->index(0, 0));
    for (int i = 0; i < 40; ++i) {
        spin(std::chrono::milliseconds(130 + 37 * i % 200));
        moves.push_back(clock.press(tree, Qt::Key_Down));
    }
    print("key Down to paint", moves);
    std::vector<double> letters;
    filter->setFocus();
    for (int i = 0; i < 20; ++i) {
        spin(std::chrono::milliseconds(130 + 37 * i % 200));
        letters.push_back(i % 2 ? clock.press(filter, Qt::Key_Backspace)
                                : clock.press(filter, Qt::Key_7, QStringLiteral("7")));
    }
    print("letter of the filter to paint", letters);
}

} // namespace bench
