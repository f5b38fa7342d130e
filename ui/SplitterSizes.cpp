// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/SplitterSizes.h"

#include <QSplitter>

namespace ui {

namespace {

QString keyOf(const QSplitter& splitter)
{
    return QStringLiteral("splitter-") + splitter.objectName();
}

/// But those of dialogs.
QList<QSplitter*> splittersOf(const QWidget& window)
{
    QList<QSplitter*> splitters = window.findChildren<QSplitter*>();
    splitters.removeIf([&window](const QSplitter* splitter) {
        return splitter->window() != &window || splitter->objectName().isEmpty();
    });
    return splitters;
}

} // namespace

void SplitterSizes::save(Settings& settings, const QWidget& window)
{
    for (const QSplitter* splitter : splittersOf(window))
        settings.setView(keyOf(*splitter), splitter->saveState());
}

void SplitterSizes::restore(const Settings& settings, const QWidget& window)
{
    for (QSplitter* splitter : splittersOf(window))
        splitter->restoreState(settings.view(keyOf(*splitter)).toByteArray());
}

} // namespace ui
