// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HardwareItem.h"
#include "vmm/definition/Definition.h"

#include <optional>

namespace models {

/// A machine's definition as parts with plain values, to be shown and changed field by field. What
/// it does not know of the XML stays as it is. A value; not for bulk: it parses the XML.
class Hardware {
public:
    Hardware() = default;

    /// Errors: InvalidConfig/DefinitionBroken.
    static vmm::Result<Hardware> fromXml(const QString& xml);
    QString toXml() const { return m_definition.toXml(); }
    /// What holds for every host; see vmm::Definition::validate.
    vmm::Result<void> validate() const { return m_definition.validate(); }

    QVector<HardwareItem> items() const;
    /// Those of its fields that are known, in the order in which they are shown.
    QVector<HardwareValue> values(const HardwareItem& item) const;
    QString value(const HardwareItem& item, HardwareField field) const;
    void setValue(const HardwareItem& item, HardwareField field, const QString& value);

    /// It is run by the host's own kernel: it has neither firmware nor boards.
    bool isContainer() const;
    QVector<HardwareKind> addableKinds() const;
    /// What a new part of a kind begins with; disks and CD drives get a target that is free.
    QVector<HardwareValue> proposal(HardwareKind kind) const;
    /// Adds a device; the item that it is from now on.
    HardwareItem add(HardwareKind kind, const QVector<HardwareValue>& values);
    bool remove(const HardwareItem& item);

    /// The XML of one device as it stands in the definition; empty if it is none.
    QString deviceXml(const HardwareItem& item) const;
    /// Which of its parts a part of another version of this machine is: disks and cards by
    /// what tells them apart, other devices by looking exactly like it.
    std::optional<HardwareItem> find(const HardwareItem& item, const Hardware& other) const;

    /// What differs between what runs and what is stored, in the order of the parts.
    static QVector<HardwareChange> differences(const Hardware& running, const Hardware& stored);

    /// `onto` with what was changed from `base` to `edited`; nothing if a part of that can't be
    /// made to it, or can't be told as changes of parts.
    static std::optional<Hardware> rebased(
        const Hardware& base, const Hardware& edited, const Hardware& onto);
    /// The same, whatever the layout of the XML and the order of the devices.
    bool saysTheSameAs(const Hardware& other) const;

    bool operator==(const Hardware& other) const { return toXml() == other.toXml(); }

private:
    bool isTold(HardwareKind kind, HardwareField field) const;
    QString systemValue(HardwareField field) const;
    void setSystemValue(HardwareField field, const QString& value);
    void setVcpus(int count);
    QString firmware() const;
    void setFirmware(const QString& firmware);
    void meetNeedsOfVirtiofs(const HardwareItem& item);
    QString labelOf(const HardwareItem& item) const;
    bool redo(const Hardware& base, const Hardware& edited);
    bool hasPlaceOf(const HardwareChange& change, const Hardware& base) const;
    bool redoField(const HardwareChange& change, const Hardware& before);
    bool redoAddition(const HardwareItem& item, const Hardware& edited);
    QString freeTarget(const QString& bus) const;
    /// It is told apart by its label, not by its place.
    static bool hasKey(const HardwareItem& item);
    static const HardwareItem* counterpart(
        const HardwareItem& item, const QVector<HardwareItem>& among);

    vmm::Definition m_definition;
};

} // namespace models
