// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/vdctl/Invocation.h"

namespace vdctl {

using vmm::ErrorKind;

namespace {

const QString kLiteral = QStringLiteral("--");

vmm::Error wrong(const QString& sentence)
{
    return { ErrorKind::InvalidConfig, {}, sentence };
}

/// The words of a command line one by one, with the values of options.
struct Words {
    QStringList left {};

    bool isAtEnd() const { return left.isEmpty(); }
    QString take() { return left.takeFirst(); }
    /// "--name=value" has it in the word, others in the next one.
    vmm::Result<QString> valueOf(const QString& option, const std::optional<QString>& inWord)
    {
        if (inWord)
            return *inWord;
        if (left.isEmpty())
            return wrong(QStringLiteral("%1 needs a value").arg(option));
        return take();
    }
};

/// Whether the word was a global option.
vmm::Result<bool> takeGlobal(
    const QString& name, const std::optional<QString>& value, Words& words, Invocation& into)
{
    if (name == QStringLiteral("-c") || name == QStringLiteral("--connect")) {
        into.uri = TRY(words.valueOf(name, value));
    } else if (name == QStringLiteral("--host-program")) {
        into.hostProgram = TRY(words.valueOf(name, value));
    } else if (name == QStringLiteral("--json")) {
        into.isJson = true;
    } else if (name == QStringLiteral("-v") || name == QStringLiteral("--verbose")) {
        into.isVerbose = true;
    } else if (name == QStringLiteral("--help") || name == QStringLiteral("-h")) {
        into.text = usage();
    } else if (name == QStringLiteral("--version")) {
        into.text = QStringLiteral("vdctl " VIRTDECK_VERSION "\n");
    } else {
        return false;
    }
    return true;
}

vmm::Result<void> takeOption(const CommandSpec& command, const QString& name,
    const std::optional<QString>& value, Words& words, Call& into)
{
    for (const OptionSpec& option : command.options) {
        if (name != QStringLiteral("--") + QLatin1StringView(option.name))
            continue;
        if (!option.value && value)
            return wrong(QStringLiteral("%1 takes no value").arg(name));
        into.options[QString::fromLatin1(option.name)].append(
            option.value ? TRY(words.valueOf(name, value)) : QString());
        return {};
    }
    return wrong(QStringLiteral("%1 knows no option %2; see vdctl %1 --help")
                     .arg(QString::fromLatin1(command.name), name));
}

vmm::Result<void> checkCount(const CommandSpec& command, const Call& call)
{
    const qsizetype count = call.arguments.size();
    if (count >= command.minimum && (command.maximum < 0 || count <= command.maximum))
        return {};
    return wrong(
        QStringLiteral("wrong number of arguments; usage: vdctl %1 %2")
            .arg(QString::fromLatin1(command.name), QString::fromLatin1(command.arguments)));
}

/// Global options, then the words of the command.
vmm::Result<const CommandSpec*> takeCommand(Words& words, Invocation& into)
{
    while (!words.isAtEnd() && words.left.first().startsWith(QLatin1Char('-'))) {
        const QString word = words.take();
        const QString name = word.section(QLatin1Char('='), 0, 0);
        const auto value = word.contains(QLatin1Char('='))
            ? std::optional(word.section(QLatin1Char('='), 1))
            : std::nullopt;
        if (!TRY(takeGlobal(name, value, words, into)))
            return wrong(QStringLiteral("there is no option %1; see vdctl --help").arg(name));
        if (!into.text.isEmpty())
            return nullptr;
    }
    if (words.isAtEnd())
        return wrong(QStringLiteral("a command is needed; see vdctl --help"));
    if (words.left.first() == QStringLiteral("help")) {
        into.text = usage();
        return nullptr;
    }
    const QString word = words.left.first();
    const CommandSpec* command = findCommand(words.left);
    if (!command)
        return wrong(QStringLiteral("there is no command \"%1\"; see vdctl --help")
                         .arg(words.left.mid(0, 2).join(QLatin1Char(' '))));
    return command;
}

} // namespace

vmm::Result<Invocation> parseArguments(const QStringList& arguments)
{
    Invocation all;
    Words words { arguments };
    all.command = TRY(takeCommand(words, all));
    if (!all.command)
        return all;
    // What is run in a guest has options of its own.
    const bool runsOther = qstrcmp(all.command->name, "guest run") == 0;
    bool isLiteral = false;
    while (!words.isAtEnd()) {
        const QString word = words.take();
        if (!isLiteral && word == kLiteral) {
            isLiteral = true;
        } else if (isLiteral || !word.startsWith(QLatin1Char('-')) || word.size() == 1) {
            all.call.arguments.append(word);
            isLiteral = isLiteral || (runsOther && all.call.arguments.size() == 2);
        } else {
            const QString name = word.section(QLatin1Char('='), 0, 0);
            const auto value = word.contains(QLatin1Char('='))
                ? std::optional(word.section(QLatin1Char('='), 1))
                : std::nullopt;
            if (!TRY(takeGlobal(name, value, words, all)))
                TRY(takeOption(*all.command, name, value, words, all.call));
        }
    }
    if (!all.text.isEmpty()) {
        if (all.text == usage())
            all.text = usage(*all.command);
        all.command = nullptr;
        return all;
    }
    TRY(checkCount(*all.command, all.call));
    if (all.uri.isEmpty())
        all.uri = qEnvironmentVariable("VIRTDECK_URI", QStringLiteral("embedded:///"));
    return all;
}

bool wantJson(const QStringList& arguments)
{
    return arguments.mid(0, arguments.indexOf(kLiteral)).contains(QStringLiteral("--json"));
}

namespace {

/// Whether the value of an option is a host.
bool isOfHost(const QString& option)
{
    return option == QStringLiteral("-c") || option == QStringLiteral("--connect")
        || option == QStringLiteral("--to");
}

/// What the value of an option is called: "URI"; null if it has none.
const char* valueName(const QString& option, const CommandSpec* command)
{
    if (isOfHost(option))
        return "URI";
    if (option == QStringLiteral("--host-program"))
        return "PROGRAM";
    if (!command)
        return nullptr;
    for (const OptionSpec& each : command->options) {
        if (option == QStringLiteral("--") + QLatin1StringView(each.name))
            return each.value;
    }
    return nullptr;
}

/// What stands on the line before the word that is being typed.
struct Typed {
    const CommandSpec* command = nullptr;
    QStringList words {}; ///< arguments of the command, or its first words
    QString option {}; ///< its value is being typed

    void take(Words& line, Completion& into)
    {
        const QString word = line.take();
        if (!word.startsWith(QLatin1Char('-')) || word.size() == 1) {
            words.append(word);
            if (!command)
                command = findCommand(words);
            return;
        }
        const QString name = word.section(QLatin1Char('='), 0, 0);
        if (!valueName(name, command))
            return;
        const bool isInWord = word.contains(QLatin1Char('='));
        if (!isInWord && line.isAtEnd()) {
            option = name;
            return;
        }
        const QString value = isInWord ? word.section(QLatin1Char('='), 1) : line.take();
        if (name == QStringLiteral("-c") || name == QStringLiteral("--connect"))
            into.uri = value;
        else if (name == QStringLiteral("--host-program"))
            into.hostProgram = value;
    }
};

/// The command that prints what a noun of the usage stands for; empty: there is none.
QStringList listingOf(const QString& noun, const QStringList& arguments)
{
    const QString names = QStringLiteral("--names");
    if (noun == QStringLiteral("MACHINE"))
        return { QStringLiteral("list"), names };
    if (noun == QStringLiteral("POOL") || noun == QStringLiteral("NETWORK"))
        return { noun.toLower(), QStringLiteral("list"), names };
    if (noun == QStringLiteral("VOLUME") && !arguments.isEmpty())
        return { QStringLiteral("volume"), QStringLiteral("list"), names, kLiteral,
            arguments.first() };
    return {};
}

QStringList commonUris()
{
    QStringList all { QStringLiteral("embedded:///"), QStringLiteral("embedded+ssh://"),
        QStringLiteral("qemu:///system"), QStringLiteral("qemu:///session"),
        QStringLiteral("qemu+ssh://") };
    const QString usual = qEnvironmentVariable("VIRTDECK_URI");
    if (!usual.isEmpty())
        all.prepend(usual);
    return all;
}

QStringList nextOfCommand(const QStringList& words)
{
    const QString start
        = words.isEmpty() ? QString() : words.join(QLatin1Char(' ')) + QLatin1Char(' ');
    QStringList next;
    for (const CommandSpec& each : allCommands()) {
        const QString name = QString::fromLatin1(each.name);
        if (name.startsWith(start))
            next.append(name.mid(start.size()).section(QLatin1Char(' '), 0, 0));
    }
    if (words.isEmpty())
        next += { QStringLiteral("--connect"), QStringLiteral("--json"), QStringLiteral("--help"),
            QStringLiteral("--version") };
    return next;
}

} // namespace

Completion complete(const QStringList& words)
{
    Completion completion;
    Words line { words };
    const QString last = line.isAtEnd() ? QString() : line.left.takeLast();
    Typed typed;
    while (!line.isAtEnd())
        typed.take(line, completion);
    if (completion.uri.isEmpty())
        completion.uri = qEnvironmentVariable("VIRTDECK_URI", QStringLiteral("embedded:///"));
    const bool isInWord = last.startsWith(QLatin1Char('-')) && last.contains(QLatin1Char('='));
    const QString option = isInWord ? last.section(QLatin1Char('='), 0, 0) : typed.option;
    if (isOfHost(option)) {
        for (const QString& uri : commonUris())
            completion.words.append(isInWord ? option + QLatin1Char('=') + uri : uri);
    } else if (!option.isEmpty()) {
        if (!isInWord)
            completion.listing
                = listingOf(QString::fromLatin1(valueName(option, typed.command)), {});
    } else if (!typed.command) {
        completion.words = nextOfCommand(typed.words);
    } else if (last.startsWith(QLatin1Char('-'))) {
        for (const OptionSpec& each : typed.command->options)
            completion.words.append(QStringLiteral("--") + QLatin1StringView(each.name));
    } else {
        completion.listing = listingOf(typed.command->noun(typed.words.size()), typed.words);
    }
    completion.words.removeDuplicates();
    completion.words.removeIf([&](const QString& word) { return !word.startsWith(last); });
    return completion;
}

int exitCodeFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::InvalidConfig:
        return 3;
    case ErrorKind::NotFound:
        return 4;
    case ErrorKind::AlreadyExists:
        return 5;
    case ErrorKind::Busy:
        return 6;
    case ErrorKind::WrongState:
        return 7;
    case ErrorKind::PermissionDenied:
        return 8;
    case ErrorKind::HostLacksFeature:
        return 9;
    case ErrorKind::ProcessFailed:
        return 10;
    case ErrorKind::ProtocolViolation:
        return 11;
    case ErrorKind::RefusedByGuest:
        return 12;
    case ErrorKind::Disconnected:
        return 13;
    case ErrorKind::TimedOut:
        return 14;
    case ErrorKind::Io:
        return 15;
    case ErrorKind::Cancelled:
        return 130; // as of a program that was interrupted
    }
    Q_UNREACHABLE();
}

} // namespace vdctl
