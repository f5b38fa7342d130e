// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Settings.h"

#include <QMetaEnum>

namespace ui {

Theme::Scheme Settings::scheme() const
{
    const QByteArray name = m_store.value(kScheme).toString().toLatin1();
    bool isKnown = false;
    const int value = QMetaEnum::fromType<Theme::Scheme>().keyToValue(name.constData(), &isKnown);
    return isKnown ? static_cast<Theme::Scheme>(value) : Theme::Scheme::System;
}

void Settings::setScheme(Theme::Scheme scheme)
{
    m_store.setValue(kScheme,
        QString::fromLatin1(
            QMetaEnum::fromType<Theme::Scheme>().valueToKey(static_cast<int>(scheme))));
}

void Settings::addRecentUri(const QString& uri)
{
    QStringList uris = recentUris();
    uris.removeAll(uri);
    uris.prepend(uri);
    while (uris.size() > kMaxRecent)
        uris.removeLast();
    m_store.setValue(kRecent, uris);
}

} // namespace ui
