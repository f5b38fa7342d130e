// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Labels.h"
#include "vmm/base/Error.h"

#include <QFrame>

class QPushButton;

namespace ui {

/// A failure, told in place: what, why and what to do, with "Copy details" and, where it helps,
/// "Try again".
class ErrorPanel : public QFrame {
    Q_OBJECT

public:
    /// `prefix` begins the names of its parts.
    explicit ErrorPanel(const QString& prefix, QWidget* parent = nullptr);

    void setError(const vmm::Error& error);
    /// A state worth attention that is no failure of an operation.
    void setNotice(const QString& what, const QString& why, const QString& details,
        const QString& remedy = {});
    void setRetryVisible(bool isVisible);

Q_SIGNALS:
    void retryRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void setParts(const QString& what, const QString& why, const QString& remedy);

    GlyphLabel* m_symbol;
    QLabel* m_what;
    QLabel* m_why;
    QLabel* m_remedy;
    QPushButton* m_retry;
    QPushButton* m_copy;
    QString m_details;
    bool m_isFailure = true;
};

} // namespace ui
