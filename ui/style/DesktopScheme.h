// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVariant>

class QDBusVariant;

namespace ui {

/// Whether the desktop prefers dark windows. Source: the settings portal of the desktop
/// (org.freedesktop.portal.Settings, namespace org.freedesktop.appearance, key color-scheme:
/// 0 no preference, 1 dark, 2 light); Qt tells it from 6.5 on only. Without a portal, the palette
/// that the platform gave to the program decides.
class DesktopScheme : public QObject {
    Q_OBJECT

public:
    explicit DesktopScheme(QObject* parent = nullptr);

    bool isDark() const { return m_isDark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void takeSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void askPortal();
    void take(const QVariant& value);

    bool m_paletteIsDark = false;
    bool m_isDark = false;
};

} // namespace ui
