// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/DesktopScheme.h"

namespace ui {

/// Dresses the application: our style, and the palette of the chosen scheme. One per program, made
/// before the first window.
class Theme : public QObject {
    Q_OBJECT

public:
    enum class Scheme { System, Light, Dark };
    Q_ENUM(Scheme)

    explicit Theme(QObject* parent = nullptr);

    Scheme scheme() const { return m_scheme; }
    /// Takes effect at once in every window.
    void setScheme(Scheme scheme);
    bool isDark() const;

Q_SIGNALS:
    void changed();

private:
    void apply();

    DesktopScheme m_desktop; // first: it looks at the palette before we replace it
    Scheme m_scheme = Scheme::System;
};

} // namespace ui
