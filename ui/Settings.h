// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Theme.h"

#include <QByteArray>
#include <QSettings>
#include <QSize>
#include <QStringList>
#include <QUrl>

namespace ui {

/// What is remembered from one start to the next, typed. Wraps a QSettings that somebody else
/// chose: tests give one of their own. Nothing secret is kept here.
class Settings {
public:
    explicit Settings(QSettings& store)
        : m_store(store)
    {
    }

    Theme::Scheme scheme() const;
    void setScheme(Theme::Scheme scheme);

    /// "de", "en", ...; empty follows the desktop.
    QString language() const { return m_store.value(kLanguage).toString(); }
    void setLanguage(const QString& language) { m_store.setValue(kLanguage, language); }

    bool isDense() const { return m_store.value(kDense, false).toBool(); }
    void setDense(bool isDense) { m_store.setValue(kDense, isDense); }

    /// URIs to connect to at start, in their order.
    QStringList connections() const { return m_store.value(kConnections).toStringList(); }
    void setConnections(const QStringList& uris) { m_store.setValue(kConnections, uris); }
    /// Whether connections() was ever written: an emptied list is a choice, too.
    bool hasConnections() const { return m_store.contains(kConnections); }

    /// The last URIs that were typed, newest first.
    QStringList recentUris() const { return m_store.value(kRecent).toStringList(); }
    void addRecentUri(const QString& uri);

    /// The state of one view (splitter, header, expansion), opaque.
    QVariant view(const QString& name, const QVariant& fallback = {}) const
    {
        return m_store.value(kViews + name, fallback);
    }
    void setView(const QString& name, const QVariant& value)
    {
        m_store.setValue(kViews + name, value);
    }
    /// The name of one that is kept for each host.
    static QString viewOfHost(const QString& name, const QString& uri)
    {
        return name + QLatin1Char('-') + QString::fromLatin1(QUrl::toPercentEncoding(uri));
    }

private:
    static inline const QString kScheme = QStringLiteral("appearance/scheme");
    static inline const QString kLanguage = QStringLiteral("appearance/language");
    static inline const QString kDense = QStringLiteral("appearance/dense");
    static inline const QString kConnections = QStringLiteral("connections/uris");
    static inline const QString kRecent = QStringLiteral("connections/recent");
    static inline const QString kViews = QStringLiteral("views/");
    static constexpr int kMaxRecent = 8;

    QSettings& m_store;
};

} // namespace ui
