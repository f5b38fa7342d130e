// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Languages.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace ui {

namespace {

QString chosen(const QString& code)
{
    if (!code.isEmpty())
        return code;
    for (const QString& wanted : QLocale::system().uiLanguages()) {
        const QString language = wanted.section(QLatin1Char('-'), 0, 0);
        if (Languages::codes().contains(language))
            return language;
    }
    return QStringLiteral("en");
}

} // namespace

QStringList Languages::codes()
{
    return { QStringLiteral("de"), QStringLiteral("en") };
}

QString Languages::nativeName(const QString& code)
{
    const QString name = QLocale(code).nativeLanguageName();
    return code == QStringLiteral("en") ? QStringLiteral("English") : name;
}

void Languages::install(QCoreApplication& application, const QString& code)
{
    const QString language = chosen(code);
    // The desktop's own formats stay as long as it speaks the same language.
    if (QLocale::system().name().section(QLatin1Char('_'), 0, 0) != language)
        QLocale::setDefault(QLocale(language));
    auto* words = new QTranslator(&application);
    if (words->load(QStringLiteral(":/i18n/virtdeck_%1.qm").arg(language)))
        QCoreApplication::installTranslator(words);
    auto* qtWords = new QTranslator(&application);
    if (qtWords->load(QStringLiteral("qtbase_") + language,
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qtWords);
}

} // namespace ui
