// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

namespace console {

class TerminalView;

/// What assistive technology reads of a terminal: the lines of its screen, one below the other, and
/// where the cursor is. GUI thread; Qt owns it.
class TerminalAccessible : public QAccessibleWidget, public QAccessibleTextInterface {
public:
    static void install(); ///< for all views; once is enough

    /// What `now` has after the lines that it has in common with the end of `before`, whose last
    /// line may have grown. Nothing in common, as of a program that paints the whole screen: the
    /// last line.
    static QString addedLines(const QStringList& before, const QStringList& now);

    explicit TerminalAccessible(TerminalView* view);

    void* interface_cast(QAccessible::InterfaceType type) override;

    void selection(int index, int* start, int* end) const override;
    int selectionCount() const override { return 0; }
    void addSelection(int, int) override { }
    void removeSelection(int) override { }
    void setSelection(int, int, int) override { }
    int cursorPosition() const override;
    void setCursorPosition(int) override { } // it is the guest's
    QString text(int start, int end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint& point) const override;
    void scrollToSubstring(int, int) override { } // all of it is on the screen
    QString attributes(int offset, int* start, int* end) const override;

private:
    TerminalView& view() const;
};

} // namespace console
