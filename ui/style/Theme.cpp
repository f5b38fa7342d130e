// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Theme.h"

#include "ui/style/Colors.h"
#include "ui/style/Style.h"

#include <QApplication>
#include <QToolTip>

namespace ui {

Theme::Theme(QObject* parent)
    : QObject(parent)
{
    QApplication::setStyle(new Style);
    connect(&m_desktop, &DesktopScheme::changed, this, [this] {
        if (m_scheme == Scheme::System)
            apply();
    });
    apply();
}

void Theme::setScheme(Scheme scheme)
{
    if (m_scheme == scheme)
        return;
    m_scheme = scheme;
    apply();
}

bool Theme::isDark() const
{
    return m_scheme == Scheme::Dark || (m_scheme == Scheme::System && m_desktop.isDark());
}

void Theme::apply()
{
    const QPalette palette = (isDark() ? Colors::dark() : Colors::light()).palette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    Q_EMIT changed();
}

} // namespace ui
