// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/VmRecord.h"

#include <QHash>

#include <functional>

namespace models {

/// Words of the user's language for what machines are shown as, beside the stable English ones.
struct VmStateWords {
    QHash<vmm::VmState, QStringList> states {};
    QStringList saved {}; ///< off, with its memory on disk
    QStringList ofTemplate {};
};

/// A text that narrows a list of machines. All words must match. A word matches the name, the
/// title, a tag or the host's name anywhere, or the state from its beginning ("run", "off",
/// "saved", "template"); `state:paused`, `host:a2`, `name:web`, `tag:shop` look at one thing alone,
/// a tag from its beginning; `cpu>80`, `cpu<5` (percent) and `mem>512` (MiB in use) read the live
/// load; a leading `-` turns a word round. Not case-sensitive.
class VmFilter {
public:
    using StateWords = VmStateWords;
    /// Reads the live load of a machine.
    using Load = std::function<double(const VmRecord&, hosts::VmMetric)>;

    VmFilter() = default;
    static VmFilter parse(const QString& text, const StateWords& stateWords = {});

    bool accepts(const VmRecord& vm, const Load& load = {}) const;
    bool isEmpty() const { return m_terms.isEmpty(); }
    bool readsLoad() const; ///< its outcome changes with every sample

    bool operator==(const VmFilter&) const = default;

private:
    enum class Field { Any, Name, Host, State, Tag, Cpu, Memory };

    struct Term {
        Field field = Field::Any;
        bool isNegated = false;
        bool isBelow = false;
        double bound = 0;
        QString word {};
        quint32 states = 0; ///< bit per state that the word begins

        bool operator==(const Term&) const = default;
    };

    static Term parseTerm(QString word, const StateWords& stateWords);
    static bool matches(const Term& term, const VmRecord& vm, const Load& load);

    QVector<Term> m_terms;
};

} // namespace models
