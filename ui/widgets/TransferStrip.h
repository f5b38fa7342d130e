// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace console {
class ConsoleSession;
struct FileTransfer;
} // namespace console

namespace ui {

/// The files on their way to a machine, in a strip at its console: progress, what went wrong and
/// what to do, and a way to stop each. Hidden while there are none. Files dropped on the given area
/// are sent.
class TransferStrip : public QWidget {
    Q_OBJECT

public:
    /// `dropArea` takes drops; it outlives the strip.
    explicit TransferStrip(QWidget* dropArea, QWidget* parent = nullptr);

    void setSession(console::ConsoleSession* session);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Row;
    static constexpr int kRows = 4; ///< shown at once; the others are counted

    void refresh();
    QList<console::FileTransfer> worthShowing() const; ///< kRows at most

    QPointer<console::ConsoleSession> m_session;
    QList<Row*> m_rows;
    QLabel* m_more;
};

} // namespace ui
