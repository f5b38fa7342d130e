// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/virtdeck/Options.h"

#include <QCommandLineParser>
#include <QFileInfo>

namespace app {

namespace {

vmm::Error wrong(const QString& option, const QString& detail)
{
    return { vmm::ErrorKind::InvalidConfig, QStringLiteral("--") + option, detail };
}

QCommandLineOption option(const char* name, const char* help, const char* value)
{
    return { QString::fromLatin1(name), QString::fromLatin1(help), QString::fromLatin1(value) };
}

vmm::Result<QSize> parseSize(const QString& text)
{
    const QStringList parts = text.split(QLatin1Char('x'));
    const QSize size = parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
    if (size.width() < 320 || size.height() < 240 || size.width() > 16384 || size.height() > 16384)
        return wrong(
            QStringLiteral("size"), QStringLiteral("expected WIDTHxHEIGHT, such as 1280x800"));
    return size;
}

vmm::Result<void> parsePage(const QString& text, Options& options)
{
    const qsizetype slash = text.lastIndexOf(QLatin1Char('/'));
    options.showVm = slash < 0 ? text : text.left(slash);
    options.showPage = slash < 0 ? QString() : text.mid(slash + 1);
    if (!options.showPage.isEmpty() && !pageNames().contains(options.showPage))
        return wrong(QStringLiteral("show"),
            QStringLiteral("expected NAME or NAME/PAGE; pages are ")
                + pageNames().join(QStringLiteral(", ")));
    return {};
}

} // namespace

QStringList pageNames()
{
    return { QStringLiteral("overview"), QStringLiteral("console"), QStringLiteral("performance"),
        QStringLiteral("hardware"), QStringLiteral("snapshots"), QStringLiteral("backups") };
}

vmm::Result<Options> parseOptions(const QStringList& arguments, QString& exitText)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("VirtDeck, a virtual machine manager."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const auto connect = option("connect", "Connect to a host besides the remembered ones.", "URI");
    const auto only = option("only", "Connect to this host alone; remember nothing of it.", "URI");
    const auto define = option("define",
        "Add a machine from domain XML to this computer (or --only's host) unless its name is "
        "there.",
        "FILE");
    const auto start = option("start", "Start a machine if it is off.", "NAME");
    const QByteArray pages
        = "Select a machine, and a page: " + pageNames().join(QStringLiteral(", ")).toUtf8() + '.';
    const auto show = option("show", pages.constData(), "NAME/PAGE");
    const auto screenshot = option("screenshot", "Save a picture of the window, then end.", "FILE");
    const auto after = option("after", "Seconds to wait before the picture (10).", "SECONDS");
    const auto size = option("size", "Size of the window.", "WIDTHxHEIGHT");
    const auto theme = option("theme", "light, dark or system.", "THEME");
    const auto language = option("language", "Language of the program, such as de.", "CODE");
    parser.addPositionalArgument(QStringLiteral("files"),
        QStringLiteral("Connection files to open, each in a window of its own."),
        QStringLiteral("[FILE.vv...]"));
    parser.addOptions(
        { connect, only, define, start, show, screenshot, after, size, theme, language });

    if (!parser.parse(arguments))
        return wrong({}, parser.errorText());
    if (parser.isSet(help)) {
        exitText = parser.helpText();
        return Options {};
    }
    if (parser.isSet(version)) {
        exitText = QStringLiteral("virtdeck " VIRTDECK_VERSION "\n");
        return Options {};
    }
    const QStringList files = parser.positionalArguments();
    for (const QString& file : files) {
        if (!file.endsWith(QStringLiteral(".vv"), Qt::CaseInsensitive))
            return wrong({}, QStringLiteral("nothing is known about: ") + file);
    }
    Options options { .connect = parser.values(connect),
        .only = parser.values(only),
        .define = parser.value(define),
        .start = parser.value(start),
        .screenshot = parser.value(screenshot),
        .theme = parser.value(theme),
        .files = files,
        .language = parser.value(language) };
    TRY(parsePage(parser.value(show), options));
    if (parser.isSet(size))
        options.size = TRY(parseSize(parser.value(size)));
    if (parser.isSet(after))
        options.screenshotAfter
            = std::chrono::milliseconds(static_cast<int>(parser.value(after).toDouble() * 1000));
    static const QStringList themes { QStringLiteral("light"), QStringLiteral("dark"),
        QStringLiteral("system") };
    if (!options.theme.isEmpty() && !themes.contains(options.theme))
        return wrong(QStringLiteral("theme"), QStringLiteral("expected light, dark or system"));
    if (!options.define.isEmpty() && !QFileInfo(options.define).isReadable())
        return wrong(QStringLiteral("define"), options.define + QStringLiteral(" can't be read"));
    return options;
}

} // namespace app
