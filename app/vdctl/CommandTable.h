// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

#include <QHash>
#include <QStringList>

#include <chrono>
#include <functional>

class QJsonValue;

namespace vdctl {

/// A command as it was typed: its words are done with, these are left.
struct Call {
    QStringList arguments {};
    QHash<QString, QStringList> options {}; ///< without the dashes; a switch has an empty value

    bool has(const char* option) const { return options.contains(QLatin1StringView(option)); }
    /// Of one that was given more than once: the last.
    QString value(const char* option) const
    {
        return values(option).value(values(option).size() - 1);
    }
    QStringList values(const char* option) const
    {
        return options.value(QLatin1StringView(option));
    }
    QString argument(qsizetype index) const { return arguments.value(index); }
};

/// What a command shows of an answer: as text, as JSON, or raw bytes (a definition, a guest's
/// output).
struct Shown {
    QString text {}; ///< with its last line's end
    QByteArray json {}; ///< one document; empty: nothing
    QByteArray raw {}; ///< instead of text
    QByteArray rawErrors {}; ///< the same for standard error
    QString notice {}; ///< lines for standard error; JSON has it in its document
    int exitCode = 0;
};

/// One thing to be asked of the host. `show` makes something of the answer; `next` goes on with
/// what can only be known now.
struct Step {
    hosts::Operation operation {};
    QString label {}; ///< for the progress line: "steady"
    std::function<Shown(const hosts::Answer&)> show {};
    std::function<vmm::Result<QVector<Step>>(const hosts::Answer&)> next {};
    /// The command is done when this machine is no longer active, within so many seconds after all
    /// steps; 0: it is not waited for.
    int secondsUntilOff = 0;
    bool attaches = false; ///< this terminal, to the serial port that is answered
    bool holds = false; ///< what is answered is kept until interrupted, or the machine is off
    QString remedy {}; ///< told where the host does not offer it
    std::chrono::milliseconds pause { 0 }; ///< before the step that follows
};

/// What a command comes to, once the host is known.
struct Plan {
    QVector<Step> steps {};
    Shown shown {}; ///< without any step
};

enum class Sort {
    Plan, ///< steps, then the end
    Events, ///< follows the inventory
    Metrics, ///< follows the load
    Move, ///< to another host: MoveRun
};

struct OptionSpec {
    const char* name = nullptr;
    const char* value = nullptr; ///< null: a switch
    const char* help = nullptr;
};

struct CommandSpec {
    const char* name = nullptr; ///< "start", "snapshot create"
    const char* arguments = nullptr; ///< as shown in usage: "MACHINE..."
    int minimum = 0;
    int maximum = 0; ///< -1: any number
    const char* help = nullptr;
    QVector<OptionSpec> options {};
    std::function<vmm::Result<Plan>(const Call& call, const hosts::Host& host)> plan {};
    Sort sort = Sort::Plan;

    /// What the argument of that index is called: "MACHINE"; empty: there is none.
    QString noun(qsizetype index) const;
};

const QVector<CommandSpec>& allCommands();
/// By its words, which are taken off the front of `words`; null if there is none.
const CommandSpec* findCommand(QStringList& words);
/// For `--help`: all of them, or one.
QString usage();
QString usage(const CommandSpec& command);

/// The machines of a host, as they are when it is made: finds many without a search for each.
class MachineIndex {
public:
    explicit MachineIndex(const hosts::Host& host);
    /// Errors: NotFound, InvalidConfig if several have that name.
    vmm::Result<hosts::VmInfo> find(const QString& nameOrId) const;

private:
    QHash<hosts::VmId, hosts::VmInfo> m_machines;
    QMultiHash<QString, hosts::VmId> m_names;
};

/// One machine by name or UUID. Errors: as MachineIndex.
vmm::Result<hosts::VmInfo> findMachine(const hosts::Host& host, const QString& nameOrId);

} // namespace vdctl
