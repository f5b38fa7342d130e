// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Making what a user changed anew, to a definition that has moved on since.
#include "models/Hardware.h"
#include "models/HardwareXml.h"

#include <algorithm>

namespace models {

using What = HardwareChange::What;

bool Hardware::saysTheSameAs(const Hardware& other) const
{
    return canonicalXml(toXml()) == canonicalXml(other.toXml());
}

std::optional<Hardware> Hardware::rebased(
    const Hardware& base, const Hardware& edited, const Hardware& onto)
{
    // What was changed in the XML may be more than can be told part by part: then it does not come
    // out the same on what it was made on either.
    Hardware trial = base;
    if (!trial.redo(base, edited) || !trial.saysTheSameAs(edited))
        return std::nullopt;
    Hardware made = onto;
    return made.redo(base, edited) ? std::optional(made) : std::nullopt;
}

bool Hardware::redo(const Hardware& base, const Hardware& edited)
{
    const Hardware before = *this;
    const QVector<HardwareChange> changes = differences(base, edited);
    QVector<HardwareItem> removed;
    for (const HardwareChange& change : changes) {
        if (!before.hasPlaceOf(change, base))
            return false;
        if (change.what == What::Changed && !redoField(change, before))
            return false;
        if (change.what != What::Removed)
            continue;
        const QVector<HardwareItem> items = before.items();
        if (const HardwareItem* now = counterpart(change.item, items))
            removed.append(*now);
    }
    std::sort(removed.begin(), removed.end(),
        [](const HardwareItem& a, const HardwareItem& b) { return a.index > b.index; });
    for (const HardwareItem& item : removed) {
        if (!remove(item))
            return false;
    }
    return std::all_of(changes.begin(), changes.end(), [&](const HardwareChange& change) {
        return change.what != What::Added || redoAddition(change.item, edited);
    });
}

/// Whether the part that a change is about is surely the one that it was about on `base`.
bool Hardware::hasPlaceOf(const HardwareChange& change, const Hardware& base) const
{
    const HardwareItem& item = change.item;
    if (!item.isDevice())
        return true;
    const QVector<HardwareItem> items = this->items();
    const QVector<HardwareItem> itemsOfBase = base.items();
    const HardwareItem* now = counterpart(item, items);
    const HardwareItem* was = counterpart(item, itemsOfBase);
    const auto isUntouched = [&] {
        return now && was && canonicalXml(deviceXml(*now)) == canonicalXml(base.deviceXml(*was));
    };
    if (hasKey(item)) {
        switch (change.what) {
        case What::Changed:
            return now != nullptr;
        case What::Removed:
            return !now || isUntouched();
        case What::Added:
            return std::none_of(items.begin(), items.end(), [&](const HardwareItem& each) {
                return each.element == item.element && each.label == item.label;
            });
        }
    }
    // Known by its number alone, which any other of its sort may have shifted.
    const auto count = [&item](const QVector<HardwareItem>& among) {
        return std::count_if(among.begin(), among.end(),
            [&item](const HardwareItem& each) { return each.element == item.element; });
    };
    return count(items) == count(itemsOfBase) && (change.what == What::Added || isUntouched());
}

bool Hardware::redoField(const HardwareChange& change, const Hardware& before)
{
    const QVector<HardwareItem> items = before.items();
    const HardwareItem* item = counterpart(change.item, items);
    if (!item)
        return false;
    const QString now = before.value(*item, change.field);
    if (now != change.running && now != change.stored)
        return false; // somebody else wants it otherwise
    setValue(*item, change.field, change.stored);
    return true;
}

bool Hardware::redoAddition(const HardwareItem& item, const Hardware& edited)
{
    const auto made = fromXml(withDevice(toXml(), item.element, edited.deviceXml(item)));
    if (made)
        *this = *made;
    return made.has_value();
}

} // namespace models
