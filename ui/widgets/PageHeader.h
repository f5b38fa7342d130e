// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Labels.h"

#include <QHBoxLayout>

namespace ui {

/// The head of a page: a symbol, the name, a state in its colour, and a line of second rank.
class PageHeader : public QWidget {
    Q_OBJECT

public:
    /// `prefix` begins the names of its labels: "vm" makes vmTitle, vmStateLabel, vmSubtitle.
    explicit PageHeader(const QString& prefix, QWidget* parent = nullptr);

    void setSymbol(const QIcon& symbol) { m_symbol->setIcon(symbol); }
    void setTitle(const QString& title);
    /// Empty hides the chip.
    void setState(const QString& state, const QColor& color, const QString& tip = {});
    void setSubtitle(const QString& text) { m_subtitle->setText(text); }
    /// Widgets at the end of the header.
    QHBoxLayout* actions() { return m_actions; }

private:
    GlyphLabel* m_symbol;
    ElidedLabel* m_title;
    QLabel* m_state;
    ElidedLabel* m_subtitle;
    QHBoxLayout* m_actions;
};

} // namespace ui
