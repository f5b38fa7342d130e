// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Operations.h"
#include "models/Hardware.h"

#include <optional>

namespace models {

/// A machine's hardware while it is edited: what is stored, what runs, and what the user made of
/// it. Knows which of the changes can take effect at once.
class HardwareDraft {
public:
    /// Whether what the user typed last, as XML, could become edited().
    enum class Typed { Readable, Unreadable };

    /// Takes over what the host says now, with what the user changed made to it anew. Where that
    /// can't be, edited() stays as it is and is overtaken.
    void setStored(const Hardware& stored, Typed typed = Typed::Readable);
    /// `applied`, which edited() was then, is what the host has now, but for what it makes of it:
    /// setStored will tell. What was edited since stays an edit.
    void setApplied(const Hardware& applied);
    void setRunning(const std::optional<Hardware>& running) { m_running = running; }

    const Hardware& stored() const { return m_stored; }
    const Hardware& edited() const { return m_edited; }
    Hardware& edited() { return m_edited; }
    /// Sets a field of edited(). While one is typed into, letter by letter, what follows from it is
    /// judged by what was there before, not by what half of it would have done.
    void edit(const HardwareItem& item, HardwareField field, const QString& value);
    /// What is stored of a part of edited(); nothing of one that was added.
    std::optional<HardwareItem> storedItem(const HardwareItem& item) const
    {
        return m_stored.find(item, m_edited);
    }
    bool isDirty() const { return !(m_edited == m_stored); }
    void revert();
    /// What is stored is another by now than what was edited: to store edited() would undo that.
    bool isOvertaken() const { return m_isOvertaken; }
    void insist(); ///< it is to be undone

    QVector<HardwareChange> changes() const;
    /// Whether these are all that was changed: the XML holds more than can be told part by part.
    bool isToldByChanges() const;
    QVector<HardwareChange> pending() const;
    /// The same of the whole XML: rows of path, running and stored value; empty: none.
    QVector<QStringList> differences() const; ///< stored, but the machine runs without them
    QString runningValue(const HardwareItem& item, HardwareField field) const;

    /// Whether every change can be made to the running machine: a medium, a cable, limits of a
    /// disk, memory and CPUs within their maximum. What only the XML tells can't.
    bool isLive() const;
    /// The operations for these, one per device.
    QVector<hosts::Operation> liveOperations(hosts::VmId vm) const;

private:
    Hardware m_stored;
    Hardware m_edited = m_stored; ///< an empty machine has a UUID of its own
    Hardware m_base = m_stored; ///< what was stored when the edits began
    bool m_isOvertaken = false;
    struct Typing {
        HardwareItem item {};
        HardwareField field {};
        Hardware before {}; ///< what was edited, without it
        Hardware after {}; ///< with it, unless something else came between
    };
    std::optional<Typing> m_typed;
    std::optional<Hardware> m_running;
};

} // namespace models
