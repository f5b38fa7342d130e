// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/virtdeck/Application.h"
#include "app/virtdeck/EndSignals.h"
#include "app/virtdeck/Programs.h"

#include <QApplication>
#include <QSettings>
#include <QTextStream>

int main(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    // Before QApplication: --help must work without a display.
    QString exitText;
    const vmm::Result<app::Options> options = app::parseOptions(arguments, exitText);
    if (!options) {
        QTextStream(stderr) << "virtdeck: " << options.error().subject << ' '
                            << options.error().detail << "\nTry virtdeck --help.\n";
        return 2;
    }
    if (!exitText.isEmpty()) {
        QTextStream(stdout) << exitText;
        return 0;
    }

    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("virtdeck"));
    QApplication::setApplicationDisplayName(QStringLiteral("VirtDeck"));
    QApplication::setApplicationVersion(QStringLiteral(VIRTDECK_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("virtdeck"));

    QSettings settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("virtdeck"),
        QStringLiteral("virtdeck"));
    app::Application virtdeck(*options,
        { .host = app::programPath(QStringLiteral("virtdeck-host")),
            .console = app::programPath(QStringLiteral("virtdeck-console")) },
        settings);
    QObject::connect(&virtdeck, &app::Application::finished, &application, &QCoreApplication::exit);
    app::onEndSignal(&virtdeck, [&virtdeck] {
        virtdeck.window().saveState();
        QCoreApplication::exit();
    });
    virtdeck.start();
    return QApplication::exec();
}
