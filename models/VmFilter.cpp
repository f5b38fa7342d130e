// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/VmFilter.h"

#include <algorithm>

namespace models {

using vmm::VmState;

namespace {

/// What people call the states, beside their stable names.
QStringList englishWords(VmState state)
{
    switch (state) {
    case VmState::Unknown:
        return { QStringLiteral("unknown") };
    case VmState::ShutOff:
        return { QStringLiteral("off"), QStringLiteral("shutoff"), QStringLiteral("stopped") };
    case VmState::Starting:
        return { QStringLiteral("starting") };
    case VmState::Running:
        return { QStringLiteral("running") };
    case VmState::Paused:
        return { QStringLiteral("paused") };
    case VmState::ShuttingDown:
        return { QStringLiteral("shuttingdown"), QStringLiteral("stopping") };
    case VmState::Crashed:
        return { QStringLiteral("crashed"), QStringLiteral("failed") };
    }
    return {};
}

constexpr quint32 bitOf(VmState state)
{
    return 1u << static_cast<unsigned>(state);
}

// What a machine is shown as instead of its state.
constexpr quint32 kSaved = 1u << vmm::kAllVmStates.size();
constexpr quint32 kTemplate = kSaved << 1;

quint32 statesOf(const hosts::VmInfo& vm)
{
    return bitOf(vm.state) | (vm.state == VmState::ShutOff && vm.hasSavedMemory ? kSaved : 0)
        | (vm.isTemplate ? kTemplate : 0);
}

quint32 statesBegunBy(const QString& word, const VmFilter::StateWords& more)
{
    const auto isBegunOf = [&word](const QStringList& words) {
        return std::any_of(words.begin(), words.end(), [&word](const QString& candidate) {
            return candidate.toCaseFolded().startsWith(word);
        });
    };
    quint32 states = 0;
    for (const VmState state : vmm::kAllVmStates) {
        if (isBegunOf(englishWords(state) + more.states.value(state)))
            states |= bitOf(state);
    }
    if (isBegunOf(QStringList { QStringLiteral("saved") } + more.saved))
        states |= kSaved;
    if (isBegunOf(QStringList { QStringLiteral("template") } + more.ofTemplate))
        states |= kTemplate;
    return states;
}

/// "cpu>80": the part behind the sign, if the word is of that shape.
std::optional<double> boundOf(const QString& word, QLatin1StringView field)
{
    if (!word.startsWith(field) || word.size() <= field.size() + 1)
        return std::nullopt;
    const QChar sign = word.at(field.size());
    bool isNumber = false;
    const double bound = QStringView(word).mid(field.size() + 1).toDouble(&isNumber);
    if (!isNumber || (sign != QLatin1Char('<') && sign != QLatin1Char('>')))
        return std::nullopt;
    return bound;
}

} // namespace

VmFilter VmFilter::parse(const QString& text, const StateWords& stateWords)
{
    VmFilter filter;
    const QStringList words
        = text.toCaseFolded().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& word : words) {
        const Term term = parseTerm(word, stateWords);
        // A lone "-" or "name:" is a word that is still being typed: it narrows nothing yet.
        if (!term.word.isEmpty() || term.field == Field::Cpu || term.field == Field::Memory)
            filter.m_terms.append(term);
    }
    return filter;
}

VmFilter::Term VmFilter::parseTerm(QString word, const StateWords& stateWords)
{
    Term term;
    if (word.startsWith(QLatin1Char('-'))) {
        term.isNegated = true;
        word.remove(0, 1);
    }
    constexpr QLatin1StringView kCpu("cpu");
    constexpr QLatin1StringView kMemory("mem");
    for (const auto& [name, field] :
        { std::pair { kCpu, Field::Cpu }, std::pair { kMemory, Field::Memory } }) {
        if (const auto bound = boundOf(word, name)) {
            term.field = field;
            term.bound = field == Field::Cpu ? *bound / 100 : *bound * (1 << 20);
            term.isBelow = word.at(name.size()) == QLatin1Char('<');
            return term;
        }
    }
    for (const auto& [prefix, field] : { std::pair { QLatin1StringView("name:"), Field::Name },
             std::pair { QLatin1StringView("host:"), Field::Host },
             std::pair { QLatin1StringView("state:"), Field::State },
             std::pair { QLatin1StringView("tag:"), Field::Tag } }) {
        if (word.startsWith(prefix)) {
            term.field = field;
            word.remove(0, prefix.size());
            break;
        }
    }
    term.word = word;
    // From the first letter on: otherwise "web r" on the way to "web run" would show nothing.
    if (!word.isEmpty() && (term.field == Field::Any || term.field == Field::State))
        term.states = statesBegunBy(word, stateWords);
    if (!word.isEmpty() && term.field == Field::Tag)
        term.word.prepend(QLatin1Char('\n')); // as each tag begins in tagText
    return term;
}

bool VmFilter::matches(const Term& term, const VmRecord& vm, const Load& load)
{
    const auto isWithin = [&](hosts::VmMetric metric) {
        const double value = load ? load(vm, metric) : hosts::kNotOffered;
        return term.isBelow ? value < term.bound : value > term.bound; // NaN is neither
    };
    const auto isOnHost = [&] { return vm.hostText && vm.hostText->contains(term.word); };
    switch (term.field) {
    case Field::Any:
        return (term.states & statesOf(vm.info)) != 0 || vm.searchText.contains(term.word)
            || vm.tagText.contains(term.word) || isOnHost();
    case Field::Name:
        return vm.searchText.contains(term.word);
    case Field::Host:
        return isOnHost();
    case Field::State:
        return (term.states & statesOf(vm.info)) != 0;
    case Field::Tag:
        return vm.tagText.contains(term.word);
    case Field::Cpu:
        return isWithin(hosts::VmMetric::CpuLoad);
    case Field::Memory:
        return isWithin(hosts::VmMetric::MemoryUsed);
    }
    return false;
}

bool VmFilter::accepts(const VmRecord& vm, const Load& load) const
{
    return std::all_of(m_terms.begin(), m_terms.end(),
        [&](const Term& term) { return matches(term, vm, load) != term.isNegated; });
}

bool VmFilter::readsLoad() const
{
    return std::any_of(m_terms.begin(), m_terms.end(),
        [](const Term& term) { return term.field == Field::Cpu || term.field == Field::Memory; });
}

} // namespace models
