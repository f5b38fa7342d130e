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

Completion complete(const QStringList& words)
{
    Completion completion;
    QStringList typed = words;
    const QString last = typed.isEmpty() ? QString() : typed.takeLast();
    for (qsizetype i = 0; i + 1 < typed.size();) {
        const bool isUri
            = typed[i] == QStringLiteral("-c") || typed[i] == QStringLiteral("--connect");
        if (!isUri && typed[i] != QStringLiteral("--host-program")) {
            ++i;
            continue;
        }
        (isUri ? completion.uri : completion.hostProgram) = typed[i + 1];
        typed.erase(typed.begin() + i, typed.begin() + i + 2);
    }
    if (completion.uri.isEmpty())
        completion.uri = qEnvironmentVariable("VIRTDECK_URI", QStringLiteral("embedded:///"));
    typed.removeIf([](const QString& word) { return word.startsWith(QLatin1Char('-')); });
    const QString path = typed.join(QLatin1Char(' '));
    const CommandSpec* command = findCommand(typed);
    if (!command) {
        for (const CommandSpec& each : allCommands()) {
            const QString name = QString::fromLatin1(each.name);
            const QString start = path.isEmpty() ? QString() : path + QLatin1Char(' ');
            if (name.startsWith(start))
                completion.words.append(name.mid(start.size()).section(QLatin1Char(' '), 0, 0));
        }
        if (path.isEmpty())
            completion.words += { QStringLiteral("--connect"), QStringLiteral("--json"),
                QStringLiteral("--help"), QStringLiteral("--version") };
    } else if (last.startsWith(QLatin1Char('-'))) {
        for (const OptionSpec& option : command->options)
            completion.words.append(QStringLiteral("--") + QLatin1StringView(option.name));
    } else {
        completion.wantsMachines = command->isMachine(typed.size());
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
