// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/SupportTable.h"

#include "vmm/definition/SupportParts.h"

#include <QStringList>

namespace vmm {

namespace {

constexpr char kHead[] = R"(# What the embedded core understands of domain XML

Made of the table in `vmm/definition/SupportParts.cpp`; a test fails if this page is behind it
(`UPDATE_GOLDEN=1` writes it anew). What does not stand here is refused by its name when a machine
is defined. Meanings are those of <https://libvirt.org/formatdomain.html>. Some combinations are
refused too, with a reason: an IDE disk on q35, virtiofs without shared memory, and so on.

`element@attribute`, from `<domain>` on. No value: any.

| part | values |
|---|---|
)";

constexpr char kHarmlessHead[] = R"(
## Accepted, and of no effect
What libvirt writes by itself, or what only describes.

Of `address`, places on the PCI buses are followed: root ports (bus N is that of the controller with
index N) and the root bus, so that a guest that came from a libvirt host sees its cards under their
old names. A place that the chipset, the root ports or another device has is refused; behind another
bridge than a root port the core chooses. Devices without one get theirs in their order, network cards
first. The places of root ports themselves, of USB devices and of drives are kept and not followed:
buses have the same numbers all the same, and drives are told by their targets.

)";

QString textOf(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

QVector<SupportedPart> supportedParts()
{
    QVector<SupportedPart> all;
    for (const support::Part& part : support::honouredParts())
        all.append({ textOf(part.path),
            textOf(part.values).split(QLatin1Char('|'), Qt::SkipEmptyParts), false });
    for (const std::string_view part : support::harmlessParts())
        all.append({ textOf(part), {}, true });
    return all;
}

QString supportTablePage()
{
    QString honoured;
    QStringList harmless;
    for (const SupportedPart& part : supportedParts()) {
        if (part.isHarmless)
            harmless.append(QStringLiteral("`%1`").arg(part.path));
        else
            honoured += QStringLiteral("| `%1` | %2 |\n")
                            .arg(part.path, part.values.join(QStringLiteral(", ")));
    }
    return QLatin1StringView(kHead) + honoured + QLatin1StringView(kHarmlessHead)
        + harmless.join(QStringLiteral(",\n")) + QLatin1Char('\n');
}

} // namespace vmm
